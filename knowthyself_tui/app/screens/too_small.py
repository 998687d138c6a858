"""Stands instead of the screens while the terminal is too small for them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from knowthyself_tui.app.app import SMALLEST, KnowThyselfApp


class TooSmallScreen(Screen[None]):
    """One sentence; goes by itself when the terminal is large enough."""

    def compose(self) -> ComposeResult:
        columns, rows = SMALLEST
        yield Static(
            f"This window is too small: please make it at least {columns} columns wide and {rows} rows high."
            " Nothing is lost. Ctrl+Q quits.",
            markup=False,
        )

    def on_screen_resume(self) -> None:
        if isinstance(self.app, KnowThyselfApp):
            self.app.fit()
