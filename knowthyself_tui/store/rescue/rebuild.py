"""A fresh database out of rescued rows: the events are replayed, and what they do not give is laid beside them."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf

from peewee import SqliteDatabase

from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.store.batches import Head, store_batch
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.rescue.beside import insert, lay_beside
from knowthyself_tui.store.rescue.columns import Row
from knowthyself_tui.store.rescue.mending import MendedSitting
from knowthyself_tui.store.rescue.pool import Pool, object_of
from knowthyself_tui.store.rescue.rescued import ScenarioOf, last_seq_of, record_of, snapshot_of


def rebuild(
    database: SqliteDatabase, pool: Pool, last_seq: Mapping[str, int], scenario_of: ScenarioOf, lost_code: str
) -> list[MendedSitting]:
    """Fills a new database inside the open transaction; foreign keys hold after each statement.

    Args:
        last_seq: the highest position in the log of each sitting, where all of its index could be read.
        lost_code: the code of a student of whom nothing else is left.
    """
    for row in pool.rows("meta"):
        if row["key"] != "schema_version":
            insert(database, "meta", row, replace=True)
    for row in pool.rows("student"):
        insert(database, "student", row)
    seqs = _last_seqs(pool, last_seq)
    scenario_of = _known_scenarios(pool, scenario_of)
    sittings = [
        _Sitting(database, pool, session, seqs.get(session, 0), is_sure=session in last_seq)
        for session in pool.sessions()
    ]
    mended = [sitting.bring_over(scenario_of, lost_code) for sitting in sittings]
    clocks = {encounter: clock for sitting in sittings for encounter, clock in sitting.clocks.items()}
    whole = {sitting.id for sitting in mended if sitting.is_whole}
    lay_beside(database, pool, clocks, [event for sitting in sittings for event in sitting.stored], whole)
    return mended


def _known_scenarios(pool: Pool, elsewhere: ScenarioOf) -> ScenarioOf:
    """The scenarios of the encounters that still have theirs, then those that `elsewhere` has."""
    versions = (row for key in pool.keys("encounter") for row in pool.versions("encounter", key))
    named = [row for row in versions if {"scenario_id", "scenario_sha256", "scenario"} <= row.keys()]
    known = {(row["scenario_id"], row["scenario_sha256"]): object_of(row["scenario"]) for row in named}
    return lambda scenario_id, sha256: known.get((scenario_id, sha256)) or elsewhere(scenario_id, sha256)


def _last_seqs(pool: Pool, known: Mapping[str, int]) -> dict[str, int]:
    """How far each log went, by the index, the events, the turns and the snapshots."""
    told = [*known.items(), *pool.last_seqs()]
    told += [(row["session_id"], row["seq"]) for row in pool.rows("turn")]
    for key in pool.keys("encounter"):
        versions = pool.versions("encounter", key)
        told += [(row["session_id"], last_seq_of(versions)) for row in versions if "session_id" in row]
    last: dict[str, int] = {}
    for session, seq in told:
        last[session] = max(seq, last.get(session, 0))
    return last


class _Sitting:
    """One sitting on its way into the new database."""

    def __init__(self, database: SqliteDatabase, pool: Pool, session_id: str, last_seq: int, *, is_sure: bool) -> None:
        self._database = database
        self._pool = pool
        self._id = session_id
        self._last_seq = last_seq
        self._is_sure = is_sure
        self._begun: set[str] = set()
        self._without_scenario: list[str] = []
        self.stored: list[Event] = []
        self.clocks: dict[str, float] = {}
        """Milliseconds up to which each encounter was brought over; without end for a whole one."""

    def bring_over(self, scenario_of: ScenarioOf, lost_code: str) -> MendedSitting:
        head: dict[str, Head] = {}
        for event in self._pool.log(self._id):
            batch = self._batch(event, scenario_of)
            if batch is None:
                break
            if event.kind == "session_started":
                self._enrol(event, lost_code)
            # One event at a time: within a batch the rows go in before the updates.
            head = store_batch(self._database, batch, head)
            self.stored.append(event)
        missing = self._missing()
        for encounter_id in self._begun:
            self._finish_encounter(encounter_id, is_whole=missing == 0)
        if self.stored:
            self._touch(is_whole=missing == 0)
        return self._summary(missing)

    def _batch(self, event: Event, scenario_of: ScenarioOf) -> Batch | None:
        """None for an event of an encounter of which nothing is left."""
        if event.kind == "encounter_started" and event.encounter_id is not None:
            versions = self._pool.versions("encounter", (event.encounter_id,))
            record = record_of(event, versions, scenario_of)
            if record is None:
                return None
            self._begun.add(record.id)
            self._without_scenario += [] if record.scenario else [record.id]
            return Batch((event,), encounter=record)
        return Batch((event,)) if event.encounter_id is None or event.encounter_id in self._begun else None

    def _enrol(self, started: Event, lost_code: str) -> None:
        """A stand-in for a student whose row is lost: a log without its student would be lost with it."""
        student_id = started.body["student_id"]
        for code in (started.body.get("student_code") or lost_code, f"{lost_code}-{student_id}"):
            row = {"id": student_id, "code": code, "name": "", "registered_at": started.created_at}
            insert(self._database, "student", row)

    def _missing(self) -> int | None:
        missing = self._last_seq - len(self.stored)
        if not missing and self._has_lost_an_end():
            return 1
        is_ended = any(event.kind == "session_ended" for event in self.stored)
        return missing if missing or self._is_sure or is_ended else None

    def _has_lost_an_end(self) -> bool:
        """A row says that something ended, and no event brought over does."""
        ended = {event.encounter_id for event in self.stored if event.kind == "encounter_ended"}
        encounters = (self._pool.best("encounter", (one,)) for one in self._begun - ended)
        if any(row and row.get("ended_at") for row in encounters):
            return True
        session = self._pool.best("session", (self._id,))
        return bool(session and session["completed_at"]) and all(e.kind != "session_ended" for e in self.stored)

    def _finish_encounter(self, encounter_id: str, *, is_whole: bool) -> None:
        """Its clock and its snapshot, which no event gives."""
        events = [event for event in self.stored if event.encounter_id == encounter_id]
        has_ended = any(event.kind == "encounter_ended" for event in events)
        clock = inf if is_whole or has_ended else max(event.at_ms for event in events)
        versions = self._pool.versions("encounter", (encounter_id,))
        snapshot = snapshot_of(versions, self.stored[-1].seq, clock)
        self.clocks[encounter_id] = max(clock, snapshot.at_ms if snapshot else 0)
        values: Row = {"engine": snapshot.document, "engine_at_ms": snapshot.at_ms} if snapshot else {}
        if snapshot and not has_ended:
            values |= {"at_ms": snapshot.at_ms, "patient_state": snapshot.patient_state}
        elif not has_ended:
            values["at_ms"] = max(event.at_ms for event in events)
        if values:
            self._update("encounter", encounter_id, values)

    def _touch(self, *, is_whole: bool) -> None:
        rows = self._pool.versions("session", (self._id,)) if is_whole else []
        moments = [row["updated_at"] for row in rows if row.get("updated_at")]
        self._update("session", self._id, {"updated_at": max(moments, default=self.stored[-1].created_at)})

    def _update(self, table: str, row_id: str, values: Row) -> None:
        settings = ", ".join(f'"{name}" = ?' for name in values)
        execute(self._database, f'UPDATE "{table}" SET {settings} WHERE id = ?', [*values.values(), row_id])

    def _summary(self, missing: int | None) -> MendedSitting:
        last = self.stored[-1] if self.stored else None
        row = self._pool.best("encounter", (last.encounter_id,)) if last and last.encounter_id else None
        started = [e for e in self.stored if last and e.encounter_id == last.encounter_id]
        named = next((e.body["scenario_id"] for e in started if "scenario_id" in e.body), None)
        return MendedSitting(
            id=self._id,
            events=len(self.stored),
            missing=missing,
            scenario_id=named or (row["scenario_id"] if row else None),
            at_ms=last.at_ms if last else 0,
            created_at=last.created_at if last else "",
            without_scenario=tuple(self._without_scenario),
        )
