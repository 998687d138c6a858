"""Nothing that hangs or fails keeps the rest from being told."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Event

import pytest

from knowthyself_tui.doctor.check import Check, fine
from knowthyself_tui.doctor.groups import Group, in_time, run_groups


def test_what_was_found_before_a_hang_is_told() -> None:
    release = Event()

    def hanging() -> Iterator[Check]:
        yield fine("first", "was found")
        release.wait(30)
        yield fine("second", "comes too late")

    before = time.monotonic()
    checks = run_groups([Group("/slow", hanging), Group("/fine", lambda: iter([fine("third", "ok")]))], 0.2)
    release.set()
    assert time.monotonic() - before < 5
    assert [(check.name, check.verdict) for check in checks] == [
        ("first", "fine"),
        ("no answer", "problem"),
        ("third", "fine"),
    ]
    assert "/slow" in checks[1].sentence


def test_a_check_that_fails_is_a_problem_with_its_reason() -> None:
    def failing() -> Iterator[Check]:
        yield fine("first", "was found")
        raise OSError(5, "Input/output error")

    first, second = run_groups([Group("/broken", failing)], 5)
    assert first.verdict == "fine"
    assert second.verdict == "problem"
    assert "Input/output error" in second.sentence


def test_an_answer_in_time() -> None:
    assert in_time(lambda: 5, 5) == 5
    release = Event()
    assert in_time(lambda: release.wait(30), 0.05) is None
    release.set()


def test_a_failure_in_time_is_raised_here() -> None:
    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        in_time(fail, 5)


def test_a_program_with_a_thread_that_hangs_can_end() -> None:
    program = """
import time
from knowthyself_tui.doctor.groups import Group, run_groups
print(run_groups([Group("x", lambda: iter([time.sleep(600)]))], 0.1)[0].name)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "no answer"
