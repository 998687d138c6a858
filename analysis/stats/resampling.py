"""Tests and intervals by drawing again from the data themselves, always from a fixed seed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from .distributions import normal_quantile, upper_point
from .estimable import NotEstimable
from .means import NO_VARIANCE
from .samples import Numbers, Values, is_constant, mean, numbers, unusable

MOST_SPLITS = 200_000
"""Ways to split the values in two up to which every one of them is looked at."""

MOST_DRAWS, FEWEST_DRAWS = 99_999, 999

_SHUFFLED = 50_000_000
"""Numbers shuffled in all, about a second's work: beyond 500 values it leaves fewer draws, 4,999 for 10,000."""

_BATCH = 1_000_000
"""Numbers held at once."""


@dataclass(frozen=True, slots=True)
class Permutation:
    """How often splitting all values at random gives a difference of means at least as large, on either side."""

    p: float
    method: str
    resamples: int
    """Splits looked at."""


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """A difference of the first group from the second with its bootstrap interval."""

    estimate: float
    low: float
    high: float
    resamples: int
    method: str


def permutation_of_means(a: Values, b: Values, seed: int) -> Permutation | NotEstimable:
    """Exact over all splits when they are no more than 200,000; else by random splits, p = (b + 1) / (m + 1)."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    everyone = np.concatenate((first, second))
    if is_constant(everyone):
        return NotEstimable("all values are equal")
    smaller, other = sorted((first, second), key=len)
    centred = np.concatenate((smaller, other)) - mean(everyone)
    observed = abs(float(centred[: smaller.size].sum())) - 1e-10 * float(np.abs(centred).max())
    splits = math.comb(everyone.size, smaller.size)
    if splits <= MOST_SPLITS:
        return Permutation(_exact_share(centred, smaller.size, observed), "exact", splits)
    draws = max(FEWEST_DRAWS, min(MOST_DRAWS, _SHUFFLED // everyone.size - 1))
    hits = _random_hits(np.sort(centred), smaller.size, observed, draws, np.random.default_rng(seed))
    return Permutation((hits + 1) / (draws + 1), f"{draws:,} random permutations", draws)


def bca_difference(
    a: Values, b: Values, seed: int, resamples: int = 9_999, level: float = 0.95
) -> Bootstrap | NotEstimable:
    """The difference of means with the bias-corrected and accelerated interval (Efron and Tibshirani 1993, 14.3)."""
    first, second = numbers(a), numbers(b)
    if reason := _without_spread(first, second):
        return reason
    estimate, generator = mean(first) - mean(second), np.random.default_rng(seed)
    drawn = _drawn_means(first, resamples, generator) - _drawn_means(second, resamples, generator)
    below = np.count_nonzero(drawn < estimate) + np.count_nonzero(drawn <= estimate)
    bias, acceleration = normal_quantile(below / (2 * resamples)), _acceleration(first, second)
    tails = [1 - upper_point(level), upper_point(level)]
    shifts = [bias + normal_quantile(tail) for tail in tails]
    points = [float(special.ndtr(bias + shift / (1 - acceleration * shift))) for shift in shifts]
    low, high = np.quantile(drawn, points).tolist()
    return Bootstrap(estimate, low, high, resamples, "BCa bootstrap")


def percentile_median_difference(
    a: Values, b: Values, seed: int, resamples: int = 9_999, level: float = 0.95
) -> Bootstrap | NotEstimable:
    """The difference of medians with the percentile interval."""
    first, second = numbers(a), numbers(b)
    if reason := _without_spread(first, second):
        return reason
    generator = np.random.default_rng(seed)
    drawn = _drawn_medians(first, resamples, generator) - _drawn_medians(second, resamples, generator)
    low, high = np.quantile(drawn, [1 - upper_point(level), upper_point(level)]).tolist()
    return Bootstrap(float(np.median(first) - np.median(second)), low, high, resamples, "percentile bootstrap")


def _without_spread(first: Numbers, second: Numbers) -> NotEstimable | None:
    if reason := unusable(first, second):
        return reason
    return NO_VARIANCE if is_constant(first) and is_constant(second) else None


def _exact_share(centred: Numbers, size: int, observed: float) -> float:
    """The share of all splits whose smaller part has a sum at least as far from 0."""
    places = np.fromiter(chain.from_iterable(combinations(range(centred.size), size)), dtype=np.intp)
    sums = centred[places.reshape(-1, size)].sum(axis=1)
    return int(np.count_nonzero(np.abs(sums) >= observed)) / len(sums)


def _random_hits(centred: Numbers, size: int, observed: float, draws: int, generator: np.random.Generator) -> int:
    batches, hits = list(_batches(draws, centred.size)), 0
    block = np.tile(centred, (batches[0], 1))
    for rows in batches:
        part = block[:rows]
        generator.permuted(part, axis=1, out=part)
        hits += int(np.count_nonzero(np.abs(part[:, :size].sum(axis=1)) >= observed))
    return hits


def _drawn_means(sample: Numbers, resamples: int, generator: np.random.Generator) -> Numbers:
    """Means of samples drawn with replacement; from the sorted sample, so that the order of students is no matter."""
    ordered = np.sort(sample)
    batches = (ordered[_places(sample.size, rows, generator)].mean(axis=1) for rows in _batches(resamples, sample.size))
    return np.concatenate(list(batches))


def _places(size: int, rows: int, generator: np.random.Generator) -> NDArray[np.int32]:
    return generator.integers(0, size, (rows, size), dtype=np.int32)


def _drawn_medians(sample: Numbers, resamples: int, generator: np.random.Generator) -> Numbers:
    """Medians of samples drawn with replacement.

    The place of such a median is an order statistic of uniform draws, which follows a beta distribution: two draws
    stand for a whole sample, with the same law.
    """
    size = sample.size
    lower = (size + 1) // 2
    first = generator.beta(lower, size - lower + 1, resamples)
    second = first + (1 - first) * generator.beta(1, size - lower, resamples) if size % 2 == 0 else first
    ordered = np.sort(sample)
    pair = [ordered[np.minimum((place * size).astype(np.intp), size - 1)] for place in (first, second)]
    return np.asarray((pair[0] + pair[1]) / 2)


def _acceleration(first: Numbers, second: Numbers) -> float:
    """The acceleration by the jackknife, which for means is a formula."""
    influences = [(first - mean(first)) / first.size, (mean(second) - second) / second.size]
    scale = max(float(np.abs(influence).max()) for influence in influences)
    scaled = [influence / scale for influence in influences]
    cubes, squares = (sum(float((influence**power).sum()) for influence in scaled) for power in (3, 2))
    return cubes / (6 * math.sqrt(squares) ** 3)


def _batches(draws: int, size: int) -> Iterator[int]:
    """The draws in portions that together hold no more than a million numbers."""
    rows = max(1, _BATCH // size)
    for start in range(0, draws, rows):
        yield min(rows, draws - start)
