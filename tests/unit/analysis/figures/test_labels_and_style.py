"""Labels, names, ticks, looks and densities, each alone."""

from __future__ import annotations

import re
from statistics import stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import gaussian_kde

from knowthyself_tui.analysis.figures.density import density, quantile, stacked, thinned
from knowthyself_tui.analysis.figures.labels import estimated_width, fitted, inert, picture_name, short, wrapped
from knowthyself_tui.analysis.figures.style import arm_styles, round_ticks
from knowthyself_tui.analysis.figures.wording import compact, correlation, fixed, interval, percent

quick = settings(max_examples=25)


@quick
@given(st.text(max_size=400), st.floats(20, 300), st.floats(5, 12))
def test_a_fitted_label_is_never_wider_than_its_place(text: str, width: float, size: float) -> None:
    assert estimated_width(fitted(text, width, size), size) <= width


@quick
@given(st.text(max_size=400), st.integers(1, 3))
def test_a_wrapped_label_keeps_to_its_lines(text: str, lines: int) -> None:
    broken = wrapped(text, 120, 8, lines)
    assert 1 <= len(broken) <= lines
    assert all(estimated_width(line, 8) <= 120 for line in broken)


def test_a_label_that_fits_stays_as_it_is() -> None:
    assert fitted("Gives  oxygen\n", 200, 8) == "Gives oxygen"
    assert wrapped("Gives oxygen by mask", 80, 8) == ["Gives oxygen by", "mask"]


def test_controls_and_what_xml_cannot_hold_are_gone_from_labels() -> None:
    assert inert("a\x00\x1b[31m\u202e\ud800\ufffe b") == "a␀␛[31m\ufffd b"
    assert short("x" * 100, 10) == "x" * 9 + "…"


@quick
@given(st.text(max_size=60), st.text(max_size=60))
def test_pictures_of_other_titles_have_other_names(one: str, other: str) -> None:
    names = {picture_name("forest", title) for title in (one, other)}
    assert all(re.fullmatch("[a-z_]+", name) for name in names)
    assert len(names) == len({one, other})


def test_a_and_b_keep_their_looks_whoever_else_is_there() -> None:
    together = arm_styles(["C", "B", "A", "D"])
    assert (together["A"].colour, together["B"].colour) == ("#0072B2", "#D55E00")
    assert (together["C"].colour, together["D"].colour) == ("#009E73", "#CC79A7")
    assert arm_styles(["B"])["B"] == together["B"]
    assert len({style.marker for style in together.values()}) == 4
    assert arm_styles(["control", "tutor"])["control"] == together["A"]


@quick
@given(st.floats(-1000, 1000), st.floats(0.1, 1e6), st.integers(3, 11))
def test_ticks_are_inside_and_few(low: float, span: float, most: int) -> None:
    ticks = round_ticks(low, low + span, most)
    assert len(ticks) <= most + 1
    assert all(low - span / 1000 <= tick <= low + span + span / 1000 for tick in ticks)


def test_ticks_are_round() -> None:
    assert round_ticks(0, 100) == [0, 20, 40, 60, 80, 100]
    assert round_ticks(0, 20, 11) == list(range(0, 21, 2))
    assert round_ticks(5, 5) == [5]


def test_thinning_keeps_the_extremes_and_the_middle() -> None:
    kept = thinned([float(value) for value in range(1000)])
    assert len(kept) == len(set(kept)) == 300
    assert (kept[0], kept[-1]) == (0, 999)
    assert quantile(kept, 0.5) == pytest.approx(499.5, abs=2)


def test_a_density_is_that_of_silverman_between_the_limits() -> None:
    values = [float(value) for value in range(-10, 111)]
    shape = density(values, (0, 100))
    assert shape is not None
    grid, height = shape
    assert (grid[0], grid[-1]) == (0, 100)
    width = 0.9 * stdev(values) * len(values) ** -0.2
    assert height == pytest.approx(gaussian_kde(values, width / stdev(values))(grid))


@pytest.mark.parametrize("values", [[], [1.0, 2.0, 3.0, 4.0], [5.0] * 20])
def test_there_is_no_density_of_few_or_equal_values(values: list[float]) -> None:
    assert density(values, (0, 100)) is None


def test_points_of_one_height_stand_beside_each_other() -> None:
    assert stacked([10, 10.2, 30, 9.9], 2) == [0, 1, 0, 2]


def test_numbers_are_printed_as_the_journal_wants_them() -> None:
    assert (fixed(-0.04), fixed(-1.25, 2), fixed(None), fixed(float("nan"))) == ("0.0", "−1.25", "–", "–")
    assert (compact(3.0), compact(10), compact(2.5)) == ("3", "10", "2.5")
    assert (interval(None, None), interval(1, None)) == ("–", "[1.0, –]")
    assert (percent(0.125), percent(None)) == ("12%", "–")
    assert (correlation(-0.5), correlation(1.0), correlation(None)) == ("−.50", "1.00", "–")
