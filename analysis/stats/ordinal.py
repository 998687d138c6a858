"""Two groups of ordered values compared without assuming equal spread."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from .distributions import t_quantile, t_two_sided, upper_point
from .estimable import NotEstimable
from .samples import Values, is_constant, mean, numbers, ties_restored, unusable, variance


@dataclass(frozen=True, slots=True)
class OrdinalComparison:
    """Brunner and Munzel's test and what it is about."""

    n_1: int
    n_2: int
    statistic: float
    """Positive when the second group has the higher values (the sign of scipy and lawstat)."""
    df: float
    p: float
    """Two-sided."""
    superiority: float
    """P(first > second) + half P(tie), as in the rank test: above .5 when the first group has the higher values."""
    low: float
    high: float


def brunner_munzel(a: Values, b: Values, level: float = 0.95) -> OrdinalComparison | NotEstimable:
    """Brunner and Munzel's test (2000) with its t interval; none for groups that do not overlap at all."""
    first, second = ties_restored(numbers(a), numbers(b))
    if reason := unusable(first, second):
        return reason
    n_1, n_2 = first.size, second.size
    ranks = stats.rankdata(np.concatenate((first, second)))
    placements = ranks[:n_1] - stats.rankdata(first), ranks[n_1:] - stats.rankdata(second)
    if all(is_constant(placement) for placement in placements):
        return NotEstimable("the groups do not overlap" if first[0] != second[0] else "all values are equal")
    error_1, error_2 = variance(placements[0]) / (n_1 * n_2**2), variance(placements[1]) / (n_2 * n_1**2)
    superiority, error = mean(placements[0]) / n_2, math.sqrt(error_1 + error_2)
    df = (error_1 + error_2) ** 2 / (error_1**2 / (n_1 - 1) + error_2**2 / (n_2 - 1))
    statistic = (0.5 - superiority) / error
    reach = t_quantile(upper_point(level), df) * error
    return OrdinalComparison(
        n_1=n_1,
        n_2=n_2,
        statistic=statistic,
        df=df,
        p=t_two_sided(statistic, df),
        superiority=superiority,
        low=max(0.0, superiority - reach),
        high=min(1.0, superiority + reach),
    )
