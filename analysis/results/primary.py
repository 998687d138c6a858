"""The primary outcome by arm, and the same question asked in other ways: the robustness table."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from ..stats import effect_size, equivalence, means, missing_bounds, power, ranks, resampling
from ..stats.estimable import NotEstimable
from ..stats.mixed import coefficient, random_intercept
from .comparison import Arms, Values
from .outcomes import OUTCOMES, Outcome
from .row import Result, mean_difference, not_estimable, standardized
from .study import SEED, Study

MISSING_SHARE = 0.05
"""Above it the report shows what the missing students could have made of the result."""


def welch_row(study: Study, frame: pd.DataFrame, outcome: Outcome, row: Result) -> Result:
    """Welch's test of an outcome between the arms, with every effect size."""
    row = study.begun(replace(row, method="Welch t", unit=outcome.unit))
    if isinstance(study.arms, NotEstimable):
        return row
    first, second = study.arms.split(frame, outcome.column)
    row = replace(row, n_1=len(first), n_2=len(second))
    row = mean_difference(row, means.welch(first, second, study.level), study.level)
    sizes = (measure(first, second, study.level) for measure in (effect_size.pooled, effect_size.averaged))
    return standardized(row, *sizes)


def primary_rows(study: Study) -> list[Result]:
    """The primary comparison first, then the robustness rows, then what it could have detected."""
    outcome = OUTCOMES[study.plan.primary_outcome]
    blank = Result(family="primary", outcome=outcome.column, method="", unit=outcome.unit)
    primary = welch_row(study, study.analysed, outcome, blank)
    if isinstance(study.arms, NotEstimable):
        return [primary]
    first, second = study.arms.split(study.analysed, outcome.column)
    base = replace(blank, family="robustness", arm_1=study.arms.first, arm_2=study.arms.second)
    base = replace(base, n_1=len(first), n_2=len(second))
    rows = [
        primary,
        *_same_question(base, first, second, study.level),
        _mixed_row(study, study.arms, base),
        _completers_row(study, outcome, base),
        *_left_early_rows(study, study.arms, base),
        *_bounds_rows(study, study.arms, outcome, base),
        *_equivalence_rows(study, base, first, second),
        *_detectable_rows(study, base, first, second),
    ]
    return rows


def _same_question(base: Result, first: Values, second: Values, level: float) -> list[Result]:
    student = mean_difference(replace(base, method="Student t"), means.student(first, second, level), level)
    rows = [replace(student, note=student.note or "for comparison with equal-variance software")]
    rank = replace(base, method="Mann-Whitney", estimate_name="Hodges-Lehmann shift", statistic_name="U")
    found = ranks.mann_whitney(first, second, SEED, level)
    rows.append(_rank_row(rank, found, level))
    permuted = resampling.permutation_of_means(first, second, SEED)
    permutation = replace(base, method="Permutation of means", estimate_name="difference of means")
    if isinstance(permuted, NotEstimable):
        rows.append(not_estimable(permutation, permuted))
    else:
        difference = float(np.mean(first) - np.mean(second))
        rows.append(replace(permutation, estimate=difference, p=permuted.p, note=permuted.method))
    for method, name, answer in (
        ("Bootstrap BCa", "difference of means", resampling.bca_difference(first, second, SEED, level=level)),
        (
            "Bootstrap percentile",
            "difference of medians",
            resampling.percentile_median_difference(first, second, SEED, level=level),
        ),
    ):
        row = replace(base, method=method, estimate_name=name)
        if isinstance(answer, NotEstimable):
            rows.append(not_estimable(row, answer))
        else:
            rows.append(
                replace(row, estimate=answer.estimate, ci_low=answer.low, ci_high=answer.high, ci_level=100 * level)
            )
    return rows


def _rank_row(row: Result, found: ranks.RankComparison | NotEstimable, level: float) -> Result:
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(
        row,
        statistic=found.u,
        p=found.p,
        estimate=found.shift,
        ci_low=found.shift_low,
        ci_high=found.shift_high,
        ci_level=100 * level,
        note=(
            f"p {found.p_method}; rank-biserial r {signed(found.rank_biserial)}; "
            f"P(first > second) + half of ties {signed(found.superiority)}"
        ),
    )


def signed(value: float) -> str:
    """Two digits with a true minus and no zero before the point, for what cannot exceed 1."""
    return f"{value:.2f}".replace("-", "\u2212").replace("0.", ".", 1)


def _mixed_row(study: Study, arms: Arms, base: Result) -> Result:
    """Encounter scores by arm, scenario and order, with an intercept for each student (REML)."""
    row = replace(base, method="Random-intercept model", unit_of_analysis="encounter in student", estimate_name="arm")
    if study.plan.primary_outcome != "score_mean":
        return not_estimable(row, NotEstimable("only built for the score"))
    rows = study.encounters[study.encounters["arm"].isin([arms.first, arms.second])]
    students = rows["student"].nunique()
    if students < 4:
        return not_estimable(row, NotEstimable(f"{students} students"))
    design = _design(rows, arms)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return not_estimable(row, NotEstimable("arm, scenario and order cannot be told apart"))
    model = random_intercept(rows["score_total"].to_numpy(float), design[:, 1:], rows["student"].tolist())
    if isinstance(model, NotEstimable):
        return not_estimable(row, model)
    found = coefficient(model, 1, students - 2, study.level)
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(
        row,
        estimate=found.estimate,
        ci_low=found.low,
        ci_high=found.high,
        ci_level=100 * study.level,
        statistic_name="t",
        statistic=found.statistic,
        df=found.df,
        p=found.p,
        note=f"{len(rows)} encounters; score ~ arm + scenario + order + (1 | student), REML; df = students \u2212 2",
    )


