"""Standardised differences of two means with their exact intervals, by the name of what they are divided by."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .distributions import upper_point
from .estimable import NotEstimable
from .means import NO_VARIANCE, pooled_variance, welch_df
from .noncentral import noncentrality
from .samples import Values, mean, numbers, unusable, variance


@dataclass(frozen=True, slots=True)
class StandardizedDifference:
    """Cohen's d (first mean less second) and Hedges' g, which corrects its bias in small groups."""

    d: float
    d_low: float
    d_high: float
    g: float
    g_low: float
    g_high: float
    correction: float
    """Hedges' J: g is J times d, and so are its bounds."""
    df: float
    """Degrees of freedom of the correction."""
    denominator: str
    """What the difference is divided by, in words: `pooled SD` or `averaged SD`."""


def pooled(a: Values, b: Values, level: float = 0.95) -> StandardizedDifference | NotEstimable:
    """d_s and g_s over the pooled SD (Hedges 1981), interval by Steiger and Fouladi 1997."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    if not (spread := pooled_variance(first, second)):
        return NO_VARIANCE
    d = (mean(first) - mean(second)) / math.sqrt(spread)
    df = first.size + second.size - 2
    return _standardized(d, math.sqrt(1 / first.size + 1 / second.size), df, df, "pooled SD", level)


def averaged(a: Values, b: Values, level: float = 0.95) -> StandardizedDifference | NotEstimable:
    """d*_s and g*_s over the root of the mean of the two variances (Delacre et al. 2021)."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    n_1, n_2, variance_1, variance_2 = first.size, second.size, variance(first), variance(second)
    if not (total := variance_1 + variance_2):
        return NO_VARIANCE
    d = (mean(first) - mean(second)) / math.sqrt(total / 2)
    scale = math.sqrt(2 * (variance_1 / n_1 + variance_2 / n_2) / total)
    interval_df = welch_df(variance_1 / n_1, variance_2 / n_2, n_1, n_2)
    return _standardized(d, scale, welch_df(variance_1, variance_2, n_1, n_2), interval_df, "averaged SD", level)


def hedges_correction(df: float) -> float | NotEstimable:
    """Hedges' exact J (Hedges 1981), by which d is multiplied; there is none for 1 degree of freedom or less."""
    if df <= 1 + 1e-9:
        return NotEstimable("too few degrees of freedom to correct d")
    return math.exp(math.lgamma(df / 2) - math.log(df / 2) / 2 - math.lgamma((df - 1) / 2))


def _standardized(
    d: float, scale: float, df: float, interval_df: float, denominator: str, level: float
) -> StandardizedDifference | NotEstimable:
    """The difference with its bounds; `scale` turns a noncentrality into a d."""
    correction = hedges_correction(df)
    if isinstance(correction, NotEstimable):
        return correction
    t, upper = d / scale, upper_point(level)
    low, high = (scale * noncentrality(t, interval_df, probability) for probability in (upper, 1 - upper))
    return StandardizedDifference(
        d, low, high, correction * d, correction * low, correction * high, correction, df, denominator
    )
