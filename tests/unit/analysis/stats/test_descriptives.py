"""Table 1, with the numbers that catch a sum of squares."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.descriptives import Description, describe


def test_the_numbers_of_nist_lose_no_digit() -> None:
    first = describe([10000001, 10000003, 10000002])
    assert (first.mean, first.sd) == (10000002, 1)
    fourth = describe([10000000.2] + [10000000.1, 10000000.3] * 500)
    assert fourth.mean == pytest.approx(10000000.2, rel=1e-15)
    assert fourth.sd == pytest.approx(0.1, rel=1e-8)


def test_a_missing_value_changes_nothing_but_the_count_of_the_missing() -> None:
    assert describe([4, 1, 3, 2]) == Description(4, 0, 2.5, pytest.approx(1.2909944), 2.5, 1.75, 3.25, 1, 4)
    assert describe([4, None, 1, 3, 2]) == Description(4, 1, 2.5, pytest.approx(1.2909944), 2.5, 1.75, 3.25, 1, 4)


def test_what_is_not_known_is_none() -> None:
    assert describe([]) == Description(0, 0, None, None, None, None, None, None, None)
    assert describe([None]) == Description(0, 1, None, None, None, None, None, None, None)
    assert describe([7.5, None]) == Description(1, 1, 7.5, None, 7.5, 7.5, 7.5, 7.5, 7.5)
    assert describe([80, 80]).sd == 0


def test_an_infinite_value_is_refused() -> None:
    with pytest.raises(ValueError, match="missing or infinite"):
        describe([1.0, float("nan")])
