"""Two groups compared after a test given before: the adjusted difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .distributions import t_quantile, t_two_sided, upper_point
from .estimable import NotEstimable
from .samples import Numbers, Values, is_constant, mean, numbers, unusable


@dataclass(frozen=True, slots=True)
class AdjustedDifference:
    """First group less second at the same baseline, in the unit of the outcome."""

    n_1: int
    n_2: int
    estimate: float
    low: float
    high: float
    statistic: float
    """Student's t."""
    df: int
    p: float
    """Two-sided."""
    baseline_slope: float
    """Points of the outcome for one point of the baseline."""


def ancova(
    post: Values, baseline: Values, arm: Sequence[str], level: float = 0.95
) -> AdjustedDifference | NotEstimable:
    """Least squares of the outcome on the baseline and the arm; the first arm is the one whose name sorts first."""
    outcome, before = numbers(post), numbers(baseline)
    if not outcome.size == before.size == len(arm):
        raise ValueError("Each outcome needs its baseline and its arm.")
    names = sorted(set(arm))
    if len(names) > 2:
        raise ValueError("There are more than two arms.")
    if len(names) < 2:
        return NotEstimable("fewer than 2 arms")
    in_first = np.array([name == names[0] for name in arm])
    if reason := unusable(outcome[in_first], outcome[~in_first]) or unusable(before):
        return reason
    if is_constant(before[in_first]) and is_constant(before[~in_first]):
        return NotEstimable("no variance of the baseline within the arms")
    return _fit(outcome, before, in_first, level)


def _fit(
    outcome: Numbers, before: Numbers, in_first: NDArray[np.bool_], level: float
) -> AdjustedDifference | NotEstimable:
    """The model in closed form, from sums of squares within the arms."""
    df, sides = outcome.size - 3, (in_first, ~in_first)
    if df < 1:
        return NotEstimable("no degrees of freedom left")
    x = np.concatenate([before[side] - mean(before[side]) for side in sides])
    y = np.concatenate([outcome[side] - mean(outcome[side]) for side in sides])
    slope = float(x @ y / (x @ x))
    left = float(((y - slope * x) ** 2).sum())
    if left <= 1e-24 * float(outcome @ outcome):
        return NotEstimable("no variance left to compare with")
    n_1, n_2 = int(in_first.sum()), int((~in_first).sum())
    imbalance = mean(before[in_first]) - mean(before[~in_first])
    estimate = mean(outcome[in_first]) - mean(outcome[~in_first]) - slope * imbalance
    error = math.sqrt(left / df * (1 / n_1 + 1 / n_2 + imbalance**2 / float(x @ x)))
    reach, t = t_quantile(upper_point(level), df) * error, estimate / error
    return AdjustedDifference(n_1, n_2, estimate, estimate - reach, estimate + reach, t, df, t_two_sided(t, df), slope)
