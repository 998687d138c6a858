"""What a two-sided t-test of two groups can detect, from the sizes alone; never from the result (no observed power).

Power counts a rejection on either side, as statsmodels, pingouin and G*Power do; R's `power.t.test` leaves out the
wrong side unless it is told `strict = TRUE`, and so gives .3377 for d = .5 and twice 20 where it is .3379 here.
"""

from __future__ import annotations

import math

from scipy import optimize

from .distributions import t_quantile
from .estimable import NotEstimable
from .noncentral import cdf

_LARGEST_ARM = 1e8


def power(d: float, n_1: int, n_2: int, alpha: float = 0.05) -> float | NotEstimable:
    """The chance to find a true standardised difference d."""
    _check_share(alpha)
    if not math.isfinite(d):
        raise ValueError("A difference is a finite number.")
    return _too_small(n_1, n_2) or _power(d, n_1, n_2, alpha)


def minimal_detectable_effect(n_1: int, n_2: int, power: float = 0.8, alpha: float = 0.05) -> float | NotEstimable:
    """The smallest d that these groups would find with the given power."""
    _check_share(alpha)
    _check_power(power, alpha)
    if reason := _too_small(n_1, n_2):
        return reason
    high = 1.0
    while _power(high, n_1, n_2, alpha) < power:
        high *= 2
    return float(optimize.brentq(lambda d: _power(d, n_1, n_2, alpha) - power, 0.0, high, xtol=1e-12))


def sample_size(d: float, power: float = 0.8, alpha: float = 0.05) -> float | NotEstimable:
    """The size of each of two equal groups that finds d with the given power, not yet rounded up; 2 at the least."""
    _check_share(alpha)
    _check_power(power, alpha)
    if not math.isfinite(d):
        raise ValueError("A difference is a finite number.")
    if _power(d, _LARGEST_ARM, _LARGEST_ARM, alpha) < power:
        return NotEstimable("the difference is too small for any size")
    if _power(d, 2, 2, alpha) >= power:
        return 2.0
    log_size = optimize.brentq(
        lambda log_n: _power(d, math.exp(log_n), math.exp(log_n), alpha) - power,
        math.log(2),
        math.log(_LARGEST_ARM),
        xtol=1e-13,
    )
    return math.exp(float(log_size))


def _power(d: float, n_1: float, n_2: float, alpha: float) -> float:
    df = n_1 + n_2 - 2
    noncentrality = abs(d) * math.sqrt(n_1 * n_2 / (n_1 + n_2))
    critical = t_quantile(1 - alpha / 2, df)
    return 1 - cdf(critical, df, noncentrality) + cdf(-critical, df, noncentrality)


def _too_small(n_1: int, n_2: int) -> NotEstimable | None:
    for name, size in (("first", n_1), ("second", n_2)):
        if size < 2:
            return NotEstimable(f"fewer than 2 values in the {name} group")
    return None


def _check_share(alpha: float) -> None:
    if not 0 < alpha < 1:
        raise ValueError("Alpha lies between 0 and 1.")


def _check_power(power: float, alpha: float) -> None:
    if not alpha < power < 1:
        raise ValueError("The power lies between alpha and 1.")
