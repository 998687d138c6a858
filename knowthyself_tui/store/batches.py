"""A batch inside its transaction: chained events, the readable rows beside them, samples and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import Database

from knowthyself_tui.domain.events import Event, canonical, chain_hash
from knowthyself_tui.domain.records import Batch, EncounterRecord, Snapshot, StateChange, VitalSample
from knowthyself_tui.domain.vitals import CHANNELS
from knowthyself_tui.errors import OutOfStep
from knowthyself_tui.store import models
from knowthyself_tui.store.ids import utc_now_iso
from knowthyself_tui.store.projections import changes_of
from knowthyself_tui.store.results import forget_result, performance_of, rows_of_result
from knowthyself_tui.store.writing import Change, Row, Update, write

Head = tuple[int, str]
"""The last event of a sitting: its position and its hash; (0, "") before the first."""


def store_batch(database: Database, batch: Batch, heads: Mapping[str, Head]) -> dict[str, Head]:
    """Writes a batch into the open transaction and returns the head of each sitting that it went on with.

    Events that are stored already are left alone when they are the same, so that a batch whose outcome got
    lost may come again, also together with later events.
    """
    new_heads = _heads_before(database, batch.events, heads)
    events = _not_stored(database, batch.events, new_heads)
    changes: list[Change] = [*_chained(events, new_heads)]
    if batch.encounter and not _exists(database, models.Encounter, batch.encounter.id):
        changes.append(_encounter_row(batch.encounter))
    for event in events:
        changes += changes_of(event)
    changes += _rows_beside(batch)
    if batch.result:
        forget_result(database, batch.result.encounter_id)
        changes += rows_of_result(batch.result)
    changes += _session_touched(batch)
    write(database, changes)
    write(database, _reveals(database, events))
    write(database, [performance_of(database, event) for event in events if event.kind == "session_ended"])
    return new_heads


EVENT_COLUMNS = tuple(field.column_name for field in models.Event._meta.sorted_fields)


def event_of(row: Mapping[str, Any]) -> Event:
    """The domain's event of a stored row."""
    return Event(
        id=row["id"],
        session_id=row["session_id"],
        encounter_id=row["encounter_id"],
        seq=row["seq"],
        kind=row["kind"],
        at_ms=row["at_ms"],
        created_at=row["created_at"],
        body=row["body"],
    )


def _heads_before(database: Database, events: Iterable[Event], known: Mapping[str, Head]) -> dict[str, Head]:
    sessions = {event.session_id for event in events}
    return {session: known.get(session) or _head(database, session) for session in sessions}


def _not_stored(database: Database, events: Iterable[Event], heads: Mapping[str, Head]) -> list[Event]:
    """The events after the heads; one before that is stored with other content is refused."""
    new = []
    for event in events:
        if event.seq > heads[event.session_id][0]:
            new.append(event)
        elif _stored_event(database, event) != canonical(event):
            raise OutOfStep(
                f"Event {event.seq} of sitting {event.session_id} is stored with other content."
                " Start the program again."
            )
    return new


def _stored_event(database: Database, event: Event) -> str | None:
    query = models.Event.select().where(models.Event.session == event.session_id, models.Event.seq == event.seq)
    row = next(iter(query.tuples().execute(database)), None)
    return row and canonical(event_of(dict(zip(EVENT_COLUMNS, row, strict=True))))


def _chained(events: Iterable[Event], heads: dict[str, Head]) -> Iterable[Row]:
    """The event rows with their hashes; moves the heads on and refuses an event that does not follow."""
    for event in events:
        seq, previous = heads[event.session_id]
        if event.seq != seq + 1:
            raise OutOfStep(
                f"Event {event.seq} of sitting {event.session_id} cannot follow event {seq}. Start the program again."
            )
        digest = chain_hash(previous, event)
        heads[event.session_id] = (event.seq, digest)
        yield Row(models.Event, _event_values(event, digest))


def _head(database: Database, session_id: str) -> Head:
    table = models.Event
    query = table.select(table.seq, table.hash).where(table.session == session_id).order_by(table.seq.desc())
    row = next(iter(query.limit(1).tuples().execute(database)), (0, ""))
    return int(row[0]), str(row[1])


