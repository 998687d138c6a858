"""The application: leads a student from the start screen through a sitting, screen by screen."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from typing import Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import var
from textual.screen import Screen
from textual.worker import WorkerFailed

from knowthyself_tui.app.clock import ScenarioClock
from knowthyself_tui.app.crash import explain
from knowthyself_tui.app.draft_keeper import DraftKeeper
from knowthyself_tui.app.keeper import Keeper, Shown, Storing, Work
from knowthyself_tui.app.keyboard import watch_keyboard
from knowthyself_tui.app.themes import NIGHT
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import StoreError, UsageError
from knowthyself_tui.session.desk import Desk, Seat
from knowthyself_tui.session.sitting import Plan, Sitting

WIDTHS = [(0, "-narrow"), (100, "-normal"), (140, "-wide")]
"""Columns from which a screen has a class."""
HEIGHTS = [(0, "-short"), (30, "-tall")]
TERMINAL_GONE = 1
"""The exit code when the window was closed."""
SMALLEST = (60, 20)
"""Columns and rows below which a sentence stands instead of the screens."""
QUIT = "Your work is kept. Next time you start, you can go on where you are now."
QUIT_UNSAVED = "The last lines could not be stored yet. If you quit now, they are lost; everything before them is kept."
NEW_FILE = "Everything of this sitting is now in {place}. Earlier sittings are in the file that is gone."
QUIT_ASIDE = (
    "The last line could not be stored yet. It is set aside on this machine and brought in when you go on here."
)


class KnowThyselfApp(App[None]):
    """One student's visit.

    Args:
        desk: where sittings are found, begun and resumed.
        plan: what a new sitting will be.
        code: the student's code, to begin without the registration screen.
        name: the student's name, to go with `code`.
        resume: take up this student's unfinished sitting without asking.
        monotonic: the clock that scenario time comes from, in seconds.
    """

    TITLE = "Know Thyself"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="help"),
        Binding("f8", "new_file", "New file", id="new_file", show=False),
        Binding("f9", "try_to_store", "Store", id="store", show=False),
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True),
    ]

    storing: var[Storing] = var(Storing())
    """How the writing goes; every screen shows it."""

    def __init__(
        self,
        desk: Desk,
        plan: Plan,
        *,
        code: str | None = None,
        name: str = "",
        resume: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.plan = plan
        self.code = code and clean_text(code, single_line=True)
        self.student_name = clean_text(name, single_line=True)
        self.resume = resume
        self.clock = ScenarioClock(monotonic)
        self.seat: Seat | None = None
        self.keeper: Keeper | None = None
        self.drafts: DraftKeeper | None = None
        self.parting_words = ""
        """Said on the terminal after the screens are gone."""

    async def on_mount(self) -> None:
        self.register_theme(NIGHT)
        self.theme = NIGHT.name
        from knowthyself_tui.app.screens.start import StartScreen

        await self.go_to(StartScreen())

    @property
    def sitting(self) -> Sitting:
        """The sitting under way; there is one on every screen after registration."""
        assert self.seat is not None
        return self.seat.sitting

    def take_seat(self, seat: Seat) -> None:
        """Begin to work on a sitting: its batches are stored from here on."""
        self.seat = seat
        self.keeper = Keeper(seat.recorder.append, self._report, seat.aside)
        self.drafts = DraftKeeper(seat.sitting.session_id)
        self.run_worker(self.keeper.run(), name="keeper")
        if self.desk.notice:
            self.notify(clean_text(self.desk.notice), severity="warning", markup=False)
        self.show_phase()

    def submit(self, work: Work, shown: Shown) -> None:
        """Have a batch made and stored, and shown afterwards, after everything submitted before."""
        assert self.keeper is not None
        self.keeper.submit(work, shown)

    def step(self, work: Callable[[], Batch]) -> None:
        """Have the sitting take a step, and show the phase that it leads to."""

        async def take() -> Batch:
            return await asyncio.to_thread(work)

        def taken(_: Batch) -> None:
            if self.drafts is not None:
                self.drafts.clear()
            self.show_phase()

        self.submit(take, taken)

    def show_phase(self) -> None:
        """Show the screen of the sitting's phase."""
        self.call_later(self._show_phase)

    async def _show_phase(self) -> None:
        from knowthyself_tui.app.screens import phases

        await self.go_to(phases.screen_for(self.sitting.phase))

    async def go_to(self, screen: Screen[Any]) -> None:
        """Put `screen` in the place of whatever is shown, windows over it included."""
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        self.clock.let_go("quitting")
        if len(self.screen_stack) == 1:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)
        self.fit()

    def on_resize(self) -> None:
        self.call_later(self.fit)

    def fit(self) -> None:
        """Show a sentence while the terminal is too small, and the screen again when it is not."""
        from knowthyself_tui.app.screens.too_small import TooSmallScreen

        small = self.size.width < SMALLEST[0] or self.size.height < SMALLEST[1]
        showing = isinstance(self.screen, TooSmallScreen)
        if small and not showing:
            self.push_screen(TooSmallScreen())
        elif showing and not small:
            self.pop_screen()

    def action_help(self) -> None:
        from knowthyself_tui.app.screens.base import Page
        from knowthyself_tui.app.screens.sheet import SheetScreen

        if isinstance(self.screen, Page):
            page = self.screen.HELP_PAGE
            self.push_screen(SheetScreen(page.title, page.paragraphs()))

    def action_try_to_store(self) -> None:
        if self.keeper is not None:
            self.keeper.try_now()

    async def action_new_file(self) -> None:
        """Go on in a new file; only where the old one is gone."""
        if self.storing.is_lost and self.seat is not None and self.keeper is not None:
            self.run_worker(self._go_on_in_new_file(), name="new file", group="new file", exclusive=True)

    async def _go_on_in_new_file(self) -> None:
        assert self.seat is not None
        assert self.keeper is not None
        try:
            self.seat = await asyncio.to_thread(self.desk.go_on_in_new_file, self.seat)
        except StoreError as error:
            self.notify(clean_text(str(error)), severity="error", markup=False)
        else:
            self.keeper.append_to(self.seat.recorder.append)
            self.notify(clean_text(NEW_FILE.format(place=self.seat.recorder.place)), markup=False)

    async def action_quit(self) -> None:
        """Ask once; the patient waits meanwhile."""
        from knowthyself_tui.app.screens.question import QuestionScreen

        if isinstance(self.screen, QuestionScreen) and self.screen.about == "quit":
            return
        self.clock.hold("quitting")
        unsaved = self.storing.state == "failing"
        words = (QUIT_ASIDE if self.storing.is_set_aside else QUIT_UNSAVED) if unsaved else QUIT

        def answered(sure: bool | None) -> None:
            if sure:
                self.run_worker(self.leave(unsaved=unsaved), name="leaving")
            else:
                self.clock.let_go("quitting")

        await self.push_screen(QuestionScreen("quit", "Quit Know Thyself?", words, yes="Quit", no="Stay"), answered)

    async def leave(self, *, unsaved: bool = False) -> None:
        """Store what is under way, let the store go and close; asks again when something cannot be stored."""
        if self.keeper is not None and not unsaved:
            if self.sitting.phase != "end":
                self.submit(self._pause, lambda _: None)
            if not await self.keeper.finish():
                return await self.action_quit()
        if self.drafts is not None:
            await self.drafts.finish()
        await asyncio.to_thread(self.release)
        self.exit()

    async def _pause(self) -> Batch:
        return self.sitting.pause()

    def release(self) -> None:
        """Close the store; may be called again."""
        try:
            if self.seat is not None:
                self.seat.recorder.close()
        except StoreError as error:
            self.parting_words = (
                f"What was shown as sent is stored, but the instructor's copy could not be made: {error}"
            )

    def leave_without_terminal(self) -> None:
        """The window was closed: what showed as sent is stored, and nobody is there to ask; let the file go at once."""
        try:
            self.release()
        finally:
            os._exit(TERMINAL_GONE)

    def _report(self, storing: Storing) -> None:
        self.storing = storing
        if storing.state == "failing":
            self.clock.hold("storing")
        else:
            self.clock.let_go("storing")

    def _fatal_error(self) -> None:
        """Say one sentence; Textual's own report prints local variables, and with them what people typed."""
        error: BaseException | None = self._exception
        if isinstance(error, WorkerFailed):
            error = error.error
        if error is not None and not self._exit_renderables:
            self.panic(Text(explain(error)))


def run_app(desk: Desk, plan: Plan, *, code: str | None = None, name: str = "", resume: bool = False) -> int:
    """Run the application in this terminal; gives the exit code."""
    if not sys.stdin.isatty():
        raise UsageError("Know Thyself needs a terminal to type in. Start it in a terminal window, without a pipe.")
    app = KnowThyselfApp(desk, plan, code=code, name=name, resume=resume)
    watch_keyboard(app.leave_without_terminal)
    try:
        app.run()
    finally:
        app.release()
    if app.parting_words:
        print(clean_text(app.parting_words), file=sys.stderr)
    return app.return_code or 0
