"""Rows and changes on their way to the tables; Peewee makes the SQL of each table's insert once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import CompositeKey, Database, ModelUpdate, SqliteDatabase

from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.models import (
    TABLES,
    Alarm,
    ChecklistResult,
    DecisionResult,
    Disclosure,
    EncounterResult,
    GateResult,
    MilestoneResult,
    Performance,
    StateChange,
    SurveyAnswer,
    Table,
    VitalSample,
    WarmupAnswer,
)

REPLACED = frozenset(
    {
        Alarm,
        ChecklistResult,
        DecisionResult,
        Disclosure,
        EncounterResult,
        GateResult,
        MilestoneResult,
        Performance,
        StateChange,
        SurveyAnswer,
        VitalSample,
        WarmupAnswer,
    }
)
"""Tables whose key says what the row is about: the same key again takes the place of the row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row to insert, by column names."""

    table: type[Table]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """New values for the rows whose columns equal `where`; None there means a missing value."""

    table: type[Table]
    values: Mapping[str, Any]
    where: Mapping[str, Any]


Change = Row | Update | ModelUpdate


def write(database: Database, changes: Iterable[Change]) -> None:
    """Inserts the rows, parents first, and then makes the updates in their order."""
    rows: dict[type[Table], list[Row]] = {}
    updates: list[Update | ModelUpdate] = []
    for change in changes:
        if isinstance(change, Row):
            rows.setdefault(change.table, []).append(change)
        else:
            updates.append(change)
    for table in TABLES:
        for row in rows.get(table, ()):
            sql, columns = _insert_of(table, database.param)
            execute(database, sql, [field.db_value(row.values.get(name)) for name, field in columns])
    for update in updates:
        if isinstance(update, Update):
            _write_update(database, update)
        else:
            update.execute(database)


def _write_update(database: Database, update: Update) -> None:
    columns: Mapping[str, Any] = update.table._meta.columns
    given = {name: value for name, value in update.where.items() if value is not None}
    mark = database.param
    tests = [f'"{name}" = {mark}' if name in given else f'"{name}" IS NULL' for name in update.where]
    settings = [f'"{name}" = {mark}' for name in update.values]
    sql = f'UPDATE "{update.table._meta.table_name}" SET {", ".join(settings)} WHERE {" AND ".join(tests)}'
    params = [columns[name].db_value(value) for name, value in [*update.values.items(), *given.items()]]
    execute(database, sql, params)


@cache
def _insert_of(table: type[Table], mark: str) -> tuple[str, tuple[tuple[str, Any], ...]]:
    fields = table._meta.sorted_fields
    query = table.insert(dict.fromkeys(fields, None))
    if table in REPLACED:
        query = _or_replace(table, query)
    sql, _ = query.bind(SqliteDatabase(None)).sql()
    return sql.replace("?", mark), tuple((field.column_name, field) for field in fields)


def _or_replace(table: type[Table], query: Any) -> Any:
    key: Any = table._meta.primary_key
    names = key.field_names if isinstance(key, CompositeKey) else (key.name,)
    others = [field for field in table._meta.sorted_fields if field.name not in names]
    keys = [table._meta.fields[name] for name in names]
    return query.on_conflict(conflict_target=keys, preserve=others or keys)
