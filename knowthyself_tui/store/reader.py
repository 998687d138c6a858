"""Reading a database without ever changing it: typed functions for the program, `rows` for the analysis.

`open_reader` reads a file of this machine or a server; `open_copy` reads a private copy of a file that others hand in.
Both refuse a file whose schema holds anything but our tables, and stop a query that takes too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peewee import Database, SqliteDatabase

from knowthyself_tui.domain.events import EVENT_KINDS, Event
from knowthyself_tui.domain.records import EncounterRecord, Snapshot, StudentRecord
from knowthyself_tui.domain.text import code_key
from knowthyself_tui.errors import OlderDatabase, StoreError
from knowthyself_tui.store import models
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.faults import has_unfinished_write, told
from knowthyself_tui.store.guard import Deadline, open_guarded
from knowthyself_tui.store.place import Place, Server
from knowthyself_tui.store.upgrade import open_current_copy


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A sitting as the `session` table has it."""

    id: str
    student_id: str
    status: str
    phase: str | None
    arm: str | None
    arm_source: str | None
    challenge_points: bool | None
    language: str | None
    scenario_queue: tuple[str, ...]
    queue_position: int | None
    seed: int | None
    patient_kind: str | None
    model: str | None
    study: str | None
    synthetic: bool
    app_version: str | None
    started_at: str
    updated_at: str
    completed_at: str | None


@dataclass(frozen=True, slots=True)
class UnfinishedSitting:
    """What the start screen says about a sitting that can be taken up again."""

    session_id: str
    student_code: str
    student_name: str
    phase: str | None
    scenario_id: str | None
    """The encounter that was begun last; None before the first."""
    at_ms: int | None
    """Scenario clock of that encounter in milliseconds."""
    updated_at: str


@dataclass(frozen=True, slots=True)
class StoredEncounter:
    """One scenario of a sitting: as it began, and how far it got."""

    record: EncounterRecord
    ended_at: str | None
    end_reason: str | None
    at_ms: int
    patient_state: str | None
    snapshot: Snapshot | None
    """The newest snapshot of the engine; None before the first."""


@dataclass(frozen=True, slots=True)
class StoredSitting:
    """Everything that is needed to go on with a sitting, or to replay it."""

    student: StudentRecord
    session: SessionRecord
    encounters: tuple[StoredEncounter, ...]
    """In the order of their positions."""
    events: tuple[Event, ...]
    """In the order of their `seq`."""
    hashes: tuple[str, ...]
    """The stored hash of each event."""

    @property
    def last_hash(self) -> str:
        """The head of the chain; empty before the first event."""
        return self.hashes[-1] if self.hashes else ""


class Reader:
    """Answers from one database; made by `open_reader` or `open_copy`."""

    def __init__(self, place: Place, database: Database, deadline: Deadline | None = None) -> None:
        self._place = place
        self._database = database
        self._deadline = deadline

    def close(self) -> None:
        self._database.close()

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The answer to a SELECT with `?` for each parameter, as one dict a row; JSON columns are text."""
        with self._answering():
            cursor = execute(self._database, sql.replace("?", self._database.param), params)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def tuples(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The same without names, for answers of many rows."""
        with self._answering():
            return list(execute(self._database, sql.replace("?", self._database.param), params).fetchall())

    def students(self) -> list[StudentRecord]:
        """Everybody enrolled."""
        return [_student(row) for row in self._select(models.Student.select())]

    def find_student(self, code: str) -> StudentRecord | None:
        """The student of a code, in whatever letter case it was typed."""
        return next((s for s in self.students() if code_key(s.code) == code_key(code)), None)

    def sessions(self) -> list[SessionRecord]:
        """Every sitting of everybody."""
        with self._answering():
            return [_session(row) for row in self._select(models.Session.select())]

    def unfinished(self) -> list[UnfinishedSitting]:
        """The sittings that can be taken up again, the last used first."""
        return [
            UnfinishedSitting(**row)
            for row in self.rows(
                "SELECT s.id AS session_id, p.code AS student_code, p.name AS student_name, s.phase,"
                " e.scenario_id, e.at_ms, s.updated_at FROM session AS s"
                " JOIN student AS p ON p.id = s.student_id"
                " LEFT JOIN encounter AS e ON e.session_id = s.id AND e.position ="
                " (SELECT MAX(position) FROM encounter WHERE session_id = s.id)"
                " WHERE s.status IN ('in_progress', 'paused') ORDER BY s.updated_at DESC, s.started_at DESC"
            )
        ]

    def sitting(self, session_id: str) -> StoredSitting:
        """A whole sitting; raises a StoreError when it is not there or its rows do not fit together."""
        with self._one_moment():
            return self._sitting(session_id)

    def _sitting(self, session_id: str) -> StoredSitting:
        sessions = self._select(models.Session.select().where(models.Session.id == session_id))
        if not sessions:
            raise StoreError(f"{self._place} holds no sitting {session_id}. List the sittings to find its id.")
        owner = models.Student.id == sessions[0]["student_id"]
        students = self._select(models.Student.select().where(owner))
        encounters = models.Encounter.select().where(models.Encounter.session == session_id)
        encounter_rows = self._select(encounters.order_by(models.Encounter.position))
        events = models.Event.select().where(models.Event.session == session_id)
        event_rows = self._select(events.order_by(models.Event.seq))
        with self._answering():
            return StoredSitting(
                student=_student(students[0]),
                session=_session(sessions[0]),
                encounters=tuple(_encounter(row) for row in encounter_rows),
                events=tuple(_event(row) for row in event_rows),
                hashes=tuple(row["hash"] for row in event_rows),
            )

    def _select(self, query: Any) -> list[dict[str, Any]]:
        """A query's rows by column names, with JSON and booleans read."""
        with self._answering():
            fields = query.model._meta.sorted_fields
            found = query.tuples().execute(self._database)
            return [dict(zip([f.column_name for f in fields], row, strict=True)) for row in found]

    @contextmanager
    def _answering(self) -> Iterator[None]:
        if self._deadline is not None:
            self._deadline.restart()
        with told(self._place):
            yield

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """What is read inside belongs together, even while somebody writes."""
        kind = "DEFERRED" if isinstance(self._database, SqliteDatabase) else "REPEATABLE READ"
        with self._answering(), self._database.atomic(kind):
            yield


