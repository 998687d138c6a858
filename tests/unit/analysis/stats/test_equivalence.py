"""Two one-sided tests."""

from __future__ import annotations

import math

import pytest

from knowthyself_tui.analysis.stats.equivalence import tost, tost_from_summary
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import NO_VARIANCE, SLEEP_1, SLEEP_2


def test_the_sleep_data_within_three_hours() -> None:
    result = tost(SLEEP_1, SLEEP_2, 3)
    assert result.p == pytest.approx(0.05597892, rel=1e-6)
    assert result.p == max(result.p_low, result.p_high)
    assert result.low < -3, "so not equivalent at 5 %"


def test_the_summary_of_lakens_2017() -> None:
    bound = 0.43 * math.sqrt((0.95**2 + 0.83**2) / 2)
    result = tost_from_summary(5.25, 0.95, 95, 5.22, 0.83, 89, bound)
    assert result.df == pytest.approx(181.13437, abs=5e-6)
    assert (result.t_low, result.t_high) == pytest.approx((3.14973, -2.692771), abs=5e-6)
    assert (result.p_low, result.p_high) == pytest.approx((0.000956, 0.003876), abs=5e-7)
    assert (result.low, result.high) == pytest.approx((-0.187084, 0.247084), abs=5e-7)


def test_no_test_without_variance_or_values() -> None:
    assert tost([80, 80], [60, 60], 5) == NO_VARIANCE
    assert tost([80], [60, 61], 5) == NotEstimable("fewer than 2 values in the first group")
    assert tost_from_summary(1, 1, 9, 1, 1, 1, 5) == NotEstimable("fewer than 2 values in the second group")
    with pytest.raises(ValueError, match="bound"):
        tost([80, 81], [60, 61], 0)
    with pytest.raises(ValueError, match="standard deviation"):
        tost_from_summary(1, -1, 9, 1, 1, 9, 5)
