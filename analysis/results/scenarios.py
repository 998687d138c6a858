"""Scores of each scenario by arm, and the learning curve over the order of the encounters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..stats import means
from ..stats.estimable import NotEstimable
from ..tables.students import centred_scores
from .comparison import Arms
from .describe import NO_ARM
from .items import first_finished
from .outcomes import Outcome
from .primary import welch_row
from .row import Result
from .secondary import adjusted
from .study import Study


def scenario_rows(study: Study) -> list[Result]:
    """The score of each scenario between the arms, one encounter a student."""
    first = first_finished(study)
    rows = []
    for scenario, encounters in first.groupby("scenario"):
        blank = Result(
            family="exploratory",
            outcome="score_total",
            scenario=str(scenario),
            method="",
            unit_of_analysis="student, first finished encounter of the scenario",
        )
        frame = encounters.assign(arm=encounters["student"].map(study.arm_of))
        rows.append(welch_row(study, frame, Outcome("score_total", "Score", "points", 0, 100), blank))
    return adjusted(rows, "Benjamini-Hochberg")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The mean scenario-centred score at one place in the order."""

    arm: str
    order: int
    n: int
    mean: float
    low: float | None
    high: float | None


def learning_points(study: Study) -> list[CurvePoint]:
    """By arm and order of the encounter; the scores are centred on their scenario over everybody."""
    finished = study.tables.finished
    finished = finished.assign(centred=centred_scores(finished))
    arms = finished["student"].map(study.arm_of).fillna(NO_ARM)
    if isinstance(study.arms, Arms):
        kept = arms.isin([study.arms.first, study.arms.second])
        finished, arms = finished[kept], arms[kept]
    points = []
    for arm, own_rows in finished.groupby(arms):
        for order, scores in own_rows.groupby("encounter_order")["centred"]:
            points.append(_point(str(arm), int(str(order)), scores))
    return points


def _point(arm: str, order: int, scores: pd.Series[float]) -> CurvePoint:
    interval = means.mean_interval(np.asarray(scores, dtype=np.float64))
    blank = CurvePoint(arm, order, len(scores), float(scores.mean()), None, None)
    if isinstance(interval, NotEstimable):
        return blank
    return replace(blank, low=interval.low, high=interval.high)
