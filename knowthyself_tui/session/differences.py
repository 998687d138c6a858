"""Stored rows beside recomputed ones: what differs, row by row and column by column."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from knowthyself_tui.store import models
from knowthyself_tui.store.models import JsonField, Table
from knowthyself_tui.store.sitting_rows import TableRow, Tables, columns_of, key_columns

ARITHMETIC: Mapping[tuple[type[Table], str], float] = {
    (models.Encounter, "engine"): 1e-9,
    (models.Performance, "overall_score"): 1e-12,
    (models.Performance, "safety_score"): 1e-12,
}
"""Columns whose last digits another processor, C library or database may give otherwise: the relative difference
that is no change. Every other column must be equal to the last digit."""
PAIRED_AT_MOST = 40
"""Rows without a partner that are compared with one another."""

_NOT_THERE = "(not there)"
_KEYS: Mapping[type[Table], tuple[str, ...]] = {
    models.MedicationError: ("encounter_id", "act_id", "drug", "kind"),
    models.Event: ("session_id", "seq"),
}
"""What tells the rows apart where the primary key is an id that the log does not give, or hides the order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the log gives it."""

    table: str
    row: str
    """The row's key in words, `at_ms=5000`; empty where the whole table or sitting is meant."""
    column: str
    """Empty where the whole row is missing or was added. A place inside JSON is named after a dot."""
    stored: Any
    """None where a row or value is missing."""
    recomputed: Any
    what: str = "changed"
    """changed, missing (a row that the log gives), added (one that it does not give), or a sentence."""

    def __str__(self) -> str:
        place = f"{self.table} ({self.row})" if self.row else self.table
        if self.what == "changed":
            return f"{place}: {self.column} is {_short(self.stored)}, recomputed {_short(self.recomputed)}"
        if self.what in ("missing", "added"):
            return f"{place}: the row {'is missing' if self.what == 'missing' else 'was added'}"
        return f"{place}: {self.what}"


def compare_tables(stored: Tables, again: Tables, uncovered: Mapping[type[Table], frozenset[str]]) -> list[Difference]:
    """Every difference, table by table; `uncovered` columns are left out."""
    found: list[Difference] = []
    for table in again:
        columns = [name for name in columns_of(table) if name not in uncovered.get(table, frozenset())]
        if columns:
            found += _compare(table, columns, stored.get(table, ()), again[table])
    return found


def row_name(table: type[Table], row: TableRow) -> str:
    """A row's key in words."""
    return ", ".join(f"{name}={row[name]}" for name in _key_of(table))


def _compare(
    table: type[Table], columns: Sequence[str], stored: Sequence[TableRow], again: Sequence[TableRow]
) -> list[Difference]:
    known, wanted = _by_key(table, stored), _by_key(table, again)
    found: list[Difference] = []
    added = [row for key, rows in known.items() for row in rows[len(wanted.get(key, ())) :]]
    missing = [row for key, rows in wanted.items() for row in rows[len(known.get(key, ())) :]]
    for key, rows in wanted.items():
        for row, expected in zip(known.get(key, ()), rows, strict=False):
            found += _changed(table, columns, row, expected)
    for row, expected in _partners(columns, added, missing):
        found += _changed(table, columns, row, expected)
        added, missing = _without(added, row), _without(missing, expected)
    name = table._meta.table_name
    found += [Difference(name, row_name(table, row), "", None, None, "missing") for row in missing]
    found += [Difference(name, row_name(table, row), "", None, None, "added") for row in added]
    return found


def _key_of(table: type[Table]) -> tuple[str, ...]:
    return _KEYS.get(table) or key_columns(table)


def _by_key(table: type[Table], rows: Iterable[TableRow]) -> dict[tuple[Any, ...], list[TableRow]]:
    keyed: dict[tuple[Any, ...], list[TableRow]] = {}
    for row in rows:
        keyed.setdefault(tuple(row[name] for name in _key_of(table)), []).append(row)
    return keyed


def _partners(
    columns: Sequence[str], added: Sequence[TableRow], missing: Sequence[TableRow]
) -> Iterable[tuple[TableRow, TableRow]]:
    """Rows whose key itself was changed: those that are alike in most of their columns."""
    left = list(islice(missing, PAIRED_AT_MOST))
    for row in islice(added, PAIRED_AT_MOST):
        unlike = {index: sum(row[name] != other[name] for name in columns) for index, other in enumerate(left)}
        best = min(unlike, key=lambda index: unlike[index], default=None)
        if best is not None and unlike[best] <= max(1, len(columns) // 3):
            yield row, left.pop(best)


def _without(rows: Sequence[TableRow], row: TableRow) -> list[TableRow]:
    return [other for other in rows if other is not row]


def _changed(table: type[Table], columns: Sequence[str], row: TableRow, expected: TableRow) -> Iterable[Difference]:
    for name in columns:
        if not _is_same(row[name], expected[name]):
            yield from _column(table, name, row, expected)


def _column(table: type[Table], name: str, row: TableRow, expected: TableRow) -> Iterable[Difference]:
    tolerance = ARITHMETIC.get((table, name), 0.0)
    place, stored, again = "", row[name], expected[name]
    if isinstance(table._meta.columns[name], JsonField):
        found = _inside(stored, again, tolerance)
        if found is None:
            return
        place, stored, again = found
    elif tolerance and _is_close(stored, again, tolerance):
        return
    yield Difference(table._meta.table_name, row_name(table, row), name + place, stored, again)


def _is_same(one: Any, other: Any) -> bool:
    """Equal and of one kind, so that 1 is neither 1.0 nor "1" where the column holds text; nan is nowhere stored."""
    return bool(one == other) and (isinstance(one, str) == isinstance(other, str))


def _is_close(one: Any, other: Any, tolerance: float) -> bool:
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, float | int):
        return False
    return isinstance(other, float | int) and math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance)


def _inside(stored: Any, again: Any, tolerance: float) -> tuple[str, Any, Any] | None:
    """The first place where two JSON texts differ by more than arithmetic; None when there is none."""
    try:
        one, other = json.loads(stored or "null"), json.loads(again or "null")
    except ValueError:
        return "", stored, again
    found = _first(one, other, "", tolerance)
    if found is None and not tolerance:
        return "", stored, again
    return found


def _first(one: Any, other: Any, place: str, tolerance: float) -> tuple[str, Any, Any] | None:
    if isinstance(one, dict) and isinstance(other, dict):
        names = sorted(one.keys() | other.keys())
        pairs = [(f"{place}.{name}", one.get(name, _NOT_THERE), other.get(name, _NOT_THERE)) for name in names]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{place}[{index}]", a, b) for index, (a, b) in enumerate(zip(one, other, strict=True))]
    elif (type(one) is type(other) and one == other) or (tolerance and _is_close(one, other, tolerance)):
        return None
    else:
        return place, one, other
    return next((found for where, a, b in pairs if (found := _first(a, b, where, tolerance))), None)


def _short(value: Any) -> str:
    text = "nothing" if value is None else repr(value) if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= 100 else f"{text[:97]}…"
