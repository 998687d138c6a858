"""A titled panel of plain lines: findings, notes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.widgets import Static

from knowthyself_tui.app.plain import plain


class Panel(VerticalScroll):
    """Lines under a title; an empty panel says what will be here."""

    DEFAULT_CSS = """
    Panel {
        border: round $secondary;
        padding: 0 1;
        &:focus { border: round $accent; }
        Static { width: 1fr; height: auto; }
        .empty { color: $text-muted; }
    }
    """

    def __init__(self, title: str, empty: str, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(Static(plain(empty), markup=False, classes="empty"), id=id)
        self.border_title = title

    def add(self, lines: Sequence[str]) -> None:
        """Put lines at the end and show them."""
        if lines:
            self.query(".empty").remove()
            self.mount_all(Static(plain(line), markup=False) for line in lines)
            self.scroll_end(animate=False)
