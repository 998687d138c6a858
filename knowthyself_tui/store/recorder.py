"""The one writer of a database: a thread that owns the connection and stores each batch whole or not at all.

An acknowledged batch (its future has a result) survives whatever happens to the process or the machine. A
batch whose future has an error left nothing behind, or was stored before its outcome got lost; either way the
same batch may be appended again, because its ids were made before the write.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from peewee import EXCLUDED, SqliteDatabase, fn

from knowthyself_tui.domain.records import Batch, StudentRecord
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store import models
from knowthyself_tui.store.batches import Head, store_batch
from knowthyself_tui.store.connection import connect_to_write, connection_of, use_rollback_journal
from knowthyself_tui.store.faults import needs_reopening, told
from knowthyself_tui.store.files import make_folder
from knowthyself_tui.store.handin import make_handin
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.schema import (
    check_file,
    check_identity,
    create_database,
    database_uuid,
    try_to_write,
)

Result = TypeVar("Result")


class Recorder:
    """Stores what a sitting hands over; made by `Recorder.open`. Methods answer with a future at once."""

    def __init__(self, path: Path, lock: InstanceLock) -> None:
        self._path = path
        self._lock = lock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._database: SqliteDatabase | None = None
        self._database_uuid: str | None = None
        self._heads: dict[str, Head] = {}
        self._session_id: str | None = None
        self._has_written = False
        self._closed = False

    @classmethod
    def open(cls, path: Path) -> Recorder:
        """Opens `path`, or makes it; raises a StoreError when it cannot be written safely."""
        with told(path):
            if path.exists():
                check_file(path)
            make_folder(path.parent)
            lock = InstanceLock.take(path)
        recorder = cls(path, lock)
        try:
            recorder._submit(recorder._prepare).result()
        except BaseException:
            recorder._shut()
            raise
        return recorder

    @property
    def path(self) -> Path:
        return self._path

    def enrol(self, student: StudentRecord) -> Future[None]:
        """Stores a student; a code that is there keeps its id and whatever is not given anew."""
        return self._submit(lambda: self._enrol(student))

    def append(self, batch: Batch) -> Future[None]:
        """Stores a batch in one transaction; its result means that it is on the disk."""
        return self._submit(lambda: self._append(batch))

    def handin(self) -> Future[Path]:
        """Makes the checked copy for the instructor and answers where it is."""
        return self._submit(self._handin)

    def close(self) -> None:
        """Waits for what is under way, makes the hand-in copy of what was stored, and lets the file go."""
        if self._closed:
            return
        try:
            if self._has_written:
                self.handin().result()
        finally:
            self._shut()

    def _shut(self) -> None:
        self._closed = True
        self._thread.submit(self._disconnect)
        self._thread.shutdown(wait=True)
        self._lock.release()

    def _submit(self, work: Callable[[], Result]) -> Future[Result]:
        if self._closed:
            refused: Future[Result] = Future()
            refused.set_exception(StoreError(f"{self._path} was closed. Start the program again."))
            return refused
        return self._thread.submit(self._mapped, work)

    def _mapped(self, work: Callable[[], Result]) -> Result:
        try:
            with told(self._path):
                return work()
        except StoreError as error:
            self._heads.clear()
            if needs_reopening(error) or self._is_in_transaction():
                self._disconnect()
            raise

    def _prepare(self) -> None:
        if not self._path.exists():
            create_database(self._path)
        self._open_database()

    def _open_database(self) -> SqliteDatabase:
        if self._database is None:
            check_file(self._path)
            database = connect_to_write(self._path)
            try:
                check_identity(database, self._path)
                self._recognise(database)
                use_rollback_journal(database, self._path)
                try_to_write(database)
            except BaseException:
                database.close()
                raise
            self._database = database
        return self._database

    def _recognise(self, database: SqliteDatabase) -> None:
        """Refuses another file under the same name after the first one was lost from sight."""
        found = database_uuid(database, self._path)
        if self._database_uuid not in (None, found):
            raise StoreError(f"{self._path} was replaced while it was open. Put it back, or start again.")
        self._database_uuid = found

    def _is_in_transaction(self) -> bool:
        return self._database is not None and connection_of(self._database).in_transaction

    def _disconnect(self) -> None:
        if self._database is not None:
            database, self._database = self._database, None
            database.close()

    def _enrol(self, student: StudentRecord) -> None:
        table = models.Student
        optional = (table.email, table.cohort, table.consented_at, table.consent_version)
        filled = {field: fn.COALESCE(EXCLUDED[field.column_name], field) for field in optional}
        database = self._open_database()
        with database.atomic():
            query = table.insert(asdict(student))
            query = query.on_conflict(conflict_target=[table.code], preserve=[table.name], update=filled)
            query.execute(database)
        self._has_written = True

    def _append(self, batch: Batch) -> None:
        database = self._open_database()
        with database.atomic():
            heads = store_batch(database, batch, self._heads)
        self._heads |= heads
        self._session_id = next(reversed(heads), self._session_id)
        self._has_written = True

    def _handin(self) -> Path:
        return make_handin(self._open_database(), self._path, self._session_id)
