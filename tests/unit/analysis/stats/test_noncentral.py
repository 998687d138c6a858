"""The non-central t against numerical integration, in and beyond the reach of scipy's."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate, special

from knowthyself_tui.analysis.stats.noncentral import cdf, noncentrality


def integrated(t: float, df: float, shift: float) -> float:
    """P(T < t) as the mean of the normal distribution over the root of chi-squared over df."""
    constant = math.log(2) + df / 2 * math.log(df / 2) - special.gammaln(df / 2)

    def density(s: float) -> float:
        if s <= 0:
            return 0.0
        return float(math.exp(constant + (df - 1) * math.log(s) - df * s * s / 2) * special.ndtr(t * s - shift))

    width, spread = 8 / abs(t) if t else 1.0, 1 / math.sqrt(2 * df)
    middle = shift / t if t else 1.0
    marks = {middle - width, middle, middle + width, *(1 + k * spread for k in (-8, -4, -2, 0, 2, 4, 8))}
    top = 1 + 16 * spread
    edges = [0.0, *sorted(mark for mark in marks if 0 < mark < top), top]
    return sum(integrate.quad(density, *piece, epsabs=1e-13, epsrel=1e-11, limit=200)[0] for piece in pairwise(edges))


@pytest.mark.parametrize("df", [2, 3, 17.776, 18, 100, 998])
@pytest.mark.parametrize("t", [-10, -1.86, 0, 0.5, 5, 40, 900, 3000])
def test_the_distribution_is_the_integral(df: float, t: float) -> None:
    reach = math.sqrt(1 + t * t / (2 * df))
    for shift in t + reach * np.array([-3, -1.96, -0.5, 0, 1, 1.96, 3]):
        assert cdf(t, df, shift) == pytest.approx(integrated(t, df, shift), abs=1e-9)


@pytest.mark.parametrize(("t", "shift"), [(-1.86081347, 10.13918653), (-1.8608, 10.0)])
def test_where_scipy_gives_no_number_the_answer_is_that_of_the_integral(t: float, shift: float) -> None:
    assert math.isnan(special.nctdtr(18, shift, t)), "scipy has mended it: the guard may go"
    assert cdf(t, 18, shift) == pytest.approx(integrated(t, 18, shift), abs=1e-12)


@pytest.mark.parametrize("df", [1, 2.05, 18, 998])
@pytest.mark.parametrize("t", [-1e12, -1001, -1.86, 0, 1e-9, 40, 999, 1e6])
def test_the_interval_is_where_the_distribution_has_its_tails(df: float, t: float) -> None:
    low, high = (noncentrality(t, df, chance) for chance in (0.975, 0.025))
    assert low is not None
    assert high is not None
    assert low <= t <= high
    assert cdf(t, df, low) == pytest.approx(0.975, abs=1e-8)
    assert cdf(t, df, high) == pytest.approx(0.025, abs=1e-8)


def test_the_two_ways_to_the_distribution_meet() -> None:
    for df in (2, 18, 500):
        assert noncentrality(999.999, df, 0.025) == pytest.approx(noncentrality(1000.001, df, 0.025), rel=1e-5)


def test_the_interval_of_the_sleep_data() -> None:
    low, high = (noncentrality(-1.8608134674868533, 18, chance) for chance in (0.975, 0.025))
    assert low is not None
    assert high is not None
    assert (low / math.sqrt(5), high / math.sqrt(5)) == pytest.approx((-1.738817, 0.095450), abs=5e-7)
