"""A whole sitting as one JSON document: what the student saw, said, did and was told, and how it was judged.

`FORMAT_VERSION` counts up when a key is renamed, removed or changes its meaning; new keys may come without that.
Keys of a record are the columns of its table. Left out are the scenario's text and the body's snapshot, which the
student never saw, and the log itself, of which number and last hash are given.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from knowthyself_tui import __version__
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.store import models
from knowthyself_tui.store.models import FlagField, JsonField, Table
from knowthyself_tui.store.sitting_rows import Query, TableRow, Tables, owner_of, rows_of

FORMAT = "knowthyself-sitting"
FORMAT_VERSION = 1

Document = dict[str, Any]

_TEXT_LIMIT = 1_000_000
_UNSEEN = ("scenario", "engine", "engine_at_ms")
_OF_ENCOUNTER: Mapping[str, type[Table]] = {
    "vitals": models.VitalSample,
    "findings": models.Finding,
    "notes": models.Note,
    "state_changes": models.StateChange,
    "challenges": models.Challenge,
    "alarms": models.Alarm,
    "reflection": models.Estimate,
    "appeals": models.Appeal,
}
_OF_RESULT: Mapping[str, type[Table]] = {
    "checklist": models.ChecklistResult,
    "decisions": models.DecisionResult,
    "gates": models.GateResult,
    "milestones": models.MilestoneResult,
    "medication_errors": models.MedicationError,
}


def sitting_document(query: Query, session_id: str, *, anonymous: bool = False) -> Document:
    """The document of a stored sitting.

    Args:
        anonymous: without the student's name and e-mail; what she typed may still name her.
    """
    tables = rows_of(query, owner_of(query, session_id))
    events = tables[models.Event]
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "made_by": f"knowthyself {__version__}",
        "anonymous": anonymous,
        "student": _student(tables, anonymous=anonymous),
        "session": _only(tables, models.Session),
        "log": {"events": len(events), "last_hash": events[-1]["hash"] if events else ""},
        "encounters": [_encounter(tables, row) for row in _in_order(tables[models.Encounter])],
        "turns": [_turn(tables, row) for row in tables[models.Turn]],
        "warmup": _records(tables, models.WarmupAnswer),
        "survey": _records(tables, models.SurveyAnswer),
        "plans": _records(tables, models.Plan),
        "performance": _only(tables, models.Performance),
    }


def _student(tables: Tables, *, anonymous: bool) -> Document | None:
    student = _only(tables, models.Student)
    if student is not None and anonymous:
        student |= {"name": None, "email": None}
    return student


def _encounter(tables: Tables, row: TableRow) -> Document:
    def is_here(other: TableRow) -> bool:
        return bool(other["encounter_id"] == row["id"])

    encounter = {name: value for name, value in _record(models.Encounter, row).items() if name not in _UNSEEN}
    for name, table in _OF_ENCOUNTER.items():
        encounter[name] = _records(tables, table, is_here)
    result = next(iter(_records(tables, models.EncounterResult, is_here)), None)
    if result is not None:
        result |= {name: _records(tables, table, is_here) for name, table in _OF_RESULT.items()}
    return encounter | {"result": result}


def _turn(tables: Tables, row: TableRow) -> Document:
    def is_here(other: TableRow) -> bool:
        return bool(other["turn_id"] == row["id"])

    return _record(models.Turn, row) | {
        "acts": _records(tables, models.Act, is_here),
        "disclosures": _records(tables, models.Disclosure, is_here),
    }


def _records(
    tables: Tables, table: type[Table], is_wanted: Callable[[TableRow], bool] = lambda row: True
) -> list[Document]:
    return [_record(table, row) for row in _in_order(tables[table]) if is_wanted(row)]


def _in_order(rows: Sequence[TableRow]) -> Iterable[TableRow]:
    """By position or scenario time; rows without either stay in the order of their keys."""
    return sorted(rows, key=lambda row: next((row[n] for n in ("position", "at_ms", "asked_at_ms") if row.get(n)), 0))


def _only(tables: Tables, table: type[Table]) -> Document | None:
    return next(iter(_records(tables, table)), None)


def _record(table: type[Table], row: TableRow) -> Document:
    columns = table._meta.columns
    return {name: _value(columns[name], value) for name, value in row.items() if name in columns}


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, FlagField):
        return bool(value)
    return _cleaned(json.loads(value) if isinstance(field, JsonField) else value)


def _cleaned(value: Any) -> Any:
    """Text without what a terminal could take for more than text; what was stored by this program stays the same."""
    if isinstance(value, str):
        return clean_text(value, limit=_TEXT_LIMIT)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(one) for name, one in value.items()}
    return value
