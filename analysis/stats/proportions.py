"""Shares of students: one share, two shares compared, and tables of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from .distributions import chi2_upper, normal_quantile, upper_point
from .estimable import Interval, NotEstimable

RANDOM_TABLES = 99_999
_SEED = 20_260_101
"""Fixed, so that the same table always has the same p-value."""

_BOSCHLOO_MOST = 40_000
"""Product of the two group sizes up to which Boschloo's test is quick."""

_SIZE = "no one in the {} group"


@dataclass(frozen=True, slots=True)
class RiskDifference:
    """The share in the first group less the share in the second."""

    x_1: int
    n_1: int
    x_2: int
    n_2: int
    p_1: float
    p_2: float
    estimate: float
    low: float
    high: float
    p: float
    """Two-sided."""
    p_method: str


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """The conditional odds ratio of the first group to the second, with its exact interval; None is infinity."""

    ratio: float | None
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class TableAssociation:
    """Whether the rows and the columns of a table of counts go together."""

    statistic: float
    """Pearson's chi-squared, without continuity correction."""
    df: int
    p: float
    cramer_v: float
    """0 for none, 1 for a complete association."""
    method: str
    """Where p comes from."""


def wilson(x: int, n: int, level: float = 0.95) -> Interval | NotEstimable:
    """The score interval of one share (Wilson 1927)."""
    _check(x, n)
    if n == 0:
        return NotEstimable("no one to count")
    return Interval(*_wilson(x, n, level))


def clopper_pearson(x: int, n: int, level: float = 0.95) -> Interval | NotEstimable:
    """The exact interval of one share (Clopper and Pearson 1934)."""
    _check(x, n)
    if n == 0:
        return NotEstimable("no one to count")
    return Interval(*exact_bounds(x, n, level))


def exact_bounds(x: int, n: int, level: float) -> tuple[float, float]:
    """Clopper and Pearson's bounds for at least one observation."""
    tail = 1 - upper_point(level)
    low = float(special.betaincinv(x, n - x + 1, tail)) if x else 0.0
    high = float(special.betaincinv(x + 1, n - x, 1 - tail)) if x < n else 1.0
    return low, high


def risk_difference(x_1: int, n_1: int, x_2: int, n_2: int, level: float = 0.95) -> RiskDifference | NotEstimable:
    """Two shares with the hybrid score interval of Newcombe (1998, method 10) and Fisher's exact test."""
    if reason := _no_one(x_1, n_1, x_2, n_2):
        return reason
    share_1, share_2 = x_1 / n_1, x_2 / n_2
    (low_1, high_1), (low_2, high_2) = _wilson(x_1, n_1, level), _wilson(x_2, n_2, level)
    estimate = share_1 - share_2
    return RiskDifference(
        x_1=x_1,
        n_1=n_1,
        x_2=x_2,
        n_2=n_2,
        p_1=share_1,
        p_2=share_2,
        estimate=estimate,
        low=max(-1.0, estimate - math.hypot(share_1 - low_1, high_2 - share_2)),
        high=min(1.0, estimate + math.hypot(high_1 - share_1, share_2 - low_2)),
        p=_fisher_two_by_two(np.array([[x_1, n_1 - x_1], [x_2, n_2 - x_2]])),
        p_method="Fisher exact",
    )


def boschloo(x_1: int, n_1: int, x_2: int, n_2: int) -> float | NotEstimable:
    """The two-sided p-value of Boschloo's test (1970), which is never weaker than Fisher's; for small groups only."""
    if reason := _no_one(x_1, n_1, x_2, n_2):
        return reason
    if n_1 * n_2 > _BOSCHLOO_MOST:
        return NotEstimable("groups too large for Boschloo's test")
    if x_1 + x_2 in (0, n_1 + n_2):
        return 1.0
    return min(1.0, float(stats.boschloo_exact([[x_1, x_2], [n_1 - x_1, n_2 - x_2]]).pvalue))


def conditional_odds_ratio(x_1: int, n_1: int, x_2: int, n_2: int, level: float = 0.95) -> OddsRatio | NotEstimable:
    """The odds ratio by conditional maximum likelihood, exact interval (Cornfield 1956, two equal tails)."""
    if reason := _no_one(x_1, n_1, x_2, n_2):
        return reason
    if x_1 + x_2 in (0, n_1 + n_2):
        return NotEstimable("the outcome is the same in everyone")
    result = stats.contingency.odds_ratio([[x_1, n_1 - x_1], [x_2, n_2 - x_2]], kind="conditional")
    low, high = result.confidence_interval(upper_point(level) * 2 - 1)
    return OddsRatio(_finite(result.statistic), float(low), _finite(high))


def table_association(table: Sequence[Sequence[int]]) -> TableAssociation | NotEstimable:
    """Pearson's test, or Fisher's when an expected count is below 5; empty rows and columns are left out first."""
    counts = _filled(table)
    if min(counts.shape) < 2:
        return NotEstimable("fewer than two rows or columns with counts")
    total, df = int(counts.sum()), (counts.shape[0] - 1) * (counts.shape[1] - 1)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / total
    statistic = float(((counts - expected) ** 2 / expected).sum())
    sparse = float(expected.min()) < 5
    p, method = _fisher(counts) if sparse else (chi2_upper(statistic, df), "Pearson chi-squared")
    v = math.sqrt(statistic / (total * (min(counts.shape) - 1)))
    return TableAssociation(statistic, df, p, min(v, 1.0), method)


def _check(x: int, n: int) -> None:
    if not 0 <= x <= n:
        raise ValueError("A count lies between 0 and the size of its group.")


def _no_one(x_1: int, n_1: int, x_2: int, n_2: int) -> NotEstimable | None:
    _check(x_1, n_1)
    _check(x_2, n_2)
    if n_1 and n_2:
        return None
    return NotEstimable(_SIZE.format("second" if n_1 else "first"))


def _wilson(x: int, n: int, level: float) -> tuple[float, float]:
    z = normal_quantile(upper_point(level))
    share = x / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return (middle - half if x else 0.0), (middle + half if x < n else 1.0)


def _filled(table: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """The table without empty rows and columns; ValueError for what no count can be."""
    given = np.asarray(table)
    if given.size == 0:
        return np.zeros((0, 0), dtype=np.int64)
    counts = given.astype(np.int64)
    if counts.ndim != 2 or (counts != given).any() or (counts < 0).any():
        raise ValueError("A table of counts has whole numbers of 0 or more in rows of equal length.")
    return np.asarray(counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0])


def _fisher(counts: NDArray[np.int64]) -> tuple[float, str]:
    """Exact for two by two; for larger tables by random ones with the same margins."""
    if counts.shape == (2, 2):
        return _fisher_two_by_two(counts), "Fisher exact"
    method = stats.MonteCarloMethod(n_resamples=RANDOM_TABLES, rng=np.random.default_rng(_SEED), batch=10_000)
    p = float(stats.fisher_exact(counts, method=method)[1])
    return p, f"Fisher exact, {RANDOM_TABLES:,} random tables"


def _fisher_two_by_two(counts: NDArray[np.int64]) -> float:
    return float(stats.fisher_exact(counts)[1])


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
