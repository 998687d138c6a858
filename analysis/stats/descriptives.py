"""What a row of values is like: the numbers of Table 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .samples import Numbers, mean, numbers, unusable, variance


@dataclass(frozen=True, slots=True)
class Description:
    """Size, place and spread of some values, in their unit; None where there is no such number."""

    n: int
    """Values that are there."""
    missing: int
    mean: float | None
    sd: float | None
    """Over n - 1; None below two values."""
    median: float | None
    q1: float | None
    """Quartiles by linear interpolation (type 7 of R, the default of pandas)."""
    q3: float | None
    low: float | None
    high: float | None


def describe(values: Sequence[float | None]) -> Description:
    """Describe the values that are there; a missing one is None, and is only counted."""
    sample = numbers([value for value in values if value is not None])
    missing = len(values) - sample.size
    if unusable(sample, least=1):
        return Description(sample.size, missing, None, None, None, None, None, *_range(sample))
    q1, median, q3 = np.quantile(sample, [0.25, 0.5, 0.75]).tolist()
    sd = math.sqrt(variance(sample)) if sample.size > 1 else None
    return Description(sample.size, missing, mean(sample), sd, median, q1, q3, *_range(sample))


def _range(sample: Numbers) -> tuple[float | None, float | None]:
    return (float(sample.min()), float(sample.max())) if sample.size else (None, None)
