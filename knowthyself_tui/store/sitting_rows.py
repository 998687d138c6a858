"""Every row of one sitting, table by table, as the database holds it; and rows that belong to nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import CompositeKey, ForeignKeyField

from knowthyself_tui.store.models import TABLES, Encounter, Event, Meta, Session, Student, Table, Turn

Query = Callable[[str, Sequence[Any]], list[dict[str, Any]]]
"""Answers a SELECT with `?` marks as one dict a row: `Reader.rows`, or that of a `Scratch`."""
TableRow = Mapping[str, Any]
"""A row by column names; JSON is the text that was stored, yes and no are 1 and 0."""
Tables = Mapping[type[Table], Sequence[TableRow]]


@dataclass(frozen=True, slots=True)
class Owner:
    """What the rows of a sitting point at."""

    session_id: str
    student_ids: frozenset[str]
    encounter_ids: frozenset[str]
    turn_ids: frozenset[str]

    def __or__(self, other: Owner) -> Owner:
        return Owner(
            self.session_id,
            self.student_ids | other.student_ids,
            self.encounter_ids | other.encounter_ids,
            self.turn_ids | other.turn_ids,
        )


def owner_of(query: Query, session_id: str) -> Owner:
    """What is stored under a sitting, also where only its log names it."""
    by_session = [session_id]
    return Owner(
        session_id,
        _column(query(f"SELECT student_id FROM {name_of(Session)} WHERE id = ?", by_session)),
        _column(query(f"SELECT id FROM {name_of(Encounter)} WHERE session_id = ?", by_session))
        | _column(query(f"SELECT DISTINCT encounter_id FROM {name_of(Event)} WHERE session_id = ?", by_session)),
        _column(query(f"SELECT id FROM {name_of(Turn)} WHERE session_id = ?", by_session)),
    )


def rows_of(query: Query, owner: Owner) -> dict[type[Table], list[dict[str, Any]]]:
    """Every table but `meta` with the sitting's rows in it."""
    return {table: _rows(query, table, owner) for table in TABLES if table is not Meta}


def orphans(query: Query) -> list[tuple[type[Table], str, TableRow]]:
    """(table, column, row) of each row that points at something that is not there."""
    found: list[tuple[type[Table], str, TableRow]] = []
    for table in TABLES:
        for field in _links(table):
            parent, column = name_of(field.rel_model), field.column_name
            rows = query(
                f'SELECT * FROM {name_of(table)} WHERE "{column}" IS NOT NULL'
                f" AND NOT EXISTS (SELECT 1 FROM {parent} AS parent"
                f' WHERE parent.id = {name_of(table)}."{column}")',
                (),
            )
            found += [(table, column, row) for row in rows]
    return found


def name_of(table: type[Table]) -> str:
    """The table's name as it stands in SQL."""
    return f'"{table._meta.table_name}"'


def key_columns(table: type[Table]) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart."""
    key: Any = table._meta.primary_key
    names = key.field_names if isinstance(key, CompositeKey) else (key.name,)
    return tuple(table._meta.fields[name].column_name for name in names)


def columns_of(table: type[Table]) -> tuple[str, ...]:
    return tuple(field.column_name for field in table._meta.sorted_fields)


def _rows(query: Query, table: type[Table], owner: Owner) -> list[dict[str, Any]]:
    column, wanted = _selection(table, owner)
    if not wanted:
        return []
    order = ", ".join(f'"{name}"' for name in (("seq",) if table in (Event, Turn) else key_columns(table)))
    found: list[dict[str, Any]] = []
    for part in _parts(sorted(wanted)):
        marks = ", ".join("?" * len(part))
        found += query(f'SELECT * FROM {name_of(table)} WHERE "{column}" IN ({marks}) ORDER BY {order}', part)
    return found


def _selection(table: type[Table], owner: Owner) -> tuple[str, Iterable[str]]:
    """Which column says whose a row is, and the values that make it this sitting's."""
    if table is Student:
        return "id", owner.student_ids
    if table is Session:
        return "id", (owner.session_id,)
    links = {field.column_name for field in _links(table)}
    if "session_id" in links:
        return "session_id", (owner.session_id,)
    if "encounter_id" in links:
        return "encounter_id", owner.encounter_ids
    return "turn_id", owner.turn_ids


def _links(table: type[Table]) -> list[ForeignKeyField]:
    return [field for field in table._meta.sorted_fields if isinstance(field, ForeignKeyField)]


def _parts(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _column(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(value) for row in rows for value in row.values() if value is not None)
