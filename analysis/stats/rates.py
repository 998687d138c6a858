"""Events counted per student, such as medication errors: the ratio of two rates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import optimize, special, stats

from .distributions import normal_quantile, normal_two_sided, t_quantile, t_two_sided, upper_point
from .estimable import NotEstimable
from .proportions import exact_bounds
from .samples import Numbers, Values, numbers, unusable

NEARLY_POISSON = 1.5
"""Dispersion up to which the exact interval of a Poisson count is used."""

_GRID = np.linspace(-12.0, 8.0, 31)
"""Logarithms of the negative binomial dispersion that are tried first."""

_MOST_EVENTS = 1e6

Counted: TypeAlias = tuple[Numbers, Numbers]
"""Counts and exposures of the students of one group."""

NO_EVENTS = NotEstimable("no events in either group")


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The rate of the first group over that of the second."""

    events_1: int
    exposure_1: float
    """All encounters, or all minutes, in which an event could happen."""
    events_2: int
    exposure_2: float
    ratio: float | None
    """None when only the first group has events: there is no finite ratio."""
    low: float
    high: float | None
    p: float
    """Two-sided."""
    phi: float | None
    """Dispersion: Pearson's chi-squared over its degrees of freedom; 1 for Poisson counts."""
    method: str


@dataclass(frozen=True, slots=True)
class NegativeBinomial:
    """The rate of the first group over that of the second in model NB2."""

    ratio: float
    low: float
    high: float
    log_ratio: float
    standard_error: float
    """Of the logarithm of the ratio, by the expected information."""
    p: float
    """Two-sided."""
    alpha: float
    """Dispersion: the variance is m + alpha m²; 0 when the counts are no more dispersed than Poisson counts."""
    log_likelihood: float


def rate_ratio(
    counts_a: Values, exposures_a: Values, counts_b: Values, exposures_b: Values, level: float = 0.95
) -> RateRatio | NotEstimable:
    """The ratio of two rates from the counts and exposures of the students of each group.

    The interval is exact, given the sum of events, when the counts are no more dispersed than 1.5; else quasi-Poisson
    with n - 2 degrees of freedom, for which both groups need events.
    """
    first, second = counted(counts_a, exposures_a), counted(counts_b, exposures_b)
    if reason := unusable(first[0], second[0]):
        return reason
    events, exposures = (int(first[0].sum()), int(second[0].sum())), (float(first[1].sum()), float(second[1].sum()))
    if not any(events):
        return NO_EVENTS
    phi = _dispersion(first, second)
    exact = phi <= NEARLY_POISSON
    if not exact and not all(events):
        return NotEstimable("no events in one group, and the counts differ more than by chance")
    ratio = events[0] / exposures[0] * exposures[1] / events[1] if events[1] else None
    if exact or ratio is None:
        low, high, p = _exact(events, exposures, level)
        method = "exact conditional Poisson"
    else:
        low, high, p = _quasi(ratio, events, phi, first[0].size + second[0].size - 2, level)
        method = "quasi-Poisson"
    return RateRatio(events[0], exposures[0], events[1], exposures[1], ratio, low, high, p, phi, method)


def negative_binomial(
    counts_a: Values, exposures_a: Values, counts_b: Values, exposures_b: Values, level: float = 0.95
) -> NegativeBinomial | NotEstimable:
    """The model with one dispersion for both groups; only when both have events."""
    groups = counted(counts_a, exposures_a), counted(counts_b, exposures_b)
    if reason := unusable(groups[0][0], groups[1][0]):
        return reason
    for name, (events, _) in zip(("first", "second"), groups, strict=True):
        if not events.any():
            return NotEstimable(f"no events in the {name} group")
    alpha = _best_alpha(groups)
    rates = [_rate(group, alpha) for group in groups]
    error = math.sqrt(sum(1 / _information(group, rate, alpha) for group, rate in zip(groups, rates, strict=True)))
    log_ratio = math.log(rates[0] / rates[1])
    reach = normal_quantile(upper_point(level)) * error
    return NegativeBinomial(
        ratio=math.exp(log_ratio),
        low=math.exp(log_ratio - reach),
        high=math.exp(log_ratio + reach),
        log_ratio=log_ratio,
        standard_error=error,
        p=normal_two_sided(log_ratio / error),
        alpha=alpha,
        log_likelihood=_profile(groups, alpha),
    )


