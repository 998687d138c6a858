"""What else a student has left beside the database: hand-in copies, backups, files set aside, drafts, spooled turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowthyself_tui.errors import StoreError
from knowthyself_tui.locations import handin_folder, safe_name
from knowthyself_tui.store.files import BESIDE, remove_database
from knowthyself_tui.store.place import Place

Purge = Literal["not there", "only there", "taken out"]
PurgeCopy = Callable[[Path, str], Purge]
"""Takes the student of an id out of a copy, or says that the whole copy is hers."""

_LOCKS = (".lock", ".gate")


@dataclass(frozen=True, slots=True)
class Traces:
    """What became of the files beside a database."""

    removed: tuple[Path, ...] = ()
    changed: tuple[Path, ...] = ()
    """Copies that hold others too, without this student now."""
    left: tuple[Path, ...] = ()
    """Files that cannot be read and may hold something of this student."""


def copy_folders(place: Place) -> tuple[Path, ...]:
    """Where copies of a database are kept."""
    handin = handin_folder(place if isinstance(place, Path) else None)
    return (handin, handin.parent / "backups", handin.parent / "set-aside")


def copies_beside(place: Place) -> Iterator[Path]:
    """Every file in those folders that may be a copy, without journals and locks."""
    for folder in copy_folders(place):
        for path in sorted(folder.glob("*")):
            if path.is_file() and not path.name.endswith((*BESIDE, *_LOCKS)):
                yield path


def files_of(sittings: Iterable[str], code: str, folders: Sequence[Path]) -> Iterator[Path]:
    """Files named after a sitting, or after the code where the folder names them so."""
    ids, own = tuple(sittings), safe_name(code)
    for folder in folders:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.is_file() and (_names(path, ids) or path.name.startswith(f"{own}.")):
                yield path


def is_named_after(path: Path, place: Place, code: str, sittings: Iterable[str]) -> bool:
    """The name says that the file is this student's alone: a hand-in copy, or a copy of her own database."""
    own = safe_name(code)
    is_own_database = isinstance(place, Path) and place.stem == own
    return _names(path, sittings) or (is_own_database and _is_copy_of(path, own))


def clear_traces(
    place: Place,
    student_id: str,
    code: str,
    sittings: Sequence[str],
    folders: Sequence[Path],
    purge: PurgeCopy,
) -> Traces:
    """Removes what is the student's, and takes the student out of copies that hold others too."""
    removed, changed, left = [], [], []
    for path in copies_beside(place):
        try:
            found = purge(path, student_id)
        except StoreError:
            found = "only there" if is_named_after(path, place, code, sittings) else "not there"
            if found == "not there" and isinstance(place, Path) and _is_copy_of(path, place.stem):
                left.append(path)
        if found == "only there":
            remove_database(path)
            removed.append(path)
        elif found == "taken out":
            changed.append(path)
    for path in files_of(sittings, code, folders):
        path.unlink()
        removed.append(path)
    return Traces(tuple(removed), tuple(changed), tuple(left))


def _names(path: Path, sittings: Iterable[str]) -> bool:
    return any(sitting in path.name for sitting in sittings)


def _is_copy_of(path: Path, stem: str) -> bool:
    """`<stem>.…`, or `<stem>-` and a time; the copies of `p1-2` are not those of `p1`."""
    rest = path.name.removeprefix(stem)
    return rest != path.name and (rest.startswith(".") or (rest[1:9].isdigit() and rest[0] in "-_"))
