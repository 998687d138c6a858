"""The outcomes described by arm, the clustering of encounters in students, and the assumptions of the tests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pandas as pd

from ..codebook.statistics import ARMS
from ..stats import assumptions, clustering, descriptives, means
from ..stats.estimable import NotEstimable
from .outcomes import OUTCOMES, Outcome
from .row import Result, not_estimable
from .study import Study

NO_ARM = "(none)"


def arm_table(study: Study) -> pd.DataFrame:
    """Every outcome in every arm; a student of two arms or of an unknown one is in none of them."""
    students = study.tables.students
    known = students[students["arm_status"].isin(["allocated", "none"])]
    arms = known["arm"].fillna(NO_ARM)
    order = sorted(arms.unique(), key=lambda arm: (arm == NO_ARM, arm))
    rows = [
        _arm_row(outcome, arm, known.loc[arms == arm, outcome.column]) for outcome in OUTCOMES.values() for arm in order
    ]
    return pd.DataFrame(rows, columns=ARMS.names)


def _arm_row(outcome: Outcome, arm: str, values: pd.Series[float]) -> dict[str, object]:
    present = values.dropna()
    found = descriptives.describe([None if pd.isna(value) else float(value) for value in values])
    numbers = np.asarray(present, dtype=np.float64)
    interval, shape = means.mean_interval(numbers), assumptions.describe_shape(numbers)
    notes = [str(each) for each in (interval, shape) if isinstance(each, NotEstimable)]
    row: dict[str, object] = {
        "outcome": outcome.column,
        "unit": outcome.unit,
        "arm": arm,
        "n": found.n,
        "missing": found.missing,
        "mean": found.mean,
        "sd": found.sd,
        "median": found.median,
        "q1": found.q1,
        "q3": found.q3,
        "min": found.low,
        "max": found.high,
        "note": "; ".join(dict.fromkeys(notes)) or None,
    }
    if not isinstance(interval, NotEstimable):
        row |= {"ci_low": interval.low, "ci_high": interval.high}
    if not isinstance(shape, NotEstimable):
        row |= {
            "skewness": shape.skew,
            "excess_kurtosis": shape.kurtosis,
            "shapiro_w": shape.w,
            "shapiro_p": shape.p,
        }
    return row


def description_rows(study: Study) -> list[Result]:
    """Intraclass correlation with the design effect, and the spread of the arms compared: described, never a switch."""
    return [_clustering_row(study), *_spread_rows(study)]


def _clustering_row(study: Study) -> Result:
    row = Result(
        family="description",
        outcome="score_total",
        method="ICC(1), one-way analysis of variance",
        unit_of_analysis="encounter in student",
        estimate_name="ICC(1)",
    )
    finished = study.tables.finished
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for student, score in zip(finished["student"], finished["score_total"], strict=True):
        groups[student].append(float(score))
    found = clustering.icc1(list(groups.values()))
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    note = f"{found.mean_size:.2f} encounters a student; design effect {found.design_effect:.3f}"
    return replace(row, n_1=len(groups), estimate=found.icc, note=note)


def _spread_rows(study: Study) -> list[Result]:
    if isinstance(study.arms, NotEstimable):
        return []
    outcome = study.plan.primary_outcome
    first, second = study.arms.split(study.analysed, outcome)
    row = Result(
        family="description",
        outcome=outcome,
        method="Brown-Forsythe",
        arm_1=study.arms.first,
        arm_2=study.arms.second,
        n_1=len(first),
        n_2=len(second),
        statistic_name="F",
    )
    found = assumptions.brown_forsythe(first, second)
    if isinstance(found, NotEstimable):
        return [not_estimable(row, found)]
    note = "described only: Welch's test is used whatever it says"
    return [replace(row, statistic=found.statistic, p=found.p, note=note)]
