"""Bringing a file of an older version to the newest schema: after a backup, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, NewerDatabase
from knowthyself_tui.store import schema
from knowthyself_tui.store.backup import back_up_open
from knowthyself_tui.store.connection import connect_to_write, connection_of, use_rollback_journal
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.guard import Deadline, open_guarded, private_copy


def upgrade(path: Path) -> Path | None:
    """Upgrades a file of ours and returns the backup made before; None when it is of the newest version.

    The caller holds the lock of the file. A step that fails leaves the file as it was, and the backup beside it.

    Raises:
        ForeignDatabase: it is no database of ours, or holds other tables than its version has.
        NewerDatabase: a newer version of Know Thyself wrote it.
        DamagedDatabase: it is damaged; nothing was changed.
    """
    with told(path):
        schema.check_file(path)
        database = connect_to_write(path)
        try:
            version = _older_version(database, path)
            if version is None:
                return None
            backup = back_up_open(connection_of(database), path, before=schema.SCHEMA_VERSION)
            _migrate(database, path, version)
            return backup
        finally:
            database.close()


def bring_up_to_date(copy: Path, shown: Path) -> None:
    """Upgrades a private copy, without a backup; errors name the file `shown`."""
    database = connect_to_write(copy)
    try:
        version = _older_version(database, shown)
        if version is not None:
            _migrate(database, shown, version)
    finally:
        database.close()


@contextmanager
def open_current_copy(path: Path) -> Iterator[tuple[SqliteDatabase, Deadline]]:
    """A private copy of a file, of whatever version of ours, open for reading in the newest one.

    Not for a database that this process has open.
    """
    with ExitStack() as stack:
        with told(path):
            copy = stack.enter_context(private_copy(path))
            bring_up_to_date(copy, path)
            database, deadline = open_guarded(copy, shown=path)
            stack.callback(database.close)
        yield database, deadline


def _older_version(database: SqliteDatabase, path: Path) -> int | None:
    """The version of a whole file of ours that is older than this program's; None for any other.

    What is not older is judged where it is opened.
    """
    version = database.pragma("user_version")
    if database.pragma("application_id") != schema.APPLICATION_ID or not isinstance(version, int):
        return None
    if version > schema.SCHEMA_VERSION:
        raise NewerDatabase(f"{path} was written by a newer Know Thyself. Update this one to use it.")
    if version == schema.SCHEMA_VERSION:
        return None
    if version < 1 or schema.shape_of(database) != schema.shape_of_version(version):
        raise ForeignDatabase(f"{path} holds other tables than Know Thyself makes. Choose another file.")
    if database.pragma("quick_check") != "ok":
        raise DamagedDatabase(f"{path} is damaged. `knowthyself restore` brings back what can be read.")
    return version


def _migrate(database: SqliteDatabase, path: Path, version: int) -> None:
    use_rollback_journal(database, path)
    schema.migrate(database, version)
