"""What a recorder needs of the place that it writes to; a file and a server each give it their way."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from peewee import Database

from knowthyself_tui.store.place import Place


class Backend(Protocol):
    """One place, for one student's writer."""

    @property
    def place(self) -> Place: ...

    def take_lock(self) -> None:
        """Refuses a second instance on the same student (StoreBusy)."""

    def release_lock(self) -> None: ...

    def create_if_missing(self) -> None: ...

    def open(self) -> Database:
        """A checked connection for writing; raises a StoreError when it would not be safe."""

    def writing(self) -> AbstractContextManager[None]:
        """Held around each transaction, so that many writers of one file take turns in the order they came."""

    def told(self) -> AbstractContextManager[None]:
        """Whatever goes wrong inside becomes a StoreError about the place."""

    def is_usable(self, database: Database) -> bool:
        """No transaction was left open on it."""

    def needs_reopening(self, error: BaseException) -> bool:
        """The open connection can no longer be relied on."""
