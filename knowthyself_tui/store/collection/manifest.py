"""`manifest.csv` of a collected folder: what became of each source, and where each copy came from."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import UsageError
from knowthyself_tui.store.files import make_empty, sync_file, sync_folder

NAME = "manifest.csv"

Verdict = Literal["taken", "duplicate", "excluded", "changed"]
"""
taken: `file` is the copy; duplicate: `file` holds all of it; excluded: for the reason given;
changed: `file` is no longer what was collected, so it is left alone.
"""

_VERDICTS = ("taken", "duplicate", "excluded", "changed")
_CELL_LIMIT = 32_000
"""Characters; Excel's own limit is 32,767."""
_FILE_LIMIT_BYTES = 50_000_000
_SAFE_FILE = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\.db")
_FORMULA = re.compile(r"(^|[;,])([\s']*[=+\-@＝＋－＠])")
"""Also after a comma or semicolon: one of the two separates the cells wherever the file is opened."""
_NEUTRAL = re.compile(r"(^|[;,])'([\s']*[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest."""

    file: str
    """Name in the folder; empty where nothing was taken."""
    source: str
    student_codes: str = ""
    sittings: int | None = None
    complete: str = ""
    """`yes` when every sitting was played to its end, else `no`; empty where nobody knows."""
    events: int | None = None
    schema: int | None = None
    sha256: str = ""
    size_bytes: int | None = None
    verdict: Verdict = "excluded"
    reason: str = ""
    collected_at: str = ""
    database_uuid: str = ""
    source_state: str = ""
    """By which a source is recognised that has not changed since."""


_COLUMNS = tuple(column.name for column in fields(Entry))
_NUMBERS = frozenset({"sittings", "events", "schema", "size_bytes"})


@dataclass(slots=True)
class Manifest:
    """The lines of a folder: one a copy, and one a source of which nothing was taken."""

    taken: dict[str, Entry] = field(default_factory=dict)
    """By `file`."""
    left: dict[str, Entry] = field(default_factory=dict)
    """Duplicates and exclusions, by `source`."""
    changed: list[Entry] = field(default_factory=list)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder, empty where it has none.

        Raises:
            UsageError: its `manifest.csv` is another program's.
        """
        manifest = cls()
        path = folder / NAME
        if os.path.lexists(path):
            for entry in _read_entries(path):
                manifest._add(entry)
        return manifest

    def write(self, folder: Path) -> None:
        """Writes the manifest under another name first, so that it is always whole."""
        part = folder / f"{NAME}.part"
        make_empty(part)
        try:
            part.write_bytes(self._text().encode("utf-8"))
            sync_file(part)
            os.replace(part, folder / NAME)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(folder)

    def entries(self) -> list[Entry]:
        """In the order of the files; what was not taken comes after its copy, or last."""
        every = [*self.taken.values(), *self.left.values(), *self.changed]
        return sorted(every, key=lambda e: (not e.file, e.file, _VERDICTS.index(e.verdict), e.source))

    def _add(self, entry: Entry) -> None:
        if entry.verdict == "taken" and _SAFE_FILE.fullmatch(entry.file):
            self.taken[entry.file] = entry
        elif entry.verdict in ("duplicate", "excluded"):
            self.left[entry.source] = entry
        elif entry.verdict == "changed":
            self.changed.append(entry)

    def _text(self) -> str:
        written = io.StringIO()
        writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([_cell(getattr(entry, name)) for name in _COLUMNS] for entry in self.entries())
        return written.getvalue()


def plain(text: str) -> str:
    """What a cell may hold: one line without controls, of limited length."""
    return clean_text(text, limit=_CELL_LIMIT, single_line=True)


def _cell(value: str | int | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'\2", plain(value)) if isinstance(value, str) else "" if value is None else str(value)


def _uncell(text: str) -> str:
    return _NEUTRAL.sub(r"\1\2", text)


def _read_entries(path: Path) -> Iterator[Entry]:
    try:
        if not path.is_file() or path.stat().st_size > _FILE_LIMIT_BYTES:
            raise ValueError
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        if not rows and _COLUMNS[0] not in path.read_text(encoding="utf-8-sig").partition("\n")[0]:
            raise ValueError
        if any(not row.keys() >= set(_COLUMNS) for row in rows):
            raise ValueError
    except (ValueError, csv.Error) as error:
        raise UsageError(
            f"{path} is no manifest of collected databases. Collect into another folder, or move it away."
        ) from error
    yield from (entry for row in rows if (entry := _entry(row)) is not None)


def _entry(row: dict[str, str | None]) -> Entry | None:
    """The line of a manifest; None where somebody made something else of it."""
    texts = {name: _uncell(row[name] or "") for name in _COLUMNS}
    if texts["verdict"] not in _VERDICTS:
        return None
    numbers = {name: _number(texts[name]) for name in _NUMBERS}
    return Entry(**{**texts, **numbers})  # type: ignore[arg-type]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