def _design(rows: pd.DataFrame, arms: Arms) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Columns: 1, first arm, scenarios but the first, order (left out when everybody has one encounter)."""
    scenarios = sorted(rows["scenario"].unique())[1:]
    columns = [np.ones(len(rows)), (rows["arm"] == arms.first).to_numpy(float)]
    columns += [(rows["scenario"] == scenario).to_numpy(float) for scenario in scenarios]
    if rows["encounter_order"].nunique() > 1:
        columns.append(rows["encounter_order"].to_numpy(float))
    return np.column_stack(columns)


def _completers_row(study: Study, outcome: Outcome, base: Result) -> Result:
    frame = study.analysed[study.analysed["completer"].astype("bool")]
    row = welch_row(study, frame, outcome, base)
    return replace(row, method="Welch t, completers only")


def _left_early_rows(study: Study, arms: Arms, base: Result) -> list[Result]:
    """The score again with the encounters that were left before their minimum time."""
    if study.plan.primary_outcome != "score_mean":
        return []
    encounters = study.tables.encounters
    scored = encounters[encounters["status"].isin(["finished", "left_early"])]
    scores = scored.groupby("student")["score_total"].mean()
    students = study.tables.students
    allocated = students[students["arm_status"] == "allocated"]
    frame = allocated.assign(score_mean=allocated["student"].map(scores))
    row = welch_row(study, frame, OUTCOMES["score_mean"], base)
    return [replace(row, method="Welch t, encounters left early count")]


def _bounds_rows(study: Study, arms: Arms, outcome: Outcome, base: Result) -> list[Result]:
    """What the students without a score could have made of it, when they are more than five in a hundred."""
    allocated = study.tables.students[study.tables.students["arm_status"] == "allocated"]
    first, second = arms.split(allocated, outcome.column)
    sizes = [int((allocated["arm"] == arm).sum()) for arm in (arms.first, arms.second)]
    missing = [sizes[0] - len(first), sizes[1] - len(second)]
    high = _highest(study, outcome)
    if sum(missing) <= MISSING_SHARE * sum(sizes) or outcome.low is None or high is None:
        return []
    found = missing_bounds.bounds(first, second, missing[0], missing[1], outcome.low, high)
    row = replace(base, method="Bounds for missing students", estimate_name="difference of means")
    row = replace(row, n_1=sizes[0], n_2=sizes[1])
    if isinstance(found, NotEstimable):
        return [not_estimable(row, found)]
    note = (
        f"{missing[0]} and {missing[1]} students without a value were given the least favourable "
        f"and the most favourable possible one; the bounds are no confidence interval"
    )
    return [replace(row, ci_low=found.low, ci_high=found.high, note=note)]


def _highest(study: Study, outcome: Outcome) -> float | None:
    """The most that the outcome can be; of a time, the longest scenario's."""
    if outcome.high is not None or outcome.unit != "s":
        return outcome.high
    longest = study.encounters["horizon_seconds"].max()
    return float(longest) if longest > 0 else None


def _equivalence_rows(study: Study, base: Result, first: Values, second: Values) -> list[Result]:
    bound = study.plan.equivalence_bound
    if bound is None:
        return []
    row = replace(base, method="Equivalence (TOST, Welch)", estimate_name="difference of means")
    found = equivalence.tost(first, second, bound, study.plan.alpha)
    if isinstance(found, NotEstimable):
        return [not_estimable(row, found)]
    level = 100 * (1 - 2 * study.plan.alpha)
    return [
        replace(
            row,
            estimate=found.estimate,
            ci_low=found.low,
            ci_high=found.high,
            ci_level=level,
            df=found.df,
            p=found.p,
            note=f"bound {bound:g} {base.unit}; p is the larger of the two one-sided ones",
        )
    ]


def _detectable_rows(study: Study, base: Result, first: Values, second: Values) -> list[Result]:
    """The smallest difference that these numbers of students would have shown in 80 of 100 studies."""
    name = "minimal detectable standardized difference"
    row = replace(base, family="description", method="Minimal detectable effect", estimate_name=name)
    found = power.minimal_detectable_effect(len(first), len(second), power=0.8, alpha=study.plan.alpha)
    if isinstance(found, NotEstimable):
        return [not_estimable(row, found)]
    in_units = found * math.sqrt(means.pooled_variance(first, second))
    note = f"two-sided, alpha {study.plan.alpha:g}, 80% power, from the numbers of students"
    seen = f"; {in_units:.2f} {base.unit} at the pooled SD seen" if in_units else ""
    return [replace(row, estimate=found, note=note + seen)]
