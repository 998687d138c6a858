"""A withdrawal: the person and everything of their sittings goes, a count without a name or code stays.

The count is in `meta` under `withdrawn`, so that it travels with the database and with every copy of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peewee import Database, SqliteDatabase, fn

from knowthyself_tui.errors import StoreError
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.belonging import of_student
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.extract import extract_uuid
from knowthyself_tui.store.models import TABLES, Encounter, Meta, Session, Student, to_json
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.recodings import RECODED
from knowthyself_tui.store.traces import Purge, Traces, clear_traces
from knowthyself_tui.store.upkeep import (
    open_copy_for_upkeep,
    open_for_upkeep,
    read_meta,
    remove_lock,
    rename_database,
    student_of,
    write_meta,
)

WITHDRAWN = "withdrawn"
"""Key in `meta`; its value is JSON: {"students", "sittings", "encounters", "groups": [{"study", "arm", the same
three counts}], "parts": [database_uuid]}; a student with sittings in two groups counts once in each group and once
in the sum. Parts are the databases that were made for one of these students alone: copies of them may be elsewhere."""

Counts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out of one place."""

    place: Place
    """Where the count is now."""
    sittings: int
    encounters: int
    traces: Traces


def withdraw(place: Place, code: str, folders: Sequence[Path]) -> Withdrawal:
    """Takes a student out of a place, its copies and the files of her sittings.

    The copies go before the database, so that after an interruption the code is still found and the command can
    simply be given again.

    Args:
        folders: where files lie that are named after a sitting: drafts and spool.

    Raises:
        StoreBusy: the student is at work.
        StoreError: the place has no student of this code.
    """
    with open_for_upkeep(place, [_stored_code(place, code)]) as database:
        student_id, stored_code = _student(database, place, code)
        sittings = sittings_of(database, student_id)
        traces = clear_traces(place, student_id, stored_code, sittings, folders, _purge_copy)
        counts = _purge(database, student_id)
        is_empty = not Student.select().bind(database).exists()
        uuid = read_meta(database, "database_uuid") or ""
    remove_lock(place, stored_code)
    if isinstance(place, Path) and is_empty and place.stem == safe_name(stored_code):
        place = _without_code(place, uuid)
    return Withdrawal(place, counts["sittings"], counts["encounters"], traces)


def sittings_of(database: Database, student_id: str) -> list[str]:
    query = Session.select(Session.id).where(Session.student == student_id)
    return [row[0] for row in query.tuples().execute(database)]


def _stored_code(place: Place, code: str) -> str:
    """The code in the letters that a program at work has locked."""
    from knowthyself_tui.store.reader import open_reader

    with open_reader(place) as reader:
        student = reader.find_student(code)
    if student is None:
        raise StoreError(f"Nobody in {place} has the code {code}. List the sittings to see the codes.")
    return student.code


def _student(database: Database, place: Place, code: str) -> tuple[str, str]:
    found = student_of(database, code)
    if found is None:
        raise StoreError(f"Nobody in {place} has the code {code}. List the sittings to see the codes.")
    return found


def _purge_copy(path: Path, student_id: str) -> Purge:
    """Takes the student out of a copy; a copy that holds nobody else goes whole."""
    with open_copy_for_upkeep(path) as database:
        people = [row[0] for row in Student.select(Student.id).tuples().execute(database)]
        if student_id not in people:
            return "not there"
        if people == [student_id]:
            return "only there"
        _purge(database, student_id)
        return "taken out"


def _purge(database: Database, student_id: str) -> Counts:
    """Removes every row in one transaction, so that no text of it stays in the file."""
    if isinstance(database, SqliteDatabase):
        database.pragma("secure_delete", 1)
        database.pragma("temp_store", "memory")
    with database.atomic():
        counts = _counts(database, student_id)
        _delete(database, student_id)
        part = extract_uuid(read_meta(database, "database_uuid") or "", student_id)
        write_meta(database, WITHDRAWN, to_json(_added(read_meta(database, WITHDRAWN), counts, part)))
        _forget_codes(database, student_id)
    if isinstance(database, SqliteDatabase):
        execute(database, "VACUUM")
    return counts


def _delete(database: Database, student_id: str) -> None:
    for table in reversed(TABLES):
        if table is not Meta:
            where = of_student(table).replace("?", database.param)
            execute(database, f'DELETE FROM "{table._meta.table_name}" AS t WHERE {where}', (student_id,))


def _counts(database: Database, student_id: str) -> Counts:
    """The student in numbers, by study and arm; one who never sat down counts without a group."""
    sittings = Session.select(Session.study, Session.arm, fn.COUNT(Session.id)).where(Session.student == student_id)
    groups = {
        (study, arm): {"study": study, "arm": arm, "students": 1, "sittings": number, "encounters": 0}
        for study, arm, number in sittings.group_by(Session.study, Session.arm).tuples().execute(database)
    }
    encounters = Session.select(Session.study, Session.arm, fn.COUNT(Encounter.id)).join(Encounter)
    encounters = encounters.where(Session.student == student_id).group_by(Session.study, Session.arm)
    for study, arm, number in encounters.tuples().execute(database):
        groups[study, arm]["encounters"] = number
    return {
        "students": 1,
        "sittings": sum(group["sittings"] for group in groups.values()),
        "encounters": sum(group["encounters"] for group in groups.values()),
        "groups": list(groups.values()),
    }


def _added(before: str | None, counts: Counts, part: str) -> Counts:
    """The counts of those who left earlier and of this one."""
    names = ("students", "sittings", "encounters")
    total: Counts = json.loads(before) if before else {**dict.fromkeys(names, 0), "groups": []}
    groups = {(group["study"], group["arm"]): group for group in total["groups"]}
    for group in counts["groups"]:
        key = (group["study"], group["arm"])
        known = groups.get(key, {**group, **dict.fromkeys(names, 0)})
        groups[key] = {**known, **{name: known[name] + group[name] for name in names}}
    sums = {name: total[name] + counts[name] for name in names}
    return {**sums, "groups": list(groups.values()), "parts": [*total.get("parts", ()), part]}


def _forget_codes(database: Database, student_id: str) -> None:
    """Recorded changes of the code name it."""
    before = read_meta(database, RECODED)
    if before is not None:
        kept = [change for change in json.loads(before) if change["student"] != student_id]
        write_meta(database, RECODED, to_json(kept) if kept else None)


def _without_code(path: Path, uuid: str) -> Path:
    """A file that is left with its counts only loses the code in its name, too."""
    target = path.with_name(f"withdrawn-{uuid[:8]}.db")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"withdrawn-{uuid[:8]}-{number}.db")
    rename_database(path, target)
    return target
