"""The dot plot of the terminal: plain text, never too wide, every student in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowthyself_tui.analysis.figures.terminal import text_dot_plot
from tests.unit.analysis.figures.sample_pictures import HARMFUL, scores_of


def cells(line: str) -> int:
    """Columns of a terminal, wide characters as two."""
    marks = sum(bool(unicodedata.combining(character)) for character in line)
    return len(line) - marks + sum(unicodedata.east_asian_width(character) in "WF" for character in line)


def test_two_arms_look_as_they_should() -> None:
    means = {"A": (60, 47, 73), "B": (30, None, None)}
    assert text_dot_plot({"A": [50, 60, 60, 70], "B": [20, 40]}, 45, means=means) == [
        "A  n = 4  mean 60.0  95% CI [47.0, 73.0]",
        "                          •",
        "                      •   •   •",
        "                     ├────◆────┤",
        "B  n = 2  mean 30.0",
        "          •       •",
        "              ◆",
        "  ┴─────────┴─────────┴─────────┴─────────┴",
        "  0        25        50        75        100",
    ]


def test_ascii_alone_is_enough() -> None:
    lines = text_dot_plot({"Žofia": [50, 60, 60, 70]}, 40, unicode=False)
    assert all(line.isascii() for line in lines)
    assert lines[0] == "Zofia  n = 4  mean 60.0  95% CI [47.0, ~"
    assert any("[" in line and "M" in line and "]" in line for line in lines[1:])


def test_the_interval_is_student_t_if_none_is_given() -> None:
    assert text_dot_plot({"A": [50, 60, 70]})[0] == "A  n = 3  mean 60.0  95% CI [35.2, 84.8]"
    assert text_dot_plot({"A": [50]})[0] == "A  n = 1  mean 50.0"


def test_every_student_is_a_dot_while_there_is_room() -> None:
    assert sum(line.count("•") for line in text_dot_plot({"A": scores_of(20, 60, 1)})) == 20


def test_a_dot_of_a_large_class_says_for_how_many_it_stands() -> None:
    lines = text_dot_plot({"A": [50.0] * 39 + [60.0]})
    assert lines[-1] == "• = up to 10 students"
    assert [line.count("•") for line in lines[1:5]] == [1, 1, 1, 2]


def test_an_arm_without_scores_is_named_and_nothing_is_drawn_for_nothing() -> None:
    assert "B  n = 0" in text_dot_plot({"A": [1.0], "B": []}, means={"B": (0, 0, 0)})
    assert text_dot_plot({}) == text_dot_plot({"A": []}) == []


@pytest.mark.parametrize("unicode", [True, False])
@settings(max_examples=25)
@given(
    st.dictionaries(st.text(max_size=90), st.lists(st.floats(-50, 150), max_size=12), max_size=3),
    st.integers(0, 100),
)
def test_no_line_is_too_wide_or_moves_the_cursor(unicode: bool, scores: dict[str, list[float]], width: int) -> None:
    for line in text_dot_plot({**scores, HARMFUL: [50.0]}, width, unicode):
        assert cells(line) <= width
        assert not any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in line)
