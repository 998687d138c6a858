"""How far the missing could move the result: each of them at the worst, and at the best, that is possible."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .estimable import NotEstimable
from .samples import LARGEST, Values, numbers


@dataclass(frozen=True, slots=True)
class MissingBounds:
    """The difference of means, first less second, over all that could be behind the missing values."""

    estimate: float | None
    """Of those who are there; None when an arm has none."""
    low: float
    """The missing of the first arm all at the lowest value, those of the second all at the highest."""
    high: float


def bounds(
    a: Values, b: Values, missing_a: int, missing_b: int, lowest: float, highest: float
) -> MissingBounds | NotEstimable:
    """Best and worst case for the students who are not there; `lowest` and `highest` are the ends of the scale."""
    first, second = numbers(a), numbers(b)
    if not -LARGEST <= lowest < highest <= LARGEST or missing_a < 0 or missing_b < 0:
        raise ValueError("The scale needs two different ends, and no arm misses less than none.")
    if ((everyone := np.concatenate((first, second))) < lowest).any() or (everyone > highest).any():
        raise ValueError("A value lies outside the scale.")
    for name, size in (("first", first.size + missing_a), ("second", second.size + missing_b)):
        if not size:
            return NotEstimable(f"no one in the {name} group")

    def filled(values: Values, missing: int, value: float) -> float:
        return (math.fsum(values) + missing * value) / (len(values) + missing)

    return MissingBounds(
        estimate=filled(first, 0, 0.0) - filled(second, 0, 0.0) if first.size and second.size else None,
        low=filled(first, missing_a, lowest) - filled(second, missing_b, highest),
        high=filled(first, missing_a, highest) - filled(second, missing_b, lowest),
    )
