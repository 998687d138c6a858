"""Shape and spread of the groups: described, never used to choose a test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from .distributions import f_upper
from .estimable import NotEstimable
from .samples import Numbers, Values, is_constant, mean, numbers, unusable, variance

_SHAPIRO_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How far the values are from a normal distribution."""

    n: int
    w: float | None
    """Shapiro and Wilk's W; None beyond 5,000 values, where its p-value is not known."""
    p: float | None
    skew: float
    """Adjusted for the size of the sample (G1), as SPSS and jamovi print it; 0 for a symmetric shape."""
    kurtosis: float | None
    """Excess, adjusted (G2); 0 for a normal shape, None below 4 values."""


@dataclass(frozen=True, slots=True)
class SpreadComparison:
    """Whether two groups differ in spread."""

    statistic: float
    """F."""
    df_1: int
    df_2: int
    p: float


def describe_shape(values: Values) -> Shape | NotEstimable:
    """Shapiro-Wilk, skew and kurtosis of one group; not for values that are all the same (scipy says W = 1 then)."""
    sample = numbers(values)
    if reason := unusable(sample, least=3):
        return reason
    if not (spread := variance(sample)):
        return NotEstimable("no variance")
    scaled = (sample - mean(sample)) / np.sqrt(spread)
    test = stats.shapiro(scaled) if sample.size <= _SHAPIRO_MOST else None
    return Shape(
        n=sample.size,
        w=None if test is None else float(test.statistic),
        p=None if test is None else float(test.pvalue),
        skew=float(stats.skew(scaled, bias=False)),
        kurtosis=float(stats.kurtosis(scaled, bias=False)) if sample.size > 3 else None,
    )


def brown_forsythe(a: Values, b: Values) -> SpreadComparison | NotEstimable:
    """Levene's test on distances from the median (Brown and Forsythe 1974).

    It needs three values in each group: two lie equally far from their median whatever they are.
    """
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second, least=3):
        return reason
    magnitude = float(max(np.abs(first).max(), np.abs(second).max()))
    distances = [np.abs(group - np.median(group)) for group in (first, second)]
    if all(is_constant(distance, magnitude) for distance in distances):
        return NotEstimable("no variance of the distances from the median")
    return _one_way(*distances)


def _one_way(first: Numbers, second: Numbers) -> SpreadComparison:
    """The analysis of variance of two groups."""
    df = first.size + second.size - 2
    within = ((first.size - 1) * variance(first) + (second.size - 1) * variance(second)) / df
    statistic = (mean(first) - mean(second)) ** 2 / (within * (1 / first.size + 1 / second.size))
    return SpreadComparison(statistic, 1, df, f_upper(statistic, 1, df))
