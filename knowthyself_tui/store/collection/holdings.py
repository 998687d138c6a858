"""What a database holds, so that its copies can be compared: which one has everything that another has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from knowthyself_tui.errors import DamagedDatabase
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.extract import extract_uuid
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.guard import open_guarded
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.schema import database_uuid

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Holdings:
    """The students, sittings and events of one database."""

    uuid: str
    schema: int
    students: Mapping[str, str]
    """Code of each student by id."""
    sessions: Mapping[str, str]
    """Status of each sitting by id."""
    samples: Mapping[str, int]
    """Number of vital samples by encounter."""
    logs: Mapping[str, bytes]
    """The digests of a sitting's events, end to end in the order of the log."""

    @property
    def codes(self) -> list[str]:
        return sorted(self.students.values())

    @property
    def events(self) -> int:
        return sum(len(log) for log in self.logs.values()) // _DIGEST_BYTES

    @property
    def is_complete(self) -> bool:
        """Somebody played, and every sitting was played to its end."""
        return bool(self.sessions) and all(status == "completed" for status in self.sessions.values())

    def covers(self, other: Holdings) -> bool:
        """Whether nothing is lost when `other` is left out: each of its logs is the beginning of one here."""
        return (
            other.students.keys() <= self.students.keys()
            and other.sessions.keys() <= self.sessions.keys()
            and all(self.logs.get(session, b"").startswith(log) for session, log in other.logs.items())
            and all(self.samples.get(encounter, 0) >= number for encounter, number in other.samples.items())
        )

    def extract_uuids(self) -> set[str]:
        """What the hand-in copies of single students are called, where many share this database."""
        return {extract_uuid(self.uuid, student) for student in self.students}


def read_holdings(path: Path, shown: Place) -> Holdings:
    """Reads a private copy that anybody may have made; raises a StoreError about `shown`."""
    with told(shown):
        database, deadline = open_guarded(path, shown=shown if isinstance(shown, Path) else path)
        try:
            deadline.restart()
            return _holdings(database, shown)
        finally:
            database.close()


def _holdings(database: SqliteDatabase, shown: Place) -> Holdings:
    version = database.pragma("user_version")
    return Holdings(
        uuid=database_uuid(database, shown),
        schema=version if isinstance(version, int) else 0,
        students=_texts(execute(database, "SELECT id, code FROM student"), shown),
        sessions=_texts(execute(database, "SELECT id, status FROM session"), shown),
        samples=dict(execute(database, "SELECT encounter_id, COUNT(*) FROM vital_sample GROUP BY encounter_id")),
        logs=_logs(database),
    )


def _texts(rows: Iterable[tuple[Any, Any]], shown: Place) -> dict[str, str]:
    found = dict(rows)
    if not all(isinstance(value, str) for pair in found.items() for value in pair):
        raise DamagedDatabase(f"{shown} holds a value of the wrong type.")
    return found


def _logs(database: SqliteDatabase) -> dict[str, bytes]:
    rows = execute(
        database,
        "SELECT session_id, seq, id, encounter_id, kind, body, at_ms, created_at, hash FROM event"
        " ORDER BY session_id, seq",
    )
    return {session: b"".join(map(_digest, events)) for session, events in groupby(rows, key=lambda row: str(row[0]))}


def _digest(event: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(repr(event).encode("utf-8", "backslashreplace")).digest()[:_DIGEST_BYTES]
