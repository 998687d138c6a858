"""A PostgreSQL server for the tests: `KNOWTHYSELF_TEST_POSTGRES` names one, `.ci/postgres start FOLDER` makes one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from uuid import uuid4

import pytest
from peewee import PostgresqlDatabase

from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.place import Server
from knowthyself_tui.store.server import close_pools

VARIABLE = "KNOWTHYSELF_TEST_POSTGRES"
SKIPPED = f"PostgreSQL was NOT tested: {VARIABLE} names no server, or its driver is not installed"


def is_available() -> bool:
    return bool(os.environ.get(VARIABLE)) and find_spec("psycopg") is not None


@contextmanager
def empty_place() -> Iterator[Server]:
    """A schema of its own on the test server, gone afterwards; skips without a server."""
    if not is_available():
        pytest.skip(SKIPPED)
    url, schema = os.environ[VARIABLE], f"test_{uuid4().hex}"
    admin = PostgresqlDatabase(url, prefer_psycopg3=True, autoconnect=False)
    with admin.connection_context():
        execute(admin, f"CREATE SCHEMA {schema}")
    try:
        yield Server(f"{url}?options=-csearch_path%3D{schema}")
    finally:
        close_pools()
        with admin.connection_context():
            execute(admin, f"DROP SCHEMA {schema} CASCADE")
