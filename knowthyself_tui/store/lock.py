"""One instance a database: a system lock on a file beside it, free at once when the program dies."""

from __future__ import annotations

import errno
import os
import sys
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


class InstanceLock:
    """Held from `take` to `release`. Not on the database itself: closing that would drop SQLite's locks."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, database: Path) -> InstanceLock:
        path = database.with_name(database.name + ".lock")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _HELD:
                raise
            raise StoreBusy(
                f"{database} is open in another window. Close that one first, or choose another student code."
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
