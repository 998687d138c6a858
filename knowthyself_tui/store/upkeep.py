"""Opening a place to look after it: for as long as it is open, no program can be at work for the students meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from peewee import Database, SqliteDatabase

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.connection import connect_to_write
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.file_backend import FileBackend
from knowthyself_tui.store.files import BESIDE
from knowthyself_tui.store.lock import InstanceLock, gate
from knowthyself_tui.store.models import Meta, Student
from knowthyself_tui.store.place import Place, Server
from knowthyself_tui.store.schema import check_file, check_identity


@contextmanager
def open_for_upkeep(place: Place, codes: Sequence[str]) -> Iterator[Database]:
    """A place open for writing, with the locks of these codes taken.

    Raises:
        StoreBusy: one of them is at work.
    """
    with told(place), ExitStack() as stack:
        yield _server(place, codes, stack) if isinstance(place, Server) else _file(place, codes, stack)


@contextmanager
def open_copy_for_upkeep(path: Path) -> Iterator[SqliteDatabase]:
    """A hand-in copy or a backup open for writing; it stays a single file."""
    with told(path):
        check_file(path)
        database = connect_to_write(path)
        try:
            check_identity(database, path)
            yield database
            database.pragma("journal_mode", "delete")
        finally:
            database.close()


def rename_database(path: Path, target: Path) -> None:
    """Moves a database that nobody has open, and clears away what lay beside it under the old name."""
    path.rename(target)
    for ending in (*BESIDE, ".lock", ".gate"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def remove_lock(place: Place, code: str) -> None:
    """The lock file of one student of many has the code in its name."""
    if isinstance(place, Path):
        place.with_name(f"{place.name}.{safe_name(code)}.lock").unlink(missing_ok=True)


def student_of(database: Database, code: str) -> tuple[str, str] | None:
    """(id, code as stored) of the student of a code in whatever letter case."""
    query = Student.select(Student.id, Student.code).tuples()
    return next(((row[0], row[1]) for row in query.execute(database) if code_key(row[1]) == code_key(code)), None)


def read_meta(database: Database, key: str) -> str | None:
    row = next(iter(Meta.select(Meta.value).where(Meta.key == key).tuples().execute(database)), None)
    return None if row is None else str(row[0])


def write_meta(database: Database, key: str, value: str | None) -> None:
    """Sets a key inside the open transaction; None takes it away."""
    Meta.delete().where(Meta.key == key).execute(database)
    if value is not None:
        Meta.insert(key=key, value=value).execute(database)


def _file(path: Path, codes: Sequence[str], stack: ExitStack) -> Database:
    check_file(path)
    for student in (None, *dict.fromkeys(safe_name(code) for code in codes)):
        stack.callback(InstanceLock.take(path, student).release)
    database = FileBackend(path, codes[0]).open()
    stack.callback(database.close)
    stack.enter_context(gate(path))
    return database


def _server(server: Server, codes: Sequence[str], stack: ExitStack) -> Database:
    from knowthyself_tui.store.server import take_student_lock
    from knowthyself_tui.store.server_backend import ServerBackend

    database = ServerBackend(server, codes[0]).open()
    stack.callback(database.close)
    for code in codes[1:]:
        take_student_lock(database, server, code)
    return database
