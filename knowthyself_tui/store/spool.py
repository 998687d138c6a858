"""Turns that a database could not take: a JSON-lines file in another folder, brought in later by their ids."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import OutOfStep
from knowthyself_tui.locations import safe_name, spool_folders
from knowthyself_tui.store.files import make_folder, sync_folder

REFUSED = ".refused"
"""Ending of a spool that no longer fits its sitting; kept for whoever looks into it."""


class Spool:
    """What is set aside for one sitting."""

    def __init__(self, session_id: str) -> None:
        self._name = f"{safe_name(session_id)}.jsonl"

    def keep(self, batch: Batch) -> bool:
        """Sets a batch aside on some disk; False where none could take it."""
        line = _batches().dump_json(batch) + b"\n"
        for folder in spool_folders():
            try:
                _append(folder, self._name, line)
            except OSError:
                continue
            return True
        return False

    def bring_in(self, append: Callable[[Batch], None]) -> int:
        """Stores what was set aside, oldest first, and forgets it; gives how many batches.

        A spool that does not fit the sitting, which went on elsewhere meanwhile, is renamed and kept.
        """
        number = 0
        for path in self._files():
            try:
                for batch in _read(path):
                    append(batch)
                    number += 1
            except (OutOfStep, ValueError):
                path.replace(path.with_name(path.name + REFUSED))
            else:
                path.unlink()
        return number

    def forget(self) -> None:
        """Everything that was set aside is in the database now."""
        for path in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        paths = [folder / self._name for folder in spool_folders() if _is_ours(folder)]
        return [path for path in paths if path.is_file()]


def _is_ours(folder: Path) -> bool:
    """Not one that somebody else made under our name in a temporary folder."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    return sys.platform == "win32" or folder.stat().st_uid == os.getuid()


def _append(folder: Path, name: str, line: bytes) -> None:
    make_folder(folder)
    if not _is_ours(folder):
        raise PermissionError(f"{folder} belongs to somebody else")
    path = folder / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _write_whole(descriptor, line)
    finally:
        os.close(descriptor)
    sync_folder(folder)


def _write_whole(descriptor: int, line: bytes) -> None:
    """All of a line or nothing of it: half a line would swallow the one that follows."""
    before = os.fstat(descriptor).st_size
    try:
        if os.write(descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, before)
        raise


def _read(path: Path) -> Iterator[Batch]:
    """The whole lines; a last one that was cut while it was written was never told to be safe."""
    for line in path.read_bytes().split(b"\n")[:-1]:
        yield _batches().validate_json(line)


@cache
def _batches() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Batch)
