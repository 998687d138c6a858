"""Several tests at once: p-values raised so that chance alone seldom wins one of them. A missing p counts for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's adjustment (1979), for the family of secondary outcomes; in the order given."""

    def adjusted(ordered: list[float]) -> list[float]:
        count = len(ordered)
        return list(accumulate((min(1.0, (count - place) * p) for place, p in enumerate(ordered)), max))

    return _adjust(p_values, adjusted)


def benjamini_hochberg(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Benjamini and Hochberg's adjustment (1995) for the false discovery rate, for items and vital signs."""

    def adjusted(ordered: list[float]) -> list[float]:
        count = len(ordered)
        falling = (min(1.0, count / (place + 1) * ordered[place]) for place in reversed(range(count)))
        return list(accumulate(falling, min))[::-1]

    return _adjust(p_values, adjusted)


def _adjust(
    p_values: Sequence[float | None], adjusted: Callable[[list[float]], list[float]]
) -> tuple[float | None, ...]:
    """Adjust the p-values that are there, from the smallest to the largest, and put each in its old place."""
    present = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    if any(not 0 <= p <= 1 for p, _ in present):
        raise ValueError("A p-value lies between 0 and 1.")
    result: list[float | None] = [None] * len(p_values)
    for (_, place), p in zip(present, adjusted([p for p, _ in present]), strict=True):
        result[place] = p
    return tuple(result)
