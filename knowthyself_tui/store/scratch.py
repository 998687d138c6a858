"""A database in memory that is filled as the recorder fills a file, to see what a log gives again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from peewee import SchemaManager, SqliteDatabase

from knowthyself_tui.domain.records import Batch, StudentRecord
from knowthyself_tui.store.batches import Head, store_batch
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.models import TABLES, Student


class Scratch:
    """Our tables, empty; nothing of it reaches a disk."""

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    def enrol(self, student: StudentRecord) -> None:
        Student.insert(asdict(student)).execute(self._database)

    def append(self, batch: Batch, heads: Mapping[str, Head]) -> None:
        """Writes a batch whose events go on from `heads`."""
        with self._database.atomic():
            store_batch(self._database, batch, heads)

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The answer to a SELECT as one dict a row; JSON columns are text."""
        cursor = execute(self._database, sql, params)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def open_scratch() -> Iterator[Scratch]:
    """A scratch database for as long as the block runs. Rows in it may point at what a cut log does not have."""
    database = SqliteDatabase(":memory:", pragmas={"foreign_keys": 0, "temp_store": "memory"}, autoconnect=False)
    with database.connection_context():
        for table in TABLES:
            SchemaManager(table, database).create_all(safe=False)
        yield Scratch(database)
