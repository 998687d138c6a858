"""With the patient: the conversation, what was measured and found, and one line to type on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.reactive import var
from textual.widgets import Input, Static

from knowthyself_tui.app.help import ENCOUNTER
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.readout import readout_of
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.app.screens.briefing import dispatch_card
from knowthyself_tui.app.screens.question import QuestionScreen
from knowthyself_tui.app.screens.sheet import SheetScreen
from knowthyself_tui.app.transcript import Line, finding_of, lines_of, note_of, orders_of
from knowthyself_tui.app.widgets.conversation import Conversation
from knowthyself_tui.app.widgets.monitor import Monitor
from knowthyself_tui.app.widgets.panel import Panel
from knowthyself_tui.app.widgets.prompt import Prompt
from knowthyself_tui.domain.describe import clock
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import Batch, EndReason
from knowthyself_tui.session.encounter import Encounter

TICK_SECONDS = 0.25
SAY = "Say, ask, look, measure or order; Enter sends"
NOTE = "A note for yourself; Enter keeps it, Esc leaves"
JUST_SAID = 3
"""A draft that equals one of the last lines was sent in the moment of the kill; sent again it could dose twice."""
PANELS = ("findings", "notes")


class EncounterScreen(Page):
    """Everything on it comes from stored events and from readouts taken after them."""

    CSS_PATH = "encounter.tcss"
    HELP_PAGE = ENCOUNTER
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "card", "Card", id="encounter.card"),
        Binding("f3", "note", "Note", id="encounter.note"),
        Binding("f4", "panel('findings')", "Findings", id="encounter.findings"),
        Binding("f5", "panel('notes')", "Notes", id="encounter.notes"),
        Binding("f10", "finish", "Finish", id="encounter.finish"),
        Binding("escape", "to_prompt", "Back", show=False),
        Binding("pageup", "scroll_talk('up')", "Scroll up", show=False),
        Binding("pagedown", "scroll_talk('down')", "Scroll down", show=False),
    ]

    writing_note: var[bool] = var(False, toggle_class="-note")
    """The line goes into the student's notes instead of to the people on scene."""

    conversation = getters.query_one("#conversation", Conversation)
    findings = getters.query_one("#findings", Panel)
    notes = getters.query_one("#notes", Panel)
    monitor = getters.query_one(Monitor)
    prompt = getters.query_one("#prompt", Prompt)

    def __init__(self) -> None:
        super().__init__()
        assert self.app.sitting.encounter is not None
        self.encounter: Encounter = self.app.sitting.encounter
        self._orders: dict[str, str] = {}
        self._set_aside = ""
        """What stood on the line when the student turned to the notes, or in the notes when turning back."""
        self._has_draft = False
        """What was kept is on the screen, so that it may be kept anew."""
        self._ahead: list[str] = []
        """Lines that were sent and are not stored yet."""

    def content(self) -> ComposeResult:
        with Container(id="body"):
            with Vertical(id="side"):
                yield Monitor()
                yield Panel("Findings", "What you find shows here.", id="findings")
                yield Panel("Notes", "F3 writes a note.", id="notes")
            yield Conversation(id="conversation")
        yield Static("", markup=False, id="under-way")
        with Horizontal(id="line"):
            yield Static("›", markup=False, id="mark")
            yield Prompt(id="prompt", placeholder=SAY)

    def heading(self) -> str:
        return f"{clock(self.encounter.state.at_ms / 1000)}  {self.encounter.state.scenario.title}"

    def on_mount(self) -> None:
        super().on_mount()
        scenario = self.encounter.state.scenario
        self.conversation.add([Line("narrator", 0, "", scenario.scene)])
        events = [event for event in self.app.sitting.events if event.encounter_id == self.encounter.record.id]
        self._show_events(events)
        for event in events:
            if event.kind == "said":
                self.prompt.remember(event.body["text"])
        self._draw()
        self.prompt.focus()
        self.call_after_refresh(self._take_up_draft)
        self.app.clock.restart()
        self.set_interval(TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Let the patient's time pass, unless something is being stored; it is made up for afterwards."""
        self.app.clock.gather()
        if self.app.keeper is not None and self.app.keeper.is_idle and not self.app.clock.is_held:
            self.app.submit(self._pass_time, self._show)

    @on(Prompt.Entered)
    def _line_typed(self, event: Prompt.Entered) -> None:
        text = event.text
        self.app.submit(self._pass_time, self._show)
        self._ahead.append(text)
        act = self.encounter.write_note if self.writing_note else self.encounter.say
        self.app.submit(partial(self._do, partial(act, text)), partial(self._sent, text))
        if self.writing_note:
            self.writing_note = False
        else:
            self.prompt.remember(text)
        self._keep_draft()

    def _sent(self, text: str, batch: Batch) -> None:
        self._ahead.remove(text)
        self._keep_draft()
        self._show(batch)

    @on(Input.Changed, "#prompt")
    def _keep_draft(self) -> None:
        """What is on the line, in the notes and on its way outlives the program."""
        if self.app.drafts is None or not self._has_draft or self.encounter.state.ended is not None:
            return
        here, aside = self.prompt.value, self._set_aside
        line, note = (aside, here) if self.writing_note else (here, aside)
        mode = "note" if self.writing_note else ""
        self.app.drafts.put({"line": line, "note": note, "mode": mode, "ahead": "\n".join(self._ahead)})

    def _take_up_draft(self) -> None:
        drafts = self.app.drafts
        if drafts is None:
            return
        self._has_draft = True
        ahead = drafts.get("ahead").splitlines()
        said = [event.body["text"] for event in self.app.sitting.events if event.kind in ("said", "note_written")]
        unsent = [text for text in ahead if text not in said[-JUST_SAID - len(ahead) :]]
        for text in unsent:
            self.prompt.remember(text)
        line, note, mode = drafts.get("line"), drafts.get("note"), drafts.get("mode")
        line = "".join(unsent[-1:]) if not line or line.strip() in said[-JUST_SAID:] else line
        self._set_aside = note
        self.prompt.swap(line + self.prompt.value)
        self.writing_note = mode == "note"

    async def _pass_time(self) -> Batch:
        to_ms = self.encounter.state.at_ms + self.app.clock.take_ms()
        return await self._do(partial(self.encounter.advance_to, to_ms))

    async def _do(self, act: Callable[[], Batch]) -> Batch:
        """Have the encounter do something, in a thread so that typing goes on; nothing happens once it has ended."""
        if self.encounter.state.ended is not None:
            return Batch()
        return await asyncio.to_thread(lambda: self.app.sitting.keep(act()))

    def _show(self, batch: Batch) -> None:
        """Show what was stored; what is on the screen goes before the screen does when the program closes."""
        if not self.is_attached or not self.query("#heading"):
            return
        self._show_events(batch.events)
        self._draw()
        if any(event.kind == "encounter_ended" for event in batch.events):
            self.app.show_phase()
        elif self.encounter.end_requested:
            self.encounter.end_requested = False
            self.action_finish()

    def _show_events(self, events: Sequence[Event]) -> None:
        self._orders |= orders_of(events)
        self.conversation.add([line for event in events for line in lines_of(event, self._orders)])
        self.findings.add([text for event in events if (text := finding_of(event)) is not None])
        self.notes.add([text for event in events if (text := note_of(event)) is not None])

    def _draw(self) -> None:
        readout = readout_of(self.encounter.state)
        self.query_one("#heading", Static).update(plain(self.heading()))
        self.monitor.show(readout.tiles)
        self.query_one("#under-way", Static).update(plain("  ".join(readout.under_way)))

    def watch_writing_note(self, writing: bool) -> None:
        if self.is_mounted:
            self._set_aside = self.prompt.swap(self._set_aside)
            self.prompt.placeholder = NOTE if writing else SAY
            self.query_one("#mark", Static).update("note ›" if writing else "›")

    def action_card(self) -> None:
        self.app.push_screen(SheetScreen("Dispatch card", ["\n".join(dispatch_card(self.encounter.state.scenario))]))

    def action_note(self) -> None:
        self._close_panels()
        self.writing_note = not self.writing_note

    def action_panel(self, name: str) -> None:
        """Show a panel, in narrow windows instead of the conversation; again: back."""
        is_open = self.has_class(f"-{name}")
        self._close_panels()
        if not is_open:
            self.add_class(f"-{name}")
            self.query_one(f"#{name}").focus()

    def action_to_prompt(self) -> None:
        self._close_panels()
        self.writing_note = False

    def action_scroll_talk(self, direction: str) -> None:
        if direction == "up":
            self.conversation.scroll_page_up(animate=False)
        else:
            self.conversation.scroll_page_down(animate=False)

    def _close_panels(self) -> None:
        self.remove_class(*(f"-{name}" for name in PANELS))
        self.prompt.focus()

    def action_finish(self) -> None:
        """Ask whether the case is over for the student; before the minimum, ask twice."""
        if isinstance(self.app.screen, QuestionScreen):
            return
        left_ms = self._minimum_ms - self.encounter.state.at_ms
        if left_ms <= 0:
            self._ask("Finish this case?", "You will look back on it first, then see the debrief.", "Finish", self._end)
            return
        minutes = f"{self.encounter.state.scenario.minimum_minutes:g}"
        left = clock(left_ms / 1000)
        words = f"This case runs for at least {minutes} minutes, and {left} is still to go. You may leave early."
        self._ask("Not yet", words, "Leave early", self._confirm_leaving)

    def _confirm_leaving(self) -> None:
        words = "The patient stays without you, and the case counts as left."
        self._ask("Leave the patient now?", words, "Leave", self._end)

    def _ask(self, title: str, words: str, yes: str, then: Callable[[], None]) -> None:
        question = QuestionScreen("finish", title, words, yes=yes, no="Stay")
        self.app.push_screen(question, lambda sure: then() if sure else None)

    @property
    def _minimum_ms(self) -> int:
        return round(60_000 * self.encounter.state.scenario.minimum_minutes)

    def _end(self) -> None:
        self.app.submit(self._pass_time, self._show)
        self.app.submit(self._finish, self._show)

    async def _finish(self) -> Batch:
        reason: EndReason = "finished" if self.encounter.state.at_ms >= self._minimum_ms else "left"
        return await self._do(partial(self.encounter.end, reason))
