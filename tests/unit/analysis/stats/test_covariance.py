"""The difference at the same baseline."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowthyself_tui.analysis.stats.covariance import ancova
from knowthyself_tui.analysis.stats.estimable import NotEstimable


def test_it_is_least_squares_with_the_arm_and_the_baseline() -> None:
    generator = np.random.default_rng(6)
    arm = ["A"] * 12 + ["B"] * 9
    baseline = generator.normal(50, 10, 21)
    post = 0.6 * baseline + np.array([8 if name == "A" else 0 for name in arm]) + generator.normal(0, 5, 21)
    result = ancova(post, baseline, arm)
    design = np.column_stack((np.ones(21), [name == "A" for name in arm], baseline))
    solution, squares, *_ = np.linalg.lstsq(design, post)
    error = math.sqrt(float(squares[0]) / 18 * np.linalg.inv(design.T @ design)[1, 1])
    assert (result.estimate, result.baseline_slope) == pytest.approx((solution[1], solution[2]))
    assert (result.statistic, result.df) == (pytest.approx(solution[1] / error), 18)
    assert (result.n_1, result.n_2) == (12, 9)
    assert result.high - result.estimate == pytest.approx(2.1009220 * error, rel=1e-7)


def test_the_first_arm_by_name_less_the_other() -> None:
    post, baseline = [9, 11, 4, 5.5, 7], [1, 2, 1, 2, 4]
    one = ancova(post, baseline, ["A", "A", "B", "B", "B"])
    other = ancova(post, baseline, ["C", "C", "B", "B", "B"])
    assert one.estimate > 0
    assert other.estimate == pytest.approx(-one.estimate)


def test_data_without_an_adjusted_difference() -> None:
    assert ancova([1, 2, 3], [1, 2, 3], ["A"] * 3) == NotEstimable("fewer than 2 arms")
    assert ancova([1, 2, 3], [1, 2, 3], ["A", "A", "B"]) == NotEstimable("fewer than 2 values in the second group")
    arms = ["A", "A", "B", "B"]
    assert ancova([1, 2, 3, 5], [4, 4, 5, 5], arms) == NotEstimable("no variance of the baseline within the arms")
    assert ancova([1, 2, 3, 4], [1, 2, 1, 2], arms) == NotEstimable("no variance left to compare with")
    with pytest.raises(ValueError, match="more than two"):
        ancova([1, 2, 3], [1, 2, 3], ["A", "B", "C"])
    with pytest.raises(ValueError, match="baseline"):
        ancova([1, 2, 3], [1, 2], ["A", "B", "B"])
