"""A PostgreSQL database as the place of a recorder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import cast

from peewee import Database, PostgresqlDatabase

from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.faults import needs_reopening, told
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.schema import prepare_server
from knowthyself_tui.store.server import check_server, connect_to_write, take_student_lock


class ServerBackend:
    """One database on a server; the lock is the connection's own, so it is taken at every opening."""

    def __init__(self, server: Server, student: str | None) -> None:
        self.place = server
        self._student = student

    def take_lock(self) -> None:
        """Taken by `open`."""

    def release_lock(self) -> None:
        """Ends with the connection."""

    def create_if_missing(self) -> None:
        """Done by `open`, which every instance may reach first."""

    def open(self) -> PostgresqlDatabase:
        database = connect_to_write(self.place)
        try:
            check_server(database, self.place)
            if self._student is not None:
                take_student_lock(database, self.place, safe_name(self._student))
            prepare_server(database, self.place)
        except BaseException:
            database.close()
            raise
        return database

    def writing(self) -> AbstractContextManager[None]:
        return nullcontext()

    @contextmanager
    def told(self) -> Iterator[None]:
        with told(self.place):
            yield

    def is_usable(self, database: Database) -> bool:
        """A dropped connection or one inside a transaction is not used again."""
        server = cast(PostgresqlDatabase, database)
        return server.is_connection_usable() and not server.in_transaction()

    def needs_reopening(self, error: BaseException) -> bool:
        return needs_reopening(error)
