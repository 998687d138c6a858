"""Clocks that are set, run and know where they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest

from knowthyself_tui.doctor.clock import check_clock_against, check_monotonic, check_time_zone, check_wall_clock

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(("year", "verdict"), [(1970, "problem"), (2025, "problem"), (2026, "fine"), (2031, "fine")])
def test_a_clock_from_before_the_program_is_wrong(year: int, verdict: str) -> None:
    assert check_wall_clock(NOON.replace(year=year)).verdict == verdict


def test_a_record_from_the_future_means_that_the_clock_was_set_back() -> None:
    late = check_clock_against("p001.db", "2026-11-29T12:00:00.000Z", NOON)
    assert late is not None
    assert late.verdict == "note"
    assert "p001.db" in late.sentence


@pytest.mark.parametrize("written", ["2026-11-28T11:59:00Z", "2026-11-28T12:01:00Z", None, "", "never"])
def test_a_record_of_before_or_of_now_says_nothing(written: str | None) -> None:
    assert check_clock_against("p001.db", written, NOON) is None


def ticking(start: int, step: int) -> Callable[[], float]:
    numbers = count(start, step)
    return lambda: float(next(numbers))


@pytest.mark.parametrize(("step", "verdict"), [(1, "fine"), (0, "problem"), (-1, "problem")])
def test_the_timer_runs_forwards(step: int, verdict: str) -> None:
    assert check_monotonic(ticking(5, step), lambda _: None).verdict == verdict


@pytest.mark.parametrize(
    ("variable", "has_local_time", "verdict"),
    [
        ("", True, "fine"),
        ("", False, "note"),
        ("CET-1CEST", False, "fine"),
        (":/etc/localtime", False, "fine"),
        ("Nowhere/Atlantis", True, "note"),
        ("../../etc/passwd", True, "note"),
        ("UTC", False, "fine"),
    ],
)
def test_the_time_zone_is_known(variable: str, has_local_time: bool, verdict: str) -> None:
    assert check_time_zone(variable, ("CET", "CEST"), has_local_time).verdict == verdict