@contextmanager
def open_reader(place: Place) -> Iterator[Reader]:
    """Reads a place of this machine, also while it is written or after a write was cut; for one thread."""
    with ExitStack() as stack:
        try:
            with told(place):
                reader = _server_reader(place) if isinstance(place, Server) else _file_reader(place)
                stack.callback(reader.close)
        except StoreError as error:
            if isinstance(place, Server) or not (isinstance(error, OlderDatabase) or has_unfinished_write(error)):
                raise
            reader = stack.enter_context(open_copy(place))
        yield reader


@contextmanager
def open_copy(path: Path) -> Iterator[Reader]:
    """Reads a private copy of a file that others hand in; the file and its folder stay as they are."""
    with open_current_copy(path) as (database, deadline):
        yield Reader(path, database, deadline)


def _file_reader(path: Path) -> Reader:
    database, deadline = open_guarded(path, shown=path)
    return Reader(path, database, deadline)


def _server_reader(server: Server) -> Reader:
    from knowthyself_tui.store.schema import check_server_identity
    from knowthyself_tui.store.server import connect_to_read

    database = connect_to_read(server)
    try:
        check_server_identity(database, server)
    except BaseException:
        database.close()
        raise
    return Reader(server, database)


def _student(row: Mapping[str, Any]) -> StudentRecord:
    return StudentRecord(**row)


def _session(row: Mapping[str, Any]) -> SessionRecord:
    queue = tuple(str(scenario) for scenario in _list(row["scenario_queue"]))
    return SessionRecord(**{**row, "scenario_queue": queue})


def _encounter(row: Mapping[str, Any]) -> StoredEncounter:
    return StoredEncounter(
        record=EncounterRecord(
            id=row["id"],
            session_id=row["session_id"],
            position=row["position"],
            scenario_id=row["scenario_id"],
            scenario_version=row["scenario_version"],
            scenario_sha256=row["scenario_sha256"],
            scenario=_object(row["scenario"]),
            seed=row["seed"],
            started_at=row["started_at"],
            engine_version=row["engine_version"],
            protocol=row["protocol"],
        ),
        ended_at=row["ended_at"],
        end_reason=row["end_reason"],
        at_ms=row["at_ms"],
        patient_state=row["patient_state"],
        snapshot=_snapshot(row),
    )


def _snapshot(row: Mapping[str, Any]) -> Snapshot | None:
    if row["engine"] is None:
        return None
    if row["engine_at_ms"] is None or row["patient_state"] is None:
        raise ValueError("a snapshot without its time or state")
    return Snapshot(row["id"], row["engine_at_ms"], row["patient_state"], _object(row["engine"]))


def _event(row: Mapping[str, Any]) -> Event:
    if row["kind"] not in EVENT_KINDS:
        raise ValueError(f"an event of the unknown kind {row['kind']!r}")
    return Event(
        id=row["id"],
        session_id=row["session_id"],
        encounter_id=row["encounter_id"],
        seq=row["seq"],
        kind=row["kind"],
        at_ms=row["at_ms"],
        created_at=row["created_at"],
        body=_object(row["body"]),
    )


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("a JSON value that is not an object")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a JSON value that is not a list")
    return value
