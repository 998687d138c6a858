"""Faults put under a program by strace: slow syncs, death at the Nth system call, errors of the disk."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

SYNCS = "fsync,fdatasync"
MISSING = "strace is missing or may not trace: what it proves was NOT tested"


@cache
def is_available() -> bool:
    """Whether strace is there and may trace."""
    program = shutil.which("strace")
    if program is None:
        return False
    tried = subprocess.run([program, "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def slow_syncs(milliseconds: int = 200) -> list[str]:
    """Every fsync and fdatasync takes so much longer: what shows before it is stored gives itself away."""
    return _injecting(SYNCS, f"delay_enter={1000 * milliseconds}")


def killed_at(call: str, number: int) -> list[str]:
    """SIGKILL at the `number`th use of a system call by one thread."""
    return _injecting(call, f"signal=SIGKILL:when={number}")


@contextmanager
def failing(pid: int, call: str, error: str) -> Iterator[None]:
    """A system call of a running program fails for as long as this is open; OSError where it may not be traced."""
    arguments = ["strace", "-f", "-e", f"trace={call}", "-e", f"inject={call}:error={error}", "-o", "/dev/null"]
    with subprocess.Popen([*arguments, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        if "attached" not in tracer.stderr.readline():
            raise OSError(f"{pid} may not be traced")
        try:
            yield
        finally:
            tracer.terminate()
            tracer.communicate()


def recording(calls: str, into: Path) -> list[str]:
    """Every use of `calls` with its data, in the order in which they ended."""
    return ["strace", "-f", "-qq", "-y", "-xx", "-s", "16000000", "-e", f"trace={calls}", "-o", str(into)]


def _injecting(calls: str, what: str) -> list[str]:
    return ["strace", "-f", "-qq", "-e", f"trace={calls}", "-e", f"inject={calls}:{what}", "-o", "/dev/null"]
