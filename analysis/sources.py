"""Finds the databases in the files and folders that somebody collected."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowthyself_tui.errors import AnalysisError, UsageError


def candidates(sources: Sequence[Path]) -> list[Path]:
    """Every file given and everything called `*.db` in the folders given, once each, ordered by path."""
    found: set[Path] = set()
    for source in sources:
        absolute = Path(os.path.abspath(source))
        if not os.path.lexists(absolute):
            raise UsageError(f"There is no file or folder {source}; check the path.")
        found.update(_databases_below(absolute) if absolute.is_dir() else [absolute])
    return sorted(found, key=lambda path: path.parts)


def _databases_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_raise_unreadable):
        for name in folders + files:
            if name.casefold().endswith(".db"):
                yield Path(parent, name)


def _raise_unreadable(error: OSError) -> None:
    raise AnalysisError(f"The folder {error.filename} cannot be read ({error.strerror}).") from error
