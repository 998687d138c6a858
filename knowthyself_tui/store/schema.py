"""How a database file begins, how it is recognised, and the numbered steps from each version to the next."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from peewee import Database, PostgresqlDatabase, SchemaManager, SqliteDatabase

from knowthyself_tui import __version__
from knowthyself_tui.errors import (
    DamagedDatabase,
    ForeignDatabase,
    LostDatabase,
    NewerDatabase,
    NothingStored,
    OlderDatabase,
    StoreError,
)
from knowthyself_tui.store.connection import connect_to_write, execute, use_rollback_journal
from knowthyself_tui.store.files import make_empty, remove_database, sync_folder
from knowthyself_tui.store.models import TABLES, Meta, Table
from knowthyself_tui.store.place import Place, Server

APPLICATION_ID = 0x4B545346
"""`KTSF` in the file's header: a database of this program."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; the list only ever grows, and a step that was released is never changed."""

    number: int
    name: str
    apply: Callable[[Database], None]


def _create_tables(database: Database) -> None:
    for table in TABLES:
        _create(table, database)
    for key, value in (("database_uuid", str(uuid4())), ("created_by", f"knowthyself {__version__}")):
        Meta.insert(key=key, value=value).execute(database)


def _create(table: type[Table], database: Database) -> None:
    """PostgreSQL is always as strict as SQLite is with STRICT, and does not know the word."""
    options = table._meta
    options.strict_tables, strict = isinstance(database, SqliteDatabase), options.strict_tables
    try:
        SchemaManager(table, database).create_all(safe=False)
    finally:
        options.strict_tables = strict


MIGRATIONS: tuple[Migration, ...] = (Migration(1, "the first tables", _create_tables),)
SCHEMA_VERSION = MIGRATIONS[-1].number


def migrate(database: SqliteDatabase, version: int) -> None:
    """Brings a file from `version` to the newest in one transaction, which also marks it as ours."""
    with database.atomic("EXCLUSIVE"):
        _apply_from(database, version)
        database.pragma("application_id", APPLICATION_ID)
        database.pragma("user_version", SCHEMA_VERSION)


