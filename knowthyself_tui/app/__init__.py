"""The full-screen application: what a student sees and types."""

from knowthyself_tui.app.app import KnowThyselfApp, run_app

__all__ = ["KnowThyselfApp", "run_app"]
