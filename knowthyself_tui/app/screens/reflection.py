"""The student's own view, before any verdict shows."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Button, Input, Static, TextArea

from knowthyself_tui.app.help import REFLECTION
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.app.screens.question import QuestionScreen
from knowthyself_tui.app.transcript import lines_of
from knowthyself_tui.app.widgets.prompt import PlainInput, PlainTextArea
from knowthyself_tui.domain.text import clean_text

EMPTY = "Looking back for a minute before you see the verdict is worth it. You may go on all the same."
NOT_A_SCORE = "Please give your estimate as a number from 0 to 100, or leave it empty."


class ReflectionScreen(Page):
    """Three questions; each may stay empty."""

    CSS_PATH = "reflection.tcss"
    HELP_PAGE = REFLECTION
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "go_on", "Go on", id="reflection.go_on", priority=True)]

    def content(self) -> ComposeResult:
        with VerticalScroll(classes="page", can_focus=False):
            yield Static(plain(self._how_it_ended()), markup=False, id="ending")
            yield Static("What went well?", markup=False)
            yield PlainTextArea(self._draft("went-well"), id="went-well", compact=True)
            yield Static("What would you change?", markup=False)
            yield PlainTextArea(self._draft("change"), id="change", compact=True)
            yield Static("Your own estimate of your score, 0 to 100, or nothing", markup=False)
            yield PlainInput(self._draft("estimate"), id="estimate", compact=True)
            yield Static("", markup=False, id="complaint", classes="complaint")
            yield Button("Go on to the debrief (F10)", id="go-on", variant="primary")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#went-well").focus()

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _keep_draft(self) -> None:
        if self.app.drafts is not None and not self._has_moved_on:
            texts = {field: self.query_one(f"#{field}", PlainTextArea).text for field in ("went-well", "change")}
            self.app.drafts.put({**texts, "estimate": self.query_one("#estimate", PlainInput).value})

    def _draft(self, field: str) -> str:
        return self.app.drafts.get(field) if self.app.drafts is not None else ""

    @on(Button.Pressed, "#go-on")
    @on(Input.Submitted, "#estimate")
    def action_go_on(self) -> None:
        try:
            estimate = score_estimate(self.query_one("#estimate", PlainInput).value)
        except ValueError:
            self.query_one("#complaint", Static).update(plain(NOT_A_SCORE))
            return
        went_well, change = (
            clean_text(self.query_one(field, PlainTextArea).text) for field in ("#went-well", "#change")
        )
        if went_well.strip() or change.strip() or estimate is not None:
            self._give(went_well, change, estimate)
        else:
            question = QuestionScreen("reflection", "Go on without a word?", EMPTY, yes="Go on", no="Write")
            self.app.push_screen(question, lambda sure: self._give("", "", None) if sure else None)

    def _give(self, went_well: str, change: str, estimate: float | None) -> None:
        sitting = self.app.sitting
        self.step(lambda: sitting.reflect(went_well, change, estimate))

    def _how_it_ended(self) -> str:
        ended = [event for event in self.app.sitting.events if event.kind == "encounter_ended"]
        return " ".join(line.text for event in ended[-1:] for line in lines_of(event))


def score_estimate(text: str) -> float | None:
    """The number that a student typed; None for nothing.

    Raises:
        ValueError: it is no number from 0 to 100.
    """
    if not text.strip():
        return None
    value = float(text.strip().rstrip("%").replace(",", "."))
    if not 0 <= value <= 100:
        raise ValueError(text)
    return value
