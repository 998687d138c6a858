"""The checked copy that an instructor may take at any moment: complete, or not there."""

from __future__ import annotations

import os
from pathlib import Path

from peewee import Database

from knowthyself_tui.locations import handin_folder, safe_name
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.copies import check_copy, copy_pages
from knowthyself_tui.store.extract import extract
from knowthyself_tui.store.files import make_empty, make_folder, remove_database, sync_file, sync_folder
from knowthyself_tui.store.models import Session, Student
from knowthyself_tui.store.place import Place


def make_handin(database: Database, place: Place, session_id: str | None, *, shared: bool = False) -> Path:
    """Writes `handin/<student>-<session>.db` and returns where that is.

    Args:
        session_id: the sitting under way; None for the one used last.
        shared: the place holds the records of many, of which only this student's are copied.
    """
    folder = handin_folder(place if isinstance(place, Path) else None)
    make_folder(folder)
    student_id, name = _student_of(database, place, session_id)
    target = folder / f"{name}.db"
    part = target.with_suffix(".part")
    try:
        if shared and student_id is not None:
            remove_database(part)
            extract(database, student_id, part)
        else:
            make_empty(part)
            copy_pages(connection_of(database), part)
        check_copy(part)
        sync_file(part)
        os.replace(part, target)
    finally:
        remove_database(part)
    sync_folder(folder)
    return target


def _student_of(database: Database, place: Place, session_id: str | None) -> tuple[str | None, str]:
    """The student's id and the name of the copy: code and sitting, or the place's own where nobody has begun one."""
    query = Session.select(Session.id, Student.id, Student.code).join(Student)
    query = query.where(Session.id == session_id) if session_id else query.order_by(Session.updated_at.desc())
    row = next(iter(query.limit(1).tuples().execute(database)), None)
    if row is None:
        return None, place.stem if isinstance(place, Path) else "server"
    return str(row[1]), f"{safe_name(row[2])}-{safe_name(row[0])}"
