"""A program in a pseudo-terminal, seen as a person sees it: keys in, a screen of characters out. POSIX only."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence

import pyte

KEYS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "f1": "\x1bOP", "f10": "\x1b[21~", "ctrl+q": "\x11"}


class Terminal:
    """Runs `arguments` under a terminal of `columns` by `rows`."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], *, columns: int = 80, rows: int = 24
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lock = threading.Lock()
        self._hung_up = False
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            arguments,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", **environment},
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def press(self, *keys: str) -> None:
        """Type text or named keys."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode("utf-8"))
            time.sleep(0.02)

    def text(self) -> str:
        """The screen as it stands."""
        with self._lock:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: str | Callable[[str], bool], *, seconds: float = 30) -> str:
        """Wait until the screen holds `wanted`; gives the screen, fails with it when it does not come."""
        holds = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            screen = self.text()
            if holds(screen):
                return screen
            if self.process.poll() is not None:
                time.sleep(0.2)
                break
            time.sleep(0.02)
        raise AssertionError(f"{wanted!r} did not come; the screen was:\n{self.text()}")

    def kill(self) -> None:
        """SIGKILL: no chance to say goodbye."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.close()

    def hang_up(self) -> None:
        """Close the window under a program that no signal tells of it."""
        os.close(self._master)
        self._hung_up = True

    def close(self) -> None:
        """Wait for the end of the program and let the terminal go."""
        self.process.wait(30)
        self._reader.join(5)
        if not self._hung_up:
            os.close(self._master)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self._stream.feed(data)
