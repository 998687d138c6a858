"""What the analysis script of the web platform got wrong in 2025, each with the right answer."""

from __future__ import annotations

import numpy as np
import pytest

from knowthyself_tui.analysis.stats.effect_size import averaged, pooled
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.means import student, welch
from tests.unit.analysis.stats.reference import NO_VARIANCE

EXAMPLE_2 = (
    "17.2 20.9 22.6 18.1 21.7 21.4 23.5 24.2 14.7 21.8",
    "21.5 22.8 21.0 23.0 21.6 23.6 22.5 20.7 23.4 21.8 20.7 21.7 21.5 22.5 23.6 21.5 22.5 23.5 21.5 21.8",
)
EXAMPLE_3 = (
    "19.8 20.4 19.6 17.8 18.5 18.9 18.3 18.9 19.5 22.0",
    "28.2 26.6 20.1 23.3 25.2 22.1 17.7 27.6 20.6 13.7 23.2 17.5 20.6 18.0 23.9 21.6 24.3 20.4 24.0 13.2",
)
"""The second and third example of Welch's test on Wikipedia."""


def scores(n: int, mean: float, sd: float) -> list[float]:
    """Scores with just this mean and standard deviation."""
    shape = np.arange(n) - (n - 1) / 2
    return [float(value) for value in mean + sd * shape / shape.std(ddof=1)]


def test_01_unequal_groups_get_welch_and_the_pooled_d() -> None:
    # Only rounded summaries of the two groups are left: hence no more than three digits of d.
    a, b = scores(12, 78.585, 4.06), scores(3, 70, 18.03)
    result = welch(a, b)
    assert (result.df, result.statistic) == pytest.approx((2.05, 0.82), abs=0.005)
    assert result.p == pytest.approx(0.497, abs=5e-4)
    assert (result.low, result.high) == pytest.approx((-35.4, 52.6), abs=0.05)
    assert pooled(a, b).d == pytest.approx(1.074, abs=1e-3)
    assert student(a, b).p == pytest.approx(0.1202, abs=5e-4), "what the script reported"
    assert averaged(a, b).d == pytest.approx(0.657, abs=5e-4), "what the script called Cohen's d"


@pytest.mark.parametrize(("groups", "right", "script"), [(EXAMPLE_2, -0.813, -0.684), (EXAMPLE_3, -0.639, -0.729)])
def test_cohens_d_is_over_the_pooled_sd(groups: tuple[str, str], right: float, script: float) -> None:
    a, b = ([float(value) for value in group.split()] for group in groups)
    assert pooled(a, b).d == pytest.approx(right, abs=5e-4)
    assert averaged(a, b).d == pytest.approx(script, abs=5e-4)
    assert averaged(a, b).denominator == "averaged SD"


def test_02_arms_that_do_not_vary_are_not_a_negligible_effect() -> None:
    for compare in (welch, student, pooled, averaged):
        assert compare([80] * 6, [60] * 6) == NO_VARIANCE


def test_02b_everybody_the_same() -> None:
    for compare in (welch, student, pooled, averaged):
        assert compare([80] * 6, [80] * 6) == NO_VARIANCE


def test_03_one_against_one_is_refused() -> None:
    for compare in (welch, student, pooled, averaged):
        assert compare([80], [65]) == NotEstimable("fewer than 2 values in the first group")


def test_03b_one_against_three_is_refused() -> None:
    for compare in (welch, student, pooled, averaged):
        assert compare([80], [60, 65, 70]) == NotEstimable("fewer than 2 values in the first group")
        assert compare([60, 65, 70], [80]) == NotEstimable("fewer than 2 values in the second group")


def test_equal_variance_is_not_assumed() -> None:
    """With 12 v 3 students and SDs 4 v 18 and no difference, how often each test finds one at 5 %."""
    generator = np.random.default_rng(1)
    pairs = [(generator.normal(70, 4, 12), generator.normal(70, 18, 3)) for _ in range(2_000)]
    wrongly = {test: np.mean([test(a, b).p < 0.05 for a, b in pairs]) for test in (student, welch)}
    assert wrongly[student] == pytest.approx(0.354, abs=0.03)
    assert wrongly[welch] == pytest.approx(0.062, abs=0.018)
