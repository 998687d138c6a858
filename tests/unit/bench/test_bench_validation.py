"""Results say what happened to a case, and the tables show it."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from knowthyself_tui.domain.bench import SECTION_2, Case, Result, choose, validate
from knowthyself_tui.domain.bench.figures import at, computed, minutes_until
from knowthyself_tui.domain.bench.tables import markdown_table, number_text, repeat_lines, sum_line, terminal_table
from knowthyself_tui.errors import UsageError

REST = Case("rest", "resting heart rate", "/min", 70, 60, 80, "a | textbook", at("hr", "00:05"), minutes=1)


@pytest.mark.parametrize(
    ("case", "verdict", "problem"),
    [
        (REST, "inside", ""),
        (replace(REST, low=75.0), "outside", ""),
        (replace(REST, figure=minutes_until("hr", above=200)), "not reached", ""),
        (replace(REST, steps=("00:10 fioo2=1",)), "error", "fio2"),
        (replace(REST, patient="age=400"), "error", "age"),
        (replace(REST, figure=at("heart", "00:05")), "error", "no column"),
        (replace(REST, steps=("00:01 give_drug drug=morphine dose=2 unit=mg route=NEB",)), "error", "refused"),
        (replace(REST, figure=computed(lambda: 61.0, "x")), "inside", ""),
    ],
)
def test_a_case_is_inside_outside_not_reached_or_an_error(case: Case, verdict: str, problem: str) -> None:
    (result,) = validate([case])
    assert result.verdict == verdict
    assert problem in result.problem
    assert result.inside == (verdict == "inside")


def test_cases_of_one_experiment_keep_their_own_length_and_order() -> None:
    late = replace(REST, id="late", figure=at("hr", "01:30"))
    results = validate([late, REST, replace(late, id="later", minutes=2)])
    assert [(result.case.id, result.verdict) for result in results] == [
        ("late", "not reached"),
        ("rest", "inside"),
        ("later", "inside"),
    ]


def test_the_error_is_against_the_published_value() -> None:
    assert Result(REST, 72.5).error == 2.5
    assert Result(replace(REST, published=None), 72.5).error is None
    assert Result(REST, None).error is None


def test_tables_show_each_result_and_the_sum() -> None:
    results = [
        Result(REST, 72.46),
        Result(replace(REST, id="far", title="x" * 80, low=-3, high=-1, published=None), None),
    ]
    lines = terminal_table(results)
    assert len(lines) == 3
    assert lines[1].split() == ["rest", "resting", "heart", "rate", "72.5", "70", "60–80", "+2.46", "/min", "inside"]
    assert "-3 to -1" in lines[2]
    assert lines[2].endswith("not reached")
    assert max(map(len, lines)) <= 130
    markdown = markdown_table(results)
    assert markdown[0].startswith("| id | case | model |")
    assert markdown[2] == r"| rest | resting heart rate | 72.5 | 70 | 60–80 | +2.46 | /min | inside | a \| textbook |"
    assert sum_line(results) == "1 of 2 inside"


def test_a_row_that_is_not_inside_says_how_to_see_it() -> None:
    steps = ("00:10 fio2=0.4", "00:20 give_drug drug=morphine dose=2 unit=mg route=IV")
    case = replace(REST, steps=steps, position="upright")
    assert repeat_lines([Result(case, 70.0)]) == []
    what, command = repeat_lines([Result(case, None)])
    assert what == "rest: hr at 00:05"
    words = shlex.split(command)
    assert words[:3] == ["knowthyself", "body", "play"]
    assert words[words.index("--set") + 1] == steps[0]
    assert words[words.index("--order") + 1] == steps[1]
    assert words[words.index("--columns") + 1] == "t,hr"
    assert words[words.index("--position") + 1] == "upright"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.2894, "0.289"), (7.884, "7.88"), (38.06, "38.1"), (612.4, "612"), (-0.0001, "0.000")],
)
def test_numbers_have_three_figures(value: float | None, text: str) -> None:
    assert number_text(value) == text


def test_cases_are_chosen_by_id_title_or_source() -> None:
    assert {case.id for case in choose(SECTION_2, "johnson")} == {"C1", "C2", "C3", "C4"}
    assert [case.id for case in choose(SECTION_2, "AN-leak")] == ["AN-leak"]
    with pytest.raises(UsageError, match="No published case"):
        choose(SECTION_2, "phlogiston")
