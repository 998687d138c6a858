"""One student's records out of a place that holds those of many, as a database file of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from peewee import Database, SqliteDatabase, fn

from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.belonging import of_student
from knowthyself_tui.store.connection import connect_to_write, execute
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.models import TABLES, Event, Meta, Session, Student, Table, to_json
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.recodings import RECODED
from knowthyself_tui.store.schema import create_database
from knowthyself_tui.store.upkeep import read_meta, write_meta

ROWS_AT_ONCE = 500


def extract(source: Database, student_id: str, target: Path) -> None:
    """Writes a new database `target` with everything of one student that `source` holds.

    Its uuid follows from that of the source and the student, so that later extracts are seen to be the same one.
    """
    create_database(target)
    database = connect_to_write(target)
    try:
        with database.atomic():
            for table in TABLES:
                for row in _rows_of(source, table, student_id):
                    execute(database, _insert_of(table), row)
            _name(database, str(read_meta(source, "database_uuid")), student_id)
            _keep_recodings(source, database, student_id)
        database.pragma("journal_mode", "delete")
    finally:
        database.close()


def extract_all(server: Server, folder: Path) -> list[Path]:
    """Writes one database a student of a server into `folder`, and gives their paths."""
    paths = []
    for student in students_on(server):
        paths.append(folder / f"{safe_name(student.code)}.db")
        extract_student(server, student.id, paths[-1])
    return paths


@dataclass(frozen=True, slots=True)
class StudentOnServer:
    """Somebody enrolled on a server."""

    id: str
    code: str
    state: str
    """Another text whenever something was stored for this student."""


def students_on(server: Server) -> list[StudentOnServer]:
    """Everybody on a server, with what tells whether there is something new."""
    with _reading(server) as database:
        newest = Session.select(
            Session.student, fn.COUNT(Event.id).alias("events"), fn.MAX(Session.updated_at).alias("newest")
        )
        newest = newest.join(Event).group_by(Session.student)
        states = {student: f"{events} {at}" for student, events, at in newest.tuples().execute(database)}
        people = Student.select(Student.id, Student.code).order_by(Student.code).tuples().execute(database)
        return [StudentOnServer(student, code, states.get(student, "0")) for student, code in people]


def extract_student(server: Server, student_id: str, target: Path) -> None:
    """Writes one student of a server into a new database `target`."""
    with _reading(server) as database:
        extract(database, student_id, target)


@contextmanager
def _reading(server: Server) -> Iterator[Database]:
    """One moment of a server, whose troubles are told."""
    from knowthyself_tui.store.schema import check_server_identity
    from knowthyself_tui.store.server import connect_to_read

    with told(server):
        database = connect_to_read(server)
        try:
            check_server_identity(database, server)
            with database.atomic("REPEATABLE READ"):
                yield database
        finally:
            database.close()


def _rows_of(source: Database, table: type[Table], student_id: str) -> Iterator[tuple[Any, ...]]:
    if table is Meta:
        return
    columns = ", ".join(f't."{field.column_name}"' for field in table._meta.sorted_fields)
    where = of_student(table).replace("?", source.param)
    cursor = execute(source, f'SELECT {columns} FROM "{table._meta.table_name}" AS t WHERE {where}', (student_id,))
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _insert_of(table: type[Table]) -> str:
    names = [field.column_name for field in table._meta.sorted_fields]
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table._meta.table_name}" ({columns}) VALUES ({", ".join("?" for _ in names)})'


def extract_uuid(source_uuid: str, student_id: str) -> str:
    """The database_uuid of one student's extract of a database."""
    return str(uuid5(NAMESPACE_OID, f"{source_uuid}/{student_id}"))


def _name(database: SqliteDatabase, source_uuid: str, student_id: str) -> None:
    Meta.update(value=extract_uuid(source_uuid, student_id)).where(Meta.key == "database_uuid").execute(database)


def _keep_recodings(source: Database, database: SqliteDatabase, student_id: str) -> None:
    """The student's own changes of code go along, so that the log can be followed to the present one."""
    own = [change for change in json.loads(read_meta(source, RECODED) or "[]") if change["student"] == student_id]
    if own:
        write_meta(database, RECODED, to_json(own))
