"""Writing the export folder: each file whole or not at all, nothing left over from an earlier analysis."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.errors import AnalysisError

from .text import clean

if TYPE_CHECKING:
    from .results.findings import Findings

PACKAGE = "datapackage.json"
_OURS = re.compile(r"[a-z][a-z0-9_]*\.(csv|excel\.csv|csv\.gz|sav|dta)")


def make_folder(out: Path) -> None:
    """Raises an AnalysisError when there cannot be such a folder."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnalysisError(f"The folder {out} cannot be made ({error.strerror}); choose another --out.") from error


def write_all(out: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes the files by their names and returns their paths."""
    return tuple(_replace(out / name, content) for name, content in contents.items())


def _replace(path: Path, content: bytes, mode: int = 0o666) -> Path:
    """Writes the file under another name first: an earlier one stays whole until this one is."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        if mode != 0o666:
            part.chmod(mode)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise AnalysisError(
            f"{path} cannot be written ({error.strerror}): close it if it is open, or choose another --out."
        ) from error
    return path


def remove_stale(out: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Removes tables that an earlier analysis lists as its own and this one does not write; says which.

    A table of texts or of other students must not stay beside new ones as if it belonged to them.
    """
    stale = [out / name for name in _earlier_names(out / PACKAGE) if name not in contents and (out / name).is_file()]
    for path in stale:
        try:
            path.unlink()
        except OSError as error:
            raise AnalysisError(
                f"{path} is of an earlier analysis and cannot be removed ({error.strerror})."
            ) from error
    return [f"Removed {', '.join(path.name for path in stale)} of the earlier analysis."] if stale else []


def _earlier_names(package: Path) -> list[str]:
    try:
        listed = json.loads(package.read_text(encoding="utf-8"))["resources"]
        names = [resource["path"] for resource in listed]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [name for name in names if isinstance(name, str) and _OURS.fullmatch(name)]


def write_crosswalk(path: Path, out: Path, findings: Findings) -> Path:
    """A list of codes, names and pseudonyms, for its owner only and never in the export folder."""
    if path.resolve().is_relative_to(out.resolve()):
        raise AnalysisError(f"The list of codes {path} would lie in the export folder; choose another place for it.")
    students = findings.tables.students
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["student_code", "student_name", "student"])
    for code, name, pseudonym in zip(
        students["student_code"], students["student_name"], students["student"], strict=True
    ):
        writer.writerow([clean(code), clean(name), pseudonym])
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _replace(path, stream.getvalue().encode(), mode=0o600)
