"""Reads many databases: one after the other, or in two processes when there is so much that it pays."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from knowthyself_tui.errors import StoreError

from .database import CheckedDatabase, read_database, refusal

_BYTES_FOR_TWO = 50_000_000
"""Less is read before a second process has started."""
_READERS = 2
_FILES_AT_A_TIME = 4


def read_all(paths: Sequence[Path]) -> Iterator[CheckedDatabase | str]:
    """What each file holds, or why it cannot be used, in the order of the paths."""
    if len(paths) < 2 or (os.cpu_count() or 1) < 2 or sum(map(_size, paths)) < _BYTES_FOR_TWO:
        yield from map(_read, paths)
        return
    with ProcessPoolExecutor(_READERS, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_read, paths, chunksize=_FILES_AT_A_TIME)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path) -> CheckedDatabase | str:
    try:
        return read_database(path)
    except StoreError as error:
        return refusal(error, path)
