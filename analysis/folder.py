"""Writing the export folder: all files or none, and nothing left over from an earlier analysis."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.errors import AnalysisError

from .text import clean

if TYPE_CHECKING:
    from .results.findings import Findings

PACKAGE = "datapackage.json"
_PART = ".part"
_OURS = re.compile(r"[a-z][a-z0-9_]*\.(csv|excel\.csv|csv\.gz|sav|dta)")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """How a file can be recognised."""

    size_bytes: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> FileFacts:
        return cls(len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Export:
    """Files on their way into a folder: each lies under another name until all of them are there."""

    out: Path
    facts: dict[str, FileFacts] = field(default_factory=dict)
    """By name, in the order of writing."""

    def add(self, name: str, content: bytes) -> None:
        """Raises an AnalysisError when it cannot be written."""
        _write(self.out / (name + _PART), content)
        self.facts[name] = FileFacts.of(content)

    def add_written(self, name: str, write: Callable[[Path], None]) -> None:
        """The same for what is too large to be held in memory as a whole: `write` writes it to the path it is given."""
        path = self.out / (name + _PART)
        try:
            write(path)
            with path.open("rb") as stream:
                self.facts[name] = FileFacts(path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
        except OSError as error:
            raise _unwritable(self.out / name, error) from error

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(self.out / name for name in self.facts)

    @property
    def replaces(self) -> bool:
        """Whether files of an earlier analysis lie there."""
        return any(path.exists() for path in self.paths)

    def finish(self) -> list[str]:
        """Gives every file its name, removes what only an earlier analysis wrote, and says what that was."""
        stale = self._stale()
        for path in self.paths:
            try:
                os.replace(path.with_name(path.name + _PART), path)
            except OSError as error:
                raise _unwritable(path, error) from error
        for path in stale:
            try:
                path.unlink()
            except OSError as error:
                raise AnalysisError(
                    f"{path} is of an earlier analysis and cannot be removed ({error.strerror})."
                ) from error
        return [f"Removed {', '.join(path.name for path in stale)} of the earlier analysis."] if stale else []

    def _stale(self) -> list[Path]:
        """A table of texts or of other students must not stay beside new ones as if it belonged to them."""
        earlier = [self.out / name for name in _listed(self.out / PACKAGE) if name not in self.facts]
        return [path for path in earlier if path.is_file()]

    def abandon(self) -> None:
        """Removes what was not finished."""
        for path in self.out.glob(f"*{_PART}"):
            with suppress(OSError):
                path.unlink()


@contextmanager
def export_into(out: Path) -> Iterator[Export]:
    """An export that leaves nothing half done behind; raises an AnalysisError when there can be no such folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnalysisError(f"The folder {out} cannot be made ({error.strerror}); choose another --out.") from error
    export = Export(out)
    try:
        yield export
    finally:
        export.abandon()


def _listed(package: Path) -> list[str]:
    """The tables that an earlier analysis says it wrote."""
    try:
        names = [resource["path"] for resource in json.loads(package.read_text(encoding="utf-8"))["resources"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str) and _OURS.fullmatch(name)]


def write_crosswalk(path: Path, out: Path, findings: Findings) -> Path:
    """A list of codes, names and pseudonyms, for its owner only and never in the export folder."""
    if path.resolve().is_relative_to(out.resolve()):
        raise AnalysisError(f"The list of codes {path} would lie in the export folder; choose another place for it.")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    columns = ["student_code", "student_name", "student"]
    writer.writerow(columns)
    for row in findings.tables.students[columns].itertuples(index=False, name=None):
        writer.writerow([clean(str(cell)) for cell in row])
    part = path.with_name(path.name + _PART)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600))
    _write(part, stream.getvalue().encode())
    os.replace(part, path)
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise _unwritable(path.with_name(path.name.removesuffix(_PART)), error) from error


def _unwritable(path: Path, error: OSError) -> AnalysisError:
    return AnalysisError(
        f"{path} cannot be written ({error.strerror}): close it if it is open, or choose another --out."
    )
