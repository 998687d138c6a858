"""A database that a simulation filled, without what the clock on the wall and chance of this machine put into it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from peewee import SqliteDatabase, fn

from knowthyself_tui.store.connection import connect_to_write, connection_of, execute
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import make_empty, remove_database
from knowthyself_tui.store.models import Event, Session
from knowthyself_tui.store.upkeep import write_meta

PART = ".part"


def write_reproducible(source: Path, target: Path, new_id: Callable[[], str]) -> None:
    """Writes a closed database `source` to `target`, a single file that is complete or not there.

    Sittings were last used when their log ends, and the ids that nothing refers to are replaced: of the database,
    and of each medication error. The same rows and ids give the same bytes with the same SQLite.

    Args:
        new_id: gives ids that are the same every time.
    """
    part = target.with_name(target.name + PART)
    with told(target):
        database = connect_to_write(source)
        try:
            with database.atomic():
                _settle(database, new_id)
            make_empty(part)
            connection_of(database).execute("VACUUM INTO ?", (str(part),))
        except BaseException:
            remove_database(part)
            raise
        finally:
            database.close()
        os.replace(part, target)


def _settle(database: SqliteDatabase, new_id: Callable[[], str]) -> None:
    write_meta(database, "database_uuid", new_id())
    last = Event.select(fn.MAX(Event.created_at)).where(Event.session == Session.id)
    Session.update(updated_at=last).execute(database)
    errors = execute(database, 'SELECT "id" FROM "medication_error" ORDER BY rowid').fetchall()
    for (old,) in errors:
        execute(database, 'UPDATE "medication_error" SET "id" = ? WHERE "id" = ?', (new_id(), old))
