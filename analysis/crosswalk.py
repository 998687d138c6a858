"""The list of codes, names and pseudonyms: written only on request, for its owner only, away from the tables."""

from __future__ import annotations

import csv
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.errors import AnalysisError, UsageError

from .text import clean

if TYPE_CHECKING:
    from .results.findings import Findings

COLUMNS = ("student_code", "student_name", "student")


def check_crosswalk(path: Path, out: Path) -> None:
    """Refuses, before anything is written, a place in the export folder or one where something else lies."""
    if path.resolve().is_relative_to(out.resolve()):
        raise AnalysisError(f"The list of codes {path} would lie in the export folder; choose another place for it.")
    if path.exists() and not _is_crosswalk(path):
        raise UsageError(f"{path} is there already and is no list of codes; choose another --write-key.")


def _is_crosswalk(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return stream.readline().strip() == ",".join(COLUMNS)
    except (OSError, UnicodeDecodeError):
        return False


def write_crosswalk(path: Path, findings: Findings) -> Path:
    """Writes the list whole or not at all; mode 0600."""
    partial: str | None = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(prefix=".codes-", dir=path.parent)
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for row in findings.tables.students[list(COLUMNS)].itertuples(index=False, name=None):
                writer.writerow([clean(str(cell)) for cell in row])
        os.replace(partial, path)
    except OSError as error:
        if partial is not None:
            with suppress(OSError):
                os.unlink(partial)
        raise AnalysisError(f"The list of codes {path} cannot be written ({error.strerror}).") from error
    return path
