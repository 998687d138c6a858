"""Whether a difference is too small to matter: two one-sided tests against a bound that was given beforehand."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .distributions import t_quantile, t_upper
from .estimable import NotEstimable
from .means import NO_VARIANCE, welch_df
from .samples import LARGEST, Values, mean, numbers, unusable, variance


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Welch's two one-sided tests (Schuirmann 1987)."""

    estimate: float
    """First mean less second."""
    bound: float
    """The difference that would matter, on either side, in the unit of the values."""
    low: float
    """Interval at the level 1 - 2 alpha, 90 % for .05: equivalent when it lies within the bounds."""
    high: float
    df: float
    t_low: float
    """Against the lower bound."""
    t_high: float
    p_low: float
    """One-sided: that the difference is no larger than minus the bound."""
    p_high: float
    p: float
    """The larger of the two."""


def tost(a: Values, b: Values, bound: float, alpha: float = 0.05) -> Equivalence | NotEstimable:
    """Test that the means differ by less than the bound, which is in the unit of the values."""
    first, second = numbers(a), numbers(b)
    if reason := unusable(first, second):
        return reason
    spread_1, spread_2 = math.sqrt(variance(first)), math.sqrt(variance(second))
    return tost_from_summary(mean(first), spread_1, first.size, mean(second), spread_2, second.size, bound, alpha)


def tost_from_summary(
    mean_1: float, sd_1: float, n_1: int, mean_2: float, sd_2: float, n_2: int, bound: float, alpha: float = 0.05
) -> Equivalence | NotEstimable:
    """The same from means, standard deviations and sizes."""
    if not 0 < bound <= LARGEST or not 0 < alpha < 0.5:
        raise ValueError("The bound is larger than 0, and alpha lies between 0 and one half.")
    if not (
        abs(mean_1) <= LARGEST and abs(mean_2) <= LARGEST and 0 <= sd_1 <= 2 * LARGEST and 0 <= sd_2 <= 2 * LARGEST
    ):
        raise ValueError("A mean is a finite number, and a standard deviation 0 or more.")
    for name, size in (("first", n_1), ("second", n_2)):
        if size < 2:
            return NotEstimable(f"fewer than 2 values in the {name} group")
    if not sd_1 and not sd_2:
        return NO_VARIANCE
    error = math.sqrt(sd_1**2 / n_1 + sd_2**2 / n_2)
    df = welch_df(sd_1**2 / n_1, sd_2**2 / n_2, n_1, n_2)
    estimate, reach = mean_1 - mean_2, t_quantile(1 - alpha, df) * error
    t_low, t_high = (estimate + bound) / error, (estimate - bound) / error
    p_low, p_high = t_upper(t_low, df), t_upper(-t_high, df)
    return Equivalence(
        estimate, bound, estimate - reach, estimate + reach, df, t_low, t_high, p_low, p_high, max(p_low, p_high)
    )
