"""The one list of tables and columns: it names, orders, types and explains everything that the analysis writes."""

from __future__ import annotations

from collections.abc import Iterable

from .account import FLOW, MERGE_LOG
from .column import Column, Table
from .encounters import ENCOUNTERS
from .sittings import APPEALS, CHALLENGES, DEBRIEF, NOTES, SURVEY, TURNS, WARMUP
from .statistics import AGREEMENT, ARMS, CURVES, ITEMS, TESTS
from .students import STUDENTS
from .verdicts import ACTIONS, CHECKLIST, DECISIONS, GATES, MEDICATION_ERRORS, MILESTONES

TABLES: tuple[Table, ...] = (
    STUDENTS,
    ENCOUNTERS,
    CHECKLIST,
    DECISIONS,
    GATES,
    MILESTONES,
    MEDICATION_ERRORS,
    ACTIONS,
    CHALLENGES,
    WARMUP,
    SURVEY,
    APPEALS,
    TURNS,
    DEBRIEF,
    NOTES,
    TESTS,
    ARMS,
    ITEMS,
    CURVES,
    AGREEMENT,
    FLOW,
    MERGE_LOG,
)
"""Every table there can be; what only these data have (a scenario's items) is added to them when they are read."""

CODEBOOK_FIELDS = (
    "table",
    "name",
    "label",
    "type",
    "unit",
    "values",
    "missing",
    "level",
    "source",
    "formula",
    "first_version",
)
"""The columns of the codebook itself."""


__all__ = [
    "ACTIONS",
    "AGREEMENT",
    "APPEALS",
    "ARMS",
    "CHALLENGES",
    "CHECKLIST",
    "CODEBOOK_FIELDS",
    "CURVES",
    "DEBRIEF",
    "DECISIONS",
    "ENCOUNTERS",
    "FLOW",
    "GATES",
    "ITEMS",
    "MEDICATION_ERRORS",
    "MERGE_LOG",
    "MILESTONES",
    "NOTES",
    "STUDENTS",
    "SURVEY",
    "TABLES",
    "TESTS",
    "TURNS",
    "WARMUP",
    "codebook_rows",
]


def codebook_rows(tables: Iterable[Table]) -> list[tuple[str, ...]]:
    """One row for each column that is written, in the order of `CODEBOOK_FIELDS`."""
    return [_row(table, column) for table in tables for column in table.columns]


def _row(table: Table, column: Column) -> tuple[str, ...]:
    return (
        table.name,
        column.name,
        column.label,
        column.type,
        column.unit,
        column.values_text,
        column.missing,
        column.level,
        column.source,
        column.formula,
        column.first_version,
    )
