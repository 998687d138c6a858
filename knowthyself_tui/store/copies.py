"""A copy of an open database that is complete, checked and on the disk, or not there."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowthyself_tui.errors import DamagedDatabase
from knowthyself_tui.store.files import BESIDE, make_empty, make_folder, remove_database, sync_file, sync_folder

STAMP_PATTERN = r"\d{8}T\d{6}Z"
"""What `stamp` looks like: UTC, without the colons that Windows forbids in names."""

_STAMP_FORMAT = "%Y%m%dT%H%M%SZ"


def checked_copy(source: sqlite3.Connection, target: Path) -> None:
    """Copies the whole open database to `target`, through a `*.part` beside it.

    Raises:
        DamagedDatabase: what arrived does not pass quick_check; `target` is as it was.
    """
    make_folder(target.parent)
    part = target.with_suffix(".part")
    make_empty(part)
    try:
        copy_pages(source, part)
        check_copy(part)
        sync_file(part)
        os.replace(part, target)
    finally:
        remove_database(part)
    sync_folder(target.parent)


def copy_pages(source: sqlite3.Connection, part: Path) -> None:
    """Writes the pages of an open database into an empty file, which stays a single one."""
    copy = _opened(part)
    try:
        copy.execute("PRAGMA journal_mode=memory")
        copy.execute("PRAGMA synchronous=off")
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=delete")
    finally:
        copy.close()


def check_copy(part: Path) -> None:
    """Reads the copy again; raises DamagedDatabase when it is not whole."""
    copy = _opened(part)
    try:
        answer = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise _damaged(part) from error
    finally:
        copy.close()
    if answer != ("ok",):
        raise _damaged(part)


def _opened(part: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{part.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _damaged(part: Path) -> DamagedDatabase:
    return DamagedDatabase(f"The copy {part} is damaged. Check the disk and try again.")


def stamp(after: str = "") -> str:
    """The wall clock for a file name; later than `after` even when the clock was set back."""
    now = datetime.now(UTC).strftime(_STAMP_FORMAT)
    if now > after:
        return now
    following = datetime.strptime(after, _STAMP_FORMAT) + timedelta(seconds=1)
    return following.strftime(_STAMP_FORMAT)


def set_aside(path: Path) -> Path:
    """Moves a database with its journals into `set-aside/` under its name and the time; returns where it is now."""
    folder = path.parent / "set-aside"
    make_folder(folder)
    moment = stamp()
    while (target := folder / f"{path.stem}.set-aside-{moment}{path.suffix}").exists():
        moment = stamp(after=moment)
    # The database goes first: without it a journal is refused, without its journal it would be read half-written.
    os.rename(path, target)
    for ending in BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists() and beside.stat().st_size:
            os.replace(beside, target.with_name(target.name + ending))
        else:
            beside.unlink(missing_ok=True)
    sync_folder(folder)
    sync_folder(path.parent)
    return target
