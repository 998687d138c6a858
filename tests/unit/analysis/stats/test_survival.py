"""Times that some never reach, with the leukaemia data of Freireich."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowthyself_tui.analysis.stats.estimable import Interval, NotEstimable
from knowthyself_tui.analysis.stats.survival import (
    at_risk,
    cumulative_incidence,
    kaplan_meier,
    log_rank,
    median_time,
    restricted_mean,
    survival_at,
)

WRITTEN = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
TREATED = [float(time.strip("+")) for time in WRITTEN.split()]
RELAPSED = [not time.endswith("+") for time in WRITTEN.split()]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
ALL = [True] * 21


def test_the_curve_of_freireich() -> None:
    curve = kaplan_meier(TREATED, RELAPSED)
    assert curve.times == (0, 6, 7, 10, 13, 16, 22, 23, 35)
    expected = (1, 0.857143, 0.806723, 0.752941, 0.690196, 0.627451, 0.537815, 0.448179, 0.448179)
    assert curve.survival == pytest.approx(expected, abs=5e-7)
    assert curve.at_risk == (21, 21, 17, 15, 12, 11, 7, 6, 1)
    assert curve.events == (0, 3, 1, 1, 1, 1, 1, 1, 0)


def test_the_band_is_log_log_and_ends_with_the_last_event() -> None:
    curve = kaplan_meier(TREATED, RELAPSED)
    assert (curve.low[0], curve.high[0]) == (1, 1)
    assert (curve.low[3], curve.high[3]) == pytest.approx((0.5032, 0.8894), abs=5e-5)
    assert (curve.low[-1], curve.high[-1]) == (None, None)
    share = curve.survival[1]
    reach = math.log(math.log(curve.low[1]) / math.log(share))
    assert reach / 1.959964 * share * -math.log(share) == pytest.approx(0.076360, abs=5e-7), "Greenwood at 6"


def test_the_medians_of_freireich() -> None:
    assert median_time(kaplan_meier(TREATED, RELAPSED)) == (23, Interval(13, None))
    assert median_time(kaplan_meier(PLACEBO, ALL)) == (8, Interval(4, 11))


def test_a_curve_that_rests_on_one_half_has_its_median_midway() -> None:
    assert median_time(kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]))[0] == 2.5
    assert median_time(kaplan_meier([1, 2, 3, 4], [1, 1, 0, 0]))[0] == 2


def test_a_median_beyond_the_follow_up_is_none() -> None:
    assert median_time(kaplan_meier([5, 9, 9, 9], [1, 0, 0, 0])) == (None, Interval(5, None))


def test_the_share_at_any_time() -> None:
    curve = kaplan_meier(TREATED, RELAPSED)
    assert survival_at(curve, 0) == 1
    assert survival_at(curve, 5.99) == 1
    assert [survival_at(curve, time) for time in (6, 6.5, 35)] == pytest.approx(
        [0.857143, 0.857143, 0.448179], abs=5e-7
    )
    assert survival_at(curve, 36) == NotEstimable("no one was followed so long")
    assert survival_at(kaplan_meier(PLACEBO, ALL), 1e6) == 0


def test_the_log_rank_test_of_freireich() -> None:
    result = log_rank(TREATED, RELAPSED, PLACEBO, ALL)
    assert result.statistic == pytest.approx(16.792941, abs=5e-7)
    assert math.sqrt(result.statistic) == pytest.approx(4.0979191, abs=5e-8)
    assert result.p == pytest.approx(4.168809e-5, rel=1e-6)
    assert (result.observed_1, result.observed_2) == (9, 21)
    assert (result.expected_1, result.expected_2) == pytest.approx((19.2505, 10.7495), abs=5e-5)


def test_the_restricted_means_of_freireich() -> None:
    assert restricted_mean(TREATED, RELAPSED, 22).mean == pytest.approx(17.371429, abs=5e-7)
    assert restricted_mean(PLACEBO, ALL, 22).mean == pytest.approx(8.619048, abs=5e-7)


def test_with_everyone_followed_it_is_the_mean_of_the_shorter_of_time_and_horizon() -> None:
    result = restricted_mean(PLACEBO, ALL, 10)
    capped = np.minimum(PLACEBO, 10)
    assert result.mean == pytest.approx(capped.mean())
    assert result.standard_error == pytest.approx(capped.std() / math.sqrt(21))
    assert 0 <= result.low < result.mean < result.high <= 10


def test_a_restricted_mean_that_no_one_informs() -> None:
    assert restricted_mean([5, 6], [0, 0], 9) == NotEstimable("the follow-up ends before tau")
    unmoved = restricted_mean([9, 9], [0, 0], 9)
    assert (unmoved.mean, unmoved.standard_error, unmoved.low) == (9, None, None)
    with pytest.raises(ValueError, match="tau"):
        restricted_mean([5], [1], 0)


def test_causes_in_the_way_of_each_other() -> None:
    result = cumulative_incidence([1, 2, 2, 3, 4], [1, 2, 0, 1, 0])
    assert result.times == (0, 1, 2, 3)
    assert result.incidence == {
        1: pytest.approx((0, 0.2, 0.2, 0.5)),
        2: pytest.approx((0, 0, 0.2, 0.2)),
    }


def test_the_causes_together_are_what_the_curve_has_lost() -> None:
    causes = [1 + place % 2 if relapsed else 0 for place, relapsed in enumerate(RELAPSED)]
    result = cumulative_incidence(TREATED, causes)
    lost = [sum(by_cause) for by_cause in zip(*result.incidence.values(), strict=True)]
    assert lost == pytest.approx([1 - share for share in kaplan_meier(TREATED, RELAPSED).survival[:-1]])


def test_how_many_are_left() -> None:
    assert at_risk(TREATED, [0, 6, 6.5, 10, 35, 36]) == (21, 21, 17, 15, 1, 0)


def test_nobody_acts() -> None:
    curve = kaplan_meier([5, 9], [0, 0])
    assert (curve.times, curve.survival, curve.low) == ((0, 9), (1, 1), (1, None))
    assert median_time(curve) == (None, Interval(None, None))
    assert log_rank([5, 9], [0, 0], [4], [0]) == NotEstimable("no events")
    assert cumulative_incidence([5, 9], [0, 0]).incidence == {}


def test_groups_never_at_risk_together() -> None:
    assert log_rank([1, 1], [0, 0], [5, 6], [1, 1]) == NotEstimable(
        "the groups are never at risk together when someone acts"
    )
    assert log_rank([], [], [5], [1]) == NotEstimable("fewer than 1 value in the first group")
    assert kaplan_meier([], []) == NotEstimable("no times")


def test_what_no_time_can_be() -> None:
    with pytest.raises(ValueError, match="later"):
        kaplan_meier([-1], [1])
    with pytest.raises(ValueError, match="told"):
        kaplan_meier([1], [1, 0])
