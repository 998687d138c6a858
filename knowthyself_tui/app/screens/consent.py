"""The consent text with its version, and the student's answer."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from knowthyself_tui.app.help import CONSENT
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page


class ConsentScreen(Page):
    """Nothing goes on without agreement; leaving is polite and not scored."""

    HELP_PAGE = CONSENT
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "agree", "I agree", id="consent.agree"),
        Binding("n", "decline", "I do not agree", id="consent.decline"),
    ]

    def content(self) -> ComposeResult:
        consent = self.app.sitting.library.consent()
        with VerticalScroll(classes="page"):
            yield Static(plain(consent.title), markup=False, classes="prose")
            for paragraph in consent.text.split("\n\n"):
                yield Static(plain(" ".join(paragraph.split())), markup=False, classes="prose")
            yield Static(plain(f"Version {consent.version}"), markup=False, classes="prose muted")
        with Horizontal(classes="buttons"):
            yield Button("I agree (a)", id="agree", variant="primary")
            yield Button("I do not agree (n)", id="decline")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()

    @on(Button.Pressed, "#agree")
    def action_agree(self) -> None:
        self.step(self.app.sitting.give_consent)

    @on(Button.Pressed, "#decline")
    def action_decline(self) -> None:
        sitting = self.app.sitting
        self.step(lambda: sitting.close("abandoned"))
