"""The numbers of a group, checked once: finite, enough of them, and of a size that can be reckoned with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from .estimable import NotEstimable

Numbers: TypeAlias = NDArray[np.float64]
Values: TypeAlias = Sequence[float] | Numbers

LARGEST = 1e100
"""Beyond this a sum of squares, and a product of two of them, might overflow."""

_ALIKE = 1e-13
"""Relative distance at which two means of the same values may differ by rounding alone."""

_SMALLEST_SPREAD = 1e-100

_ORDINALS = ("first", "second")


def numbers(values: Values) -> Numbers:
    """One row of numbers; ValueError when one of them is missing or infinite."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError("Expected one row of numbers.")
    if not np.isfinite(array).all():
        raise ValueError("A value is missing or infinite: leave missing values out first.")
    return array


def matrix(rows: Sequence[Values] | Numbers) -> Numbers:
    """Rows of equal length; ValueError when they are ragged, or hold a missing or infinite value."""
    array = np.asarray(rows, dtype=np.float64)
    if array.size == 0:
        return array.reshape(len(array), -1) if len(array) else array.reshape(0, 0)
    if array.ndim != 2:
        raise ValueError("Expected rows of numbers.")
    if not np.isfinite(array).all():
        raise ValueError("A value is missing or infinite: leave missing values out first.")
    return array


def unusable(*groups: Numbers, least: int = 2) -> NotEstimable | None:
    """Why these groups cannot be reckoned with: too few values, or values of no sensible size."""
    for place, group in enumerate(groups):
        if group.shape[0] < least:
            which = f" in the {_ORDINALS[place]} group" if len(groups) > 1 else ""
            return NotEstimable(f"fewer than {least} {'value' if least == 1 else 'values'}{which}")
    if any(np.abs(group).max(initial=0.0) > LARGEST for group in groups):
        return NotEstimable("values too large to reckon with")
    return None


def is_constant(values: Numbers, magnitude: float | None = None) -> bool:
    """Whether all values are the same but for rounding.

    `magnitude` is the size of the numbers that the values were made from, when that is not their own.
    """
    if values.size == 0:
        return True
    scale = float(np.abs(values).max()) if magnitude is None else magnitude
    return float(np.ptp(values)) <= max(_ALIKE * scale, _SMALLEST_SPREAD)


def ties_restored(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """The two groups with values that differ by rounding alone made equal, so that they tie in rank."""
    everyone = np.concatenate((first, second))
    ordered = np.sort(everyone)
    apart = np.diff(ordered, prepend=-np.inf) > _ALIKE * float(np.abs(everyone).max(initial=0.0))
    distinct = ordered[apart]
    joined = distinct[np.searchsorted(distinct, everyone, side="right") - 1]
    return joined[: first.size], joined[first.size :]


def mean(values: Numbers) -> float:
    """The mean, summed without loss."""
    return math.fsum(values) / values.size


def variance(values: Numbers) -> float:
    """The variance over n - 1 in two passes; exactly 0 for values that are all the same."""
    if is_constant(values):
        return 0.0
    deviations = values - mean(values)
    squares = math.fsum(deviations**2) - math.fsum(deviations) ** 2 / values.size
    return squares / (values.size - 1)
