"""Opening files that anybody may have made: read-only, our tables only, with limits of size and time."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.store.connection import (
    connect_to_read,
    connect_to_write,
    connection_of,
    use_rollback_journal,
)
from knowthyself_tui.store.moment import copy_moment
from knowthyself_tui.store.schema import check_file, check_identity

FILE_LIMIT_BYTES = 200_000_000
VALUE_LIMIT_BYTES = 20_000_000
ANSWER_SECONDS = 5.0
"""A query that takes longer is stopped."""

COPY_PREFIX = ".knowthyself-copy-"
COPY_NAME = "copy"
"""Without the ending of a database, so that nobody takes one that was left behind for it."""

_STEPS_BETWEEN_LOOKS = 20_000


class Deadline:
    """Stops a connection's query when its time is over; each query starts anew."""

    def __init__(self, database: SqliteDatabase, seconds: float = ANSWER_SECONDS) -> None:
        self._seconds = seconds
        self._end = 0.0
        self.restart()
        connection_of(database).set_progress_handler(self._is_over, _STEPS_BETWEEN_LOOKS)

    def restart(self) -> None:
        self._end = time.monotonic() + self._seconds

    def _is_over(self) -> bool:
        return time.monotonic() > self._end


def open_guarded(path: Path, *, shown: Path) -> tuple[SqliteDatabase, Deadline]:
    """A checked read-only connection and its deadline; errors name the file `shown`. The caller closes it."""
    check_file(path)
    database = connect_to_read(path)
    try:
        connection_of(database).setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_LIMIT_BYTES)
        deadline = Deadline(database)
        check_identity(database, shown)
    except BaseException:
        database.close()
        raise
    return database, deadline


@contextmanager
def private_copy(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """A copy of a database with its journals, a cut transaction rolled back; the source is only read.

    Not for a database that this process has open: closing the copied file would drop SQLite's locks on it.

    Args:
        folder: where the copy is made and may be moved from; the system's temporary folder without it.
    """
    with tempfile.TemporaryDirectory(prefix=COPY_PREFIX, dir=folder) as inside:
        copy = Path(inside) / COPY_NAME
        copy_moment(path, copy, limit=FILE_LIMIT_BYTES)
        roll_back(copy)
        yield copy


def roll_back(copy: Path) -> None:
    """Rolls a cut transaction back and ends a write-ahead log, so that the copy can be opened read-only."""
    database = connect_to_write(copy)
    try:
        use_rollback_journal(database, copy)
    finally:
        database.close()
