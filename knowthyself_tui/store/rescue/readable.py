"""Rows that SQLite can still read from a damaged file, range by range around the pages that are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peewee import PeeweeException

from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.connection import connect_to_read, connection_of
from knowthyself_tui.store.guard import VALUE_LIMIT_BYTES, Deadline
from knowthyself_tui.store.rescue.columns import Columns, Row, columns_by_table
from knowthyself_tui.store.rescue.pages import LOST, text_of

SECONDS = 60.0
"""For the whole file; what is not read by then is left to the carver."""
_LAST_ROWID = (1 << 63) - 1
_QUERIES = 20_000
"""For one table: a file that was made to waste time has ranges without end."""


@dataclass(slots=True)
class Readable:
    """What SQLite could read."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    """Tables read from end to end: what they do not have is not missing."""
    last_seq: dict[str, int] = field(default_factory=dict)
    """The highest position in the log of each sitting that the index of the events knows."""


def read_what_is_readable(path: Path) -> Readable:
    """Reads every table of a private copy; an empty answer for a file that is no SQLite database any more."""
    found = Readable()
    try:
        with _opened(path) as connection:
            for table in _tables(connection):
                reading = _Table(connection, columns_by_table()[table])
                found.rows[table] = reading.read()
                if reading.is_complete:
                    found.complete.add(table)
            found.last_seq = _last_seq(connection)
    except (sqlite3.Error, PeeweeException, StoreError):
        return found
    return found


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    database = connect_to_read(path)
    try:
        connection = connection_of(database)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, VALUE_LIMIT_BYTES)
        connection.text_factory = bytes
        Deadline(database, SECONDS)
        yield connection
    finally:
        database.close()


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Our tables by what the schema says; nothing else in it is touched."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    known = {name.decode("utf-8", "replace") for (name,) in names}
    return [table for table in columns_by_table() if table in known]


class _Table:
    """One table on its way out of the file."""

    def __init__(self, connection: sqlite3.Connection, columns: Columns) -> None:
        self._connection = connection
        self._columns = columns
        self._rows: dict[int, Row] = {}
        self._queries = 0
        self.is_complete = True

    def read(self) -> list[Row]:
        """The rows in their order: from the beginning, from the end, then what lies between two damages."""
        last = self._scan(-_LAST_ROWID, _LAST_ROWID)
        if last is not None:
            self.is_complete = False
            first = self._scan(last + 1, _LAST_ROWID, backwards=True)
            if first is not None:
                self._between(max(last, 0) + 1, min(first - 1, max(last, 0) + self._count()))
        return [self._rows[rowid] for rowid in sorted(self._rows)]

    def _count(self) -> int:
        """The number of rows by an index, which may be whole where the rows are not; 0 where it is not."""
        try:
            number: int = self._connection.execute(f'SELECT COUNT(*) FROM "{self._columns.table}"').fetchone()[0]
        except sqlite3.Error:
            return 0
        return number

    def _between(self, low: int, high: int) -> None:
        """Halves a range until its parts can be read, or are one row that cannot."""
        waiting = [(low, high)]
        while waiting and self._queries < _QUERIES:
            low, high = waiting.pop()
            last = self._scan(low, high)
            if last is not None and low < high:
                middle = (max(low, last + 1) + high) // 2
                halves = ((max(low, last + 1), middle), (middle + 1, high))
                waiting += [half for half in reversed(halves) if half[0] <= half[1]]

    def _scan(self, low: int, high: int, *, backwards: bool = False) -> int | None:
        """Reads a range; None when all of it was read, else the last rowid before the damage (or `low - 1`)."""
        self._queries += 1
        reached = high + 1 if backwards else low - 1
        # The row before a damage comes only when it is asked for alone: stepping on from it fails.
        which = "= ?1" if low == high else f"BETWEEN ?1 AND ?2 ORDER BY rowid {'DESC' if backwards else 'ASC'}"
        sql = f'SELECT rowid, * FROM "{self._columns.table}" NOT INDEXED WHERE rowid {which}'
        bounds = (low,) if low == high else (low, high)
        try:
            cursor = self._connection.execute(sql, bounds)
            names = [_text(column[0]) for column in cursor.description[1:]]
            for rowid, *values in cursor:
                reached = rowid
                self._keep(rowid, dict(zip(names, values, strict=True)))
        except sqlite3.Error:
            return reached
        return None

    def _keep(self, rowid: int, values: Mapping[str, Any]) -> None:
        ordered = [_value(values.get(name)) for name in self._columns.names]
        row = self._columns.row_of(ordered)
        if row is None or any(value is LOST for value in ordered):
            self.is_complete = False
        if row is not None:
            self._rows[rowid] = row


def _text(name: str | bytes) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _value(value: Any) -> Any:
    return text_of(value) if isinstance(value, bytes) else value


def _last_seq(connection: sqlite3.Connection) -> dict[str, int]:
    """From the index alone, which may be whole where the events themselves are not."""
    try:
        rows = connection.execute("SELECT session_id, MAX(seq) FROM event GROUP BY session_id").fetchall()
    except sqlite3.Error:
        return {}
    return {session.decode("utf-8", "replace"): seq for session, seq in rows if isinstance(session, bytes)}
