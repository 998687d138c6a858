"""The ratio of two rates, from rare and equal to frequent and dispersed."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.rates import negative_binomial, rate_ratio

FEWER = [0, 0, 1, 0, 2, 0, 5, 1, 0, 0, 3, 1]
MORE = [1, 4, 0, 2, 7, 3, 0, 2, 9, 1, 2, 3]
ONCE = [1] * 12


def test_dispersed_counts_have_a_quasi_poisson_interval() -> None:
    result = rate_ratio(MORE, ONCE, FEWER, ONCE)
    assert math.log(result.ratio) == pytest.approx(0.961411, abs=5e-7)
    assert math.sqrt(1 / result.events_1 + 1 / result.events_2) == pytest.approx(0.3261, abs=5e-5)
    assert result.phi == pytest.approx(2.439531, abs=5e-7)
    assert result.method == "quasi-Poisson"
    reach = stats.t.ppf(0.975, 22) * math.sqrt(2.439531 * (1 / 34 + 1 / 13))
    assert (result.low, result.high) == pytest.approx(
        (2.615385 * math.exp(-reach), 2.615385 * math.exp(reach)), rel=1e-6
    )


def test_the_ratio_is_the_first_over_the_second() -> None:
    result = rate_ratio(FEWER, ONCE, MORE, ONCE)
    assert math.log(result.ratio) == pytest.approx(-0.961411, abs=5e-7)
    assert result.p == pytest.approx(rate_ratio(MORE, ONCE, FEWER, ONCE).p)


def test_poisson_counts_have_the_exact_interval() -> None:
    result = rate_ratio([1, 0, 2, 1], [3, 3, 6, 3], [2, 3, 1], [2, 2, 2])
    assert result.method == "exact conditional Poisson"
    assert result.phi < 1.5
    assert result.ratio == pytest.approx((4 / 15) / (6 / 6))
    share = stats.binomtest(4, 10, 15 / 21)
    bounds = share.proportion_ci(0.95, "exact")
    assert result.p == pytest.approx(2 * stats.binom(10, 15 / 21).cdf(4)), "the tail that goes with the interval"
    assert (result.low, result.high) == pytest.approx(
        (bounds.low / (1 - bounds.low) * 6 / 15, bounds.high / (1 - bounds.high) * 6 / 15)
    )


def test_a_group_without_events_has_one_bound() -> None:
    none = rate_ratio([0, 0, 0], [1] * 3, [3, 4, 3], [1] * 3)
    assert (none.ratio, none.low) == (0, 0)
    assert none.high == pytest.approx(0.025**-0.1 - 1)
    assert none.method == "exact conditional Poisson"
    only = rate_ratio([3, 4, 3], [1] * 3, [0, 0, 0], [1] * 3)
    assert (only.ratio, only.high) == (None, None)
    assert only.low == pytest.approx(1 / none.high)
    assert rate_ratio([0, 0], [1, 1], [0, 0], [1, 1]) == NotEstimable("no events in either group")


def test_one_student_who_made_all_the_errors_of_an_arm_is_no_difference_of_arms() -> None:
    """Counts far more dispersed than Poisson's, and none in the other group: neither interval would be true."""
    assert isinstance(rate_ratio([0] * 20, [1] * 20, [10] + [0] * 19, [1] * 20), NotEstimable)


def test_the_negative_binomial_model() -> None:
    result = negative_binomial(MORE, ONCE, FEWER, ONCE)
    assert result.log_ratio == pytest.approx(0.961411, abs=5e-7)
    assert result.standard_error == pytest.approx(0.46344, abs=5e-6)
    assert (result.alpha, 1 / result.alpha) == pytest.approx((0.6507, 1.5369), abs=5e-5)
    assert result.log_likelihood == pytest.approx(-43.432586, abs=5e-7)
    assert result.low < result.ratio < result.high


def test_the_negative_binomial_model_with_unequal_exposures() -> None:
    result = negative_binomial([3, 1, 12, 0, 4, 7], [1, 2, 4, 1, 2, 3], [9, 1, 8, 22, 3], [2, 1, 3, 4, 2])
    # statsmodels 0.15: NegativeBinomial by BFGS; a GLM with its alpha for the standard error.
    assert (result.log_ratio, result.alpha) == pytest.approx((-0.52496555, 0.10937573), rel=1e-6)
    assert result.standard_error == pytest.approx(0.33040136, rel=1e-6)


def test_the_model_without_dispersion_is_that_of_poisson() -> None:
    result = negative_binomial([2, 2, 2, 3], [1] * 4, [1, 1, 1, 1], [1] * 4)
    assert result.alpha == 0
    assert result.standard_error == pytest.approx(math.sqrt(1 / 9 + 1 / 4))


def test_what_cannot_be_estimated() -> None:
    assert rate_ratio([1], [1], [1, 2], [1, 1]) == NotEstimable("fewer than 2 values in the first group")
    assert negative_binomial([0, 0], [1, 1], [1, 2], [1, 1]) == NotEstimable("no events in the first group")
    assert negative_binomial([1, 0], [1, 1], [0, 0], [1, 1]) == NotEstimable("no events in the second group")


def test_what_no_count_or_exposure_can_be() -> None:
    for counts, exposures in (([0.5, 1], [1, 1]), ([-1, 1], [1, 1]), ([1, 1], [0, 1]), ([1, 1], [1])):
        with pytest.raises(ValueError, match=r"count|exposure"):
            rate_ratio(counts, exposures, [1, 2], [1, 1])