def _event_values(event: Event, digest: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "session_id": event.session_id,
        "encounter_id": event.encounter_id,
        "seq": event.seq,
        "kind": event.kind,
        "body": dict(event.body),
        "at_ms": event.at_ms,
        "created_at": event.created_at,
        "hash": digest,
    }


def _exists(database: Database, table: type[models.Encounter], row_id: str) -> bool:
    return table.select().where(table.id == row_id).bind(database).exists()


def _encounter_row(record: EncounterRecord) -> Row:
    return Row(
        models.Encounter,
        {
            "id": record.id,
            "session_id": record.session_id,
            "position": record.position,
            "scenario_id": record.scenario_id,
            "scenario_version": record.scenario_version,
            "scenario_sha256": record.scenario_sha256,
            "scenario": record.scenario,
            "seed": record.seed,
            "started_at": record.started_at,
            "at_ms": 0,
            "engine_version": record.engine_version,
            "protocol": record.protocol,
        },
    )


def _reveals(database: Database, events: Iterable[Event]) -> Iterable[Change]:
    """What findings disclosed, under the student's turn whose act asked for it, which may be of an earlier batch."""
    for event in events:
        ledger = event.body.get("ledger", ()) if event.kind in ("revealed", "measured") else ()
        turn_id = _turn_of(database, event.body["act_id"]) if ledger else None
        if turn_id is not None:
            for told_id, how in ledger:
                yield Row(models.Disclosure, {"turn_id": turn_id, "fact_id": told_id, "how": how})


def _turn_of(database: Database, act_id: str | None) -> str | None:
    query = models.Act.select(models.Act.turn).where(models.Act.id == act_id)
    row = next(iter(query.tuples().execute(database)), None)
    return row and str(row[0])


def _rows_beside(batch: Batch) -> Iterable[Change]:
    for sample in batch.samples:
        yield _sample_row(sample)
    for change in batch.state_changes:
        yield _state_change_row(change)
    for turn_id, fact_id, how in batch.disclosures:
        yield Row(models.Disclosure, {"turn_id": turn_id, "fact_id": fact_id, "how": how})
    if batch.snapshot:
        yield _snapshot_update(batch.snapshot)


def _sample_row(sample: VitalSample) -> Row:
    return Row(
        models.VitalSample,
        {
            **{channel: sample.values.get(channel) for channel in CHANNELS},
            "encounter_id": sample.encounter_id,
            "at_ms": sample.at_ms,
            "rhythm": sample.rhythm,
            "state": sample.state,
            "measured": list(sample.measured),
        },
    )


def _state_change_row(change: StateChange) -> Row:
    return Row(
        models.StateChange,
        {
            "encounter_id": change.encounter_id,
            "at_ms": change.at_ms,
            "from_state": change.from_state,
            "to_state": change.to_state,
            "cause": change.cause,
        },
    )


def _snapshot_update(snapshot: Snapshot) -> Change:
    return models.Encounter.update(
        engine=snapshot.document,
        engine_at_ms=snapshot.at_ms,
        at_ms=snapshot.at_ms,
        patient_state=snapshot.patient_state,
    ).where(models.Encounter.id == snapshot.encounter_id, models.Encounter.at_ms <= snapshot.at_ms)


def _session_touched(batch: Batch) -> Iterable[Change]:
    """Each batch moves its sitting's `updated_at`."""
    values = {"updated_at": utc_now_iso()}
    if batch.events:
        yield Update(models.Session, values, {"id": batch.events[0].session_id})
    elif encounter := _encounter_of(batch):
        session = models.Encounter.select(models.Encounter.session).where(models.Encounter.id == encounter)
        yield models.Session.update(values).where(models.Session.id == session)


def _encounter_of(batch: Batch) -> str | None:
    parts = (batch.encounter, batch.snapshot, batch.result, *batch.samples, *batch.state_changes)
    for part in parts:
        if part is not None:
            return part.id if isinstance(part, EncounterRecord) else part.encounter_id
    return None
