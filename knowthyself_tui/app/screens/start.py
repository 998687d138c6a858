"""The first screen: unfinished sittings on this machine, or a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from knowthyself_tui.app.help import START
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.app.screens.sheet import SheetScreen
from knowthyself_tui.domain.describe import clock
from knowthyself_tui.errors import ContentError, KnowThyselfError, StoreError
from knowthyself_tui.session.desk import Waiting

PLACES = {
    "consent": "at the consent text",
    "briefing": "before the patient",
    "encounter": "with the patient",
    "reflection": "looking back",
    "debrief": "in the debrief",
}
NEW = "new"
MENDING = "mend "
MEND = "{name} cannot be read\n  Bring over what it still holds; the file itself is kept"
DAMAGED = "A file cannot be read. Nothing is lost by mending it: it is set aside first, with everything in it."


class StartScreen(Page):
    """Lists what can be gone on with."""

    CSS_PATH = "start.tcss"
    HELP_PAGE = START

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Sequence[Waiting] = ()
        self._damaged: Sequence[Path] = ()
        self._is_busy = False

    def heading(self) -> str:
        return "Know Thyself"

    def content(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static("Welcome.", id="welcome", markup=False, classes="prose")
            yield OptionList(id="sittings", markup=False)
            yield Static("", markup=False, id="complaint", classes="complaint")

    def on_mount(self) -> None:
        super().on_mount()
        self.begin()

    @work
    async def begin(self) -> None:
        """Go straight in where the student is known, else list what is unfinished."""
        app = self.app
        try:
            found = await asyncio.to_thread(app.desk.look_around, app.code)
        except StoreError as error:
            return self._list(str(error))
        self._waiting, self._damaged = found.waiting, found.damaged
        if self._damaged:
            return self._list(DAMAGED)
        if app.code is not None and app.resume and self._waiting:
            return await self._resume(self._waiting[0])
        if app.code is not None or not self._waiting:
            return self._register()
        return self._list("")

    def _list(self, complaint: str) -> None:
        self.query_one("#welcome", Static).update("Go on where you were, or begin anew:")
        self.query_one("#complaint", Static).update(plain(complaint))
        choices = self.query_one(OptionList)
        choices.clear_options()
        for number, one in enumerate(self._waiting):
            choices.add_option(Option(plain(self._describe(one)), id=str(number)))
        for number, path in enumerate(self._damaged):
            choices.add_option(Option(plain(MEND.format(name=path.name)), id=f"{MENDING}{number}"))
        choices.add_option(Option("Not you? Begin a new sitting", id=NEW))
        choices.highlighted = 0
        choices.focus()

    def _describe(self, waiting: Waiting) -> str:
        sitting = waiting.sitting
        who = f"Go on: {sitting.student_name or sitting.student_code} ({sitting.student_code})"
        where = [PLACES.get(sitting.phase or "", "at the beginning")]
        if sitting.scenario_id is not None:
            where.append(self._title_of(sitting.scenario_id))
        if sitting.at_ms:
            where.append(f"{clock(sitting.at_ms / 1000)} in")
        where += _last_used(sitting.updated_at)
        return f"{who}\n  {', '.join(where)}"

    def _title_of(self, scenario_id: str) -> str:
        try:
            return self.app.desk.library.load(scenario_id).scenario.title
        except ContentError:
            return "a case that is no longer installed"

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_id == NEW:
            self._register()
        elif not self._is_busy and event.option_id is not None and event.option_id.startswith(MENDING):
            self.mend(self._damaged[int(event.option_id.removeprefix(MENDING))])
        elif not self._is_busy and event.option_id is not None:
            self.go_on(self._waiting[int(event.option_id)])

    @work
    async def go_on(self, waiting: Waiting) -> None:
        """Take the chosen sitting up again."""
        await self._resume(waiting)

    @work
    async def mend(self, path: Path) -> None:
        """Bring over what a damaged file still holds, say what came of it, and look again."""
        self._is_busy = True
        try:
            told = await asyncio.to_thread(self.app.desk.mend, path)
        except StoreError as error:
            told = str(error)
        self._is_busy = False

        def look_again(_: None) -> None:
            self.begin()

        await self.app.push_screen(SheetScreen("Your file", [told]), look_again)

    async def _resume(self, waiting: Waiting) -> None:
        self._is_busy = True
        try:
            seat = await asyncio.to_thread(self.app.desk.resume, waiting)
        except KnowThyselfError as error:
            self.query_one("#complaint", Static).update(plain(str(error)))
            self._is_busy = False
        else:
            self.app.take_seat(seat)

    def _register(self) -> None:
        from knowthyself_tui.app.screens.registration import RegistrationScreen

        self.app.call_later(self.app.go_to, RegistrationScreen())


def _last_used(updated_at: str) -> list[str]:
    """Nothing for a time that is none: anybody may have made the file."""
    try:
        last = datetime.fromisoformat(updated_at).astimezone()
    except (OverflowError, ValueError):
        return []
    return [f"last used {last:%d %B, %H:%M}"]
