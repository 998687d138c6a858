"""A window with text to read: help, the dispatch card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from knowthyself_tui.app.plain import plain


class SheetScreen(ModalScreen[None]):
    """Paragraphs of plain text; the clock goes on behind it."""

    CSS_PATH = "sheet.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f1,f2", "dismiss", "Close", show=False),
    ]

    def __init__(self, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="window") as window:
            window.border_title = plain(self._title)
            window.border_subtitle = "Esc closes"
            for paragraph in self._paragraphs:
                yield Static(plain(paragraph), markup=False, classes="prose")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
