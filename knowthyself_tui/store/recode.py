"""A student's code changed, because it was mistyped; the change is recorded, since the log keeps the old code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from peewee import Database

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.errors import StoreError
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.ids import utc_now_iso
from knowthyself_tui.store.models import Student, to_json
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.recodings import RECODED
from knowthyself_tui.store.traces import copies_beside
from knowthyself_tui.store.upkeep import (
    open_copy_for_upkeep,
    open_for_upkeep,
    read_meta,
    remove_lock,
    rename_database,
    student_of,
    write_meta,
)


@dataclass(frozen=True, slots=True)
class Recoded:
    """What was changed."""

    place: Place
    """Where the student is now."""
    copies: tuple[Path, ...]
    """Copies that carry the new code now."""
    left: tuple[Path, ...]
    """Copies named after the old code that could not be changed."""


def recode(place: Place, old: str, new: str) -> Recoded:
    """Gives the student of the code `old` the code `new`, in a place and its copies.

    A student's own file and hand-in copies are renamed, too. Given again after an interruption, it finishes.

    Raises:
        StoreBusy: the student is at work.
        StoreError: nobody has the old code, or somebody has the new one.
    """
    target = _target(place, old, new)
    with open_for_upkeep(place, [old, new]) as database:
        student_id = _change(database, place, old, new)
    for code in (old, new):
        remove_lock(place, code)
    copies, left = _change_copies(place, student_id, old, new)
    if isinstance(place, Path) and isinstance(target, Path) and target != place:
        rename_database(place, target)
    return Recoded(target, copies, left)


def _target(place: Place, old: str, new: str) -> Place:
    """Where the database will be: a student's own file is named after the code."""
    if not isinstance(place, Path) or place.stem != safe_name(old) or safe_name(old) == safe_name(new):
        return place
    target = place.with_name(f"{safe_name(new)}{place.suffix}")
    if target.exists():
        raise StoreError(f"{target} is there already, so the code {new} belongs to somebody. Choose another code.")
    return target


def _change(database: Database, place: Place, old: str, new: str) -> str:
    found, taken = student_of(database, old), student_of(database, new)
    if found is None and taken is not None and isinstance(place, Path) and place.stem == safe_name(old):
        return taken[0]
    if found is None:
        raise StoreError(f"Nobody in {place} has the code {old}. List the sittings to see the codes.")
    if taken is not None and taken[0] != found[0]:
        raise StoreError(f"Somebody in {place} has the code {new} already. Choose another code.")
    _write(database, found[0], found[1], new)
    return found[0]


def _write(database: Database, student_id: str, old: str, new: str) -> None:
    if old == new:
        return
    change = {"student": student_id, "from": old, "to": new, "at": utc_now_iso()}
    with database.atomic():
        Student.update(code=new).where(Student.id == student_id).execute(database)
        before = json.loads(read_meta(database, RECODED) or "[]")
        write_meta(database, RECODED, to_json([*before, change]))


def _change_copies(place: Place, student_id: str, old: str, new: str) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    changed, left = [], []
    for path in copies_beside(place):
        try:
            if _change_copy(path, student_id, old, new):
                changed.append(_renamed(path, old, new))
        except StoreError:
            if path.name.startswith(f"{safe_name(old)}-") or path.name.startswith(f"{safe_name(old)}."):
                left.append(path)
    return tuple(changed), tuple(left)


def _change_copy(path: Path, student_id: str, old: str, new: str) -> bool:
    """Whether the copy holds the student, who has the new code in it now."""
    with open_copy_for_upkeep(path) as database:
        row = next(iter(Student.select(Student.code).where(Student.id == student_id).tuples().execute(database)), None)
        if row is None:
            return False
        taken = student_of(database, new)
        if taken is not None and taken[0] != student_id:
            raise StoreError(f"Somebody in {path} has the code {new} already.")
        if code_key(row[0]) == code_key(old):
            _write(database, student_id, row[0], new)
        return True


def _renamed(path: Path, old: str, new: str) -> Path:
    """A copy named after the old code gets the new one in its name."""
    rest = path.name.removeprefix(safe_name(old))
    if rest == path.name or rest[:1] not in ("-", "."):
        return path
    target = path.with_name(safe_name(new) + rest)
    if target != path and not target.exists():
        rename_database(path, target)
        return target
    return path
