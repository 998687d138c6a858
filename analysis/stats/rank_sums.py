"""The exact distribution of the sum of some ranks drawn from all, ties or not (Streitberg and Röhmel 1986)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .samples import Numbers


@dataclass(frozen=True, slots=True)
class RankSums:
    """Every sum that `size` of the ranks can have, and its chance when all draws are alike."""

    sums: Numbers
    chances: Numbers

    def at_most(self, value: float) -> float:
        """The chance of a sum no larger than this."""
        return float(self.chances[self.sums <= value + 1e-9].sum())

    def as_far_from_the_mean(self, value: float) -> float:
        """The chance of a sum at least as far from the mean as this one, on either side: a two-sided p-value."""
        middle = float(self.sums @ self.chances)
        distance = np.abs(self.sums - middle)
        return min(1.0, float(self.chances[distance >= abs(value - middle) - 1e-6].sum()))


def rank_sums(ranks: Numbers, size: int) -> RankSums:
    """The distribution for these ranks, whole or half numbers; needs time in proportion to n³ times `size`."""
    doubled = np.rint(2 * np.sort(ranks)).astype(np.int64)
    unit = int(np.gcd.reduce(doubled))
    weights = doubled // unit
    counts = _subsets(weights, size)
    possible = np.flatnonzero(counts)
    chances = np.asarray(counts[possible] / math.comb(ranks.size, size), dtype=np.float64)
    sums = np.asarray(possible * (unit / 2), dtype=np.float64)
    return RankSums(sums, chances)


def _subsets(weights: NDArray[np.int64], size: int) -> Numbers:
    """How many subsets of `size` weights have each sum."""
    counts: Numbers = np.zeros((size + 1, int(weights[-size:].sum()) + 1))
    counts[0, 0] = 1
    for seen, weight in enumerate(weights.tolist(), start=1):
        rows = min(seen, size)
        counts[1 : rows + 1, weight:] += counts[:rows, :-weight]
    return np.asarray(counts[size])
