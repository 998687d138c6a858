"""Trying a folder out: a hidden folder of our own inside it, gone afterwards, where files are written and locked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from knowthyself_tui.doctor.check import Check, fine, problem
from knowthyself_tui.locations import PACKAGE
from knowthyself_tui.store.files import sync_file, sync_folder
from knowthyself_tui.store.lock import InstanceLock

PREFIX = ".knowthyself-probe-"
_BYTES = b"know thyself" * 400
_SYNCS = 10
_MOST_SECONDS = 0.5
"""A slow disk is known after fewer syncs."""
_CHILD_SECONDS = 4.0
_SECOND = """
import sys
from pathlib import Path
from knowthyself_tui.errors import StoreBusy
from knowthyself_tui.store.lock import InstanceLock
try:
    InstanceLock.take(Path(sys.argv[1]))
except StoreBusy:
    print("refused")
else:
    print("taken")
"""


def nearest_folder(folder: Path) -> Path:
    """The folder, or the first above it that is there: the program makes what is missing."""
    return next((above for above in (folder, *folder.parents) if os.path.isdir(above)), folder)


@contextmanager
def probe_folder(folder: Path) -> Iterator[Path]:
    """A folder of our own in `folder`, removed with everything in it.

    Not a TemporaryDirectory: that removes itself again at the program's end, which would wait for a disk that hangs.
    """
    inside = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    try:
        yield inside
    finally:
        shutil.rmtree(inside)


def try_writing(inside: Path) -> None:
    """Writes a file, forces it to the disk, renames it, reads it back and removes it.

    Raises:
        OSError: one of these steps failed, or something else was read than written.
    """
    part, whole = inside / "probe.part", inside / "probe"
    part.write_bytes(_BYTES)
    sync_file(part)
    os.replace(part, whole)
    sync_folder(inside)
    if whole.read_bytes() != _BYTES:
        raise OSError("what was read is not what was written")
    whole.unlink()
    if whole.exists():
        raise OSError("a removed file is still there")


def check_writing(folder: str, error: OSError | None) -> Check:
    """`error` is what came of trying to write there; None when it went well."""
    if error is None:
        return fine("data folder", f"{folder} can be written.")
    return problem(
        "data folder",
        f"{folder} cannot be written ({error.strerror or error}).",
        "Give yourself write permission for it, or choose another one with KNOWTHYSELF_DATA_DIR.",
    )


def measure_fsync(inside: Path, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Seconds that each of a few small writes took to reach the disk."""
    seconds: list[float] = []
    descriptor = os.open(inside / "speed", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while len(seconds) < _SYNCS and sum(seconds) < _MOST_SECONDS:
            os.write(descriptor, b"x" * 512)
            before = clock()
            os.fsync(descriptor)
            seconds.append(clock() - before)
    finally:
        os.close(descriptor)
    return seconds


def ask_second_program(inside: Path) -> str | None:
    """What another program says that wants the lock which we hold; see `check_locks`."""
    database = inside / "locked.db"
    try:
        lock = InstanceLock.take(database)
    except OSError:
        return "failed"
    try:
        done = subprocess.run(
            [sys.executable, "-c", _SECOND, str(database)],
            env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_CHILD_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    finally:
        lock.release()
    answer = done.stdout.strip()
    return answer if answer in ("refused", "taken") else None
