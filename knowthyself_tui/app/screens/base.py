"""What every screen has: a heading, the banner of the store, the keys at the bottom, and a page of help."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer, Static

from knowthyself_tui.app.app import KnowThyselfApp
from knowthyself_tui.app.help import HelpPage
from knowthyself_tui.app.keeper import Storing
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.widgets.storing_bar import StoringBar
from knowthyself_tui.domain.records import Batch


class Page(Screen[None]):
    """A screen of the sitting."""

    HELP_PAGE: ClassVar[HelpPage]
    # With priority, what is typed right behind the key goes to the next field however busy the machine is.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]

    app = getters.app(KnowThyselfApp)

    def __init__(self) -> None:
        super().__init__()
        self._has_moved_on = False

    def heading(self) -> str:
        """The text of the top row."""
        return self.HELP_PAGE.title

    def content(self) -> ComposeResult:
        """Everything between heading and banner."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        yield Static(plain(self.heading()), markup=False, id="heading", classes="heading")
        yield from self.content()
        yield StoringBar()
        yield Footer()

    def on_mount(self) -> None:
        self.watch(self.app, "storing", self._show_storing)

    def step(self, work: Callable[[], Batch]) -> None:
        """Leave this screen by a step of the sitting, however often the key is pressed."""
        if not self._has_moved_on:
            self._has_moved_on = True
            self.app.step(work)

    def _show_storing(self, storing: Storing) -> None:
        self.query_one(StoringBar).show(storing)
