"""The most that the missing could change."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.missing_bounds import MissingBounds, bounds


def test_the_missing_at_the_ends_of_the_scale() -> None:
    result = bounds([80, 90], [70, 60, 50], missing_a=2, missing_b=1, lowest=0, highest=100)
    assert result == MissingBounds(25, pytest.approx(170 / 4 - 280 / 4), pytest.approx(370 / 4 - 180 / 4))


def test_nothing_missing_nothing_moves() -> None:
    result = bounds([80, 90], [70], 0, 0, 0, 100)
    assert (result.estimate, result.low, result.high) == (15, 15, 15)


def test_an_arm_that_is_missing_altogether_still_has_bounds() -> None:
    assert bounds([], [70], 3, 0, 0, 100) == MissingBounds(None, -70, 30)
    assert bounds([], [70], 0, 0, 0, 100) == NotEstimable("no one in the first group")


def test_what_no_scale_can_be() -> None:
    for lowest, highest, value in ((100, 0, 50), (0, 40, 50), (0, float("inf"), 50)):
        with pytest.raises(ValueError, match="scale"):
            bounds([value], [value], 0, 0, lowest, highest)
