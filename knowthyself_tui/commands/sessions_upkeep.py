"""Withdrawals and changed codes, in every database that holds the student."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowthyself_tui import locations
from knowthyself_tui.commands.places import places_of
from knowthyself_tui.domain.text import clean_text, code_key
from knowthyself_tui.errors import NothingStored, StoreError
from knowthyself_tui.locations import safe_name
from knowthyself_tui.session.desk import check_code
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recode import Recoded, recode
from knowthyself_tui.store.withdraw import Withdrawal, withdraw


@dataclass(frozen=True, slots=True)
class Holder:
    """A place that holds a student."""

    place: Place
    code: str
    """As stored."""
    sittings: int

    @property
    def sentence(self) -> str:
        name = clean_text(self.code, single_line=True)
        return f"{self.place} holds {name} with {_many(self.sittings, 'sitting')}."


def holders_of(code: str, options: Mapping[str, Any]) -> list[Holder]:
    """Every place that holds the student of this code.

    Raises:
        StoreError: none does, or one of several databases cannot be read, so that she may be in it.
    """
    found = list(_holders(code, places_of(options)))
    if not found:
        raise StoreError(f"Nobody has the code {clean_text(code, single_line=True)}; list the sittings to see codes.")
    return found


def withdraw_lines(code: str, holders: Sequence[Holder]) -> tuple[list[str], bool]:
    """What was removed, in sentences; and whether nothing may be left."""
    done = [withdraw(holder.place, holder.code, _folders()) for holder in holders]
    lines = [line for one in done for line in _told(one)]
    return lines, not any(one.traces.left for one in done)


def recode_lines(old: str, new: str, options: Mapping[str, Any]) -> tuple[list[str], bool]:
    """What was changed, in sentences; and whether every copy could be changed."""
    new = check_code(new)
    places = [holder.place for holder in _holders(old, places_of(options))]
    places = places or [place for place in places_of(options) if _is_half_done(place, old, new)]
    if not places:
        raise StoreError(f"Nobody has the code {clean_text(old, single_line=True)}; list the sittings to see codes.")
    done = [recode(place, old, new) for place in places]
    return [line for one in done for line in _changed(one, new)], not any(one.left for one in done)


def _holders(code: str, places: Sequence[Place]) -> Iterator[Holder]:
    for place in places:
        try:
            with open_reader(place) as reader:
                student = reader.find_student(code)
                sittings = reader.rows("SELECT student_id FROM session") if student else []
        except NothingStored:
            continue
        if student is not None:
            number = sum(row["student_id"] == student.id for row in sittings)
            yield Holder(place, student.code, number)


def _is_half_done(place: Place, old: str, new: str) -> bool:
    """An earlier change of this code was interrupted before the file got its new name."""
    if not isinstance(place, Path) or place.stem != safe_name(old):
        return False
    with open_reader(place) as reader:
        return any(code_key(student.code) == code_key(new) for student in reader.students())


def _folders() -> tuple[Path, ...]:
    return (locations.drafts_folder(), *locations.spool_folders())


def _told(one: Withdrawal) -> Iterator[str]:
    removed = f"{_many(one.sittings, 'sitting')} and {_many(one.encounters, 'encounter')}"
    yield f"Removed the student with {removed}; {one.place} keeps the count."
    if one.traces.removed:
        yield f"Removed {_many(len(one.traces.removed), 'copy or file', 'copies and files')} beside it."
    if one.traces.changed:
        yield f"Took the student out of {_many(len(one.traces.changed), 'copy', 'copies')} that hold others, too."
    for path in one.traces.left:
        yield f"{path} cannot be read and may hold something of this student; look into it, or delete it."


def _changed(one: Recoded, new: str) -> Iterator[str]:
    yield f"The code is {clean_text(new, single_line=True)} now, in {one.place}."
    if one.copies:
        yield f"Changed {_many(len(one.copies), 'copy', 'copies')}, too."
    for path in one.left:
        yield f"{path} could not be changed and still carries the old code; look into it, or delete it."


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"
