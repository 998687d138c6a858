"""Reads many databases: one after the other, or in two processes when there is so much that it pays.

A reader that is ended from outside costs time, not data: what it had not read is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path

from knowthyself_tui.errors import StoreError

from ..workers import worker_pool
from .database import CheckedDatabase, read_database, refusal

_BYTES_FOR_TWO = 50_000_000
"""Less is read before a second process has started."""
_READERS = 2


def read_all(paths: Sequence[Path]) -> Iterator[CheckedDatabase | str]:
    """What each file holds, or why it cannot be used, in the order of the paths."""
    large = len(paths) > 1 and sum(map(_size, paths)) >= _BYTES_FOR_TWO
    pool = worker_pool(_READERS) if large else None
    if pool is None:
        yield from map(_read, paths)
        return
    done = 0
    with pool:
        try:
            for answer in pool.map(_read, paths):
                yield answer
                done += 1
        except BrokenExecutor:
            yield from map(_read, paths[done:])


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
