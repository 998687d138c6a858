"""A SQLite file as the place of a recorder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from peewee import Database, SqliteDatabase

from knowthyself_tui.errors import LostDatabase
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.connection import connect_to_write, connection_of, use_rollback_journal
from knowthyself_tui.store.faults import needs_reopening, told
from knowthyself_tui.store.files import make_folder
from knowthyself_tui.store.lock import InstanceLock, gate
from knowthyself_tui.store.schema import (
    check_file,
    check_identity,
    create_database,
    database_uuid,
    try_to_write,
)
from knowthyself_tui.store.upgrade import upgrade


class FileBackend:
    """One file; `student` where it holds the records of many."""

    def __init__(self, path: Path, student: str | None) -> None:
        self.place = path
        self._student = student
        self._lock: InstanceLock | None = None
        self._uuid: str | None = None

    def take_lock(self) -> None:
        if self.place.exists():
            check_file(self.place)
        make_folder(self.place.parent)
        self._lock = InstanceLock.take(self.place, safe_name(self._student) if self._student else None)

    def release_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def create_if_missing(self) -> None:
        with self._gate():
            if self.place.exists():
                upgrade(self.place)
            else:
                create_database(self.place)

    def open(self) -> SqliteDatabase:
        check_file(self.place)
        database = connect_to_write(self.place)
        try:
            check_identity(database, self.place)
            self._recognise(database)
            with self._gate():
                use_rollback_journal(database, self.place)
                try_to_write(database)
        except BaseException:
            database.close()
            raise
        return database

    def writing(self) -> AbstractContextManager[None]:
        return self._gate()

    @contextmanager
    def told(self) -> Iterator[None]:
        with told(self.place):
            yield

    def is_usable(self, database: Database) -> bool:
        return not connection_of(database).in_transaction

    def needs_reopening(self, error: BaseException) -> bool:
        return needs_reopening(error)

    def _gate(self) -> AbstractContextManager[None]:
        return gate(self.place) if self._student else nullcontext()

    def _recognise(self, database: SqliteDatabase) -> None:
        """Refuses another file under the same name after the first one was lost from sight."""
        found = database_uuid(database, self.place)
        if self._uuid not in (None, found):
            raise LostDatabase(f"{self.place} was replaced while it was open. Put it back, or start again.")
        self._uuid = found
