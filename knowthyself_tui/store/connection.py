"""Connections to a database file, with the pragmas of this store set and read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peewee import Database, SqliteDatabase

from knowthyself_tui.errors import StoreError

BUSY_SECONDS = 30.0

_SAFE: dict[str, int | str] = {"trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0}
_WRITING: dict[str, int | str] = {
    **_SAFE,
    "foreign_keys": 1,
    "synchronous": "extra",
}
_READING: dict[str, int | str] = {**_SAFE, "query_only": 1}
_ANSWERS = {"extra": 3}
"""What a pragma answers when it is asked back, where that is not what it was set to."""


def connect_to_write(path: Path) -> SqliteDatabase:
    """Opens a file that must be there; every transaction on it takes the write lock at its start."""
    return _connect(path, "rw", _WRITING)


def use_rollback_journal(database: SqliteDatabase, path: Path) -> None:
    """Sets the journal mode that survives power cuts; this may write, so only for a file of ours."""
    database.pragma("journal_mode", "truncate")
    _read_back(database, path, {"journal_mode": "truncate"})


def connect_to_read(path: Path) -> SqliteDatabase:
    """Opens a file that is never written, not even to roll a cut transaction back."""
    return _connect(path, "ro", _READING)


def connection_of(database: Database) -> sqlite3.Connection:
    """The driver's connection behind an open database."""
    opened: Any = database
    connection: sqlite3.Connection = opened.connection()
    return connection


def execute(database: Database, sql: str, params: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Runs one statement of SQL text with the placeholders of its back end."""
    opened: Any = database
    cursor: sqlite3.Cursor = opened.execute_sql(sql, tuple(params))
    return cursor


def _connect(path: Path, mode: str, pragmas: dict[str, int | str]) -> SqliteDatabase:
    database = SqliteDatabase(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        pragmas=pragmas,
        timeout=BUSY_SECONDS,
        lock_type="IMMEDIATE",
        autoconnect=False,
    )
    database.connect()
    try:
        _read_back(database, path, pragmas)
    except BaseException:
        database.close()
        raise
    return database


def _read_back(database: SqliteDatabase, path: Path, pragmas: dict[str, int | str]) -> None:
    for name, wanted in pragmas.items():
        found: Any = database.pragma(name)
        if found not in (wanted, _ANSWERS.get(str(wanted))):
            raise StoreError(f"{path} cannot be used safely here: SQLite answers {found!r} for {name}.")
