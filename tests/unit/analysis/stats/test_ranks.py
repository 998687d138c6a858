"""The rank test and the shift, also with ties."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.pairwise import PairwiseDifferences
from knowthyself_tui.analysis.stats.rank_sums import rank_sums
from knowthyself_tui.analysis.stats.ranks import asymptotic_p, mann_whitney
from tests.unit.analysis.stats.reference import DEPRESSION_1, DEPRESSION_2, SLEEP_1, SLEEP_2


def test_the_sleep_data_have_ties_and_the_exact_p_counts_them() -> None:
    result = mann_whitney(SLEEP_1, SLEEP_2, seed=1)
    assert (result.u, result.rank_biserial, result.superiority) == pytest.approx((25.5, -0.49, 0.255))
    assert result.p == pytest.approx(0.06581654, abs=5e-9)
    assert result.p_method == "exact, ties counted"


def test_the_other_two_p_values_of_the_sleep_data() -> None:
    assert asymptotic_p(SLEEP_1, SLEEP_2) == pytest.approx(0.06932758, abs=5e-9)
    assert asymptotic_p(SLEEP_1, SLEEP_2, continuity=False) == pytest.approx(0.06372225, abs=5e-9)


def test_the_data_of_hollander_and_wolfe() -> None:
    result = mann_whitney(DEPRESSION_1, DEPRESSION_2, seed=1)
    assert (result.u, result.rank_biserial, result.superiority) == pytest.approx((35, 0.40, 0.70))
    assert result.p == pytest.approx(0.25441225, abs=5e-9)
    assert (result.shift, result.shift_low, result.shift_high) == pytest.approx((0.305, -0.15, 0.76))


def test_the_upper_tail_of_hollander_and_wolfe() -> None:
    untied = rank_sums(np.arange(1.0, 16.0), 5)
    assert untied.at_most(15 + 50 - 35) == pytest.approx(0.12720613, abs=5e-9)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_holds_the_shifts_that_the_exact_test_does_not_reject(seed: int) -> None:
    generator = np.random.default_rng(seed)
    a, b = generator.normal(70, 9, 8), generator.normal(66, 12, 6)
    result = mann_whitney(a, b, seed=1)
    for bound, inwards in ((result.shift_low, 1e-6), (result.shift_high, -1e-6)):
        assert stats.mannwhitneyu(a - bound - inwards, b, method="exact").pvalue > 0.05
        assert stats.mannwhitneyu(a - bound + inwards, b, method="exact").pvalue <= 0.05


def test_an_order_statistic_needs_no_table_of_all_pairs() -> None:
    generator = np.random.default_rng(3)
    a, b = np.round(generator.normal(70, 9, 23)), np.round(generator.normal(66, 12, 17), 1)
    table = np.sort((a[:, None] - b).ravel())
    differences = PairwiseDifferences(a, b)
    assert [differences.smallest(place + 1) for place in range(table.size)] == pytest.approx(table.tolist(), abs=1e-9)
    assert differences.median() == pytest.approx(float(np.median(table)), abs=1e-12)


def test_large_values_close_to_each_other_come_to_an_end() -> None:
    differences = PairwiseDifferences(np.array([1e16, 1e16 + 2, 1e16 + 4]), np.array([0.0, 1.0]))
    assert differences.median() == pytest.approx(1e16, rel=1e-15)


def test_groups_too_small_for_an_interval_have_none() -> None:
    result = mann_whitney([1, 2, 3], [4, 5, 6], seed=1)
    assert (result.shift, result.shift_low, result.shift_high) == (-3, None, None)
    assert result.p == pytest.approx(0.1)


def test_the_way_to_p_is_named_and_the_ways_agree() -> None:
    generator = np.random.default_rng(5)
    a, b = np.round(generator.normal(70, 9, 140)), np.round(generator.normal(67, 9, 140))
    methods = {size: mann_whitney(a[:size], b[:size], seed=1) for size in (50, 51, 100, 101)}
    assert [methods[size].p_method.split(",")[0] for size in methods] == [
        "exact",
        "99",
        "99",
        "normal approximation with tie and continuity correction",
    ]
    for size, result in methods.items():
        assert result.p == pytest.approx(asymptotic_p(a[:size], b[:size]), abs=0.004)


def test_values_that_differ_by_rounding_alone_are_ties() -> None:
    assert mann_whitney([0.1 + 0.2, 1], [0.3, 1], seed=1).u == 2


def test_no_ranks_without_differences() -> None:
    assert mann_whitney([5, 5], [5, 5], seed=1) == NotEstimable("all values are equal")
    assert mann_whitney([5], [5, 6], seed=1) == NotEstimable("fewer than 2 values in the first group")
    assert asymptotic_p([5, 5], [5, 5]) == NotEstimable("all values are equal")


def test_complete_separation_is_estimable() -> None:
    result = mann_whitney([80] * 5, [60] * 5, seed=1)
    assert (result.rank_biserial, result.shift) == (1, 20)
    assert result.p == pytest.approx(2 / 252)


def test_five_thousand_in_each_arm_take_a_moment() -> None:
    generator = np.random.default_rng(5)
    a, b = generator.normal(70, 9, 5_000), generator.normal(67, 9, 5_000)
    start = time.perf_counter()
    mann_whitney(a, b, seed=1)
    assert time.perf_counter() - start < 1.5
