"""Everything that the checks ask the machine, in one place that tests can put another in."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePath

from knowthyself_tui.doctor.terminal import Terminal

_PROGRAM_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A machine as the checks see it; without arguments this one."""

    system: str = sys.platform
    release: str = field(default_factory=platform.release)
    windows_build: int = field(default_factory=lambda: windows_build())
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    home: PurePath = field(default_factory=Path.home)
    terminal: Terminal = field(default_factory=lambda: this_terminal())
    run: Callable[[Sequence[str]], str | None] = field(default_factory=lambda: output_of)
    """What a program prints; None when it is missing, fails or takes too long."""
    read: Callable[[str], str] = field(default_factory=lambda: text_of)
    """The text of a file; empty when it cannot be read."""
    drive_type: Callable[[str], int] = field(default_factory=lambda: windows_drive_type)
    """GetDriveTypeW for the root of a drive."""
    now: Callable[[], datetime] = field(default_factory=lambda: lambda: datetime.now(UTC))


def this_terminal() -> Terminal:
    stream = sys.__stdout__
    is_tty = stream is not None and not stream.closed and stream.isatty()
    encoding = (getattr(sys.stdout, "encoding", "") or "") if is_tty else "utf-8"
    try:
        columns, rows = os.get_terminal_size(stream.fileno()) if stream is not None and is_tty else (0, 0)
    except (OSError, ValueError):
        columns, rows = 0, 0
    return Terminal(is_tty, columns, rows, encoding)


def output_of(command: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PROGRAM_SECONDS,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def windows_build() -> int:
    if sys.platform == "win32":
        return sys.getwindowsversion().build
    return 0


def windows_drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0
