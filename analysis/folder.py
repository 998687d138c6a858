"""Writing the export folder: nothing before everything is ready, and nothing left over from an earlier analysis."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from knowthyself_tui.errors import AnalysisError, StoreBusy
from knowthyself_tui.store.lock import InstanceLock

PACKAGE = "datapackage.json"
PACKAGE_NAME = "know-thyself-analysis"
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
            self.facts[name] = FileFacts(path.stat().st_size, _sha256(path) or "")
        except OSError as error:
            with suppress(OSError):
                path.unlink()
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
        if self.replaces and not _listed(self.out / PACKAGE):
            raise AnalysisError(f"{self.out} holds files of these names that no analysis wrote; choose another --out.")
        for path in self.paths:
            if path.is_dir():
                raise AnalysisError(f"{path} is a folder where a file should be; choose another --out.")
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
        """Tables that an earlier analysis wrote and nobody changed since.

        One of texts or of other students must not stay beside new ones as if it belonged to them.
        """
        listed = {name: sha for name, sha in _listed(self.out / PACKAGE).items() if name not in self.facts}
        return [self.out / name for name, sha in listed.items() if _sha256(self.out / name) == sha]

    def abandon(self) -> None:
        """Removes what was not finished."""
        for path in self.paths:
            with suppress(OSError):
                path.with_name(path.name + _PART).unlink()


@contextmanager
def export_into(out: Path) -> Iterator[Export]:
    """An export that leaves nothing half done behind; raises an AnalysisError when there can be no such folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnalysisError(f"The folder {out} cannot be made ({error.strerror}); choose another --out.") from error
    export = Export(out)
    with _alone(out):
        try:
            yield export
        finally:
            export.abandon()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Two analyses in one folder would give a mixture of both."""
    try:
        lock = InstanceLock.take(out / ".analysis")
    except StoreBusy as error:
        raise AnalysisError(f"Another analysis is writing into {out}; wait for it, or choose another --out.") from error
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        yield
    finally:
        lock.release()


def _sha256(path: Path) -> str | None:
    """None for what is no file that can be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _listed(package: Path) -> dict[str, str]:
    """The tables that an earlier analysis of ours says it wrote, with their hashes; none for a package of others."""
    try:
        described = json.loads(package.read_text(encoding="utf-8"))
        if described["name"] != PACKAGE_NAME or not described["created_by"].startswith("Know Thyself"):
            return {}
        found = {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in described["resources"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {name: sha for name, sha in found.items() if isinstance(name, str) and _OURS.fullmatch(name)}


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
