"""Scenario time from the machine's monotonic clock: differences are added up, timer ticks are never counted."""

from __future__ import annotations

import time
from collections.abc import Callable

SLEEP_SECONDS = 15
"""A longer step means that the machine slept or the program was stopped: nothing passes for the patient."""


class ScenarioClock:
    """Gathers the time that has passed and hands it out once; holding it stops the patient's time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last = monotonic()
        self._gathered_seconds = 0.0
        self._held: set[str] = set()

    @property
    def is_held(self) -> bool:
        return bool(self._held)

    def restart(self) -> None:
        """Begin anew at nothing."""
        self._last = self._monotonic()
        self._gathered_seconds = 0.0

    def gather(self) -> None:
        """Take note of the time since the last look; called often enough that no step looks like sleep."""
        now = self._monotonic()
        step = now - self._last
        self._last = now
        if not self._held and 0 < step <= SLEEP_SECONDS:
            self._gathered_seconds += step

    def take_ms(self) -> int:
        """The whole milliseconds gathered since they were last taken."""
        self.gather()
        milliseconds = int(self._gathered_seconds * 1000)
        self._gathered_seconds -= milliseconds / 1000
        return milliseconds

    def hold(self, reason: str) -> None:
        """Stop for `reason` until it is let go; several reasons may hold at once."""
        self.gather()
        self._held.add(reason)

    def let_go(self, reason: str) -> None:
        """Go on, unless another reason holds."""
        self.gather()
        self._held.discard(reason)
