"""Rotating backups beside a database: `backups/<stem>-<UTC time>.db`, each complete and checked.

Names sort in the order in which the backups were made, also when the clock was set back in between. One that
was made before a schema upgrade says so in its name: `<stem>-<UTC time>-before-schema-<version>.db`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.connection import connection_of, execute
from knowthyself_tui.store.copies import STAMP_PATTERN, checked_copy, stamp
from knowthyself_tui.store.faults import has_unfinished_write, told
from knowthyself_tui.store.files import sync_folder
from knowthyself_tui.store.guard import open_guarded, private_copy

KEPT = 5
"""Backups of one database that stay when newer ones are made."""

_STATE = (
    "SELECT (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM student), (SELECT COUNT(*) FROM session),"
    " (SELECT MAX(updated_at) FROM session), (SELECT COUNT(*) FROM vital_sample),"
    " (SELECT COUNT(answered_at) FROM appeal), (SELECT COUNT(*) FROM encounter_result)"
)
"""Two databases of the same uuid that answer alike hold the same; the wall clock has no say in it."""


def backups_folder(path: Path) -> Path:
    return path.parent / "backups"


def backups_of(path: Path, folder: Path | None = None) -> list[Path]:
    """The backups of a database by their names, the one made first first."""
    pattern = re.compile(rf"{re.escape(path.stem)}-({STAMP_PATTERN})(?:-before-schema-\d+)?\.db")
    files = (folder or backups_folder(path)).glob("*.db")
    return sorted((file for file in files if pattern.fullmatch(file.name)), key=lambda file: file.name)


def back_up(path: Path, folder: Path | None = None) -> Path:
    """Makes a backup now, in `folder` or beside the database, and returns where it is.

    Raises:
        StoreError: the database cannot be read whole, or the backup cannot be written.
    """
    with _opened(path) as database:
        return back_up_open(connection_of(database), path, folder)


def back_up_open(
    connection: sqlite3.Connection, path: Path, folder: Path | None = None, *, before: int | None = None
) -> Path:
    """Makes a backup of the open database `path`.

    Args:
        before: the schema version that it is about to be brought to.
    """
    folder = folder or backups_folder(path)
    earlier = backups_of(path, folder)
    moment = stamp(after=_moment_of(earlier[-1], path) if earlier else "")
    reason = f"-before-schema-{before}" if before else ""
    target = folder / f"{path.stem}-{moment}{reason}.db"
    checked_copy(connection, target)
    return target


def rotate_backups(path: Path) -> str | None:
    """Makes a backup when the database holds something else than the newest one, and lets the oldest go.

    Returns:
        A sentence when no backup could be made, since that must keep nobody from working; else None.
    """
    try:
        if not path.exists():
            return None
        with told(path), _opened(path) as database:
            backups = backups_of(path)
            if not backups or _state(database) != _state_of(backups[-1]):
                back_up_open(connection_of(database), path)
        _let_go(path)
    except (StoreError, OSError) as error:
        return f"No backup could be made: {error}"
    return None


def _let_go(path: Path) -> None:
    """Every backup of which `KEPT` newer ones are there."""
    for backup in backups_of(path)[:-KEPT]:
        backup.unlink()
    sync_folder(backups_folder(path))


@contextmanager
def _opened(path: Path) -> Iterator[SqliteDatabase]:
    """The checked database, or a copy of it where a write was cut and may not be mended by a reader."""
    with ExitStack() as stack, told(path):
        try:
            database, _ = open_guarded(path, shown=path)
        except Exception as error:
            if not has_unfinished_write(error):
                raise
            database, _ = open_guarded(stack.enter_context(private_copy(path)), shown=path)
        stack.callback(database.close)
        yield database


def _moment_of(backup: Path, path: Path) -> str:
    return backup.stem.removeprefix(f"{path.stem}-").split("-")[0]


def _state_of(backup: Path) -> tuple[object, ...] | None:
    """None for a backup that is damaged or of an older version, which the next one must not lean on."""
    try:
        with _opened(backup) as database:
            return _state(database)
    except StoreError:
        return None


def _state(database: SqliteDatabase) -> tuple[object, ...]:
    return (
        *execute(database, _STATE).fetchone(),
        *execute(database, "SELECT key, value FROM meta ORDER BY key").fetchall(),
    )
