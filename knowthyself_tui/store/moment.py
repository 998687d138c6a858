"""What a database file and its journals look like from outside, and copies of them at one moment."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowthyself_tui.errors import ForeignDatabase, StoreBusy, StoreError
from knowthyself_tui.store.files import JOURNALS
from knowthyself_tui.store.schema import APPLICATION_ID, check_file

PAUSES_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5)
"""Waits before each further attempt to copy what is being written."""

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_CHUNK_BYTES = 1 << 20
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A fifo that took the place of a file must not hold us."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Changes whenever the database does, and costs no more than a look."""

    header: bytes
    sizes: tuple[int, ...]
    """Bytes of the file and of each of its journals, 0 where there is none."""
    times: tuple[int, ...]
    """When each was last written, nanoseconds; 0 for what holds nothing."""

    def __str__(self) -> str:
        """The size, time and change counter of the file, then the size and time of each journal."""
        counter = int.from_bytes(self.header[24:28], "big")
        journals = "".join(f"+{size}/{at}" for size, at in zip(self.sizes[1:], self.times[1:], strict=True) if size)
        return f"{self.sizes[0]}/{self.times[0]}/{counter}{journals}"


def look_at(path: Path) -> Moment:
    """The file as it is now; raises a StoreError when it is no file, empty or may not be read."""
    with _reading(path):
        check_file(path)
        descriptor = _open(path)
        try:
            found = os.fstat(descriptor)
            header = os.read(descriptor, _HEADER_BYTES)
        finally:
            os.close(descriptor)
        journals = [_size_and_time(path.with_name(path.name + ending)) for ending in JOURNALS]
    return Moment(
        header, (found.st_size, *(size for size, _ in journals)), (found.st_mtime_ns, *(at for _, at in journals))
    )


def copy_moment(path: Path, copy: Path, *, limit: int) -> None:
    """Copies a database and its journals as they were at one moment; the source is only read.

    Args:
        limit: bytes that the database and each journal may have.

    Raises:
        ForeignDatabase: it is no database of ours by its first bytes, or too large.
        StoreBusy: it was written to during each attempt.
    """
    for pause in (0.0, *PAUSES_SECONDS):
        time.sleep(pause)
        before = look_at(path)
        _refuse_foreign(path, before, limit)
        for ending, size in zip(("", *JOURNALS), before.sizes, strict=True):
            _copy_file(path.with_name(path.name + ending), copy.with_name(copy.name + ending), size)
        if look_at(path) == before:
            return
    raise StoreBusy(f"{path} was written to whenever it was copied. Close the application that uses it and try again.")


def _refuse_foreign(path: Path, moment: Moment, limit: int) -> None:
    if max(moment.sizes) > limit:
        raise ForeignDatabase(f"{path} is larger than {limit // 1_000_000} MB, so it was left alone.")
    if any(moment.sizes[1:]):
        return  # The journal may hold the true header.
    if not moment.header.startswith(_MAGIC):
        raise ForeignDatabase(f"{path} is no database of Know Thyself, or its beginning is damaged.")
    if int.from_bytes(moment.header[68:72], "big") != APPLICATION_ID:
        raise ForeignDatabase(f"{path} is no database of Know Thyself. Choose another file.")


def _copy_file(source: Path, target: Path, size: int) -> None:
    """Copies `size` bytes at most: what comes later makes another moment of it."""
    target.unlink(missing_ok=True)
    if not size:
        return
    with _reading(source):
        try:
            descriptor = _open(source)
        except FileNotFoundError:
            return  # The next look tells whether it was a journal that is done with, or the database.
        with open(descriptor, "rb") as stream, open(target, "xb", opener=_private) as copy:
            left = size
            while left and (chunk := stream.read(min(left, _CHUNK_BYTES))):
                copy.write(chunk)
                left -= len(chunk)
    if target.name.endswith("-journal") and names_another_file(target):
        raise StoreError(f"{source} names another file, which no journal of ours does, so it was left alone.")


def names_another_file(journal: Path) -> bool:
    """A rollback journal of several databases names a second file, which SQLite might delete."""
    with journal.open("rb") as stream:
        stream.seek(max(0, journal.stat().st_size - len(_JOURNAL_MAGIC)))
        return stream.read() == _JOURNAL_MAGIC


def _size_and_time(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) and found.st_size else (0, 0)


def _open(path: Path) -> int:
    descriptor = os.open(path, os.O_RDONLY | _NO_WAITING)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ForeignDatabase(f"{path} is not a file. Choose a database of Know Thyself.")
    return descriptor


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """What the system says about the source, told as such; that no space is left is the target's trouble."""
    try:
        yield
    except PermissionError as error:
        raise StoreError(f"{path} may not be read. Give yourself permission to read it.") from error
    except FileNotFoundError as error:
        raise StoreError(f"{path} is not there any more. Check that its disk is still connected.") from error
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise
        raise StoreError(f"{path} cannot be read: {error.strerror or error}.") from error
