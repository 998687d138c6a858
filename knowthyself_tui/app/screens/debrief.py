"""The debrief: the sums, what went well, what to improve, the checklist, and what to take along."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from knowthyself_tui.app.help import DEBRIEF
from knowthyself_tui.app.plain import plain
from knowthyself_tui.app.screens.base import Page
from knowthyself_tui.debrief import Debrief, Evidence, Statement
from knowthyself_tui.domain.describe import clock, number, words
from knowthyself_tui.domain.records import ChecklistVerdict, EncounterResult, GateVerdict
from knowthyself_tui.domain.scenario import TeachingPoint
from knowthyself_tui.domain.scenario.questions import Reflection
from knowthyself_tui.domain.text import clean_text


class DebriefScreen(Page):
    """Every verdict names what it rests on."""

    CSS_PATH = "debrief.tcss"
    HELP_PAGE = DEBRIEF
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "go_on", "Go on", id="debrief.go_on")]

    def content(self) -> ComposeResult:
        with VerticalScroll(classes="page"):
            yield Static("Preparing your debrief…", markup=False, id="wait", classes="prose muted")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(VerticalScroll).focus()
        self.prepare()

    @work
    async def prepare(self) -> None:
        """Fold the log again and lay out what it shows."""
        debrief = await asyncio.to_thread(self.app.sitting.debrief)
        await self.query_one("#wait").remove()
        await self.query_one(VerticalScroll).mount_all(widgets_of(debrief))

    def action_go_on(self) -> None:
        self.step(self.app.sitting.next_step)


def widgets_of(debrief: Debrief) -> Iterator[Widget]:
    """The debrief from top to bottom."""
    yield _text(summary_of(debrief.result), "prose summary")
    yield from _statements("What went well: keep doing this", debrief.sustain)
    yield from _statements("What to improve", debrief.improve)
    yield _text("Checklist", "section")
    yield _row("", "Done", "Target", "Points", classes="muted")
    yield from (_checklist_row(row) for row in debrief.result.checklist if row.weight)
    yield from _gates(debrief.result.gates)
    yield from _teaching(debrief.apply)
    yield from _questions(debrief.questions)
    yield _text("Press F10 to go on.", "prose")


def summary_of(result: EncounterResult) -> str:
    """The sums in a few lines."""
    total = "not scored" if result.total is None else f"{result.total:.0f} of 100"
    lines = [f"Total: {total}", f"Competence: {words(result.competence)}"]
    if result.cap is not None:
        lines.append(f"A safety gate limits the total to {number(result.cap)}.")
    if not result.complete:
        lines.append("The case was left early.")
    lines.append(f"Communication: {number(result.communication)} of 5   Handover: {number(result.handover)} of 5")
    return "\n".join(lines)


def evidence_words(evidence: Evidence) -> str:
    """The minute, the student's own words and the patient's values then."""
    said = clean_text(evidence.words, single_line=True)
    vitals = f"  ({evidence.vitals})" if evidence.vitals else ""
    return f"{clock(evidence.at_seconds)}  “{said}”{vitals}"


def _statements(title: str, statements: Sequence[Statement]) -> Iterator[Widget]:
    if statements:
        yield _text(title, "section")
    for statement in statements:
        yield _text(f"• {statement.text}", "statement")
        yield from (_text(evidence_words(evidence), "evidence") for evidence in statement.evidence)


def _checklist_row(row: ChecklistVerdict) -> Widget:
    done = "not done" if row.done_at is None else clock(row.done_at)
    target = "" if row.target is None else clock(row.target)
    points = f"{row.credit:.1f}/{row.weight:.1f}"
    mark = "✗" if row.done_at is None else "✓" if row.credit >= row.weight else "~"
    return _row(f"{mark} {row.title}", done, target, points)


def _row(title: str, done: str, target: str, points: str, classes: str = "") -> Widget:
    cells = [_text(title, "title"), *(_text(cell, "cell") for cell in (done, target, points))]
    return Horizontal(*cells, classes=f"row {classes}")


def _gates(gates: Sequence[GateVerdict]) -> Iterator[Widget]:
    if gates:
        yield _text("Safety gates", "section")
    for gate in gates:
        verdict = f"✗ {gate.title}" if gate.failed else f"✓ passed: {gate.title}"
        yield _text(verdict, "statement")


def _teaching(points: Sequence[TeachingPoint]) -> Iterator[Widget]:
    if points:
        yield _text("To take along", "section")
    for point in points:
        yield _text(f"• {point.text}", "statement")
        yield _text(point.question, "evidence")


def _questions(questions: Sequence[Reflection]) -> Iterator[Widget]:
    if questions:
        yield _text("Questions about this one", "section")
    yield from (_text(f"• {one.question}", "statement") for one in questions)


def _text(text: str, classes: str) -> Static:
    return Static(plain(text), markup=False, classes=classes)
