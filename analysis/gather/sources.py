"""Finds the databases in the files, folders and patterns that somebody names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowthyself_tui.errors import AnalysisError, UsageError


def candidates(sources: Sequence[Path]) -> list[Path]:
    """Every file given and everything called `*.db` in the folders given, once each, ordered by path.

    A name that is no file or folder is a pattern (`lab*/**/*.db`): the shell of Windows leaves it to the program.

    Raises:
        UsageError: nothing is there.
    """
    found: set[Path] = set()
    for source in sources:
        for path in _matching(source):
            found.update(_databases_below(path) if path.is_dir() else [path])
    return sorted(found, key=lambda path: path.parts)


def _matching(source: Path) -> list[Path]:
    absolute = os.path.abspath(source)
    if os.path.lexists(absolute):
        return [Path(absolute)]
    matches = [Path(match) for match in glob.glob(absolute, recursive=True)]
    if not matches:
        raise UsageError(f"There is no file or folder {source}; check the path.")
    return matches


def _databases_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_raise_unreadable):
        for name in folders + files:
            if name.casefold().endswith(".db"):
                yield Path(parent, name)


def _raise_unreadable(error: OSError) -> None:
    raise AnalysisError(f"The folder {error.filename} cannot be read ({error.strerror}).") from error
