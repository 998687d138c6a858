"""The checklist as a test: how well its items hang together, and how each of them works."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .distributions import f_quantile, upper_point
from .estimable import Interval, NotEstimable
from .proportions import wilson
from .samples import Numbers, Values, is_constant, matrix, mean, unusable, variance


@dataclass(frozen=True, slots=True)
class Reliability:
    """Internal consistency of some items; to be printed for 30 students or more."""

    alpha: float
    """Cronbach's alpha: the same number as KR-20 for items of 0 and 1."""
    low: float
    high: float
    items: int
    """Items that vary; an item that is the same in all students counts for none."""
    n: int
    """Students."""
    kr21: float | None
    """Kuder and Richardson's formula 21; None unless all items are 0 or 1."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item of a checklist."""

    difficulty: float
    """The mean credit: the share that did it, so that an easy item is near 1."""
    low: float | None
    """Wilson's interval of that share; None for an item with partial credit."""
    high: float | None
    item_rest_r: float | NotEstimable
    """Correlation with the sum of the other items."""
    alpha_if_dropped: float | NotEstimable
    discrimination_27: float | NotEstimable
    """Mean in the best 27 % of students less that in the worst 27 %, by sum; students level with the last of them
    belong to them as well."""


def cronbach_alpha(rows: Sequence[Values] | Numbers, level: float = 0.95) -> Reliability | NotEstimable:
    """Alpha with Feldt's interval (1965); one row a student, one column an item."""
    scores = matrix(rows)
    if reason := _unusable(scores):
        return reason
    scores = scores[:, _varying(scores)]
    alpha = _alpha(scores)
    if isinstance(alpha, NotEstimable):
        return alpha
    n, items = scores.shape
    upper, freedom = upper_point(level), (n - 1) * (items - 1)
    low, high = (1 - (1 - alpha) * f_quantile(point, n - 1, freedom) for point in (upper, 1 - upper))
    return Reliability(alpha, low, high, items, n, _kr21(scores))


def item_statistics(rows: Sequence[Values] | Numbers) -> tuple[ItemStatistics, ...] | NotEstimable:
    """Each item in the order of the columns."""
    scores = matrix(rows)
    if reason := unusable(scores.ravel(), least=1):
        return reason
    return tuple(_item(scores, place) for place in range(scores.shape[1]))


def _unusable(scores: Numbers) -> NotEstimable | None:
    if reason := unusable(scores.ravel(), least=0):
        return reason
    return NotEstimable("fewer than 2 students") if len(scores) < 2 else None


def _varying(scores: Numbers) -> list[int]:
    return [place for place in range(scores.shape[1]) if not is_constant(scores[:, place])]


def _alpha(scores: Numbers) -> float | NotEstimable:
    """Alpha of items that vary."""
    items = scores.shape[1]
    if items < 2:
        return NotEstimable("fewer than 2 items that vary")
    totals = scores.sum(axis=1)
    if is_constant(totals, magnitude=float(np.abs(scores).sum(axis=1).max())):
        return NotEstimable("no variance of the sums")
    uncommon = sum(variance(column) for column in scores.T) / variance(totals)
    return float(items / (items - 1) * (1 - uncommon))


def _kr21(scores: Numbers) -> float | None:
    if not np.isin(scores, (0.0, 1.0)).all():
        return None
    items, totals = len(scores.T), np.asarray(scores.sum(axis=1))
    middle, spread = mean(totals), variance(totals) * (totals.size - 1) / totals.size
    return float(items / (items - 1) * (1 - middle * (items - middle) / (items * spread)))


def _item(scores: Numbers, place: int) -> ItemStatistics:
    item, others = scores[:, place], np.delete(scores, place, axis=1)
    low, high = _difficulty_interval(item)
    return ItemStatistics(
        difficulty=mean(item),
        low=low,
        high=high,
        item_rest_r=_correlation(item, others.sum(axis=1)),
        alpha_if_dropped=_alpha(others[:, _varying(others)])
        if len(scores) > 1
        else NotEstimable("fewer than 2 students"),
        discrimination_27=_discrimination(item, scores.sum(axis=1)),
    )


def _difficulty_interval(item: Numbers) -> Interval:
    interval = wilson(int(item.sum()), item.size) if np.isin(item, (0.0, 1.0)).all() else None
    return interval if isinstance(interval, Interval) else Interval(None, None)


def _correlation(item: Numbers, rest: Numbers) -> float | NotEstimable:
    if item.size < 3:
        return NotEstimable("fewer than 3 students")
    if is_constant(item):
        return NotEstimable("the item is the same in all students")
    if is_constant(rest):
        return NotEstimable("the other items are the same in all students")
    product = float(((item - mean(item)) * (rest - mean(rest))).sum()) / (item.size - 1)
    return max(-1.0, min(1.0, product / math.sqrt(variance(item)) / math.sqrt(variance(rest))))


def _discrimination(item: Numbers, totals: Numbers) -> float | NotEstimable:
    ordered = np.sort(totals)
    count = max(1, round(0.27 * totals.size))
    if totals.size < 4 or ordered[count - 1] >= ordered[-count]:
        return NotEstimable("the best and the worst students cannot be told apart")
    return mean(item[totals >= ordered[-count]]) - mean(item[totals <= ordered[count - 1]])
