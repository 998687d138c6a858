"""The columns of our tables as SQLite declares them, and whether values could be a row of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import SqliteDatabase

from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.models import TABLES
from knowthyself_tui.store.rescue.pages import LOST
from knowthyself_tui.store.schema import MIGRATIONS

Row = dict[str, Any]
"""Values by column name, as SQLite stores them; a column whose bytes are lost is not there."""
Key = tuple[Any, ...]

_KINDS: Mapping[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int)}


@dataclass(frozen=True, slots=True)
class Columns:
    """One table's columns, in their order."""

    table: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    """TEXT, INTEGER or REAL."""
    required: frozenset[str]
    key: tuple[str, ...]
    """The columns of the primary key."""
    references: Mapping[str, str]
    """Which table each foreign key points into."""

    def row_of(self, values: Sequence[Any]) -> Row | None:
        """The row that values in order make; None when they cannot be one. Columns added later may be missing."""
        padded = [*values, *[None] * (len(self.names) - len(values))]
        if len(padded) != len(self.names):
            return None
        row: Row = {}
        for name, kind, value in zip(self.names, self.kinds, padded, strict=True):
            if value is LOST:
                continue
            if not self._fits(name, kind, value):
                return None
            row[name] = float(value) if kind == "REAL" and value is not None else value
        return row if all(name in row for name in self.key) else None

    def key_of(self, row: Row) -> Key:
        return tuple(row[name] for name in self.key)

    def is_complete(self, row: Row) -> bool:
        """Nothing that a row must have is lost."""
        return all(row.get(name) is not None for name in self.required)

    def _fits(self, name: str, kind: str, value: Any) -> bool:
        if value is None:
            return name not in self.required
        return isinstance(value, _KINDS[kind])


@cache
def columns_by_table() -> Mapping[str, Columns]:
    """Every table of the newest schema, parents before children."""
    database = SqliteDatabase(":memory:", autoconnect=False)
    with database.connection_context():
        for migration in MIGRATIONS:
            migration.apply(database)
        return {name: _columns(database, name) for name in (table._meta.table_name for table in TABLES)}


def _columns(database: SqliteDatabase, table: str) -> Columns:
    found = execute(database, f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')").fetchall()
    references = execute(database, f'SELECT "from", "table" FROM pragma_foreign_key_list(\'{table}\')').fetchall()
    return Columns(
        table=table,
        names=tuple(name for name, _, _, _ in found),
        kinds=tuple(kind if kind in _KINDS else "INTEGER" for _, kind, _, _ in found),
        required=frozenset(name for name, _, required, _ in found if required),
        key=tuple(name for _, name in sorted((place, name) for name, _, _, place in found if place)),
        references=dict(references),
    )
