"""d and g by the name of their denominator."""

from __future__ import annotations

import math

import pytest

from knowthyself_tui.analysis.stats.effect_size import averaged, hedges_correction, pooled
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import NO_VARIANCE, SLEEP_1, SLEEP_2


def test_d_and_g_of_the_sleep_data() -> None:
    result = pooled(SLEEP_1, SLEEP_2)
    assert (result.d, result.d_low, result.d_high) == pytest.approx((-0.832181, -1.738817, 0.095450), abs=5e-7)
    assert (result.g, result.g_low, result.g_high) == pytest.approx((-0.796935, -1.665172, 0.091408), abs=5e-7)
    assert result.correction == pytest.approx(0.9576464, abs=5e-8)
    assert (result.df, result.denominator) == (18, "pooled SD")
    assert result.g != pytest.approx(-0.7970185, abs=1e-6), "the approximate correction"


def test_the_correction_for_five_in_each_group() -> None:
    assert hedges_correction(8) == pytest.approx(0.90270, abs=5e-6)
    assert hedges_correction(1e6) == pytest.approx(1, abs=1e-6)
    assert hedges_correction(1) == NotEstimable("too few degrees of freedom to correct d")


def test_the_averaged_denominator_of_delacre() -> None:
    a, b = [1.0, 3, 5, 7, 9, 11, 2, 4], [10.0, 11, 12]
    result = averaged(a, b)
    variance_a, variance_b = 12.214285714285714, 1.0
    total = variance_a + variance_b
    assert result.d == pytest.approx((5.25 - 11) / math.sqrt(total / 2))
    assert result.df == pytest.approx(7 * 2 * total**2 / (2 * variance_a**2 + 7 * variance_b**2))
    assert result.g == pytest.approx(hedges_correction(result.df) * result.d)
    assert result.d_low < result.d < result.d_high
    assert result.denominator == "averaged SD"


def test_both_denominators_are_one_for_equal_groups() -> None:
    assert averaged(SLEEP_1, SLEEP_2).d == pytest.approx(pooled(SLEEP_1, SLEEP_2).d)


def test_nothing_varies() -> None:
    assert pooled([80, 80], [60, 60]) == NO_VARIANCE
    assert averaged([80, 80], [60, 60]) == NO_VARIANCE
    assert pooled([80], [60, 65, 70]) == NotEstimable("fewer than 2 values in the first group")


def test_a_difference_without_end_still_has_an_interval() -> None:
    result = pooled([80, 80.000001, 80], [60, 60, 60.000001])
    assert result.d_low < result.d < result.d_high
    assert result.d > 1e7
