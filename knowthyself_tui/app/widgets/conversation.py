"""The conversation: one plain line a turn, sticking to the newest until the student scrolls back."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widgets import Static

from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.transcript import Line

MOUNTED_LINES = 150
"""Older lines leave the screen; they stay in the record."""


class Conversation(VerticalScroll, can_focus=False):
    """Shows transcript lines; never markup."""

    DEFAULT_CSS = """
    Conversation {
        padding: 0 1;
        Static { width: 1fr; height: auto; }
        .-student { color: $voice-student; }
        .-patient { color: $voice-patient; }
        .-bystander { color: $voice-bystander; }
        .-crewmate { color: $voice-crewmate; }
        .-narrator { color: $foreground; text-style: italic; }
        .-receipt { color: $success; }
    }
    """

    def on_mount(self) -> None:
        self.anchor()

    def add(self, lines: Sequence[Line]) -> None:
        """Put lines at the end."""
        new = [Static(plain(str(line)), markup=False, classes=f"-{line.voice}") for line in lines[-MOUNTED_LINES:]]
        if not new:
            return
        surplus = len(self.children) + len(new) - MOUNTED_LINES
        if surplus > 0:
            self.remove_children(self.children[:surplus])
        self.mount_all(new)
