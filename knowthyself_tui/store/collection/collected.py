"""The folder of collected copies: safe names, no file of others overwritten, each copy as the manifest has it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, LostDatabase
from knowthyself_tui.locations import safe_name
from knowthyself_tui.store.collection.holdings import Holdings, read_holdings
from knowthyself_tui.store.collection.manifest import Entry, Manifest
from knowthyself_tui.store.extract import extract_uuid
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import JOURNALS, remove_database, sync_file, sync_folder
from knowthyself_tui.store.guard import COPY_NAME, COPY_PREFIX, private_copy

_DIGEST_CHARACTERS = 8
_NAME_BASED = "5"
"""Version of the uuids that extracts have, at its place in the text."""


class CollectedFolder:
    """The copies that a manifest names, and what each of them holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest.read(path)
        self._forget_missing()
        self._held: dict[str, Holdings] = {}
        self._intact: dict[str, bool] = {}

    def holdings_of(self, entry: Entry) -> Holdings:
        """What a copy holds that `related` answered with."""
        return self._held[entry.file]

    def related(self, holdings: Holdings) -> list[Entry]:
        """The copies of the same database, of one student's part of it, and of what it is a part of."""
        parts = holdings.extract_uuids() | {holdings.uuid}
        return [
            entry
            for entry in list(self.manifest.taken.values())
            if (entry.database_uuid in parts or _is_part(holdings, entry)) and self._can_read(entry)
        ]

    def namesake(self, entry: Entry) -> Entry | None:
        """The copy of another database with the same student codes."""
        return next(
            (
                taken
                for taken in self.manifest.taken.values()
                if entry.student_codes
                and taken.student_codes == entry.student_codes
                and taken.database_uuid != entry.database_uuid
            ),
            None,
        )

    def is_intact(self, file: str) -> bool:
        """Whether a copy is there with the bytes that the manifest tells of."""
        entry = self.manifest.taken.get(file)
        if entry is None:
            return False
        if file not in self._intact:
            self._intact[file] = self._holds(file, entry.sha256)
        return self._intact[file]

    def has_journal(self, file: str) -> bool:
        """Whether a journal lies beside a copy, which would be taken for that of whatever replaced it."""
        return any(os.path.lexists(self.path / (file + ending)) for ending in JOURNALS)

    def free_name(self, stem: str, entry: Entry) -> str:
        """A name that nothing has, or that this very copy has since a run that was cut."""
        present = {name.casefold() for name in os.listdir(self.path)}
        for name in _names(safe_name(stem), entry.database_uuid):
            if not present & {name, *(name + ending for ending in JOURNALS)}:
                return name
            if name not in self.manifest.taken and not self.has_journal(name) and self._holds(name, entry.sha256):
                return name
        raise AssertionError("there is always another name")

    def install(self, copy: Path, entry: Entry, holdings: Holdings) -> bool:
        """Puts a copy under its name and into the manifest; False when that very file was there already."""
        is_other = not self._holds(entry.file, entry.sha256)
        if is_other:
            with told(self.path):
                sync_file(copy)
                os.replace(copy, self.path / entry.file)
        self.manifest.taken[entry.file] = entry
        self._held[entry.file] = holdings
        self._intact[entry.file] = True
        return is_other

    def remove(self, entry: Entry) -> None:
        """Takes away a copy of which another one holds everything, once that one is on the disk."""
        with told(self.path):
            sync_folder(self.path)
            (self.path / entry.file).unlink(missing_ok=True)
        self.manifest.taken.pop(entry.file, None)

    def save(self) -> None:
        """Writes the manifest, after the copies that it names are on the disk under their names."""
        with told(self.path):
            sync_folder(self.path)
            self.manifest.write(self.path)

    def sweep(self) -> None:
        """Takes away what a run that was cut left of its work."""
        for left in self.path.glob(f"{COPY_PREFIX}*"):
            with suppress(OSError):
                remove_database(left / COPY_NAME)
                left.rmdir()

    def _forget_missing(self) -> None:
        """A copy that somebody took away is no longer told of, nor what was left out because of it."""
        taken = {file: entry for file, entry in self.manifest.taken.items() if (self.path / file).exists()}
        self.manifest.taken = taken
        self.manifest.left = {
            source: entry for source, entry in self.manifest.left.items() if not entry.file or entry.file in taken
        }

    def _holds(self, file: str, sha256: str) -> bool:
        path = self.path / file
        if path.is_symlink() or not path.is_file():
            return False
        with told(path):
            return sha256_of(path) == sha256

    def _can_read(self, entry: Entry) -> bool:
        """Whether an earlier copy is still that database; one that is not is left alone from now on."""
        if entry.file not in self._held:
            path = self.path / entry.file
            try:
                with told(path), private_copy(path, self.path) as copy:
                    holdings = read_holdings(copy, path)
            except (DamagedDatabase, ForeignDatabase, LostDatabase):
                return self._disown(entry)
            if holdings.uuid != entry.database_uuid:
                return self._disown(entry)
            self._held[entry.file] = holdings
        return True

    def _disown(self, entry: Entry) -> bool:
        del self.manifest.taken[entry.file]
        if os.path.lexists(self.path / entry.file):
            reason = "It was changed after it was collected, so it was left alone."
            self.manifest.changed.append(replace(entry, verdict="changed", reason=reason))
        return False


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_part(holdings: Holdings, whole: Entry) -> bool:
    if holdings.uuid[14:15] != _NAME_BASED:
        return False
    return any(extract_uuid(whole.database_uuid, student) == holdings.uuid for student in holdings.students)


def _names(stem: str, uuid: str) -> Iterator[str]:
    yield f"{stem}.db"
    # The uuid is what a file says of itself: only its digest is safe in a name.
    second = f"{stem}-{hashlib.sha256(uuid.encode('utf-8', 'backslashreplace')).hexdigest()[:_DIGEST_CHARACTERS]}"
    yield f"{second}.db"
    number = 2
    while True:
        yield f"{second}-{number}.db"
        number += 1