def counted(counts: Values, exposures: Values) -> Counted:
    """Counts and exposures side by side; ValueError for what no count or exposure can be."""
    events, exposed = numbers(counts), numbers(exposures)
    if events.size != exposed.size:
        raise ValueError("Each count needs its exposure.")
    if (events < 0).any() or (events != np.rint(events)).any() or (events > _MOST_EVENTS).any():
        raise ValueError("A count is a whole number from 0 to a million.")
    if (exposed < 1e-9).any() or (exposed > 1e12).any():
        raise ValueError("An exposure is larger than 0.")
    return events, exposed


def _dispersion(first: Counted, second: Counted) -> float:
    chi2 = 0.0
    for events, exposed in (first, second):
        expected = events.sum() / exposed.sum() * exposed
        if events.any():
            chi2 += float(((events - expected) ** 2 / expected).sum())
    return chi2 / (first[0].size + second[0].size - 2)


def _exact(events: tuple[int, int], exposures: tuple[float, float], level: float) -> tuple[float, float | None, float]:
    """The exact interval, and twice the smaller tail of the binomial test: the p that goes with that interval."""
    low, high = exact_bounds(events[0], sum(events), level)
    odds = exposures[0] / exposures[1]
    both = stats.binom(sum(events), exposures[0] / sum(exposures))
    p = min(1.0, 2 * float(min(both.cdf(events[0]), both.sf(events[0] - 1))))
    return low / (1 - low) / odds, high / (1 - high) / odds if high < 1 else None, p


def _quasi(ratio: float, events: tuple[int, int], phi: float, df: int, level: float) -> tuple[float, float, float]:
    error = math.sqrt(phi * (1 / events[0] + 1 / events[1]))
    reach = t_quantile(upper_point(level), df) * error
    return ratio * math.exp(-reach), ratio * math.exp(reach), t_two_sided(math.log(ratio) / error, df)


def _best_alpha(groups: tuple[Counted, Counted]) -> float:
    """The dispersion of the greatest likelihood, 0 when none is better than Poisson's."""
    heights = [_profile(groups, math.exp(log_alpha)) for log_alpha in _GRID]
    best = int(np.argmax(heights))
    around = _GRID[max(best - 1, 0)], _GRID[min(best + 1, _GRID.size - 1)]
    found = optimize.minimize_scalar(
        lambda log_alpha: -_profile(groups, math.exp(log_alpha)),
        bounds=around,
        method="bounded",
        options={"xatol": 1e-9},
    )
    return math.exp(found.x) if -found.fun > _profile(groups, 0.0) + 1e-9 else 0.0


def _profile(groups: tuple[Counted, Counted], alpha: float) -> float:
    """The log likelihood at this dispersion, each group at its best rate."""
    return sum(_log_likelihood(group, _rate(group, alpha), alpha) for group in groups)


def _rate(group: Counted, alpha: float) -> float:
    """The rate at which a group's score is 0: a plain ratio for equal exposures or no dispersion."""
    events, exposed = group
    if alpha == 0 or np.ptp(exposed) == 0:
        return float(events.sum() / exposed.sum())

    def score(rate: float) -> float:
        return float(((events - rate * exposed) / (1 + alpha * rate * exposed)).sum())

    return float(optimize.brentq(score, 0.0, float((events / exposed).max()), xtol=1e-300, rtol=1e-13))


def _log_likelihood(group: Counted, rate: float, alpha: float) -> float:
    events, exposed = group
    means = rate * exposed
    rising = np.concatenate(([0.0], np.cumsum(np.log1p(alpha * np.arange(int(events.max()))))))
    falling = means if alpha == 0 else np.log1p(alpha * means) / alpha
    terms = rising[events.astype(np.intp)] + events * np.log(means) - special.gammaln(events + 1)
    return float((terms - events * np.log1p(alpha * means) - falling).sum())


def _information(group: Counted, rate: float, alpha: float) -> float:
    """Expected information on the logarithm of a group's rate."""
    means = rate * group[1]
    return float((means / (1 + alpha * means)).sum())
