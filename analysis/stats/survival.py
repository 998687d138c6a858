"""Times to an action that some never took: right-censored, by Kaplan and Meier; none of them is dropped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .distributions import chi2_upper, normal_quantile, upper_point
from .estimable import Interval, NotEstimable
from .samples import Numbers, Values, numbers, unusable

Bounds: TypeAlias = tuple[float | None, ...]
Flags: TypeAlias = Sequence[bool] | Sequence[int] | NDArray[np.bool_]

_HALF = 0.5 + 1e-9
"""One half, with room for the rounding of a product of shares."""

NO_TIMES = NotEstimable("no times")


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that has not acted yet: a step down at each time of an event, beginning with all at time 0.

    The last point is the end of the last follow-up, when that lies after the last event.
    """

    times: tuple[float, ...]
    survival: tuple[float, ...]
    low: Bounds
    """Pointwise band on the log-log scale; None after the last event and where the share is 0."""
    high: Bounds
    at_risk: tuple[int, ...]
    """How many are followed just before this time."""
    events: tuple[int, ...]
    """How many act at this time."""


@dataclass(frozen=True, slots=True)
class RestrictedMean:
    """The mean time until the action, or until tau for those who have not acted by then."""

    mean: float
    standard_error: float | None
    """None, and so the bounds, when no one acts before tau, or all at once."""
    low: float | None
    high: float | None
    tau: float


@dataclass(frozen=True, slots=True)
class LogRank:
    """The log-rank test of two groups (Mantel 1966)."""

    statistic: float
    """Chi-squared with one degree of freedom."""
    p: float
    observed_1: int
    expected_1: float
    observed_2: int
    expected_2: float


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """The share that each cause has taken by each time, the other causes being in the way."""

    times: tuple[float, ...]
    incidence: dict[int, tuple[float, ...]]
    """By cause; at each time the causes and the share without any event add up to 1."""


def kaplan_meier(times: Values, events: Flags, level: float = 0.95) -> Curve | NotEstimable:
    """The curve with Greenwood's variance; `events` says who acted, the others were followed so long without it."""
    followed, acted = _follow_up(times, events)
    if reason := unusable(followed, least=1):
        return NO_TIMES if not followed.size else reason
    steps, dead, risk = _steps(followed, acted)
    survival = np.cumprod(1 - dead / risk).tolist()
    band = _band(survival, dead, risk, level)
    last = float(followed.max())
    tail = [last] if not steps.size or last > steps[-1] else []
    return Curve(
        times=(0.0, *steps.tolist(), *tail),
        survival=(1.0, *survival, *((survival or [1.0])[-1] for _ in tail)),
        low=(1.0, *(low for low, _ in band), *(None for _ in tail)),
        high=(1.0, *(high for _, high in band), *(None for _ in tail)),
        at_risk=(followed.size, *risk.astype(int).tolist(), *at_risk(followed, tail)),
        events=(0, *dead.astype(int).tolist(), *(0 for _ in tail)),
    )


def median_time(curve: Curve) -> tuple[float | None, Interval]:
    """When half have acted, and the interval where the band crosses one half (Brookmeyer and Crowley 1982).

    None where the curve or its band never comes so low: the median lies beyond the follow-up.
    """
    return (
        _first_at_half(curve.times, curve.survival),
        Interval(_first_at_half(curve.times, curve.low), _first_at_half(curve.times, curve.high)),
    )


def survival_at(curve: Curve, t: float) -> float | NotEstimable:
    """The share that has not acted by t, those who act at t counted as done."""
    if t > curve.times[-1] and curve.survival[-1] > 0:
        return NotEstimable("no one was followed so long")
    return curve.survival[max(int(np.searchsorted(curve.times, t, side="right")) - 1, 0)]


def restricted_mean(times: Values, events: Flags, tau: float, level: float = 0.95) -> RestrictedMean | NotEstimable:
    """The area under the curve up to tau, with Greenwood's variance (Irwin 1949)."""
    curve = kaplan_meier(times, events)
    if isinstance(curve, NotEstimable):
        return curve
    if not 0 < tau < math.inf:
        raise ValueError("The horizon tau is a time after 0.")
    if tau > curve.times[-1] and curve.survival[-1] > 0:
        return NotEstimable("the follow-up ends before tau")
    before = np.asarray(curve.times) < tau
    starts, shares = np.asarray(curve.times)[before], np.asarray(curve.survival)[before]
    areas = shares * np.diff(np.append(starts, tau))
    rest = np.cumsum(areas[::-1])[::-1]
    dead, risk = np.asarray(curve.events)[before], np.asarray(curve.at_risk)[before]
    partly = dead < risk
    squares = rest[partly] ** 2 * dead[partly] / (risk[partly] * (risk[partly] - dead[partly]))
    average, error = float(areas.sum()), math.sqrt(float(squares.sum()))
    if not error:
        return RestrictedMean(average, None, None, None, tau)
    reach = normal_quantile(upper_point(level)) * error
    return RestrictedMean(average, error, max(0.0, average - reach), min(tau, average + reach), tau)