def prepare_server(database: PostgresqlDatabase, server: Server) -> None:
    """Makes the tables in an empty database, or brings them to the newest version; one instance at a time."""
    with database.atomic():
        execute(database, "SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))
        version = server_version(database, server)
        if version < SCHEMA_VERSION:
            _apply_from(database, version)


def server_version(database: PostgresqlDatabase, server: Server) -> int:
    """The schema version of a database on a server, 0 of one without our tables."""
    tables = set(database.get_tables())
    if "meta" not in tables:
        if tables & {table._meta.table_name for table in TABLES}:
            raise ForeignDatabase(f"{server} holds tables of another program. Create a database of its own.")
        return 0
    query = Meta.select(Meta.value).where(Meta.key == "schema_version")
    row = next(iter(query.tuples().execute(database)), None)
    if row is None or not str(row[0]).isdecimal():
        raise ForeignDatabase(f"{server} is no database of Know Thyself. Create one of its own.")
    if int(row[0]) > SCHEMA_VERSION:
        raise NewerDatabase(f"{server} was written by a newer Know Thyself. Update this one to use it.")
    return int(row[0])


def check_server_identity(database: PostgresqlDatabase, server: Server) -> None:
    """Refuses to read a database without our tables, or of another version."""
    version = server_version(database, server)
    if version == 0:
        raise NothingStored(f"{server} holds no records yet. Start Know Thyself with it once.")
    if version < SCHEMA_VERSION:
        raise StoreError(f"{server} was written by an older Know Thyself. Start this one with it once to upgrade it.")


def _apply_from(database: Database, version: int) -> None:
    for migration in MIGRATIONS:
        if migration.number > version:
            migration.apply(database)
    stamp = Meta.insert(key="schema_version", value=str(SCHEMA_VERSION))
    stamp.on_conflict(conflict_target=[Meta.key], preserve=[Meta.value]).execute(database)


def create_database(path: Path) -> None:
    """Makes a new database under another name first, so that `path` is complete or not there."""
    _refuse_lonely_journal(path)
    part = path.with_name(path.name + ".part")
    make_empty(part)
    database = connect_to_write(part)
    try:
        use_rollback_journal(database, part)
        migrate(database, 0)
    finally:
        database.close()
    os.replace(part, path)
    remove_database(part)
    sync_folder(path.parent)


def _refuse_lonely_journal(path: Path) -> None:
    """The journal of a cut write belongs to a file that is gone; a new one would be ruined by it."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size:
        raise StoreError(f"{path} is missing but {journal.name} is there. Put it back, or remove the journal.")


def check_file(path: Path) -> None:
    """Refuses what is no regular file or holds nothing, or has no file for a journal, before SQLite sees it."""
    if not path.exists():
        raise LostDatabase(f"{path} is not there. Check the name.")
    if not path.is_file():
        raise ForeignDatabase(f"{path} is not a file. Choose a database of Know Thyself.")
    if path.stat().st_size == 0:
        raise DamagedDatabase(
            f"{path} is empty: a copy or a disk failed. The start screen, or `knowthyself restore`, brings a copy back."
        )
    for ending in ("-journal", "-wal"):
        beside = path.with_name(path.name + ending)
        if beside.exists() and not beside.is_file():
            # SQLite would wait for a fifo without end.
            raise StoreError(
                f"{path} was left alone, because {beside.name} beside it is not a file. Remove that first."
            )


def check_identity(database: SqliteDatabase, path: Path) -> int:
    """The schema version of a database of ours that is whole and not newer than this program."""
    if database.pragma("application_id") != APPLICATION_ID:
        raise ForeignDatabase(f"{path} is no database of Know Thyself. Choose another file.")
    version = database.pragma("user_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise NewerDatabase(f"{path} was written by a newer Know Thyself. Update this one to use it.")
    if 0 < version < SCHEMA_VERSION:
        raise OlderDatabase(f"{path} was written by an older Know Thyself. Start this one with it to upgrade it.")
    if shape_of(database) != shape_of_version(SCHEMA_VERSION):
        raise ForeignDatabase(f"{path} holds other tables than Know Thyself makes. Choose another file.")
    if database.pragma("quick_check") != "ok":
        raise DamagedDatabase(
            f"{path} is damaged. The start screen, or `knowthyself restore`, brings back what can be read."
        )
    return version


def database_uuid(database: Database, place: Place) -> str:
    """What tells this database from every other; copies share it."""
    query = Meta.select(Meta.value).where(Meta.key == "database_uuid")
    row = next(iter(query.tuples().execute(database)), None)
    if row is None:
        raise DamagedDatabase(
            f"{place} has lost its identity. The start screen, or `knowthyself restore`, brings back what can be read."
        )
    return str(row[0])


def try_to_write(database: SqliteDatabase) -> None:
    """Writes the version again, so that a place that may not be written is known at once."""
    with database.atomic():
        database.pragma("user_version", SCHEMA_VERSION)


Shape = frozenset[tuple[object, ...]]


def shape_of(database: SqliteDatabase) -> Shape:
    """Every table with its columns and types, and whatever else a schema can hold but indexes and statistics."""
    parts = execute(
        database,
        "SELECT m.type, m.name, l.strict, c.name, c.type, c.hidden FROM sqlite_master AS m"
        " LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = m.name"
        " LEFT JOIN pragma_table_xinfo(m.name) AS c ON m.type = 'table'"
        " WHERE m.type <> 'index' AND NOT (m.type = 'table' AND m.name IN ('sqlite_stat1', 'sqlite_stat4'))",
    )
    return frozenset(parts.fetchall())


@lru_cache
def shape_of_version(version: int) -> Shape:
    """The shape that the migrations up to a version make."""
    database = SqliteDatabase(":memory:", autoconnect=False)
    with database.connection_context():
        for migration in MIGRATIONS[:version]:
            migration.apply(database)
        return shape_of(database)
