"""ICC(1) and what it costs."""

from __future__ import annotations

import numpy as np
import pytest

from knowthyself_tui.analysis.stats.clustering import icc1
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import SHROUT_FLEISS


def test_icc_1_of_shrout_and_fleiss() -> None:
    result = icc1(SHROUT_FLEISS)
    assert result.icc == pytest.approx(448 / 2703), "in whole numbers; often printed as .1657423"
    assert result.design_effect == pytest.approx(1 + 3 * 448 / 2703)
    assert (result.mean_size, result.groups, result.n) == (4, 6, 24)


def test_unequal_groups_recover_the_icc_that_made_them() -> None:
    generator = np.random.default_rng(8)
    students = [generator.normal(70, 4) + generator.normal(0, 6, size) for size in generator.integers(1, 9, 3_000)]
    assert icc1(students).icc == pytest.approx(16 / 52, abs=0.03)


def test_a_negative_icc_is_given_as_it_is() -> None:
    assert icc1([[1, 9], [9, 1], [1, 9]]).icc == -1
    assert icc1([[1, 9], [9, 1], [1, 9]]).design_effect == 0


def test_values_alike_within_and_only_within() -> None:
    assert icc1([[1, 1], [9, 9]]).icc == 1


def test_what_cannot_be_estimated() -> None:
    assert icc1([]) == NotEstimable("fewer than 2 groups")
    assert icc1([[1, 2], []]) == NotEstimable("fewer than 2 groups")
    assert icc1([[1], [2], [3]]) == NotEstimable("no group with 2 values")
    assert icc1([[5, 5], [5]]) == NotEstimable("no variance")
