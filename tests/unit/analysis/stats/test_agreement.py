"""Kappa and intraclass correlations."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.agreement import cohen_kappa, icc_1_1, icc_2_1, icc_3_1, weighted_kappa
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import SHROUT_FLEISS

LEVELS = ["dangerous", "poor", "good", "optimal"]
COUNTS = ((11, 3, 1, 0), (2, 9, 4, 1), (0, 3, 14, 5), (0, 1, 2, 17))
FIRST = [name for name, row in zip(LEVELS, COUNTS, strict=True) for _ in range(sum(row))]
SECOND = [name for row in COUNTS for name, count in zip(LEVELS, row, strict=True) for _ in range(count)]


def test_kappa_with_quadratic_weights() -> None:
    result = weighted_kappa(FIRST, SECOND, LEVELS)
    assert result.table == COUNTS
    assert (result.n, result.percent) == (73, pytest.approx(100 * 51 / 73))
    # statsmodels 0.15, cohens_kappa(wt="fc")
    assert (result.kappa, result.low, result.high) == pytest.approx((0.8212903735, 0.7298010095, 0.9127797376))


def test_kappa_without_weights() -> None:
    result = cohen_kappa(FIRST, SECOND, LEVELS)
    # statsmodels 0.15, cohens_kappa
    assert (result.kappa, result.low, result.high) == pytest.approx((0.5940343782, 0.4524013554, 0.7356674009))


def test_the_order_of_the_raters_is_no_matter() -> None:
    assert weighted_kappa(SECOND, FIRST, LEVELS).kappa == pytest.approx(weighted_kappa(FIRST, SECOND, LEVELS).kappa)


def test_complete_agreement_has_no_interval() -> None:
    result = weighted_kappa(FIRST, FIRST, LEVELS)
    assert (result.kappa, result.low, result.high, result.percent) == (1, None, None, 100)


def test_kappas_that_do_not_exist() -> None:
    assert weighted_kappa([], [], LEVELS) == NotEstimable("fewer than 2 pairs")
    assert cohen_kappa(["good"] * 9, ["good"] * 9, LEVELS) == NotEstimable("both raters gave everything the same level")
    with pytest.raises(ValueError, match="Not among the levels: great"):
        cohen_kappa(["great", "good"], ["good", "good"], LEVELS)
    with pytest.raises(ValueError, match="second"):
        cohen_kappa(["good"], [], LEVELS)


@pytest.mark.parametrize(
    ("icc", "single", "average"),
    [(icc_1_1, 448 / 2703, 0.4428), (icc_2_1, 0.2897638, 0.6201), (icc_3_1, 0.7148407, 0.9093)],
)
def test_the_six_forms_of_shrout_and_fleiss(icc: object, single: float, average: float) -> None:
    assert callable(icc)
    result = icc(SHROUT_FLEISS)
    assert result.icc == pytest.approx(single, abs=5e-8)
    assert result.average == pytest.approx(average, abs=5e-5)
    assert (result.n, result.raters) == (6, 4)


@pytest.mark.parametrize(
    ("icc", "single", "average"),
    [
        (icc_1_1, (-0.13, 0.72), (-0.88, 0.91)),
        (icc_2_1, (0.02, 0.76), (0.07, 0.93)),
        (icc_3_1, (0.34, 0.95), (0.68, 0.99)),
    ],
)
def test_their_intervals(icc: object, single: tuple[float, float], average: tuple[float, float]) -> None:
    assert callable(icc)
    result = icc(SHROUT_FLEISS)
    assert (result.low, result.high) == pytest.approx(single, abs=0.005)
    assert (result.average_low, result.average_high) == pytest.approx(average, abs=0.005)


def test_raters_who_agree_completely() -> None:
    for icc in (icc_1_1, icc_2_1, icc_3_1):
        result = icc([[1, 1], [5, 5], [9, 9]])
        assert (result.icc, result.low, result.high, result.average) == (1, None, None, 1)


def test_things_that_do_not_differ() -> None:
    assert icc_3_1([[1, 9], [9, 1]]).average is None
    assert icc_3_1([[1, 2], [1, 2]]) == NotEstimable("the things do not differ")
    assert icc_2_1([[1, 2], [2, 1]]) == NotEstimable("the things do not differ")
    assert icc_2_1([[5, 5], [5, 5]]) == NotEstimable("no variance")
    assert icc_2_1([[5, 5]]) == NotEstimable("fewer than 2 things")
    assert icc_2_1([[5], [6]]) == NotEstimable("fewer than 2 raters")
    assert icc_2_1([]) == NotEstimable("fewer than 2 things")
