"""Groups of checks, each in a thread of its own, so that a disk or server that never answers holds nobody up.

A thread that hangs is left behind: nothing can end a call that waits for a disk, but the program can end without it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowthyself_tui.doctor.check import Check, problem

HANGS = "Check that the disk or the server is connected, and that no other program holds the database."

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Group:
    """Checks that need the same thing, one after the other."""

    name: str
    work: Callable[[], Iterator[Check]]


def run_groups(groups: Sequence[Group], seconds: float) -> list[Check]:
    """What each group found, in their order; one that takes longer or fails ends in a problem."""
    running = [_Running(group) for group in groups]
    end = time.monotonic() + seconds
    return [check for one in running for check in one.found(end)]


def in_time(work: Callable[[], Result], seconds: float) -> Result | None:
    """The answer of `work`; None when it takes longer."""
    answers: list[Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    return answers[0] if answers else None


class _Running:
    """A group under way."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._found: list[Check] = []
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=group.name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            for check in self._group.work():
                self._found.append(check)
        except Exception as error:
            self._failure = error

    def found(self, end: float) -> list[Check]:
        self._thread.join(max(0.0, end - time.monotonic()))
        found = list(self._found)
        if self._thread.is_alive():
            found.append(problem("no answer", f"{self._group.name} did not answer in time.", HANGS))
        elif self._failure is not None:
            reason = f"{type(self._failure).__name__}: {self._failure}"
            found.append(problem("not finished", f"{self._group.name} could not be looked at ({reason}).", HANGS))
        return found
