"""Two means compared: Welch (the primary test), Student (for comparison only), and pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .distributions import t_quantile, t_two_sided, upper_point
from .estimable import Interval, NotEstimable
from .samples import Numbers, Values, is_constant, mean, numbers, unusable, variance

NO_VARIANCE = NotEstimable("no variance in either arm")


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """The mean of the first group less that of the second, in the unit of the values."""

    n_1: int
    n_2: int
    mean_1: float
    mean_2: float
    sd_1: float
    """Standard deviation over n - 1."""
    sd_2: float
    estimate: float
    low: float
    high: float
    statistic: float
    """Student's t."""
    df: float
    p: float
    """Two-sided."""


def welch(a: Values, b: Values, level: float = 0.95) -> MeanDifference | NotEstimable:
    """Welch's t-test, of groups whose variances may differ (Welch 1947)."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    error_1, error_2 = variance(first) / first.size, variance(second) / second.size
    return _difference(first, second, error_1 + error_2, welch_df(error_1, error_2, first.size, second.size), level)


def student(a: Values, b: Values, level: float = 0.95) -> MeanDifference | NotEstimable:
    """Student's t-test with the pooled variance; beside Welch only, for comparison with SPSS line 1."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    error = pooled_variance(first, second) * (1 / first.size + 1 / second.size)
    return _difference(first, second, error, first.size + second.size - 2, level)


def paired(a: Values, b: Values, level: float = 0.95) -> MeanDifference | NotEstimable:
    """The t-test of the differences within pairs; ValueError when the two rows differ in length."""
    first, second = numbers(a), numbers(b)
    if first.size != second.size:
        raise ValueError("Pairs need two rows of equal length.")
    if reason := unusable(first, second):
        return reason
    differences = first - second
    if is_constant(differences, magnitude=float(max(abs(first).max(), abs(second).max()))):
        return NotEstimable("no variance of the differences")
    return _difference(first, second, variance(differences) / first.size, first.size - 1, level)


def mean_interval(values: Values, level: float = 0.95) -> Interval | NotEstimable:
    """The t interval of one mean."""
    sample = numbers(values)
    if reason := unusable(sample):
        return reason
    if not (spread := variance(sample)):
        return NotEstimable("no variance")
    half = t_quantile(upper_point(level), sample.size - 1) * math.sqrt(spread / sample.size)
    return Interval(mean(sample) - half, mean(sample) + half)


def welch_df(error_1: float, error_2: float, n_1: int, n_2: int) -> float:
    """Welch and Satterthwaite's degrees of freedom, from the squared standard errors of the two means.

    Written in the share that the first adds, so that no fourth power can overflow; 0 without any variance.
    """
    if not error_1 + error_2:
        return 0.0
    share = error_1 / (error_1 + error_2)
    return 1 / (share**2 / (n_1 - 1) + (1 - share) ** 2 / (n_2 - 1))


def pooled_variance(first: Numbers, second: Numbers) -> float:
    """The common variance of two groups."""
    squares = (first.size - 1) * variance(first) + (second.size - 1) * variance(second)
    return squares / (first.size + second.size - 2)


def _difference(
    first: Numbers, second: Numbers, squared_error: float, df: float, level: float
) -> MeanDifference | NotEstimable:
    if not squared_error:
        return NO_VARIANCE
    estimate, error = mean(first) - mean(second), math.sqrt(squared_error)
    half = t_quantile(upper_point(level), df) * error
    return MeanDifference(
        n_1=first.size,
        n_2=second.size,
        mean_1=mean(first),
        mean_2=mean(second),
        sd_1=math.sqrt(variance(first)),
        sd_2=math.sqrt(variance(second)),
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        statistic=estimate / error,
        df=df,
        p=t_two_sided(estimate / error, df),
    )
