"""Brunner and Munzel's test."""

from __future__ import annotations

import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.ordinal import brunner_munzel

PAIN_1 = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
PAIN_2 = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]


def test_the_pain_scores_of_the_scipy_page() -> None:
    result = brunner_munzel(PAIN_1, PAIN_2)
    assert result.statistic == pytest.approx(3.1374675, abs=5e-8)
    assert result.p == pytest.approx(0.0057862087, abs=5e-11)
    assert result.superiority == pytest.approx(stats.mannwhitneyu(PAIN_1, PAIN_2).statistic / (14 * 11))


def test_swapping_the_groups_turns_everything_round() -> None:
    one, other = brunner_munzel(PAIN_1, PAIN_2), brunner_munzel(PAIN_2, PAIN_1)
    assert other.statistic == pytest.approx(-one.statistic)
    assert (1 - other.high, 1 - other.low) == pytest.approx((one.low, one.high))


def test_groups_that_do_not_overlap_have_no_such_test() -> None:
    assert brunner_munzel([1, 2, 3], [4, 5, 6]) == NotEstimable("the groups do not overlap")
    assert brunner_munzel([4, 4], [4, 4]) == NotEstimable("all values are equal")
    assert brunner_munzel([4], [4, 4]) == NotEstimable("fewer than 2 values in the first group")