def log_rank(times_1: Values, events_1: Flags, times_2: Values, events_2: Flags) -> LogRank | NotEstimable:
    """Compare when two groups act, over the whole time that anyone is followed."""
    first, second = _follow_up(times_1, events_1), _follow_up(times_2, events_2)
    if reason := unusable(first[0], second[0], least=1):
        return reason
    steps, dead, risk = _steps(np.concatenate((first[0], second[0])), np.concatenate((first[1], second[1])))
    if not steps.size:
        return NotEstimable("no events")
    share = _still_followed(first[0], steps) / risk
    expected = float((dead * share).sum())
    spread = dead * share * (1 - share) * (risk - dead) / np.maximum(risk - 1, 1)
    if not spread.any():
        return NotEstimable("the groups are never at risk together when someone acts")
    observed = int(first[1].sum())
    statistic = (observed - expected) ** 2 / float(spread.sum())
    total = int(dead.sum())
    return LogRank(statistic, chi2_upper(statistic, 1), observed, expected, total - observed, total - expected)


def cumulative_incidence(times: Values, causes: Sequence[int]) -> CumulativeIncidence | NotEstimable:
    """Aalen and Johansen's estimate (1978); cause 0 is the end of follow-up without any event."""
    kinds = np.asarray(causes, dtype=np.int64)
    followed, happened = _follow_up(times, kinds != 0)
    if not followed.size:
        return NO_TIMES
    steps, dead, risk = _steps(followed, happened)
    before = np.concatenate(([1.0], np.cumprod(1 - dead / risk)[:-1])) if steps.size else dead
    incidence = {}
    for cause in sorted({int(kind) for kind in kinds if kind}):
        taken = _count_at(followed[kinds == cause], steps)
        incidence[cause] = (0.0, *np.cumsum(before * taken / risk).tolist())
    return CumulativeIncidence((0.0, *steps.tolist()), incidence)


def at_risk(times: Values, at: Sequence[float]) -> tuple[int, ...]:
    """How many are still followed at each of these times."""
    counts = _still_followed(numbers(times), np.asarray(at, dtype=np.float64))
    return tuple(counts.astype(int).tolist())


def _follow_up(times: Values, events: Flags) -> tuple[Numbers, NDArray[np.bool_]]:
    followed, acted = numbers(times), np.asarray(events, dtype=np.bool_)
    if followed.size != acted.size:
        raise ValueError("Each time needs to be told whether it ended with the event.")
    if (followed < 0).any():
        raise ValueError("A time is 0 or later.")
    return followed, acted


def _steps(followed: Numbers, acted: NDArray[np.bool_]) -> tuple[Numbers, Numbers, Numbers]:
    """The times of events in order, how many happen then, and how many are at risk just before."""
    steps = np.unique(followed[acted])
    return steps, _count_at(followed[acted], steps), _still_followed(followed, steps)


def _count_at(followed: Numbers, steps: Numbers) -> Numbers:
    ordered = np.sort(followed)
    counts = np.searchsorted(ordered, steps, side="right") - np.searchsorted(ordered, steps, side="left")
    return np.asarray(counts, dtype=np.float64)


def _still_followed(followed: Numbers, at: Numbers) -> Numbers:
    return followed.size - np.searchsorted(np.sort(followed), at, side="left").astype(np.float64)


def _band(survival: list[float], dead: Numbers, risk: Numbers, level: float) -> list[tuple[float | None, float | None]]:
    """Bounds on the scale of log(-log S), which stay between 0 and 1."""
    z, greenwood = normal_quantile(upper_point(level)), 0.0
    band: list[tuple[float | None, float | None]] = []
    for share, died, at_step in zip(survival, dead.tolist(), risk.tolist(), strict=True):
        if died == at_step:
            band.append((None, None))
            continue
        greenwood += died / (at_step * (at_step - died))
        reach = z * math.sqrt(greenwood) / -math.log(share)
        band.append((share ** math.exp(reach), share ** math.exp(-reach)))
    return band


def _first_at_half(times: tuple[float, ...], shares: Bounds) -> float | None:
    """The first time with no more than one half left; when it is just one half, midway to the next step (as R)."""
    low = [(time, share) for time, share in zip(times, shares, strict=True) if share is not None and share <= _HALF]
    if not low:
        return None
    first, share = low[0]
    below = [time for time, later in low if later < share]
    return (first + below[0]) / 2 if abs(share - 0.5) < 1e-9 and below else first
