"""Reads a collected database, which anybody may have made, so nothing in it is taken on trust.

The store's reader copies it, checks that it is ours and whole, and limits sizes and times; here the values
are checked: types, times, keys that occur once, rows that belong to something. Refusals are `StoreError`s.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, StoreError
from knowthyself_tui.store.reader import Reader, open_copy

from .queries import KEYS, QUERIES, SCENARIOS, TRACES
from .rows import Contents
from .scenarios import ScenarioFacts, scenario_facts

Trace = NDArray[np.float32]
"""Shape (samples, 1 + channels of `TRACED`): seconds, then the values, NaN where there is none."""
_INTERNED_CHARACTERS = 100
_FLAGS = (bool, bool | None)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_DETAIL = re.compile(r" \(.*\)", re.DOTALL)


class CheckedDatabase(NamedTuple):
    """What a database that passed every check holds."""

    uuid: str
    sha256: str
    """Of the file as it was found, without its journals."""
    event_count: int
    withdrawn: frozenset[str]
    """The uuids of databases of one student each, who have withdrawn; an older copy may still hold them."""
    contents: Contents
    scenarios: Mapping[str, ScenarioFacts]
    """By the SHA-256 of the scenario."""
    traces: Mapping[str, Trace]
    """By encounter."""


def read_database(path: Path) -> CheckedDatabase:
    """Everything that the analysis needs, or a `StoreError` with the reason why the file cannot be used."""
    with open_copy(path) as reader:
        uuid = reader.rows("SELECT value FROM meta WHERE key = 'database_uuid'")
        if len(uuid) != 1:
            raise ForeignDatabase("It carries no database_uuid, so its copies could not be told apart.")
        [[events]] = reader.tuples("SELECT count(*) FROM event")
        return CheckedDatabase(
            str(uuid[0]["value"]),
            _sha256(path),
            int(events),
            _withdrawn(reader),
            _contents(reader),
            _scenarios(reader),
            _traces(reader),
        )


def _withdrawn(reader: Reader) -> frozenset[str]:
    rows = reader.rows("SELECT value FROM meta WHERE key = 'withdrawn'")
    try:
        return frozenset(str(part) for part in json.loads(rows[0]["value"])["parts"]) if rows else frozenset()
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise DamagedDatabase("Its count of students who withdrew cannot be read.") from error


def _scenarios(reader: Reader) -> dict[str, ScenarioFacts]:
    return {sha256: scenario_facts(document) for sha256, document in reader.tuples(SCENARIOS)}


def _traces(reader: Reader) -> dict[str, Trace]:
    rows = groupby(reader.tuples(TRACES), key=itemgetter(0))
    with np.errstate(over="ignore"):
        return {encounter: np.array([row[1:] for row in own], dtype=np.float32) for encounter, own in rows}


def event_ids(path: Path) -> set[str]:
    """The ids of every event in the log of a database."""
    with open_copy(path) as reader:
        return {row[0] for row in reader.tuples("SELECT id FROM event")}


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
    tables = {name: _rows(reader, name, row_type, sql) for name, (row_type, sql) in QUERIES.items()}
    contents = Contents(**tables)
    students, sessions = ({row.id for row in rows} for rows in (contents.students, contents.sessions))
    encounters = {row.id for row in contents.encounters}
    _check_links((row.student_id for row in contents.sessions), students)
    _check_links((row.session_id for row in contents.encounters), sessions)
    for name, (row_type, _) in QUERIES.items():
        if row_type._fields[0] == "encounter_id":  # type: ignore[attr-defined]
            _check_links(map(attrgetter("encounter_id"), tables[name]), encounters)
        if row_type._fields[0] == "session_id":  # type: ignore[attr-defined]
            _check_links(map(attrgetter("session_id"), tables[name]), sessions)
    return contents


def _check_links(used: Iterable[str], known: set[str]) -> None:
    if not known.issuperset(used):
        raise DamagedDatabase("It holds rows that belong to nothing.")


def _rows(reader: Reader, name: str, row_type: Any, sql: str) -> list[Any]:
    answer = reader.tuples(sql)
    _check_values(name, row_type, answer)
    same: dict[float, float] = {}
    rows = [row_type._make([_interned(value, same) for value in values]) for values in answer]
    if (key := KEYS.get(name)) and len(set(map(attrgetter(*key), rows))) != len(rows):
        raise DamagedDatabase(f"Its {name} hold the same row twice.")
    return rows


def _interned(value: Any, same: dict[float, float]) -> Any:
    """Equal words and equal fractions are one object: rows are many, and made of few of them."""
    if type(value) is str:
        return sys.intern(value) if len(value) < _INTERNED_CHARACTERS else value
    return same.setdefault(value, value) if type(value) is float else value


def _check_values(name: str, row_type: Any, rows: list[tuple[Any, ...]]) -> None:
    """Each column by the types that stand in it: a set of types is quick to make, row by row is not."""
    for (column, hint), values in zip(get_type_hints(row_type).items(), zip(*rows, strict=True), strict=False):
        if not set(map(type, values)) <= _allowed(hint) or (hint in _FLAGS and not set(values) <= {0, 1, None}):
            raise DamagedDatabase(f"Its column {name}.{column} holds a value of the wrong type.")
        if column.endswith("_at") and not all(_is_time(value) for value in values if isinstance(value, str)):
            raise DamagedDatabase(f"Its column {name}.{column} holds something that is no UTC time.")


def _allowed(hint: Any) -> set[type]:
    """The types that SQLite may give for an annotation: whole numbers for floats, 0 and 1 for bools."""
    types = set(get_args(hint)) or {hint}
    return types | {int} if types & {float, bool} else types


def _is_time(value: str) -> bool:
    """Only what every library reads alike: `2026-03-02T08:00:00.000Z`, or with an offset of hours and minutes."""
    if not _TIME.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
