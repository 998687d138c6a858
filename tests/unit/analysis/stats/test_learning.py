"""The slope of one student."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.estimable import NotEstimable
from knowthyself_tui.analysis.stats.learning import slope


def test_points_per_encounter() -> None:
    assert slope([1, 2, 3, 4], [50, 60, 55, 75]) == pytest.approx(7)
    assert slope([3, 1, 2], [1e6 + 0.3, 1e6 + 0.1, 1e6 + 0.2]) == pytest.approx(0.1)


def test_one_encounter_has_no_slope() -> None:
    assert slope([1], [50]) == NotEstimable("fewer than 2 values")
    assert slope([2, 2], [50, 60]) == NotEstimable("all scores are of the same order")
    with pytest.raises(ValueError, match="order"):
        slope([1], [50, 60])
