"""Two raters of the same things, such as the rating by a model and by an instructor: how far they agree."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from .distributions import f_quantile, normal_quantile, upper_point
from .estimable import NotEstimable
from .samples import Numbers, Values, is_constant, matrix, mean, unusable


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa: agreement beyond what the two raters' shares of each level would give by chance."""

    n: int
    percent: float
    """Pairs with the same level, from 0 to 100."""
    kappa: float
    low: float | None
    """Asymptotic interval; None for complete agreement, whose spread these data cannot tell."""
    high: float | None
    table: tuple[tuple[int, ...], ...]
    """Counts: a row for each level of the first rater, a column for each of the second."""


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """Agreement of raters on a scale: of one rater alone, and of the mean of all of them."""

    n: int
    """Things that were rated."""
    raters: int
    icc: float
    """As estimated: below 0 when the raters differ more than the things do."""
    low: float | None
    """None for complete agreement, whose spread these data cannot tell."""
    high: float | None
    average: float | None
    """Of the mean of the raters, the form with k; None when the things do not differ."""
    average_low: float | None
    average_high: float | None


def weighted_kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], levels: Sequence[Hashable], level: float = 0.95
) -> Agreement | NotEstimable:
    """Kappa with quadratic weights (Cohen 1968), for levels in their order."""
    places = np.arange(len(levels), dtype=np.float64)
    weights = 1 - ((places[:, None] - places) / max(len(levels) - 1, 1)) ** 2
    return _kappa(first, second, levels, weights, level)


def cohen_kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], levels: Sequence[Hashable], level: float = 0.95
) -> Agreement | NotEstimable:
    """Kappa that counts only the same level as agreement (Cohen 1960)."""
    return _kappa(first, second, levels, np.eye(len(levels)), level)


def icc_1_1(rows: Sequence[Values] | Numbers, level: float = 0.95) -> IntraclassCorrelation | NotEstimable:
    """ICC(1,1) and (1,k): each thing rated by other raters (Shrout and Fleiss 1979)."""
    squares = _mean_squares(rows)
    if isinstance(squares, NotEstimable):
        return squares
    return _consistency(squares, squares.within, squares.n * (squares.raters - 1), level)


def icc_3_1(rows: Sequence[Values] | Numbers, level: float = 0.95) -> IntraclassCorrelation | NotEstimable:
    """ICC(3,1) and (3,k): these raters and no others, whose different levels do not count."""
    squares = _mean_squares(rows)
    if isinstance(squares, NotEstimable):
        return squares
    return _consistency(squares, squares.error, (squares.n - 1) * (squares.raters - 1), level)


def icc_2_1(rows: Sequence[Values] | Numbers, level: float = 0.95) -> IntraclassCorrelation | NotEstimable:
    """ICC(2,1) and (2,k): raters drawn from many, absolute agreement; one row a thing, one column a rater.

    Interval by McGraw and Wong (1996).
    """
    squares = _mean_squares(rows)
    if isinstance(squares, NotEstimable):
        return squares
    n, k, things, raters, error = squares.n, squares.raters, squares.things, squares.between_raters, squares.error
    total = things + (k - 1) * error + k * (raters - error) / n
    if total <= 1e-12 * (things + raters + error):
        return NotEstimable("the things do not differ")
    icc = (things - error) / total
    low, high = _absolute_interval(squares, icc, level) if error else (None, None)
    return IntraclassCorrelation(n, k, icc, low, high, _averaged(icc, k), _averaged(low, k), _averaged(high, k))


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """The two-way analysis of variance; a mean square that is nothing but rounding is 0."""

    n: int
    raters: int
    things: float
    between_raters: float
    error: float

    @property
    def within(self) -> float:
        """Of the ratings of one thing, the levels of the raters among them."""
        return (self.between_raters + (self.n - 1) * self.error) / self.n


def _mean_squares(rows: Sequence[Values] | Numbers) -> _MeanSquares | NotEstimable:
    ratings = matrix(rows)
    if reason := unusable(ratings.ravel(), least=0):
        return reason
    n, raters = ratings.shape
    if n < 2 or raters < 2:
        return NotEstimable("fewer than 2 things" if n < 2 else "fewer than 2 raters")
    if is_constant(ratings.ravel()):
        return NotEstimable("no variance")
    centred = ratings - mean(ratings.ravel())
    of_things, of_raters = centred.mean(axis=1), centred.mean(axis=0)
    rest = centred - of_things[:, None] - of_raters
    squares = np.array(
        [
            raters * (of_things @ of_things) / (n - 1),
            n * (of_raters @ of_raters) / (raters - 1),
            (rest**2).sum() / ((n - 1) * (raters - 1)),
        ]
    )
    squares[squares < 1e-24 * float((ratings**2).sum())] = 0
    if not squares[0] and not squares[2]:
        return NotEstimable("the things do not differ")
    return _MeanSquares(n, raters, *squares.tolist())


