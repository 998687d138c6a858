"""Whether a stored sitting is what was played: the hash chain, and every row recomputed from the log.

Not in the log, so not covered: name, e-mail, cohort and time of registration of the student, `session.updated_at`, the
ids of `medication_error`, an instructor's answer to an appeal, and `meta`. What an older log does not say is named as
not covered, never as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.content import Library
from knowthyself_tui.domain.body import ENGINE_VERSION
from knowthyself_tui.domain.events import EVENT_KINDS, Event, chain_hash
from knowthyself_tui.domain.records import ENCOUNTER_IDENTITY
from knowthyself_tui.session.differences import Difference, compare_tables
from knowthyself_tui.session.rebuild import (
    Rebuilt,
    Stored,
    engine_versions,
    is_other_engine,
    read_stored,
    rebuild,
)
from knowthyself_tui.session.sitting import SCORING_VERSION
from knowthyself_tui.store import models
from knowthyself_tui.store.models import Table
from knowthyself_tui.store.recodings import leads_to, recodings
from knowthyself_tui.store.results import VERDICT_TABLES
from knowthyself_tui.store.sitting_rows import Query, TableRow, Tables, columns_of, orphans, rows_of

_FROM_VERDICTS = frozenset(columns_of(models.Performance)) - {
    "session_id", "total_messages", "total_seconds", "patterns",
}  # fmt: skip

Uncovered = dict[type[Table], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of looking at one sitting."""

    session_id: str
    student_code: str
    events: int
    is_replayed: bool
    """False: only the chain was checked, and a note says why."""
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    """What could not be covered, in sentences."""

    @property
    def is_clean(self) -> bool:
        return not self.differences


def verify_sitting(query: Query, session_id: str, library: Library) -> Verification:
    """Check one sitting of a database that `query` reads."""
    try:
        stored = read_stored(query, session_id)
    except (KeyError, TypeError, ValueError) as error:
        wrong = Difference("event", "", "", None, None, f"the log cannot be read ({error})")
        return Verification(session_id, "", 0, False, (wrong,), ())
    if not stored.events:
        gone = Difference(
            "event", f"session_id={session_id}", "", None, None, "the whole log of the sitting is missing"
        )
        return Verification(session_id, str(stored.student.get("code", "")), 0, False, (gone,), ())
    found = [*chain_differences(stored.events, stored.hashes), *_unknown_kinds(stored.events)]
    notes: list[str] = []
    is_replayed = False
    if is_other_engine(stored):
        notes.append(
            f"it was played with version {', '.join(sorted(engine_versions(stored)))} of the patient's body and this"
            f" is version {ENGINE_VERSION}, so only the hash chain was checked"
        )
    else:
        is_replayed, replayed = _replayed(query, stored, library, notes)
        found += replayed
    code = str(stored.student.get("code", ""))
    return Verification(session_id, code, len(stored.events), is_replayed, tuple(found), tuple(notes))


def verify_links(query: Query) -> list[Difference]:
    """Rows of a whole database that belong to nothing."""
    return [
        Difference(
            table._meta.table_name,
            ", ".join(f"{name}={value}" for name, value in list(row.items())[:2]),
            column,
            row[column],
            None,
            f"the row's {column} {row[column]} points at nothing",
        )
        for table, column, row in orphans(query)
    ]


def chain_differences(events: Sequence[Event], hashes: Sequence[str]) -> Iterator[Difference]:
    """Every event that does not follow from the one before it, and every gap."""
    previous, expected_seq = "", 1
    for index, (event, stored) in enumerate(zip(events, hashes, strict=True)):
        row = f"session_id={event.session_id}, seq={event.seq}"
        if event.seq > expected_seq:
            gap = f"session_id={event.session_id}, seq={expected_seq} to {event.seq - 1}"
            yield Difference("event", gap, "", None, None, "missing")
        is_gap, expected_seq = event.seq != expected_seq, event.seq + 1
        computed = chain_hash(previous, event)
        if computed == stored or is_gap:
            previous = stored
            continue
        yield Difference("event", row, "hash", stored, computed)
        if not _goes_on_from(computed, index, events, hashes):
            yield Difference("event", row, "", None, None, "the event or its hash was changed after it was logged")
            previous = stored
        else:
            previous = computed


def _goes_on_from(computed: str, index: int, events: Sequence[Event], hashes: Sequence[str]) -> bool:
    """The next event follows from the recomputed hash, so that only the stored hash is wrong."""
    return index + 1 < len(events) and chain_hash(computed, events[index + 1]) == hashes[index + 1]


def _unknown_kinds(events: Sequence[Event]) -> Iterator[Difference]:
    for event in events:
        if event.kind not in EVENT_KINDS:
            yield Difference("event", f"session_id={event.session_id}, seq={event.seq}", "kind", event.kind, None)


