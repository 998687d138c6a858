"""The rows of a finished encounter's verdicts, and the sums of a finished sitting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import Database, fn

from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import EncounterResult
from knowthyself_tui.store import models
from knowthyself_tui.store.ids import uuid7
from knowthyself_tui.store.writing import Row

VERDICT_TABLES: tuple[type[models.Table], ...] = (
    models.EncounterResult,
    models.ChecklistResult,
    models.DecisionResult,
    models.GateResult,
    models.MilestoneResult,
    models.MedicationError,
)
"""What a judgement of an encounter writes, and a new one replaces."""


def rows_of_result(result: EncounterResult) -> Iterable[Row]:
    """Every verdict, also of what was left out; evidence is a list of act and turn ids."""
    yield Row(models.EncounterResult, _sums(result))
    shared = {"encounter_id": result.encounter_id, "rule_version": result.rule_version}
    for item in result.checklist:
        yield Row(
            models.ChecklistResult,
            {
                **shared,
                "item_id": item.id,
                "title": item.title,
                "done_at": item.done_at,
                "target": item.target,
                "late": item.late,
                "credit": item.credit,
                "weight": item.weight,
                "evidence": list(item.evidence),
            },
        )
    for decision in result.decisions:
        yield Row(
            models.DecisionResult,
            {
                **shared,
                "item_id": decision.id,
                "title": decision.title,
                "rating": decision.rating,
                "evidence": list(decision.evidence),
            },
        )
    for gate in result.gates:
        yield Row(
            models.GateResult,
            {
                **shared,
                "item_id": gate.id,
                "title": gate.title,
                "failed": gate.failed,
                "cap": gate.cap,
                "evidence": list(gate.evidence),
            },
        )
    for milestone in result.milestones:
        yield Row(
            models.MilestoneResult,
            {
                **shared,
                "item_id": milestone.id,
                "reached_at": milestone.reached_at,
                "evidence": list(milestone.evidence),
            },
        )
    for error in result.medication_errors:
        yield Row(
            models.MedicationError,
            {
                "id": uuid7(),
                "encounter_id": result.encounter_id,
                "act_id": error.act_id,
                "at_ms": _milliseconds(error.at),
                "drug": error.drug,
                "kind": error.kind,
                "severity": error.severity,
                "reason": error.reason,
            },
        )


def forget_result(database: Database, encounter_id: str) -> None:
    """Removes the verdicts of an encounter, so that a new judgement replaces the old one whole."""
    for table in VERDICT_TABLES:
        table.delete().where(table._meta.fields["encounter"] == encounter_id).execute(database)


def performance_of(database: Database, ended: Event) -> Row:
    """The sums of a sitting from what is stored; without a judged encounter its scores are missing, not 0."""
    encounters = models.Encounter.select(models.Encounter.id).where(models.Encounter.session == ended.session_id)
    values: dict[str, Any] = {
        "session_id": ended.session_id,
        "patterns": ended.body.get("patterns"),
        "total_messages": models.Turn.select()
        .where(models.Turn.session == ended.session_id, models.Turn.speaker == "student")
        .bind(database)
        .count(),
        "total_seconds": _total_seconds(database, ended.session_id),
        **_scores(database, encounters),
    }
    if values.pop("judged"):
        values |= _counts(database, encounters)
    return Row(models.Performance, values)


def _sums(result: EncounterResult) -> dict[str, Any]:
    return {
        "encounter_id": result.encounter_id,
        "total": result.total,
        "cap": result.cap,
        "checklist_share": result.checklist_share,
        "decision_mean": result.decision_mean,
        "communication": result.communication,
        "handover": result.handover,
        "competence": result.competence,
        "pivotal_at_ms": None if result.pivotal_at is None else _milliseconds(result.pivotal_at),
        "safety_score": result.safety_score,
        "medication_warnings": result.medication_warnings,
        "complete": result.complete,
        "rule_version": result.rule_version,
    }


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _total_seconds(database: Database, session_id: str) -> float:
    """Scenario time of the sitting's encounters."""
    query = models.Encounter.select(fn.SUM(models.Encounter.at_ms)).where(models.Encounter.session == session_id)
    milliseconds: int | None = query.bind(database).scalar()
    return (milliseconds or 0) / 1000


def _scores(database: Database, encounters: Any) -> dict[str, Any]:
    result = models.EncounterResult
    query = result.select(
        fn.COUNT(result.encounter),
        fn.COALESCE(fn.SUM(result.complete), 0),
        fn.AVG(result.total),
        fn.SUM(result.medication_warnings),
        fn.AVG(result.safety_score),
    ).where(result.encounter.in_(encounters))
    judged, completed, overall, warnings, safety = next(iter(query.tuples().bind(database).execute(database)))
    return {
        "judged": judged,
        "scenarios_completed": int(completed),
        "overall_score": overall,
        "medication_warnings": warnings,
        "safety_score": safety,
    }


def _counts(database: Database, encounters: Any) -> dict[str, Any]:
    """How many verdicts of each kind; missing where the encounters had nothing of that kind to judge."""
    decision, item, error = models.DecisionResult, models.ChecklistResult, models.MedicationError

    def count(table: Any, *conditions: Any) -> int:
        query = table.select().where(table.encounter.in_(encounters), *conditions)
        number: int = query.bind(database).count()
        return number

    counts: dict[str, Any] = {"medication_errors": count(error)}
    if count(decision):
        for rating in ("optimal", "acceptable", "suboptimal", "dangerous"):
            counts[rating] = count(decision, decision.rating == rating)
    if count(item):
        counts["actions_completed"] = count(item, item.done_at.is_null(False))
        counts["actions_missed"] = count(item, item.done_at.is_null())
    return counts
