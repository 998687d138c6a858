"""Holm, and Benjamini and Hochberg."""

from __future__ import annotations

import pytest

from knowthyself_tui.analysis.stats.multiplicity import benjamini_hochberg, holm

P = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1]  # fmt: skip
FALSE_DISCOVERY = [.0015, .003, .0095, .035625, .0603, .06385714, .06385714, .0645, .0765,
    .486, .58118182, .714875, .75323077, .81321429, 1]  # fmt: skip
FAMILY_WISE = [.0015, .0056, .0247, .114, .2211, .278, .278, .278, .3213, 1, 1, 1, 1, 1, 1]  # fmt: skip


def test_the_fifteen_p_values_of_benjamini_and_hochberg_1995() -> None:
    adjusted = benjamini_hochberg(P)
    assert adjusted == pytest.approx(FALSE_DISCOVERY, abs=5e-9)
    assert sum(p <= 0.05 for p in adjusted) == 4


def test_holm_of_the_same() -> None:
    adjusted = holm(P)
    assert adjusted == pytest.approx(FAMILY_WISE, abs=5e-9)
    assert sum(p <= 0.05 for p in adjusted) == 3


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_order_is_kept_and_the_missing_do_not_count(adjust: object) -> None:
    assert callable(adjust)
    plain = adjust(P)
    assert adjust(P[::-1]) == plain[::-1]
    assert adjust([None, *P, None]) == (None, *plain, None)
    assert adjust([]) == ()
    assert adjust([None]) == (None,)


def test_what_no_p_can_be() -> None:
    for p in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="p-value"):
            holm([p])
