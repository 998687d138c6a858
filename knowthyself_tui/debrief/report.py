"""Builds the debrief of one encounter: sustain, improve, apply. Facts come from the log, never from a model."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.debrief.evidence import EvidenceFinder, Statement
from knowthyself_tui.domain.describe import clock
from knowthyself_tui.domain.records import ChecklistVerdict, EncounterResult
from knowthyself_tui.domain.rules import Evaluator
from knowthyself_tui.domain.scenario import Scenario, TeachingPoint
from knowthyself_tui.domain.scenario.questions import Reflection
from knowthyself_tui.domain.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything that the debrief screen shows."""

    result: EncounterResult
    sustain: tuple[Statement, ...]
    improve: tuple[Statement, ...]
    apply: tuple[TeachingPoint, ...]
    questions: tuple[Reflection, ...] = ()
    """What went wrong in this encounter, as questions to think about."""


def build_debrief(scenario: Scenario, timeline: Timeline, result: EncounterResult) -> Debrief:
    """The debrief of a finished encounter."""
    finder = EvidenceFinder(timeline)
    return Debrief(
        result,
        sustain=tuple(_sustain(finder, result)),
        improve=tuple(_improve(finder, result)),
        apply=scenario.teaching_points,
        questions=_questions(scenario, timeline),
    )


def _questions(scenario: Scenario, timeline: Timeline) -> tuple[Reflection, ...]:
    judgement = scenario.judgement
    evaluator = Evaluator(timeline, judgement.names)
    return tuple(one for one in judgement.reflections if evaluator.result(one.when.node).value is True)


def _sustain(finder: EvidenceFinder, result: EncounterResult) -> list[Statement]:
    return [
        Statement(row.id, f"{row.title}: done at {clock(row.done_at)}, in time.", finder.find(row.evidence))
        for row in result.checklist
        if row.done_at is not None and row.weight and row.credit >= row.weight
    ]


def _improve(finder: EvidenceFinder, result: EncounterResult) -> list[Statement]:
    errors = [
        Statement(error.act_id, f"{clock(error.at)} {error.reason}", finder.find((error.act_id,)))
        for error in result.medication_errors
    ]
    gates = [
        Statement(
            gate.id, f"Safety: {_sentence(gate.title)} This caps the total at {gate.cap:g}.", finder.find(gate.evidence)
        )
        for gate in result.gates
        if gate.failed
    ]
    decisions = [
        Statement(point.id, f"{point.title}: rated {point.rating}.", finder.find(point.evidence))
        for point in result.decisions
        if point.rating in ("dangerous", "suboptimal")
    ]
    rows = [
        Statement(row.id, _late_or_missing(row), finder.find(row.evidence))
        for row in result.checklist
        if row.weight and row.credit < row.weight
    ]
    return [*gates, *errors, *decisions, *rows]


def _sentence(title: str) -> str:
    return title if title.endswith((".", "!", "?")) else f"{title}."


def _late_or_missing(row: ChecklistVerdict) -> str:
    target = "" if row.target is None else f" The target was {clock(row.target)}."
    if row.done_at is None:
        return f"{row.title}: not done.{target}"
    return f"{row.title}: done at {clock(row.done_at)}, late.{target}"
