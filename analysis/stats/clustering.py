"""How alike the encounters of one student are, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .estimable import NotEstimable
from .samples import Values, is_constant, mean, numbers, unusable


@dataclass(frozen=True, slots=True)
class Clustering:
    """The likeness of values within groups (encounters within students)."""

    icc: float
    """ICC(1) as estimated: below 0 when the values of one student differ more than those of different students."""
    design_effect: float
    """1 + (mean size - 1) ICC: by how much the variance of a mean grows; below 1 with a negative ICC."""
    mean_size: float
    """Values per group."""
    groups: int
    n: int


def icc1(groups: Sequence[Values]) -> Clustering | NotEstimable:
    """ICC(1) from the one-way analysis of variance (Donner 1986); groups may differ in size, empty ones do not count.

    A negative estimate is given as it is, not raised to 0.
    """
    samples = [sample for sample in map(numbers, groups) if sample.size]
    everyone = np.concatenate(samples) if samples else np.empty(0)
    if len(samples) < 2:
        return NotEstimable("fewer than 2 groups")
    if reason := unusable(everyone, least=3):
        return reason
    if everyone.size == len(samples):
        return NotEstimable("no group with 2 values")
    if is_constant(everyone):
        return NotEstimable("no variance")
    grand, count = mean(everyone), len(samples)
    between = sum(sample.size * (mean(sample) - grand) ** 2 for sample in samples) / (count - 1)
    within = sum(float(((sample - mean(sample)) ** 2).sum()) for sample in samples) / (everyone.size - count)
    size = (everyone.size - sum(sample.size**2 for sample in samples) / everyone.size) / (count - 1)
    icc = (between - within) / (between + (size - 1) * within)
    mean_size = everyone.size / count
    return Clustering(icc, 1 + (mean_size - 1) * icc, mean_size, count, everyone.size)
