"""The banner that says how the writing goes: silent when all is well."""

from __future__ import annotations

from textual.widgets import Static

from knowthyself_tui.app.keeper import Storing
from knowthyself_tui.app.plain import plain

SAYING = {
    "fine": "",
    "slow": "saving…",
    "stalled": "saving… The disk is slow; nothing is lost, and you may type on.",
}
NEW_FILE = "If it does not come back, F8 goes on in a new file with all of this sitting."
KEPT = "What you typed is kept and tried again every second (F9: now). The clock stands still."


class StoringBar(Static):
    """Says "saving…" when a write takes long, and what is wrong when it fails."""

    DEFAULT_CSS = """
    StoringBar {
        display: none;
        height: auto;
        padding: 0 1;
        &.-slow { display: block; color: $text-muted; }
        &.-stalled { display: block; color: $warning; }
        &.-failing { display: block; background: $error; color: $background; }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, storing: Storing) -> None:
        """Say how the writing goes."""
        for state in ("slow", "stalled", "failing"):
            self.set_class(storing.state == state, f"-{state}")
        failing = [f"Not saved: {storing.sentence}", NEW_FILE if storing.is_lost else "", KEPT]
        self.update(plain(SAYING.get(storing.state) or " ".join(part for part in failing if part)))
