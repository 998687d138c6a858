"""Shape and spread, described."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.assumptions import brown_forsythe, describe_shape
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import SLEEP_1, SLEEP_2


def test_the_shape_of_the_sleep_data() -> None:
    shape = describe_shape(SLEEP_1)
    w, p = stats.shapiro(SLEEP_1)
    assert (shape.n, shape.w, shape.p) == pytest.approx((10, w, p))
    assert (shape.skew, shape.kurtosis) == pytest.approx((0.580921, -0.629822), abs=5e-7)


def test_constant_values_are_not_perfectly_normal() -> None:
    assert describe_shape([80.0] * 12) == NotEstimable("no variance")
    assert describe_shape([1, 2]) == NotEstimable("fewer than 3 values")


def test_what_is_known_depends_on_the_size() -> None:
    assert describe_shape([1, 2, 4]).kurtosis is None
    assert describe_shape(np.arange(5_000)).w is not None
    large = describe_shape(np.arange(5_001))
    assert (large.w, large.p) == (None, None)
    assert (large.skew, large.kurtosis) == pytest.approx((0, -1.2), abs=0.001)


def test_brown_and_forsythe_use_the_median() -> None:
    result = brown_forsythe(SLEEP_1, SLEEP_2)
    oracle = stats.levene(SLEEP_1, SLEEP_2, center="median")
    assert (result.statistic, result.p) == pytest.approx((oracle.statistic, oracle.pvalue))
    assert (result.df_1, result.df_2) == (1, 18)
    assert result.statistic != pytest.approx(0.6197, abs=1e-3), "the mean-centred F of SPSS"


def test_distances_that_do_not_vary() -> None:
    assert brown_forsythe([80] * 4, [60] * 4) == NotEstimable("no variance of the distances from the median")
    a, b = [1000000.1, 1000000.1, 1000000.7, 1000000.7], [1000000.2, 1000000.2, 1000000.9, 1000000.9]
    assert brown_forsythe(a, b) == NotEstimable("no variance of the distances from the median")
    assert brown_forsythe([1, 2], [1, 2, 3]) == NotEstimable("fewer than 3 values in the first group")