def _replayed(query: Query, stored: Stored, library: Library, notes: list[str]) -> tuple[bool, list[Difference]]:
    try:
        rebuilt = rebuild(stored, library)
    except Exception as error:
        # A log that was tampered with can break the fold anywhere; whatever it breaks is the finding.
        sentence = f"the log cannot be played again ({type(error).__name__}: {error})"
        return False, [Difference("event", f"session_id={stored.session_id}", "", None, None, sentence)]
    assert rebuilt.owner is not None
    tables = rows_of(query, stored.owner | rebuilt.owner)
    again: dict[type[Table], Sequence[TableRow]] = dict(rebuilt.tables)
    del again[models.Event]
    again[models.Student] = [_student_again(query, stored, rebuilt)]
    uncovered = _uncovered(query, stored, rebuilt, tables, notes)
    return True, compare_tables(tables, again, uncovered)


def _student_again(query: Query, stored: Stored, rebuilt: Rebuilt) -> dict[str, Any]:
    """The student as all of the sittings' logs give her: a newer consent may have come in another sitting."""
    row = dict(next(iter(rebuilt.tables[models.Student])))
    consent = max(_consents(query, row["id"]), default=None)
    if consent is not None:
        row["consented_at"], row["consent_version"] = consent
    current = stored.student.get("code")
    if leads_to(recodings(query), row["id"], row["code"]) == current:
        row["code"] = current
    return row


def _consents(query: Query, student_id: str) -> list[tuple[str, str]]:
    events = query(
        "SELECT created_at, body FROM event WHERE kind = 'consent_given' AND session_id IN"
        " (SELECT id FROM session WHERE student_id = ?)",
        (student_id,),
    )
    return [(row["created_at"], str(json.loads(row["body"])["version"])) for row in events]


def _uncovered(query: Query, stored: Stored, rebuilt: Rebuilt, tables: Tables, notes: list[str]) -> Uncovered:
    left_out: dict[type[Table], set[str]] = {
        models.Student: {"name", "email", "cohort", "registered_at"},
        models.Session: {"updated_at"},
        models.MedicationError: {"id"},
        models.Appeal: {"answer", "answered_at"},
        models.Encounter: set(),
    }
    started = next((event.body for event in stored.events if event.kind == "session_started"), {})
    if "student_code" not in started:
        left_out[models.Student].add("code")
        notes.append("its log does not say the student's code, so student.code is not covered")
    if not _consents(query, str(stored.student.get("id"))):
        left_out[models.Student] |= {"consented_at", "consent_version"}
    left_out[models.Encounter] |= _unlogged(stored, notes)
    if rebuilt.documents:
        left_out[models.Encounter].add("scenario")
        notes += [f"encounter.scenario is not covered: {why}" for why in set(rebuilt.documents.values())]
    if other := _other_scoring(stored, rebuilt, tables):
        left_out |= {table: set(columns_of(table)) for table in VERDICT_TABLES}
        left_out[models.Performance] = set(_FROM_VERDICTS)
        notes.append(f"its verdicts were made by other rules ({other}) than these, so they are not covered")
    return {table: frozenset(columns) for table, columns in left_out.items()}


def _unlogged(stored: Stored, notes: list[str]) -> set[str]:
    """Columns of `encounter` that a log of the first versions does not give."""
    missing = {
        name
        for event in stored.events
        if event.kind == "encounter_started"
        for name in ENCOUNTER_IDENTITY
        if name not in event.body
    }
    if missing:
        notes.append(f"its log does not say {', '.join(sorted(missing))} of an encounter, so these are not covered")
        missing.add("started_at")
    return missing


def _other_scoring(stored: Stored, rebuilt: Rebuilt, tables: Tables) -> str:
    """The version that made every stored verdict, where it is not the one that these rules would write."""
    versions = {
        row["rule_version"] for table in VERDICT_TABLES if table is not models.MedicationError for row in tables[table]
    }
    current = {row["rule_version"] for row in rebuilt.tables[models.EncounterResult]}
    is_other = bool(versions) and all(not str(one).startswith(f"{SCORING_VERSION}/") for one in versions)
    return ", ".join(sorted(map(str, versions))) if is_other and not versions & current else ""


def verification_json(verification: Verification) -> Mapping[str, Any]:
    """One object of `--json`."""
    return {
        "session": verification.session_id,
        "student": verification.student_code,
        "events": verification.events,
        "clean": verification.is_clean,
        "replayed": verification.is_replayed,
        "notes": list(verification.notes),
        "differences": [
            {
                "table": one.table,
                "row": one.row,
                "column": one.column,
                "stored": one.stored,
                "recomputed": one.recomputed,
                "what": one.what,
            }
            for one in verification.differences
        ],
    }
