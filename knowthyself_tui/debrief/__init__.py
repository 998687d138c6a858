"""The debrief: what went well, what to improve, what to take along, each with its evidence from the log."""

from knowthyself_tui.debrief.evidence import Evidence, Statement
from knowthyself_tui.debrief.report import Debrief, build_debrief

__all__ = ["Debrief", "Evidence", "Statement", "build_debrief"]
