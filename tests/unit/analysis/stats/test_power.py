"""What the sizes can detect."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.power import minimal_detectable_effect, power, sample_size


@pytest.mark.parametrize(
    ("n_1", "n_2", "d"),
    [(10, 10, 1.3249), (20, 20, 0.9091), (30, 30, 0.7356), (40, 40, 0.6343), (60, 60, 0.5157), (12, 3, 1.9567)],
)
def test_the_smallest_difference_that_would_be_found(n_1: int, n_2: int, d: float) -> None:
    assert minimal_detectable_effect(n_1, n_2) == pytest.approx(d, abs=5e-5)


def test_the_size_for_a_medium_difference() -> None:
    assert sample_size(0.5) == pytest.approx(63.7656, abs=5e-5)
    assert sample_size(-0.5) == sample_size(0.5)


def test_power_counts_both_sides() -> None:
    # statsmodels 0.15 and pingouin 0.7; R's default leaves out the wrong side: .3377 and .4778.
    assert power(0.5, 20, 20) == pytest.approx(0.33793903, abs=5e-9)
    assert power(0.5, 30, 30) == pytest.approx(0.47789652, abs=5e-9)
    assert power(0, 20, 20) == pytest.approx(0.05)


def test_the_three_are_one_relation() -> None:
    assert power(minimal_detectable_effect(12, 3), 12, 3) == pytest.approx(0.8)
    assert minimal_detectable_effect(200, 200, power=0.9) == pytest.approx(0.325, abs=0.001)


def test_sizes_and_differences_without_an_answer() -> None:
    assert power(0.5, 1, 9) == NotEstimable("fewer than 2 values in the first group")
    assert minimal_detectable_effect(9, 0) == NotEstimable("fewer than 2 values in the second group")
    assert sample_size(0) == NotEstimable("the difference is too small for any size")
    assert sample_size(100) == 2
    assert minimal_detectable_effect(2, 2) == pytest.approx(5.653489266)


def test_what_no_share_can_be() -> None:
    with pytest.raises(ValueError, match="between"):
        power(0.5, 9, 9, alpha=0)
    for share in (1, 0.01):
        with pytest.raises(ValueError, match="between"):
            sample_size(0.5, power=share)
