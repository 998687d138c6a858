"""Connections to a PostgreSQL database, with the settings of this store set and checked.

A writer has a connection of its own, whose advisory lock keeps a second instance off the same student; readers
share a small pool.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from peewee import Database, ImproperlyConfigured, PostgresqlDatabase

from knowthyself_tui.errors import StoreBusy, StoreError
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.place import Server

CONNECT_SECONDS = 5
ANSWER_SECONDS = 60
OLDEST_SERVER = 120000
READER_CONNECTIONS = 4

_DRIVER = "PostgreSQL needs its driver; install it with: pip install 'psycopg[binary]'."
_WRITING = (
    "SET synchronous_commit = on",
    "SET lock_timeout = '30s'",
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
"""The server notices within half a minute that a client is gone, and lets its lock go."""
_READING = ("SET default_transaction_read_only = on", f"SET statement_timeout = '{ANSWER_SECONDS}s'")


def connect_to_write(server: Server) -> PostgresqlDatabase:
    """A connection of its own whose commits are on the disk when they return."""
    database: PostgresqlDatabase = _database(PostgresqlDatabase, server)
    _connect(database)
    return _prepared(database, _WRITING)


def connect_to_read(server: Server) -> PostgresqlDatabase:
    """A connection that never writes; closing it gives it back to the pool."""
    database = _pool(server)
    if not database.is_closed():
        database = _database(PostgresqlDatabase, server)
    _connect(database)
    return _prepared(database, _READING)


def check_server(database: PostgresqlDatabase, server: Server) -> None:
    """Refuses a server that could lose what it acknowledged or cannot keep every text."""
    if database.server_version < OLDEST_SERVER:
        raise StoreError(f"{server} is older than PostgreSQL 12. Use a newer server.")
    if _answer(database, "SHOW server_encoding") != "UTF8":
        raise StoreError(f"{server} does not keep text as UTF-8. Create the database with ENCODING 'UTF8'.")
    for setting in ("fsync", "full_page_writes"):
        if _answer(database, f"SHOW {setting}") != "on":
            raise StoreError(f"{server} is set to {setting} = off, so a power cut could lose records. Set it to on.")


def take_student_lock(database: PostgresqlDatabase, server: Server, student: str) -> None:
    """One instance a student, for as long as this connection lives."""
    if not _answer(database, "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || %s, 0))", student):
        raise StoreBusy(
            f"This student's record on {server} is open in another window."
            " Close that one first, or choose another student code."
        )


def close_pools() -> None:
    """Ends the idle connections of all readers."""
    for database in _POOLS:
        database.close_all()
    _POOLS.clear()
    _pool.cache_clear()


_POOLS: list[Any] = []


@cache
def _pool(server: Server) -> PostgresqlDatabase:
    kind = import_module("playhouse.pool").PooledPostgresqlDatabase
    database: PostgresqlDatabase = _database(kind, server, max_connections=READER_CONNECTIONS, timeout=CONNECT_SECONDS)
    _POOLS.append(database)
    return database


def _database(kind: Any, server: Server, **options: Any) -> Any:
    return kind(
        server.url.replace("postgres://", "postgresql://", 1),
        prefer_psycopg3=True,
        autoconnect=False,
        connect_timeout=CONNECT_SECONDS,
        application_name="knowthyself",
        **options,
    )


def _connect(database: PostgresqlDatabase) -> None:
    try:
        database.connect()
    except ImproperlyConfigured as error:
        raise StoreError(_DRIVER) from error


def _prepared(database: PostgresqlDatabase, settings: tuple[str, ...]) -> PostgresqlDatabase:
    try:
        for setting in settings:
            execute(database, setting)
    except BaseException:
        database.close()
        raise
    return database


def _answer(database: Database, sql: str, *params: Any) -> Any:
    return execute(database, sql, params).fetchone()[0]
