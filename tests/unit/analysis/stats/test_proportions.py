"""Shares and tables against published intervals."""

from __future__ import annotations

import math
from itertools import product

import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.estimable import Interval, NotEstimable
from knowthyself_tui.analysis.stats.proportions import (
    OddsRatio,
    boschloo,
    clopper_pearson,
    conditional_odds_ratio,
    risk_difference,
    table_association,
    wilson,
)


def test_the_intervals_of_newcombe_1998() -> None:
    assert wilson(81, 263) == pytest.approx((0.2552885, 0.3662096), abs=5e-8)
    assert wilson(0, 20) == pytest.approx((0, 0.1611252), abs=5e-8)
    assert clopper_pearson(81, 263) == pytest.approx((0.2527368, 0.3676219), rel=1e-6)


def test_none_and_all_end_exactly_at_the_ends() -> None:
    for interval in (wilson, clopper_pearson):
        assert interval(0, 20).low == 0
        assert interval(20, 20).high == 1
        assert interval(0, 0) == NotEstimable("no one to count")


@pytest.mark.parametrize(
    ("counts", "expected", "digits"),
    [
        ((56, 70, 48, 80), (0.2, 0.0524315, 0.3338727), 5e-8),
        ((9, 10, 3, 10), (0.6, 0.1705, 0.8090), 5e-5),
        ((10, 10, 0, 10), (1.0, 0.6075, 1.0), 5e-5),
    ],
)
def test_the_differences_of_newcombe_1998(
    counts: tuple[int, int, int, int], expected: tuple[float, float, float], digits: float
) -> None:
    result = risk_difference(*counts)
    assert (result.estimate, result.low, result.high) == pytest.approx(expected, abs=digits)
    assert result.p_method == "Fisher exact"


def test_the_tea_of_fisher() -> None:
    assert risk_difference(3, 4, 1, 4).p == pytest.approx(0.4857143, abs=5e-8)
    assert boschloo(3, 4, 1, 4) == pytest.approx(0.2890625, abs=5e-8)
    result = conditional_odds_ratio(3, 4, 1, 4)
    assert result.ratio == pytest.approx(6.408320, abs=5e-7)
    assert (result.low, result.high) == pytest.approx((0.2117356, 626.2435), rel=1e-6)


def test_boschloo_compares_the_groups_and_not_the_outcomes() -> None:
    assert boschloo(1, 12, 6, 7) == pytest.approx(stats.boschloo_exact([[1, 6], [11, 1]]).pvalue)
    assert boschloo(1, 12, 6, 7) == pytest.approx(boschloo(6, 7, 1, 12), rel=1e-6)
    assert boschloo(1, 12, 6, 7) < risk_difference(1, 12, 6, 7).p
    assert boschloo(0, 5, 0, 5) == 1
    assert boschloo(1, 500, 1, 500) == NotEstimable("groups too large for Boschloo's test")


def test_an_odds_ratio_may_have_no_upper_end() -> None:
    assert conditional_odds_ratio(5, 5, 0, 5) == OddsRatio(None, pytest.approx(2.2970488), None)
    assert conditional_odds_ratio(0, 5, 5, 5) == OddsRatio(0, 0, pytest.approx(0.4353412))
    assert conditional_odds_ratio(0, 5, 0, 5) == NotEstimable("the outcome is the same in everyone")


def test_party_and_gender_of_agresti() -> None:
    result = table_association([[762, 327, 468], [484, 239, 477]])
    assert (result.statistic, result.df) == pytest.approx((30.070149, 2), abs=5e-7)
    assert result.p == pytest.approx(2.953589e-7, rel=1e-6)
    assert result.cramer_v == pytest.approx(0.1044358, abs=5e-8)
    assert result.method == "Pearson chi-squared"


def fisher_of_two_rows(table: list[list[int]]) -> float:
    """Fisher's p of a table of two rows by looking at every first row that has the same sum."""
    columns = [sum(column) for column in zip(*table, strict=True)]
    rows = [row for row in product(*(range(size + 1) for size in columns)) if sum(row) == sum(table[0])]
    ways = {row: math.prod(math.comb(size, count) for size, count in zip(columns, row, strict=True)) for row in rows}
    return sum(way for way in ways.values() if way <= ways[tuple(table[0])]) / sum(ways.values())


def test_small_expected_counts_call_for_fisher_and_the_same_p_each_time() -> None:
    table = [[3, 1, 0, 2], [1, 4, 2, 1]]
    result = table_association(table)
    assert result.method == "Fisher exact, 99,999 random tables"
    assert result == table_association(table)
    assert result.p == pytest.approx(fisher_of_two_rows(table), abs=0.006)
    assert table_association([[3, 1], [1, 3]]).p == pytest.approx(0.4857143, abs=5e-8)
    assert table_association([[3, 1], [1, 3]]).method == "Fisher exact"


def test_an_empty_row_or_column_is_left_out() -> None:
    table = [[20, 0, 10], [0, 0, 0], [10, 0, 25]]
    assert table_association(table) == table_association([[20, 10], [10, 25]])
    assert table_association([[5, 5], [0, 0]]) == NotEstimable("fewer than two rows or columns with counts")
    assert table_association([]) == NotEstimable("fewer than two rows or columns with counts")


def test_no_one_in_a_group() -> None:
    assert risk_difference(0, 0, 1, 2) == NotEstimable("no one in the first group")
    assert conditional_odds_ratio(1, 2, 0, 0) == NotEstimable("no one in the second group")


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="whole numbers"):
        table_association([[1, -1], [2, 2]])


def test_intervals_are_intervals() -> None:
    assert isinstance(wilson(1, 2), Interval)
    assert isinstance(clopper_pearson(1, 2), Interval)
