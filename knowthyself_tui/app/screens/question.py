"""A window with one question and two answers; the harmless one is chosen first."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from knowthyself_tui.app.plain import plain


class QuestionScreen(ModalScreen[bool]):
    """Gives True for yes."""

    CSS_PATH = "question.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n,escape", "answer(False)", "No", show=False),
        Binding("left,up", "app.focus_previous", "Previous", show=False),
        Binding("right,down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, about: str, title: str, text: str, *, yes: str, no: str) -> None:
        super().__init__()
        self.about = about
        self._words = (title, text)
        self._answers = (yes, no)

    def compose(self) -> ComposeResult:
        title, text = self._words
        yes, no = self._answers
        with Vertical(classes="window") as window:
            window.border_title = plain(title)
            yield Static(plain(text), markup=False, classes="prose")
            with Horizontal(classes="buttons"):
                yield Button(plain(f"{no} (n)"), id="no", variant="primary")
                yield Button(plain(f"{yes} (y)"), id="yes")

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, sure: bool) -> None:
        self.dismiss(sure)
