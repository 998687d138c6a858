"""Registration: a code, a name in any alphabet, an e-mail address for those who want."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Static

from knowthyself_tui.app.help import REGISTRATION
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.app.widgets.prompt import PlainInput
from knowthyself_tui.errors import KnowThyselfError

FIELDS = ("code", "name", "email")


class RegistrationScreen(Page):
    """Begins a new sitting."""

    CSS_PATH = "registration.tcss"
    HELP_PAGE = REGISTRATION
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back", id="registration.back")]

    def __init__(self) -> None:
        super().__init__()
        self._is_busy = False
        self._known_name = ""

    def content(self) -> ComposeResult:
        with VerticalScroll(classes="page", can_focus=False):
            yield Static("Your code", markup=False)
            yield PlainInput(
                self.app.code or "", id="code", placeholder="from your instructor, or any word", compact=True
            )
            yield Static("", markup=False, id="known", classes="muted")
            yield Static("Your name", markup=False)
            yield PlainInput(self.app.student_name, id="name", placeholder="in any alphabet", compact=True)
            yield Static("E-mail (not needed)", markup=False, classes="gap")
            yield PlainInput(id="email", compact=True)
            yield Static("", markup=False, id="complaint", classes="complaint")
            yield Button("Begin", id="begin", variant="primary")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#code").focus()
        if self.app.code is not None:
            self.begin()

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        following = FIELDS.index(str(event.input.id)) + 1
        if following < len(FIELDS):
            self.query_one(f"#{FIELDS[following]}").focus()
        else:
            self.begin()

    @on(Input.Blurred, "#code")
    def _code_typed(self) -> None:
        self.recognise()

    @on(Button.Pressed, "#begin")
    def _begin_pressed(self) -> None:
        self.begin()

    @work(exclusive=True, group="recognise")
    async def recognise(self) -> None:
        """Greet a student who has been here before."""
        code = self._value("code")
        if not code.strip():
            return
        try:
            known = await asyncio.to_thread(self.app.desk.find, code)
        except KnowThyselfError as error:
            return self._complain(str(error))
        self._known_name = known.name if known else ""
        greeting = f"Welcome back, {known.name or known.code}." if known else ""
        self.query_one("#known", Static).update(plain(greeting))
        self._complain("")
        return None

    @work(group="begin")
    async def begin(self) -> None:
        """Register; everything is stored when the next screen shows."""
        if self._is_busy:
            return
        if not self.app.code and not self._value("name").strip() and not self._known_name:
            return self._complain("Please type your name.")
        self._is_busy = True
        email = self._value("email").strip() or None
        try:
            seat = await asyncio.to_thread(
                self.app.desk.register, self._value("code"), self._value("name"), email, self.app.plan
            )
        except KnowThyselfError as error:
            self._is_busy = False
            return self._complain(str(error))
        self.app.take_seat(seat)
        return None

    def action_back(self) -> None:
        if not self._is_busy:
            from knowthyself_tui.app.screens.start import StartScreen

            self.app.code = None
            self.app.call_later(self.app.go_to, StartScreen())

    def _value(self, field: str) -> str:
        return self.query_one(f"#{field}", PlainInput).value

    def _complain(self, sentence: str) -> None:
        self.query_one("#complaint", Static).update(plain(sentence))
