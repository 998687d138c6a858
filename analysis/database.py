"""Reads a collected database, which anybody may have made, so nothing in it is taken on trust.

The store's reader copies it, checks that it is ours and whole, and limits sizes and times; here the values
are checked: types, times, keys that occur once, rows that belong to something. Refusals are `StoreError`s.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, StoreError
from knowthyself_tui.store.reader import Reader, open_copy

from .rows import ChecklistRow, Contents, EncounterRow, ResultRow, SessionRow, StudentRow

_DETAIL = re.compile(r" \(.*\)", re.DOTALL)

Row = TypeVar("Row", StudentRow, SessionRow, EncounterRow, ResultRow, ChecklistRow)


class CheckedDatabase(NamedTuple):
    """What a database that passed every check holds."""

    uuid: str
    sha256: str
    """Of the file as it was found, without its journals."""
    event_count: int
    withdrawn: frozenset[str]
    """The uuids of databases of one student each, who have withdrawn; an older copy may still hold them."""
    contents: Contents


def read_database(path: Path) -> CheckedDatabase:
    """Everything that the analysis needs, or a `StoreError` with the reason why the file cannot be used."""
    with open_copy(path) as reader:
        uuid = reader.rows("SELECT value FROM meta WHERE key = 'database_uuid'")
        if len(uuid) != 1:
            raise ForeignDatabase("It carries no database_uuid, so its copies could not be told apart.")
        [events] = reader.rows("SELECT count(*) AS number FROM event")
        return CheckedDatabase(
            str(uuid[0]["value"]), _sha256(path), int(events["number"]), _withdrawn(reader), _contents(reader)
        )


def _withdrawn(reader: Reader) -> frozenset[str]:
    rows = reader.rows("SELECT value FROM meta WHERE key = 'withdrawn'")
    try:
        return frozenset(str(part) for part in json.loads(rows[0]["value"])["parts"]) if rows else frozenset()
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedDatabase("Its count of students who withdrew cannot be read.") from error


def event_ids(path: Path) -> set[str]:
    """The ids of every event in the log of a database."""
    with open_copy(path) as reader:
        return {row["id"] for row in reader.rows("SELECT id FROM event")}


def refusal(error: StoreError, path: Path) -> str:
    """Why a file cannot be used, in words that repeat neither its name nor anything that it holds."""
    return _DETAIL.sub("", str(error).replace(str(path), "It"))


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise StoreError(f"It cannot be read: {error.strerror}.") from error


def _contents(reader: Reader) -> Contents:
    contents = Contents(
        _rows(reader, "student", StudentRow, key=("id",)),
        _rows(reader, "session", SessionRow, key=("id",)),
        _rows(reader, "encounter", EncounterRow, key=("id",)),
        _rows(reader, "encounter_result", ResultRow, key=("encounter_id",)),
        _rows(reader, "checklist_result", ChecklistRow, key=("encounter_id", "item_id")),
    )
    encounters = {row.id for row in contents.encounters}
    _check_links((row.student_id for row in contents.sessions), {row.id for row in contents.students})
    _check_links((row.session_id for row in contents.encounters), {row.id for row in contents.sessions})
    _check_links((row.encounter_id for row in contents.results), encounters)
    _check_links((row.encounter_id for row in contents.checklist), encounters)
    return contents


def _check_links(used: Iterable[str], known: set[str]) -> None:
    if not known.issuperset(used):
        raise DamagedDatabase("It holds rows that belong to nothing.")


def _rows(reader: Reader, table: str, row_type: type[Row], *, key: tuple[str, ...]) -> list[Row]:
    """A table in the order of its writing."""
    columns = row_type._fields
    allowed = {column: _allowed(hint) for column, hint in get_type_hints(row_type).items()}
    answer = reader.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid")
    for values in answer:
        _check_values(table, values, allowed)
    if len({tuple(values[column] for column in key) for values in answer}) != len(answer):
        raise DamagedDatabase(f"Its table {table} holds the same row twice.")
    return [row_type(**values) for values in answer]


def _allowed(hint: Any) -> frozenset[type]:
    """The types that SQLite may give for an annotation: whole numbers for floats, 0 and 1 for bools."""
    types = set(get_args(hint)) or {hint}
    return frozenset(types | {int} if types & {float, bool} else types)


def _check_values(table: str, values: Mapping[str, Any], allowed: Mapping[str, frozenset[type]]) -> None:
    for column, value in values.items():
        if type(value) not in allowed[column]:
            raise DamagedDatabase(f"Its column {table}.{column} holds a value of the wrong type.")
        if column.endswith("_at") and isinstance(value, str) and not _is_time(value):
            raise DamagedDatabase(f"Its column {table}.{column} holds something that is no UTC time.")


def _is_time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
