"""Verdicts on an encounter: pure functions over its timeline, never shown while it runs."""

from knowthyself_tui.scoring.communication import heard_elements
from knowthyself_tui.scoring.score import score

__all__ = ["heard_elements", "score"]
