"""The last card: thanks, where the file is, and what to do with it."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from knowthyself_tui.app.help import END
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.errors import StoreError


class EndScreen(Page):
    """Says goodbye; the store is let go when the program closes."""

    HELP_PAGE = END
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", "Close", id="end.close")]

    def content(self) -> ComposeResult:
        with VerticalScroll(classes="page"):
            yield Static(self._thanks(), markup=False, classes="prose")
            yield Static("", markup=False, id="files", classes="prose")
            yield Static("Press Enter to close.", markup=False, classes="prose")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        if not self._was_abandoned:
            self.make_copy()

    @property
    def _was_abandoned(self) -> bool:
        ended = [event for event in self.app.sitting.events if event.kind == "session_ended"]
        return bool(ended) and ended[-1].body["status"] == "abandoned"

    def _thanks(self) -> str:
        if self._was_abandoned:
            return "That is quite all right. You did not agree, so nothing was played and nothing is scored. Goodbye."
        return "Thank you: this sitting is complete, and everything is stored."

    @work
    async def make_copy(self) -> None:
        """Make the copy for the instructor and say where it is."""
        assert self.app.seat is not None
        recorder = self.app.seat.recorder
        try:
            copy = await asyncio.wrap_future(recorder.handin())
        except StoreError as error:
            words = f"Your sitting is stored in {recorder.place}, but the copy could not be made: {error}"
        else:
            words = (
                f"Your own file:\n{recorder.place}\n\nThe copy for your instructor:\n{copy}\n\n"
                "Hand in that copy when your instructor asks for it. Keep your own file for your next sitting."
            )
        self.query_one("#files", Static).update(plain(words))

    def action_close(self) -> None:
        self.app.run_worker(self.app.leave(), name="leaving")
