"""Welch, Student and pairs against four programs."""

from __future__ import annotations

import numpy as np
import pytest

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.means import mean_interval, paired, student, welch
from tests.unit.analysis.stats.reference import NO_VARIANCE, SLEEP_1, SLEEP_2


def test_welch_of_the_sleep_data() -> None:
    result = welch(SLEEP_1, SLEEP_2)
    assert (result.n_1, result.n_2) == (10, 10)
    assert (result.mean_1, result.mean_2, result.estimate) == pytest.approx((0.75, 2.33, -1.58))
    assert (result.sd_1, result.sd_2) == pytest.approx((1.7890097, 2.0022487), rel=1e-7)
    assert result.statistic == pytest.approx(-1.860813, abs=5e-7)
    assert result.df == pytest.approx(17.776474, abs=5e-7)
    assert result.p == pytest.approx(0.07939414, abs=5e-9)
    assert (result.low, result.high) == pytest.approx((-3.365483, 0.205483), abs=5e-7)


def test_student_of_the_sleep_data() -> None:
    result = student(SLEEP_1, SLEEP_2)
    assert (result.statistic, result.df) == pytest.approx((-1.860813, 18), abs=5e-7)
    assert result.p == pytest.approx(0.07918671, abs=5e-9)
    assert (result.low, result.high) == pytest.approx((-3.363874, 0.203874), abs=5e-7)


def test_the_pairs_of_the_sleep_data() -> None:
    result = paired(SLEEP_1, SLEEP_2)
    assert (result.statistic, result.df) == pytest.approx((-4.062128, 9), abs=5e-7)
    assert result.p == pytest.approx(0.00283289, abs=5e-9)
    assert (result.low, result.high) == pytest.approx((-2.459886, -0.700114), abs=5e-7)


def test_welch_of_the_data_of_rosetta_code() -> None:
    a = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4]
    b = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4]
    result = welch(a, b)
    assert result.statistic == pytest.approx(-2.4553564, abs=5e-8)
    assert result.df == pytest.approx(24.988529, abs=5e-7)
    assert result.p == pytest.approx(0.0213780015, abs=5e-11)
    assert (result.low, result.high) == pytest.approx((-3.984096, -0.349237), abs=5e-7)


def test_the_interval_of_one_mean() -> None:
    low, high = mean_interval(SLEEP_1)
    assert (low, high) == pytest.approx((0.75 - 2.262157163 * 0.5657345, 0.75 + 2.262157163 * 0.5657345), rel=1e-6)


@pytest.mark.parametrize("test", [welch, student])
def test_too_few_values_name_the_group(test: object) -> None:
    assert callable(test)
    assert test([1.0], [1.0, 2.0]) == NotEstimable("fewer than 2 values in the first group")
    assert test([1.0, 2.0], []) == NotEstimable("fewer than 2 values in the second group")


def test_nothing_varies() -> None:
    assert welch([80, 80], [60, 60, 60]) == NO_VARIANCE
    assert student([80, 80], [60, 60, 60]) == NO_VARIANCE
    assert paired([80, 81], [60, 61]) == NotEstimable("no variance of the differences")
    assert mean_interval([7, 7]) == NotEstimable("no variance")


def test_rounding_is_not_variance() -> None:
    third = 0.1 + 0.2
    assert welch([third, 0.3, 0.3], [0.1] * 3) == NO_VARIANCE
    assert paired([0.3, 1000000.3], [0.2, 1000000.2]) == NotEstimable("no variance of the differences")


def test_one_constant_group_is_no_obstacle_to_welch() -> None:
    result = welch([80, 80, 80], [60, 70, 65])
    assert (result.sd_1, result.df) == pytest.approx((0, 2))
    assert result.low < 15 < result.high


def test_a_missing_value_is_the_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="missing or infinite"):
        welch([1, float("nan")], [1, 2])
    with pytest.raises(ValueError, match="missing or infinite"):
        welch([1, float("inf")], [1, 2])
    with pytest.raises(ValueError, match="one row"):
        welch(np.ones((2, 2)), [1, 2])
    with pytest.raises(ValueError, match="equal length"):
        paired([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="level"):
        welch([1, 2], [1, 3], level=95)
