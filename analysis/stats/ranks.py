"""The rank test of Wilcoxon, Mann and Whitney, with its effect sizes and the shift of Hodges and Lehmann."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from .distributions import normal_quantile, normal_two_sided, upper_point
from .estimable import Interval, NotEstimable
from .pairwise import PairwiseDifferences
from .rank_sums import rank_sums
from .resampling import permutation_of_means
from .samples import Numbers, Values, numbers, ties_restored, unusable

EXACT_UP_TO = 100
"""Values in all up to which the p-value is exact."""

RANDOM_UP_TO = 200
"""Values in all up to which it comes from random permutations of the ranks; beyond it from the normal."""


@dataclass(frozen=True, slots=True)
class RankComparison:
    """Two groups compared by rank; nothing in it assumes a shape, or that the variances are alike."""

    n_1: int
    n_2: int
    u: float
    """Pairs in which the first group's value is the larger, a tie counting one half."""
    p: float
    """Two-sided."""
    p_method: str
    rank_biserial: float
    """2 U / (n_1 n_2) - 1: from -1 to 1, 0 for no difference."""
    superiority: float
    """P(first > second) + half P(tie): Vargha and Delaney's A, the common language effect size."""
    shift: float
    """The median of all differences of a first less a second value, in their unit (Hodges and Lehmann 1963)."""
    shift_low: float | None
    """None when the groups are too small for an interval of 95 %."""
    shift_high: float | None


def mann_whitney(a: Values, b: Values, seed: int, level: float = 0.95) -> RankComparison | NotEstimable:
    """The rank test; the seed matters only between 101 and 200 values in all, where the p-value is drawn."""
    first, second = ties_restored(numbers(a), numbers(b))
    if reason := _unusable(first, second):
        return reason
    u, pairs = _u(first, second), first.size * second.size
    p, method = _p(first, second, seed)
    low, high = shift_interval(first, second, level)
    return RankComparison(
        n_1=first.size,
        n_2=second.size,
        u=u,
        p=p,
        p_method=method,
        rank_biserial=2 * u / pairs - 1,
        superiority=u / pairs,
        shift=PairwiseDifferences(first, second).median(),
        shift_low=low,
        shift_high=high,
    )


def asymptotic_p(a: Values, b: Values, continuity: bool = True) -> float | NotEstimable:
    """The two-sided p-value by the normal approximation, tie-corrected: as R prints it, or as SPSS (no continuity)."""
    first, second = ties_restored(numbers(a), numbers(b))
    return _unusable(first, second) or _asymptotic_p(first, second, continuity)


def shift_interval(first: Numbers, second: Numbers, level: float = 0.95) -> Interval:
    """The interval of the shift: two order statistics of the differences, conservative when there are ties.

    The rule is that of Hollander and Wolfe and of R's `wilcox.test(exact = TRUE)`.
    """
    tail = 1 - upper_point(level)
    place = _critical_place(first.size, second.size, tail)
    if place < 1:
        return Interval(None, None)
    differences = PairwiseDifferences(first, second)
    return Interval(differences.smallest(place), differences.smallest(differences.count + 1 - place))


def _unusable(first: Numbers, second: Numbers) -> NotEstimable | None:
    if reason := unusable(first, second):
        return reason
    return NotEstimable("all values are equal") if np.ptp(np.concatenate((first, second))) == 0 else None


def _u(first: Numbers, second: Numbers) -> float:
    ordered = np.sort(second)
    below = np.searchsorted(ordered, first, side="left").sum()
    not_above = np.searchsorted(ordered, first, side="right").sum()
    return float(below + not_above) / 2


def _p(first: Numbers, second: Numbers, seed: int) -> tuple[float, str]:
    smaller, other = sorted((first, second), key=len)
    ranks = stats.rankdata(np.concatenate((smaller, other)))
    if ranks.size <= EXACT_UP_TO:
        drawn = rank_sums(ranks, smaller.size)
        return drawn.as_far_from_the_mean(float(ranks[: smaller.size].sum())), "exact, ties counted"
    if ranks.size <= RANDOM_UP_TO:
        permuted = permutation_of_means(ranks[: smaller.size], ranks[smaller.size :], seed)
        if not isinstance(permuted, NotEstimable):
            return permuted.p, permuted.method
    return _asymptotic_p(first, second, True), "normal approximation with tie and continuity correction"


def _asymptotic_p(first: Numbers, second: Numbers, continuity: bool) -> float:
    n_1, n_2, total = first.size, second.size, first.size + second.size
    _, ties = np.unique(np.concatenate((first, second)), return_counts=True)
    tied = float((ties.astype(float) ** 3 - ties).sum())
    deviation = math.sqrt(n_1 * n_2 / 12 * (total + 1 - tied / (total * (total - 1))))
    distance = abs(_u(first, second) - n_1 * n_2 / 2) - (0.5 if continuity else 0.0)
    return normal_two_sided(max(distance, 0.0) / deviation)


def _critical_place(n_1: int, n_2: int, tail: float) -> int:
    """The smallest U whose lower tail reaches `tail`: the place of the lower bound among the differences."""
    if n_1 + n_2 > EXACT_UP_TO:
        return math.floor(n_1 * n_2 / 2 + normal_quantile(tail) * math.sqrt(n_1 * n_2 * (n_1 + n_2 + 1) / 12))
    smaller = min(n_1, n_2)
    untied = rank_sums(np.arange(1.0, n_1 + n_2 + 1), smaller)
    reached = int(np.searchsorted(np.cumsum(untied.chances), tail - 1e-12))
    return int(untied.sums[reached]) - smaller * (smaller + 1) // 2
