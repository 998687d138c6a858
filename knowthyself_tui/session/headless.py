"""Plays an encounter on simulated time from a script, and tells what happened line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.procedures import HISTORY_SECONDS
from knowthyself_tui.domain.records import Batch, EncounterResult, EndReason
from knowthyself_tui.patients.gate import HISTORY_INTENTS
from knowthyself_tui.session.encounter import Encounter
from knowthyself_tui.session.script import END, ScriptLine
from knowthyself_tui.session.sitting import Sitting

Row = dict[str, Any]
"""One JSON object of the output: `t`, `kind` and what belongs to the kind."""


class Sink(Protocol):
    """Stores a batch before it is told; does nothing when nothing is to be written."""

    def __call__(self, batch: Batch) -> None: ...


def play_script(
    sitting: Sitting, script: Iterable[ScriptLine], store: Sink, *, until_seconds: int | None = None
) -> Iterator[Row]:
    """Begin the sitting's encounter, say the script, let the time run out; yields output rows as they are stored.

    A line is taken from the script when the one before it was said, so that a script may depend on what came of that.
    """
    yield from _stored(store, sitting.start_encounter())
    encounter = sitting.encounter
    assert encounter is not None
    maximum_seconds = round(60 * encounter.state.scenario.maximum_minutes)
    limit_ms = 1000 * (maximum_seconds if until_seconds is None else until_seconds)
    last_ms = busy_ms = 0
    for line in script:
        due_ms = line.due_ms(last_ms, busy_ms)
        yield from _until(sitting, store, min(due_ms, limit_ms))
        if encounter.state.ended or due_ms > limit_ms:
            break
        if line.text == END:
            yield from _stored(store, sitting.end_encounter(_manual_reason(encounter)))
            break
        last_ms = encounter.state.at_ms
        batch = sitting.keep(encounter.say(line.text))
        yield from _stored(store, batch)
        busy_ms = max(encounter.busy_until_ms, last_ms + 1000 * _talking_seconds(batch))
        if encounter.end_requested and not encounter.state.ended:
            yield from _stored(store, sitting.end_encounter(_manual_reason(encounter)))
    yield from _until(sitting, store, limit_ms)
    if not encounter.state.ended:
        yield from _stored(store, sitting.end_encounter(_manual_reason(encounter)))


def close_script(sitting: Sitting, store: Sink) -> Row:
    """Close the sitting after its encounter; gives the result row."""
    assert sitting.encounter is not None
    result = sitting.debrief().result
    state = sitting.encounter.state
    store(sitting.close("completed"))
    return result_row(result, state.at_ms, state.scenario.id, state.patient_state, sitting.session_id)


def _manual_reason(encounter: Encounter) -> EndReason:
    early = encounter.state.at_ms < 60_000 * encounter.state.scenario.minimum_minutes
    return "left" if early else "finished"


def _talking_seconds(batch: Batch) -> int:
    """History questions keep the crew talking, each for a few seconds."""
    acts = [act for event in batch.events if event.kind == "understood" for act in event.body["acts"]]
    return HISTORY_SECONDS * sum(act["intent"] in HISTORY_INTENTS for act in acts)


def _until(sitting: Sitting, store: Sink, to_ms: int) -> Iterator[Row]:
    encounter = sitting.encounter
    assert encounter is not None
    while encounter.state.ended is None and encounter.state.at_ms < to_ms:
        step_ms = min(to_ms, encounter.state.at_ms + 5000)
        yield from _stored(store, sitting.keep(encounter.advance_to(step_ms)))


def _stored(store: Sink, batch: Batch) -> Iterator[Row]:
    store(batch)
    yield from rows_of(batch)


def rows_of(batch: Batch) -> list[Row]:
    """What a batch holds, as output rows in order of time."""
    rows: list[Row] = []
    for sample in batch.samples:
        rows.append(
            {
                "t": sample.at_ms / 1000,
                "kind": "vitals",
                **sample.values,
                "rhythm": sample.rhythm,
                "state": sample.state,
            }
        )
    for change in batch.state_changes:
        rows.append({"t": change.at_ms / 1000, "kind": "state", "from": change.from_state, "to": change.to_state})
    for event in batch.events:
        rows += _event_rows(event)
    return sorted(rows, key=lambda row: float(row["t"]))


def _event_rows(event: Event) -> list[Row]:
    t, body = event.at_ms / 1000, event.body
    if event.kind in ("said", "replied"):
        return [{"t": t, "kind": "turn", "speaker": body["speaker"], "text": body["text"]}]
    if event.kind == "understood":
        return [
            {"t": t, "kind": "act", "intent": act["intent"], "slots": act["slots"], "status": act["status"]}
            for act in body["acts"]
        ]
    if event.kind == "cancelled":
        return [{"t": t, "kind": "notice", "text": "cancelled", "act": body["act_id"]}]
    if event.kind in ("revealed", "measured"):
        return [
            {
                "t": t,
                "kind": "finding",
                "topic": body["topic"],
                "text": body["text"],
                "values": body["values"],
            }
        ]
    if event.kind == "encounter_ended":
        return [{"t": t, "kind": "notice", "text": f"ended: {body['reason']}"}]
    return []


def result_row(result: EncounterResult, at_ms: int, scenario_id: str, state: str, session_id: str) -> Row:
    """The last row of a run."""
    return {
        "t": at_ms / 1000,
        "kind": "result",
        "scenario": scenario_id,
        "total": result.total,
        "cap": result.cap,
        "competence": result.competence,
        "checklist": [
            {
                "id": row.id,
                "done_at": row.done_at,
                "target": row.target,
                "credit": row.credit,
                "weight": row.weight,
            }
            for row in result.checklist
        ],
        "decisions": [{"id": row.id, "rating": row.rating} for row in result.decisions],
        "gates": [{"id": row.id, "failed": row.failed} for row in result.gates],
        "milestones": [{"id": row.id, "reached_at": row.reached_at} for row in result.milestones],
        "medication_errors": [
            {"drug": error.drug, "kind": error.kind, "severity": error.severity, "at": error.at}
            for error in result.medication_errors
        ],
        "safety_score": result.safety_score,
        "state": state,
        "encounter": result.encounter_id,
        "session": session_id,
    }


def describe_result(row: Row) -> str:
    """The result in one line for people."""
    total = "no score" if row["total"] is None else f"{row['total']:.1f} of 100"
    return f"{row['scenario']}: {total}, {row['competence']}, patient {row['state']} at {row['t']:.0f} s"
