"""The checked copy that an instructor may take at any moment: complete, or not there."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.errors import DamagedDatabase
from knowthyself_tui.locations import handin_folder, safe_name
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.files import make_empty, make_folder, remove_with_journal, sync_file, sync_folder
from knowthyself_tui.store.models import Session, Student


def make_handin(database: SqliteDatabase, path: Path, session_id: str | None) -> Path:
    """Copies the whole open database to `handin/<student>-<session>.db` and returns where that is."""
    folder = handin_folder(path)
    make_folder(folder)
    target = folder / f"{_name(database, path, session_id)}.db"
    part = target.with_suffix(".part")
    make_empty(part)
    try:
        _copy(connection_of(database), part)
        sync_file(part)
        os.replace(part, target)
    finally:
        remove_with_journal(part)
    sync_folder(folder)
    return target


def _name(database: SqliteDatabase, path: Path, session_id: str | None) -> str:
    """The student's code and the sitting; the database's own name when nobody has begun one."""
    query = Session.select(Session.id, Student.code).join(Student)
    query = query.where(Session.id == session_id) if session_id else query.order_by(Session.updated_at.desc())
    row = next(iter(query.limit(1).tuples().execute(database)), None)
    return f"{safe_name(row[1])}-{row[0]}" if row else path.stem


def _copy(source: sqlite3.Connection, part: Path) -> None:
    copy = sqlite3.connect(f"{part.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    try:
        copy.execute("PRAGMA journal_mode=memory")
        copy.execute("PRAGMA synchronous=off")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=delete")
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise DamagedDatabase(f"The copy {part} is damaged. Check the disk and try again.")
    finally:
        copy.close()
