"""System locks on small files beside a database, free at once when the program that holds them dies.

Never on the database itself: closing it would drop SQLite's own locks.
"""

from __future__ import annotations

import errno
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowthyself_tui.errors import StoreBusy

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What the systems answer when another program has the lock."""
GATE_SECONDS = 20.0
"""How long a writer waits at the gate before it relies on SQLite's own waiting."""
_LOOK_AGAIN_SECONDS = 0.004


class InstanceLock:
    """Held from `take` to `release`: one program a student."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path, student: str | None = None) -> InstanceLock:
        """Takes the lock of a database, or of one student in a database for many.

        Args:
            student: what is safe in a file name; None where the database is one student's.

        Raises:
            StoreBusy: another program has it.
        """
        ending = f".{student}.lock" if student else ".lock"
        descriptor = _open(database.with_name(database.name + ending))
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _HELD:
                raise
            who = f"This student's record in {database}" if student else str(database)
            raise StoreBusy(
                f"{who} is open in another window. Close that one first, or choose another student code."
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def gate(database: Path) -> Iterator[None]:
    """Writers of one file go through here one at a time; SQLite's own waiting lets some starve."""
    descriptor = _open(database.with_name(database.name + ".gate"))
    try:
        _wait_for(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int) -> None:
    deadline = time.monotonic() + GATE_SECONDS
    while time.monotonic() < deadline:
        try:
            return _take(descriptor)
        except OSError as error:
            if error.errno not in _HELD:
                raise
        time.sleep(_LOOK_AGAIN_SECONDS * random.random())
    return None


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
