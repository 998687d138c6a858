"""Bringing a copy back in the place of a database; what is there is set aside, never overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowthyself_tui.errors import StoreError
from knowthyself_tui.locations import handin_folder
from knowthyself_tui.store.backup import backups_of
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.contents import Contents, contents_of
from knowthyself_tui.store.copies import checked_copy, set_aside
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import make_folder, sync_folder
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.upgrade import open_current_copy

Kind = Literal["backup", "hand-in copy"]
_SITTING = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A copy that could take the place of a database."""

    path: Path
    kind: Kind
    contents: Contents


def candidates(path: Path, *, uuids: Collection[str] = (), students: Collection[str] = ()) -> list[Candidate]:
    """Every backup and hand-in copy of a database, the most complete first, those that cannot be relied on last.

    Not while this process has one of them open.

    Args:
        uuids: identities that the database is known to have had, besides those of itself and of copies of its name.
        students: ids of students whose hand-in copies belong to it, too.
    """
    backups = [Candidate(file, "backup", contents_of(file)) for file in backups_of(path)]
    handed_in = [Candidate(file, "hand-in copy", contents_of(file)) for file in _handed_in(path)]
    named = [one for one in handed_in if _is_named_after(one.path, path)]
    known = {one.contents.uuid for one in (*backups, *named)} | _identity_of(path) | set(uuids)
    others = [one for one in handed_in if one not in named and _is_of(one.contents, known, students)]
    return sorted([*backups, *named, *others], key=_completeness, reverse=True)


def best_of(found: list[Candidate]) -> Candidate | None:
    """The most complete one that is valid."""
    return next((one for one in found if one.contents.is_valid), None)


def restore(path: Path, source: Path) -> Path | None:
    """Puts a checked copy of `source` in the place of `path`; returns where what was there is now, None for nothing.

    Raises:
        StoreBusy: `path` is in use.
        StoreError: `source` cannot be relied on; `path` is as it was.
    """
    make_folder(path.parent)
    with told(path), holding(path):
        coming = path.with_name(f"{path.name}.restored")
        try:
            with open_current_copy(source) as (database, _):
                checked_copy(connection_of(database), coming)
            aside = set_aside(path) if path.exists() else None
            _refuse_lonely_journal(path)
            os.replace(coming, path)
        finally:
            coming.unlink(missing_ok=True)
        sync_folder(path.parent)
    return aside


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """No program can work on the database inside: not as its one student, nor as any of many.

    Raises:
        StoreBusy: one does.
    """
    with ExitStack() as stack:
        stack.callback(InstanceLock.take(path).release)
        for lock in sorted(path.parent.glob("*.lock")):
            student = lock.name.removeprefix(f"{path.name}.").removesuffix(".lock")
            if lock.name == f"{path.name}.{student}.lock":
                stack.callback(InstanceLock.take(path, student).release)
        yield


def _handed_in(path: Path) -> list[Path]:
    return sorted(handin_folder(path).glob("*.db"))


def _is_of(contents: Contents, uuids: Collection[str], students: Collection[str]) -> bool:
    ids = {student for student, _ in contents.students}
    return contents.is_valid and (contents.uuid in uuids or (bool(ids) and ids <= set(students)))


def _is_named_after(copy: Path, path: Path) -> bool:
    return re.fullmatch(rf"{re.escape(path.stem)}(-{_SITTING})?", copy.stem) is not None


def _identity_of(path: Path) -> set[str]:
    return {contents_of(path).uuid} if path.is_file() else set()


def _completeness(one: Candidate) -> tuple[bool, int, int, str]:
    """Valid before not, then by what it holds; between equals, the one written last."""
    contents = one.contents
    return contents.is_valid, contents.events, contents.sittings, contents.changed_at or ""


def _refuse_lonely_journal(path: Path) -> None:
    """A journal whose database is gone would be played back into the one that takes its place."""
    for ending in ("-journal", "-wal"):
        journal = path.with_name(path.name + ending)
        if journal.exists() and journal.stat().st_size:
            raise StoreError(f"{path} is missing but {journal.name} is there. Move it away and try again.")
