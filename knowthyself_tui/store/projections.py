"""What each event writes beside itself, so that people and SQL can read a sitting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from knowthyself_tui.domain.events import Event
from knowthyself_tui.store.models import (
    Act,
    Alarm,
    Appeal,
    Challenge,
    Encounter,
    Estimate,
    Finding,
    Note,
    Plan,
    Session,
    Student,
    SurveyAnswer,
    Turn,
    WarmupAnswer,
)
from knowthyself_tui.store.writing import Change, Row, Update

Projection = Callable[[Event, Mapping[str, Any]], Iterable[Change]]

_SESSION_COLUMNS = (
    "student_id",
    "phase",
    "arm",
    "arm_source",
    "challenge_points",
    "language",
    "seed",
    "patient_kind",
    "model",
    "study",
    "app_version",
)
_TURN_COLUMNS = (
    "speaker",
    "text",
    "source",
    "phase",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "latency_ms",
    "prompt_hash",
)


def changes_of(event: Event) -> Iterable[Change]:
    """The rows and updates of one event; a kind that only the log needs has none."""
    projection = _PROJECTIONS.get(event.kind)
    return projection(event, event.body) if projection else ()


def _session_started(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Session,
        {
            **{name: body.get(name) for name in _SESSION_COLUMNS},
            "id": event.session_id,
            "status": body.get("status", "in_progress"),
            "scenario_queue": list(body.get("scenario_queue", ())),
            "queue_position": body.get("queue_position", 0),
            "synthetic": bool(body.get("synthetic", False)),
            "started_at": event.created_at,
            "updated_at": event.created_at,
        },
    )


def _consent_given(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    student = Session.select(Session.student).where(Session.id == event.session_id)
    yield Student.update(consented_at=event.created_at, consent_version=body["version"]).where(Student.id == student)


def _phase_entered(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values = {"phase": body["phase"]}
    if "position" in body:
        values["queue_position"] = body["position"]
    yield Update(Session, values, {"id": event.session_id})


def _encounter_started(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    position = Encounter.select(Encounter.position).where(Encounter.id == event.encounter_id)
    yield Session.update(queue_position=position).where(Session.id == event.session_id)


def _turn(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Turn,
        {
            **{name: body.get(name) for name in _TURN_COLUMNS},
            "id": event.id,
            "session_id": event.session_id,
            "encounter_id": event.encounter_id,
            "seq": event.seq,
            "at_ms": event.at_ms,
            "created_at": event.created_at,
            "complete": bool(body.get("complete", True)),
        },
    )


def _understood(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    for act in body["acts"]:
        yield Row(
            Act,
            {
                "id": act["id"],
                "turn_id": body["turn_id"],
                "encounter_id": event.encounter_id,
                "intent": act["intent"],
                "modality": act.get("modality"),
                "slots": dict(act.get("slots", {})),
                "status": act["status"],
                "at_ms": event.at_ms,
                "patient_state": act.get("patient_state"),
                "confidence": act.get("confidence"),
                "route": act.get("route"),
            },
        )


def _carried_out(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values: dict[str, Any] = {"status": "executed"}
    if "slots" in body:
        values["slots"] = dict(body["slots"])
    if "patient_state" in body:
        values["patient_state"] = body["patient_state"]
    yield Update(Act, values, {"id": body["act_id"]})


def _cancelled(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Update(Act, {"status": body.get("status", "cancelled")}, {"id": body["act_id"]})


def _finding(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Finding,
        {
            "id": event.id,
            "encounter_id": event.encounter_id,
            "act_id": body.get("act_id"),
            "at_ms": event.at_ms,
            "topic": body["topic"],
            "text": body["text"],
        },
    )


def _note_written(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Note,
        {"id": event.id, "encounter_id": event.encounter_id, "at_ms": event.at_ms, "text": body["text"]},
    )


def _challenge_asked(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Challenge,
        {
            "id": event.id,
            "encounter_id": event.encounter_id,
            "challenge_id": body["challenge_id"],
            "asked_at_ms": event.at_ms,
            "question": body["question"],
        },
    )


def _challenge_answered(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values = {
        "answer": body.get("answer"),
        "answered_at_ms": event.at_ms,
        "skipped": bool(body.get("skipped", False)),
    }
    open_one = {
        "encounter_id": event.encounter_id,
        "challenge_id": body["challenge_id"],
        "answered_at_ms": None,
    }
    yield Update(Challenge, values, open_one)


def _alarm_raised(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Alarm,
        {
            "encounter_id": event.encounter_id,
            "at_ms": event.at_ms,
            "parameter": body["parameter"],
            "priority": body.get("priority"),
        },
    )


def _alarm_answered(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    sounding = {"encounter_id": event.encounter_id, "parameter": body["parameter"], "answered_at_ms": None}
    yield Update(Alarm, {"answered_at_ms": event.at_ms}, sounding)


def _encounter_ended(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values: dict[str, Any] = {
        "ended_at": event.created_at,
        "end_reason": body["reason"],
        "at_ms": event.at_ms,
    }
    if "patient_state" in body:
        values["patient_state"] = body["patient_state"]
    yield Update(Encounter, values, {"id": event.encounter_id})


def _warmup_asked(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        WarmupAnswer,
        {
            "session_id": event.session_id,
            "question_id": body["question_id"],
            "position": body.get("position"),
            "question": body["question"],
        },
    )


def _warmup_answered(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values = {
        "answer": body["answer"],
        "follow_ups": body.get("follow_ups"),
        "answered_at": event.created_at,
    }
    yield Update(WarmupAnswer, values, {"session_id": event.session_id, "question_id": body["question_id"]})


def _estimate_given(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Estimate,
        {
            "id": event.id,
            "encounter_id": body.get("encounter_id", event.encounter_id),
            "score": body.get("score"),
            "seconds": body.get("seconds"),
            "went_well": body.get("went_well"),
            "change": body.get("change"),
            "created_at": event.created_at,
        },
    )


def _appeal_made(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Appeal,
        {
            "id": event.id,
            "encounter_id": body.get("encounter_id", event.encounter_id),
            "item_id": body.get("item_id"),
            "text": body["text"],
            "created_at": event.created_at,
        },
    )


def _plan_written(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        Plan,
        {
            "id": event.id,
            "session_id": event.session_id,
            "text": body["text"],
            "created_at": event.created_at,
        },
    )


def _survey_answered(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Row(
        SurveyAnswer,
        {"session_id": event.session_id, "item": body["item"], "value": body.get("value")},
    )


def _paused(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Update(Session, {"status": "paused"}, {"id": event.session_id})


def _resumed(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    yield Update(Session, {"status": "in_progress"}, {"id": event.session_id})


def _session_ended(event: Event, body: Mapping[str, Any]) -> Iterable[Change]:
    values = {"status": body["status"], "completed_at": event.created_at}
    yield Update(Session, values, {"id": event.session_id})


_PROJECTIONS: Mapping[str, Projection] = {
    "session_started": _session_started,
    "consent_given": _consent_given,
    "phase_entered": _phase_entered,
    "encounter_started": _encounter_started,
    "said": _turn,
    "replied": _turn,
    "understood": _understood,
    "carried_out": _carried_out,
    "cancelled": _cancelled,
    "revealed": _finding,
    "measured": _finding,
    "note_written": _note_written,
    "challenge_asked": _challenge_asked,
    "challenge_answered": _challenge_answered,
    "alarm_raised": _alarm_raised,
    "alarm_answered": _alarm_answered,
    "encounter_ended": _encounter_ended,
    "warmup_asked": _warmup_asked,
    "warmup_answered": _warmup_answered,
    "estimate_given": _estimate_given,
    "appeal_made": _appeal_made,
    "plan_written": _plan_written,
    "survey_answered": _survey_answered,
    "paused": _paused,
    "resumed": _resumed,
    "session_ended": _session_ended,
}
