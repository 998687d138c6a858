"""A sitting as its log alone gives it: every table built again beside the stored one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from knowthyself_tui.content import Library, LoadedScenario
from knowthyself_tui.domain.body import ENGINE_VERSION
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import ENCOUNTER_IDENTITY, EncounterRecord, StudentRecord
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.errors import ContentError
from knowthyself_tui.session.refold import batches_again
from knowthyself_tui.store import models
from knowthyself_tui.store.batches import Head, event_of
from knowthyself_tui.store.models import to_json
from knowthyself_tui.store.scratch import open_scratch
from knowthyself_tui.store.sitting_rows import Owner, Query, TableRow, Tables, owner_of, rows_of


@dataclass(frozen=True, slots=True)
class Stored:
    """What a database holds of one sitting."""

    session_id: str
    tables: Tables
    events: tuple[Event, ...]
    hashes: tuple[str, ...]
    owner: Owner

    @property
    def student(self) -> TableRow:
        return next(iter(self.tables[models.Student]), {})

    @property
    def encounters(self) -> Mapping[str, TableRow]:
        return {row["id"]: row for row in self.tables[models.Encounter]}


@dataclass(slots=True)
class Rebuilt:
    """What the log gives, and what it cannot know."""

    tables: Tables = field(default_factory=dict)
    owner: Owner | None = None
    documents: dict[str, str] = field(default_factory=dict)
    """Why the scenario of an encounter is not covered, by encounter id."""


def read_stored(query: Query, session_id: str) -> Stored:
    """Everything of a sitting, read again when somebody wrote meanwhile."""
    while True:
        before = _moment(query, session_id)
        owner = owner_of(query, session_id)
        tables = rows_of(query, owner)
        if _moment(query, session_id) == before:
            break
    rows = tables[models.Event]
    events = tuple(event_of({**row, "body": _object(row["body"])}) for row in rows)
    return Stored(session_id, tables, events, tuple(row["hash"] for row in rows), owner)


def engine_versions(stored: Stored) -> set[str]:
    """Of the body that the encounters were played with: as logged, or as stored where the log does not say."""
    versions = set()
    for event in stored.events:
        if event.kind == "encounter_started":
            row = stored.encounters.get(event.encounter_id or "", {})
            versions.add(str(event.body.get("engine_version", row.get("engine_version"))))
    return versions


def is_other_engine(stored: Stored) -> bool:
    return bool(engine_versions(stored) - {ENGINE_VERSION})


def rebuild(stored: Stored, library: Library) -> Rebuilt:
    """Every table of the sitting from its events.

    Raises:
        ContentError: an encounter's scenario cannot be read.
        Exception: whatever a log that nobody played makes of the fold.
    """
    rebuilt = Rebuilt()
    student = _student(stored)

    def record_of(event: Event) -> tuple[EncounterRecord, Scenario]:
        return _begun_with(event, stored, library, rebuilt)

    with open_scratch() as scratch:
        scratch.enrol(student)
        heads = _heads(stored)
        for batch in batches_again(student, stored.events, library, record_of, passed_ms(stored)):
            scratch.append(batch, {stored.session_id: heads[batch.events[0].seq]} if batch.events else {})
        rebuilt.owner = owner_of(scratch.rows, stored.session_id)
        rebuilt.tables = rows_of(scratch.rows, rebuilt.owner)
    return rebuilt


def _heads(stored: Stored) -> dict[int, Head]:
    """What each event goes on from: the one stored before it, so that one wrong event is wrong alone."""
    before = ["", *stored.hashes]
    return {event.seq: (event.seq - 1, before[index]) for index, event in enumerate(stored.events)}


def passed_ms(stored: Stored) -> dict[str, int]:
    """How far the clock of each encounter has run: what most of the places say that hold it."""
    last: dict[str, int] = {}
    for event in stored.events:
        if event.encounter_id:
            last[event.encounter_id] = max(last.get(event.encounter_id, 0), event.at_ms)
    return {
        encounter_id: max(last.get(encounter_id, 0), _most_said(_clocks(stored.tables, row)))
        for encounter_id, row in stored.encounters.items()
    }


def _clocks(tables: Tables, encounter: TableRow) -> Iterable[int]:
    yield from (encounter[name] for name in ("at_ms", "engine_at_ms") if encounter[name] is not None)
    samples = [row["at_ms"] for row in tables[models.VitalSample] if row["encounter_id"] == encounter["id"]]
    yield from [max(samples)] if samples else []
    with suppress(ValueError, TypeError, LookupError):
        yield int(json.loads(encounter["engine"])["at_ms"])


def _most_said(values: Iterable[int]) -> int:
    counts = Counter(values).most_common()
    return counts[0][0] if counts else 0


def _begun_with(event: Event, stored: Stored, library: Library, rebuilt: Rebuilt) -> tuple[EncounterRecord, Scenario]:
    encounter_id = event.encounter_id or ""
    row = stored.encounters.get(encounter_id, {})
    said = {name: event.body.get(name, row.get(name)) for name in ENCOUNTER_IDENTITY}
    document = _document(event, row, said, library, rebuilt)
    record = EncounterRecord(
        id=encounter_id,
        session_id=event.session_id,
        scenario=document,
        started_at=event.created_at,
        **said,
    )
    return record, Scenario.model_validate(document)


def _document(
    event: Event, row: TableRow, said: Mapping[str, Any], library: Library, rebuilt: Rebuilt
) -> dict[str, Any]:
    """The scenario that was played: the stored one where the log vouches for it, else the file of the same hash."""
    stored = row.get("scenario")
    logged = event.body.get("scenario_document_sha256")
    if stored is not None and logged == hashlib.sha256(stored.encode("utf-8")).hexdigest():
        return _object(stored)
    loaded = _same_file(said, library)
    if loaded is not None:
        return _object(to_json(loaded.document))
    if stored is None:
        raise ContentError("the scenario of an encounter is not stored, and its file is not here")
    if logged is None:
        rebuilt.documents[event.encounter_id or ""] = (
            f"the scenario file {said['scenario_id']} with the logged sha256 is not here"
        )
    return _object(stored)


def _same_file(said: Mapping[str, Any], library: Library) -> LoadedScenario | None:
    try:
        loaded = library.load(str(said["scenario_id"]))
    except ContentError:
        return None
    return loaded if loaded.sha256 == said["scenario_sha256"] else None


def _student(stored: Stored) -> StudentRecord:
    """Who is enrolled: id and code as logged, the rest as stored, consent as the log will give it."""
    started = next((event.body for event in stored.events if event.kind == "session_started"), {})
    row = dict(stored.student)
    row |= {"consented_at": None, "consent_version": None}
    row["id"] = started.get("student_id", row.get("id", ""))
    row["code"] = started.get("student_code", row.get("code", ""))
    for name in ("name", "registered_at"):
        row.setdefault(name, "")
    for name in ("email", "cohort"):
        row.setdefault(name, None)
    return StudentRecord(**row)


def _moment(query: Query, session_id: str) -> Sequence[TableRow]:
    return query("SELECT updated_at FROM session WHERE id = ?", (session_id,))


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("a JSON value that is not an object")
    return value
