"""Before the patient: the dispatch card and how to talk, order and measure."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from knowthyself_tui.app.help import BRIEFING
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.domain.scenario import Scenario

HOW = (
    'Talk: type what you say, as you would say it. "Hello, my name is Sam. What happened today?"',
    'Order: tell your crewmate what to give, how much and how. "Oxygen 2 litres by nasal cannula"',
    'Measure and look: "blood pressure", "pulse oximeter on", "listen to the chest". Nothing shows before you do.',
)


class BriefingScreen(Page):
    """The clock starts when the student walks in."""

    CSS_PATH = "briefing.tcss"
    HELP_PAGE = BRIEFING
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "walk_in", "Walk in", id="briefing.walk_in")]

    def content(self) -> ComposeResult:
        sitting = self.app.sitting
        scenario = sitting.library.load(sitting.plan.scenarios[sitting.position]).scenario
        with VerticalScroll(classes="page"):
            yield Static(plain("\n".join(dispatch_card(scenario))), markup=False, classes="card")
            yield Static(plain("\n".join(HOW)), markup=False, classes="prose")
            yield Static(plain(scenario.notice), markup=False, classes="prose muted")
        yield Static("Press Enter to walk in. F1 shows the keys.", markup=False, classes="call")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()

    def action_walk_in(self) -> None:
        self.step(self.app.sitting.start_encounter)


def dispatch_card(scenario: Scenario) -> list[str]:
    """What control said, line by line."""
    return [scenario.title, "", scenario.dispatch.call, *scenario.dispatch.details]
