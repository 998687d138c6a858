"""Runs something that might never end, so that a hang is a failed test and not a test run that stands still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

SECONDS = 2.0
"""Within which whatever others hand us has its verdict."""


def in_time(work: Callable[[], Answer], *, seconds: float = SECONDS) -> Answer:
    """What `work` answers or raises; fails when it takes longer than `seconds`."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), f"no answer after {seconds} s"
    if errors:
        raise errors[0]
    return answers[0]
