"""What holds for any data: intervals hold their estimate, arms can be swapped, units do not matter, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowthyself_tui.analysis.stats import (
    agreement,
    assumptions,
    clustering,
    covariance,
    descriptives,
    effect_size,
    equivalence,
    learning,
    means,
    missing_bounds,
    mixed,
    multiplicity,
    ordinal,
    power,
    proportions,
    ranks,
    rates,
    reliability,
    resampling,
    survival,
)
from knowthyself_tui.analysis.stats.estimable import NotEstimable
from tests.unit.analysis.stats.reference import assert_sound

quick = settings(deadline=None, max_examples=50, derandomize=True)
few = settings(deadline=None, max_examples=16, derandomize=True)

SCORES = st.floats(0, 100).map(lambda value: round(value, 3))
ODD = st.sampled_from([0.0, -0.0, 1.0, 80.0, 80.00000000000001, 1e-320, 1e-170, -3e-90, 1e90, -1e99, 1e160, 1.7e308])
"""Numbers that no score is, and that break a careless formula."""
NEAR = st.builds(
    lambda base, steps: base + steps * abs(base) * 3e-16, st.sampled_from([80.0, 1e9, 1e-9]), st.integers(0, 5000)
)
"""Values that only the last digits tell apart."""
ANY = st.one_of(SCORES, ODD, NEAR, st.floats(allow_nan=False, allow_infinity=False))
GROUP = st.lists(SCORES, min_size=2, max_size=9)
ODD_GROUP = st.one_of(
    st.lists(ANY, max_size=5), st.lists(st.sampled_from([1.0, 2.0]), max_size=5), st.lists(NEAR, max_size=5)
)

TWO_GROUPS: list[Callable[[Any, Any], Any]] = [
    means.welch,
    means.student,
    effect_size.pooled,
    effect_size.averaged,
    ordinal.brunner_munzel,
    assumptions.brown_forsythe,
    ranks.asymptotic_p,
    lambda a, b: ranks.mann_whitney(a, b, seed=1),
    lambda a, b: resampling.permutation_of_means(a, b, seed=1),
    lambda a, b: resampling.bca_difference(a, b, seed=1, resamples=199),
    lambda a, b: resampling.percentile_median_difference(a, b, seed=1, resamples=199),
    lambda a, b: equivalence.tost(a, b, 5),
]
ONE_GROUP: list[Callable[[Any], Any]] = [
    means.mean_interval,
    assumptions.describe_shape,
    descriptives.describe,
    lambda a: learning.slope(range(len(a)), a),
    lambda a: means.paired(a, [value / 2 for value in a]),
    lambda a: clustering.icc1([a, a[:2], []]),
    lambda a: covariance.ancova(
        a, [value / 2 + place**2 for place, value in enumerate(a)], ["AB"[i % 2] for i in range(len(a))]
    ),
    lambda a: mixed.random_intercept(
        a, [[place % 2] for place in range(len(a))], [place // 2 for place in range(len(a))]
    ),
    lambda a: reliability.cronbach_alpha([a, a[::-1], a]),
    lambda a: reliability.item_statistics([a, a[::-1], a]),
    lambda a: agreement.icc_2_1([[value, value / 2] for value in a]),
    lambda a: agreement.icc_1_1([[value, 1] for value in a]),
    lambda a: agreement.icc_3_1([[value, 2] for value in a]),
]


@pytest.mark.parametrize("compare", TWO_GROUPS)
@given(a=ODD_GROUP, b=ODD_GROUP)
@few
def test_two_groups_of_anything_give_a_sound_answer(compare: Callable[[Any, Any], Any], a: Any, b: Any) -> None:
    assert_sound(compare(a, b))


@pytest.mark.parametrize("compare", TWO_GROUPS)
@given(a=GROUP, b=GROUP)
@few
def test_two_groups_of_scores_have_intervals_around_their_estimates(
    compare: Callable[[Any, Any], Any], a: Any, b: Any
) -> None:
    assert_sound(compare(a, b))


@pytest.mark.parametrize("describe", ONE_GROUP)
@given(a=ODD_GROUP)
@few
def test_one_group_of_anything_gives_a_sound_answer(describe: Callable[[Any], Any], a: Any) -> None:
    assert_sound(describe(a))


@given(a=GROUP, b=GROUP)
@quick
def test_swapping_the_arms_turns_the_difference_round(a: list[float], b: list[float]) -> None:
    for compare in (means.welch, means.student):
        one, other = compare(a, b), compare(b, a)
        if isinstance(one, NotEstimable):
            assert one == other
            continue
        assert (one.statistic, one.estimate, one.low, one.high) == pytest.approx(
            (-other.statistic, -other.estimate, -other.high, -other.low), abs=1e-9
        )
        assert one.p == pytest.approx(other.p)


@given(a=GROUP, b=GROUP)
@quick
def test_swapping_the_arms_turns_the_effect_round(a: list[float], b: list[float]) -> None:
    for standardize in (effect_size.pooled, effect_size.averaged):
        one, other = standardize(a, b), standardize(b, a)
        if isinstance(one, NotEstimable):
            assert one == other
            continue
        assert (one.d, one.d_low, one.d_high) == pytest.approx((-other.d, -other.d_high, -other.d_low), abs=1e-8)
        assert (one.g, one.g_low, one.g_high) == pytest.approx((-other.g, -other.g_high, -other.g_low), abs=1e-8)


@given(a=GROUP, b=GROUP)
@quick
def test_swapping_the_arms_turns_the_ranks_round(a: list[float], b: list[float]) -> None:
    one, other = ranks.mann_whitney(a, b, seed=1), ranks.mann_whitney(b, a, seed=1)
    if isinstance(one, NotEstimable):
        assert one == other
        return
    assert one.p == pytest.approx(other.p)
    assert one.rank_biserial == pytest.approx(-other.rank_biserial)
    assert one.superiority == pytest.approx(1 - other.superiority)
    assert one.shift == pytest.approx(-other.shift, abs=1e-9)
    if one.shift_low is not None:
        assert (one.shift_low, one.shift_high) == pytest.approx((-other.shift_high, -other.shift_low), abs=1e-9)


@given(a=GROUP, b=GROUP, scale=st.sampled_from([1e-6, 0.1, 3.0, 1e8]))
@quick
def test_the_unit_does_not_matter(a: list[float], b: list[float], scale: float) -> None:
    scaled = [[value * scale for value in group] for group in (a, b)]
    t, g, u = means.welch(a, b), effect_size.pooled(a, b), ranks.mann_whitney(a, b, seed=1)
    if isinstance(t, NotEstimable) or isinstance(u, NotEstimable):
        assert means.welch(*scaled) == t
        return
    other_t, other_g, other_u = means.welch(*scaled), effect_size.pooled(*scaled), ranks.mann_whitney(*scaled, seed=1)
    assert (other_t.statistic, other_t.p) == pytest.approx((t.statistic, t.p), rel=1e-6, abs=1e-9)
    assert (other_g.g, other_g.g_low, other_g.g_high) == pytest.approx((g.g, g.g_low, g.g_high), rel=1e-6, abs=1e-9)
    assert (other_u.p, other_u.u) == pytest.approx((u.p, u.u))
    assert other_t.estimate == pytest.approx(scale * t.estimate, abs=1e-9 * scale)


@given(values=st.lists(st.one_of(st.none(), SCORES), max_size=9))
@quick
def test_a_missing_row_changes_nothing_but_its_count(values: list[float | None]) -> None:
    one, more = descriptives.describe(values), descriptives.describe([None, *values])
    assert more.missing == one.missing + 1
    assert replace(more, missing=one.missing) == one


COUNT = st.integers(0, 30)


@given(x_1=COUNT, more_1=COUNT, x_2=COUNT, more_2=COUNT)
@quick
def test_shares_are_sound(x_1: int, more_1: int, x_2: int, more_2: int) -> None:
    for interval in (proportions.wilson(x_1, x_1 + more_1), proportions.clopper_pearson(x_1, x_1 + more_1)):
        if not isinstance(interval, NotEstimable):
            assert 0 <= interval.low <= x_1 / (x_1 + more_1) <= interval.high <= 1
    assert_sound(proportions.conditional_odds_ratio(x_1, x_1 + more_1, x_2, x_2 + more_2))
    one = proportions.risk_difference(x_1, x_1 + more_1, x_2, x_2 + more_2)
    other = proportions.risk_difference(x_2, x_2 + more_2, x_1, x_1 + more_1)
    assert_sound(one)
    if not isinstance(one, NotEstimable):
        assert (one.estimate, one.low, one.high) == pytest.approx((-other.estimate, -other.high, -other.low))


@given(x_1=st.integers(0, 8), more_1=st.integers(0, 8), x_2=st.integers(0, 8), more_2=st.integers(0, 8))
@few
def test_boschloo_is_never_weaker_than_fisher(x_1: int, more_1: int, x_2: int, more_2: int) -> None:
    fisher = proportions.risk_difference(x_1, x_1 + more_1, x_2, x_2 + more_2)
    p = proportions.boschloo(x_1, x_1 + more_1, x_2, x_2 + more_2)
    if isinstance(fisher, NotEstimable):
        assert p == fisher
    else:
        assert 0 <= p <= 1


@given(table=st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), max_size=4))
@few
def test_tables_are_sound(table: list[list[int]]) -> None:
    result = proportions.table_association(table)
    assert_sound(result)
    assert isinstance(result, NotEstimable) or 0 <= result.cramer_v <= 1


STUDENTS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0.5, 1.0, 3.0, 60.0])), max_size=6)


@given(a=STUDENTS, b=STUDENTS)
@quick
def test_rates_are_sound(a: list[tuple[int, float]], b: list[tuple[int, float]]) -> None:
    columns = [[row[place] for row in group] for group in (a, b) for place in (0, 1)]
    assert_sound(rates.rate_ratio(*columns))
    assert_sound(rates.negative_binomial(*columns))


FOLLOWED = st.lists(st.tuples(st.one_of(st.integers(0, 9), st.floats(0, 1e6)), st.booleans()), max_size=9)


@given(a=FOLLOWED, b=FOLLOWED)
@quick
def test_times_are_sound(a: list[tuple[float, bool]], b: list[tuple[float, bool]]) -> None:
    (times, events), (other_times, other_events) = (
        [[row[place] for row in group] for place in (0, 1)] for group in (a, b)
    )
    one = survival.log_rank(times, events, other_times, other_events)
    other = survival.log_rank(other_times, other_events, times, events)
    assert_sound(one)
    if not isinstance(one, NotEstimable):
        assert one.statistic == pytest.approx(other.statistic)
        assert one.observed_1 + one.observed_2 == pytest.approx(one.expected_1 + one.expected_2)
    for tau in (0.5, 4.0):
        assert_sound(survival.restricted_mean(times, events, tau))
    assert_sound(survival.cumulative_incidence(times, [int(event) for event in events]))


@given(a=FOLLOWED.filter(bool))
@quick
def test_curves_fall_within_their_band(a: list[tuple[float, bool]]) -> None:
    curve = survival.kaplan_meier([time for time, _ in a], [event for _, event in a])
    assert_sound(curve)
    assert curve.survival[0] == 1
    assert list(curve.survival) == sorted(curve.survival, reverse=True)
    for share, low, high in zip(curve.survival, curve.low, curve.high, strict=True):
        assert low is None or low <= share <= high
    median, (low, high) = survival.median_time(curve)
    assert median is None or low is None or low <= median
    assert median is None or high is None or median <= high


@given(p_values=st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=12))
@quick
def test_adjusting_never_lowers_a_p_value(p_values: list[float | None]) -> None:
    for adjust in (multiplicity.holm, multiplicity.benjamini_hochberg):
        for p, adjusted in zip(p_values, adjust(p_values), strict=True):
            assert (p is None) == (adjusted is None)
            assert p is None or p - 1e-12 <= adjusted <= 1


RATINGS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=9)


@given(pairs=RATINGS)
@quick
def test_agreement_is_sound(pairs: list[tuple[int, int]]) -> None:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    for kappa in (agreement.weighted_kappa, agreement.cohen_kappa):
        assert_sound(kappa(first, second, [1, 2, 3, 4]))
    for icc in (agreement.icc_1_1, agreement.icc_2_1, agreement.icc_3_1):
        assert_sound(icc(pairs))


@given(rows=st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), max_size=9))
@quick
def test_checklists_are_sound(rows: list[list[int]]) -> None:
    assert_sound(reliability.cronbach_alpha(rows))
    for item in reliability.item_statistics(rows) if rows else ():
        assert_sound(item)


@given(rows=st.lists(st.tuples(SCORES, st.integers(0, 1), st.integers(0, 3)), max_size=12))
@quick
def test_a_random_intercept_is_sound(rows: list[tuple[float, int, int]]) -> None:
    y, arm, student = ([row[place] for row in rows] for place in range(3))
    model = mixed.random_intercept(y, [[value] for value in arm], student)
    assert_sound(model)
    if not isinstance(model, NotEstimable):
        assert model.group_variance >= 0
        assert_sound(mixed.coefficient(model, 1, df=2))


@given(d=st.floats(-50, 50), n_1=st.integers(0, 400), n_2=st.integers(0, 400))
@quick
def test_power_is_a_share_and_the_smallest_difference_has_it(d: float, n_1: int, n_2: int) -> None:
    found = power.power(d, n_1, n_2)
    assert isinstance(found, NotEstimable) or 0.05 - 1e-9 <= found <= 1
    smallest = power.minimal_detectable_effect(n_1, n_2)
    assert isinstance(smallest, NotEstimable) or power.power(smallest, n_1, n_2) == pytest.approx(0.8)


@given(a=GROUP, b=GROUP, missing=st.tuples(st.integers(0, 9), st.integers(0, 9)))
@quick
def test_the_observed_difference_lies_within_the_bounds_of_the_missing(
    a: list[float], b: list[float], missing: tuple[int, int]
) -> None:
    assert_sound(missing_bounds.bounds(a, b, *missing, 0, 100))