def _consistency(squares: _MeanSquares, error: float, df: int, level: float) -> IntraclassCorrelation:
    """The forms whose interval is one of an F ratio."""
    n, k = squares.n, squares.raters
    icc = (squares.things - error) / (squares.things + (k - 1) * error)
    if not error:
        return IntraclassCorrelation(n, k, icc, None, None, _averaged(icc, k), None, None)
    ratio, upper = squares.things / error, upper_point(level)
    ratios = ratio / f_quantile(upper, n - 1, df), ratio * f_quantile(upper, df, n - 1)
    low, high = ((bound - 1) / (bound + k - 1) for bound in ratios)
    return IntraclassCorrelation(n, k, icc, low, high, _averaged(icc, k), _averaged(low, k), _averaged(high, k))


def _absolute_interval(squares: _MeanSquares, icc: float, level: float) -> tuple[float | None, float | None]:
    """Satterthwaite's interval; None where it misses the estimate or has no end, as it may for a negative ICC."""
    n, k, things, raters, error = squares.n, squares.raters, squares.things, squares.between_raters, squares.error
    of_raters = k * icc * raters
    of_error = (n * (1 - icc) + k * icc * (n - 1)) * error
    if not (both := of_raters + of_error):
        return None, None
    share = of_raters / both
    df = 1 / (share**2 / (k - 1) + (1 - share) ** 2 / ((n - 1) * (k - 1)))
    upper, other = upper_point(level), k * raters + (k * n - k - n) * error
    f_low, f_high = f_quantile(upper, n - 1, df), f_quantile(upper, df, n - 1)
    low = n * (things - f_low * error) / (f_low * other + n * things)
    high = n * (f_high * things - error) / (other + n * f_high * things)
    return (low, high) if low <= icc <= high else (None, None)


def _averaged(icc: float | None, raters: int) -> float | None:
    """Spearman and Brown's step from one rater to the mean of all."""
    if icc is None or 1 + (raters - 1) * icc <= 1e-12:
        return None
    return raters * icc / (1 + (raters - 1) * icc)


def _kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], levels: Sequence[Hashable], weights: Numbers, level: float
) -> Agreement | NotEstimable:
    counts = _cross_table(first, second, levels)
    n = int(counts.sum())
    if n < 2:
        return NotEstimable("fewer than 2 pairs")
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float((weights * shares).sum()), float(rows @ weights @ columns)
    if expected > 1 - 1e-12:
        return NotEstimable("both raters gave everything the same level")
    kappa = (observed - expected) / (1 - expected)
    error = _kappa_error(shares, weights, kappa, expected) / math.sqrt(n)
    reach = normal_quantile(upper_point(level)) * error
    return Agreement(
        n=n,
        percent=100 * float(np.trace(shares)),
        kappa=kappa,
        low=max(-1.0, kappa - reach) if error else None,
        high=min(1.0, kappa + reach) if error else None,
        table=tuple(tuple(row) for row in counts.astype(int).tolist()),
    )


def _cross_table(first: Sequence[Hashable], second: Sequence[Hashable], levels: Sequence[Hashable]) -> Numbers:
    if len(first) != len(second):
        raise ValueError("Each rating of the first rater needs one of the second.")
    places = {name: place for place, name in enumerate(levels)}
    if unknown := (set(first) | set(second)) - set(places):
        raise ValueError(f"Not among the levels: {', '.join(sorted(map(str, unknown)))}.")
    counts = np.zeros((len(levels), len(levels)))
    for one, other in zip(first, second, strict=True):
        counts[places[one], places[other]] += 1
    return counts


def _kappa_error(shares: Numbers, weights: Numbers, kappa: float, expected: float) -> float:
    """The root of n times the variance of kappa (Fleiss, Cohen and Everitt 1969); 0 for complete agreement."""
    by_row, by_column = weights @ shares.sum(axis=0), weights.T @ shares.sum(axis=1)
    chance = by_row[:, None] + by_column
    squares = float((shares * (weights - chance * (1 - kappa)) ** 2).sum())
    spread = squares - (kappa - expected * (1 - kappa)) ** 2
    return math.sqrt(spread) / (1 - expected) if spread > 1e-14 else 0.0
