"""The banner that says how the writing goes: silent when all is well."""

from __future__ import annotations

from textual.widgets import Static

from knowthyself_tui.app.keeper import Storing
from knowthyself_tui.app.plain import plain

KEPT = "What you typed is kept and tried again every second (F9: now). The clock stands still."


class StoringBar(Static):
    """Says "saving…" when a write takes long, and what is wrong when it fails."""

    DEFAULT_CSS = """
    StoringBar {
        display: none;
        height: auto;
        padding: 0 1;
        &.-slow { display: block; color: $text-muted; }
        &.-failing { display: block; background: $error; color: $background; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, storing: Storing) -> None:
        """Say how the writing goes."""
        self.set_class(storing.state == "slow", "-slow")
        self.set_class(storing.state == "failing", "-failing")
        self.update(plain("saving…" if storing.state == "slow" else f"Not saved: {storing.sentence} {KEPT}"))
