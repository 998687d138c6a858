"""The one writer of a place: a thread that owns the connection and stores each batch whole or not at all.

An acknowledged batch (its future has a result) survives whatever happens to the process or the machine. A
batch whose future has an error left nothing behind, or was stored before its outcome got lost; either way the
same batch may be appended again, because its ids were made before the write.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from peewee import EXCLUDED, Database, fn

from knowthyself_tui.domain.records import Batch, StudentRecord
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store import models
from knowthyself_tui.store.backend import Backend
from knowthyself_tui.store.batches import Head, store_batch
from knowthyself_tui.store.file_backend import FileBackend
from knowthyself_tui.store.handin import make_handin
from knowthyself_tui.store.place import Place, Server

Result = TypeVar("Result")

HANDIN_SECONDS = 60.0
"""How old the instructor's copy may be while something is stored."""
_STEPS = frozenset({"phase_entered", "encounter_ended", "session_ended"})
"""Kinds of events after which the copy is made anew."""


class Recorder:
    """Stores what a sitting hands over; made by `Recorder.open`. Methods answer with a future at once."""

    def __init__(self, backend: Backend, student: str | None) -> None:
        self._backend = backend
        self._student = student
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="recorder")
        self._database: Database | None = None
        self._heads: dict[str, Head] = {}
        self._session_id: str | None = None
        self._has_written = False
        self._handed_in_at = time.monotonic()
        self._closed = False

    @classmethod
    def open(cls, place: Place, student: str | None = None) -> Recorder:
        """Opens a place, or makes it; raises a StoreError when it cannot be written safely.

        Args:
            student: the code of the one student written about, where the place holds the records of many.
        """
        recorder = cls(_backend_of(place, student), student)
        backend = recorder._backend
        with backend.told():
            backend.take_lock()
        try:
            recorder._submit(recorder._prepare).result()
        except BaseException:
            recorder.let_go()
            raise
        return recorder

    @property
    def place(self) -> Place:
        return self._backend.place

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
        """Waits for what is under way, makes the hand-in copy of what was stored, and lets the place go."""
        if self._closed:
            return
        try:
            if self._has_written:
                self.handin().result()
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Closes without a copy, where there is nothing left to copy from."""
        if self._closed:
            return
        self._closed = True
        self._thread.submit(self._disconnect)
        self._thread.shutdown(wait=True)
        self._backend.release_lock()

    def _submit(self, work: Callable[[], Result]) -> Future[Result]:
        if self._closed:
            refused: Future[Result] = Future()
            refused.set_exception(StoreError(f"{self.place} was closed. Start the program again."))
            return refused
        return self._thread.submit(self._mapped, work)

    def _mapped(self, work: Callable[[], Result]) -> Result:
        try:
            with self._backend.told():
                return work()
        except StoreError as error:
            self._heads.clear()
            if self._backend.needs_reopening(error) or not self._is_usable():
                self._disconnect()
            raise

    def _prepare(self) -> None:
        self._backend.create_if_missing()
        self._open_database()

    def _open_database(self) -> Database:
        if self._database is None:
            self._database = self._backend.open()
        return self._database

    def _is_usable(self) -> bool:
        return self._database is None or self._backend.is_usable(self._database)

    def _disconnect(self) -> None:
        if self._database is not None:
            database, self._database = self._database, None
            database.close()

    def _enrol(self, student: StudentRecord) -> None:
        table = models.Student
        optional = (table.email, table.cohort, table.consented_at, table.consent_version)
        filled = {field: fn.COALESCE(EXCLUDED[field.column_name], field) for field in optional}
        database = self._open_database()
        with self._backend.writing(), database.atomic():
            query = table.insert(asdict(student))
            query = query.on_conflict(conflict_target=[table.code], preserve=[table.name], update=filled)
            query.execute(database)
        self._has_written = True

    def _append(self, batch: Batch) -> None:
        database = self._open_database()
        with self._backend.writing(), database.atomic():
            heads = store_batch(database, batch, self._heads)
        self._heads |= heads
        self._session_id = next(reversed(heads), self._session_id)
        self._has_written = True
        is_step = any(event.kind in _STEPS for event in batch.events)
        if is_step or time.monotonic() - self._handed_in_at >= HANDIN_SECONDS:
            self._thread.submit(self._hand_in_on_the_way)

    def _hand_in_on_the_way(self) -> None:
        """After the batch is acknowledged; whatever fails here is tried again, and told, by `close`."""
        self._handed_in_at = time.monotonic()
        with suppress(StoreError):
            self._mapped(self._handin)

    def _handin(self) -> Path:
        return make_handin(self._open_database(), self.place, self._session_id, shared=self._student is not None)


def _backend_of(place: Place, student: str | None) -> Backend:
    if isinstance(place, Server):
        from knowthyself_tui.store.server_backend import ServerBackend

        return ServerBackend(place, student)
    return FileBackend(place, student)
