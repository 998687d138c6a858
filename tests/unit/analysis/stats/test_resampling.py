"""Permutations and the bootstrap."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy import stats

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.resampling import (
    bca_difference,
    percentile_median_difference,
    permutation_of_means,
)
from tests.unit.analysis.stats.reference import NO_VARIANCE, SLEEP_1, SLEEP_2

Resample = Callable[..., Any]
ALL = [permutation_of_means, bca_difference, percentile_median_difference]


def test_all_184756_splits_of_the_sleep_data() -> None:
    result = permutation_of_means(SLEEP_1, SLEEP_2, seed=1)
    assert result.p == pytest.approx(0.08144796, abs=5e-9)
    assert (result.method, result.resamples) == ("exact", 184_756)


def test_groups_of_unequal_size_count_both_sides() -> None:
    a, b = [1.0, 2, 9, 4], [5.0, 6, 7, 8, 3, 2, 2]

    splits = [sum(split) / 4 - (sum(a + b) - sum(split)) / 7 for split in combinations(a + b, 4)]
    oracle = np.mean([abs(split) >= abs(np.mean(a) - np.mean(b)) - 1e-9 for split in splits])
    assert permutation_of_means(a, b, seed=1).p == pytest.approx(oracle)
    assert permutation_of_means(b, a, seed=1).p == pytest.approx(oracle)


def test_random_splits_come_near_the_exact_p() -> None:
    generator = np.random.default_rng(2)
    a, b = generator.normal(70, 9, 40), generator.normal(66, 9, 35)
    result = permutation_of_means(a, b, seed=1)
    assert (result.method, result.resamples) == ("99,999 random permutations", 99_999)
    assert result.p == pytest.approx(stats.ttest_ind(a, b).pvalue, abs=0.005)
    assert (result.p * 100_000) == pytest.approx(round(result.p * 100_000)), "p = (b + 1) / (m + 1)"


def test_bca_is_that_of_scipy() -> None:
    generator = np.random.default_rng(4)
    a, b = generator.gamma(1, 10, 15), generator.gamma(1, 14, 40)
    ours = bca_difference(a, b, seed=3)
    theirs = stats.bootstrap(
        (a, b), lambda x, y, axis: x.mean(axis) - y.mean(axis), n_resamples=9_999, method="BCa", rng=1
    ).confidence_interval
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.4)
    assert ours.estimate == pytest.approx(a.mean() - b.mean())


@pytest.mark.parametrize("size", [15, 16])
def test_medians_drawn_by_their_place_follow_the_law_of_medians_of_samples(size: int) -> None:
    generator = np.random.default_rng(4)
    a, b = np.round(generator.gamma(1, 10, size)), np.round(generator.gamma(1, 14, 40))
    ours = percentile_median_difference(a, b, seed=3)
    theirs = stats.bootstrap(
        (a, b),
        lambda x, y, axis: np.median(x, axis) - np.median(y, axis),
        n_resamples=9_999,
        method="percentile",
        rng=1,
    ).confidence_interval
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.51)


@pytest.mark.parametrize("resample", ALL)
def test_a_seed_and_not_the_order_of_students_decides_the_draws(resample: Resample) -> None:
    a, b = list(range(30)), [value * 1.7 + 2 for value in range(25)]
    assert resample(a, b, seed=1) == resample(a[::-1], b[::-1], seed=1)
    assert resample(a, b, seed=1) != resample(a, b, seed=2)


@pytest.mark.parametrize("resample", ALL)
def test_five_thousand_in_each_arm_are_quick_and_small(resample: Resample) -> None:
    generator = np.random.default_rng(5)
    a, b = generator.normal(70, 9, 5_000), generator.normal(69.9, 9, 5_000)
    tracemalloc.start()
    start = time.process_time()
    resample(a, b, seed=1)
    seconds, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40e6
    assert seconds < 5, "about 1 s where nothing else runs"


def test_many_students_have_fewer_draws_and_the_result_says_so() -> None:
    generator = np.random.default_rng(5)
    result = permutation_of_means(generator.normal(70, 9, 5_000), generator.normal(69.9, 9, 5_000), seed=1)
    assert (result.method, result.resamples) == ("4,999 random permutations", 4_999)


@pytest.mark.parametrize("resample", ALL)
def test_nothing_to_draw_from(resample: Resample) -> None:
    assert resample([1], [1, 2], seed=1) == NotEstimable("fewer than 2 values in the first group")
    assert isinstance(resample([4, 4], [4, 4], seed=1), NotEstimable)


def test_constant_arms_have_no_bootstrap_but_a_permutation() -> None:
    assert bca_difference([80] * 4, [60] * 4, seed=1) == NO_VARIANCE
    assert percentile_median_difference([80] * 4, [60] * 4, seed=1) == NO_VARIANCE
    assert permutation_of_means([80] * 4, [60] * 4, seed=1).p == pytest.approx(2 / 70)
