"""The script of a headless run, as the contracts define it."""

from __future__ import annotations

import pytest

from knowthyself_tui.errors import UsageError
from knowthyself_tui.session.script import ScriptLine, parse_clock, parse_script


def test_the_three_kinds_of_line_are_told_apart() -> None:
    assert parse_script(["# comment", "", "01:30 sats?", "+10 oxygen on", "any allergies?", "!end"]) == [
        ScriptLine("sats?", at_seconds=90),
        ScriptLine("oxygen on", after_seconds=10),
        ScriptLine("any allergies?"),
        ScriptLine("!end"),
    ]


def test_a_time_inside_a_sentence_is_text() -> None:
    assert parse_script(["note the time 12:30 please"]) == [ScriptLine("note the time 12:30 please")]


def test_a_timed_line_waits_for_the_acts_before_it() -> None:
    line = ScriptLine("x", at_seconds=60)
    assert line.due_ms(last_ms=0, busy_until_ms=0) == 60_000
    assert line.due_ms(last_ms=50_000, busy_until_ms=80_000) == 80_000


def test_a_relative_line_counts_from_the_line_before() -> None:
    assert ScriptLine("x", after_seconds=10).due_ms(last_ms=5_000, busy_until_ms=40_000) == 15_000


def test_a_bare_line_waits_three_seconds_or_until_the_crew_is_free() -> None:
    assert ScriptLine("x").due_ms(last_ms=5_000, busy_until_ms=5_000) == 8_000
    assert ScriptLine("x").due_ms(last_ms=5_000, busy_until_ms=35_000) == 35_000


@pytest.mark.parametrize("text", ["12", "1:70", "a:b", "", "-1:00"])
def test_a_wrong_time_is_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="is not a time"):
        parse_clock(text)


def test_a_time_is_minutes_and_seconds() -> None:
    assert parse_clock("12:30") == 750
