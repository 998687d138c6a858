"""What is only computed when it is asked for: counts that vary more than chance, competing ends, a pre-test.

An end of one's own will is no competing end: who left without acting is held at "not done" to the longest time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from knowthyself_tui.domain.text import code_key

from ..stats import rates, survival
from ..stats.covariance import ancova
from ..stats.estimable import NotEstimable
from .comparison import Arms
from .outcomes import OUTCOMES
from .row import Result, not_estimable, with_interval
from .secondary import EVENTS
from .study import Study
from .timing import first_judged

_ACTED, _DIED = 1, 2
_CAUSES = {_ACTED: "pivotal treatment", _DIED: "cardiac arrest first"}


def appendix_rows(study: Study) -> list[Result]:
    """Negative binomial rate ratios, and the cumulative incidence of treatment and arrest at the longest time."""
    return [*_negative_binomials(study), *_incidences(study)]


def _negative_binomials(study: Study) -> Iterator[Result]:
    if isinstance(study.arms, NotEstimable):
        return
    exposures = study.arms.split(study.analysed, "encounters_finished")
    for column in EVENTS:
        counts = study.arms.split(study.analysed, column)
        row = Result(
            family="exploratory",
            outcome=column,
            method="Negative binomial (NB2)",
            unit="events per encounter",
            estimate_name="rate ratio",
            arm_1=study.arms.first,
            arm_2=study.arms.second,
            n_1=len(counts[0]),
            n_2=len(counts[1]),
        )
        found = rates.negative_binomial(counts[0], exposures[0], counts[1], exposures[1], study.level)
        if isinstance(found, NotEstimable):
            yield not_estimable(row, found)
            continue
        row = with_interval(row, found.low, found.high, study.level)
        yield replace(row, estimate=found.ratio, p=found.p, note=f"dispersion alpha {found.alpha:.4f}")


def _incidences(study: Study) -> Iterator[Result]:
    judged = first_judged(study)
    for (scenario, arm), rows in judged.groupby(["scenario", judged["arm"].fillna("(none)")]):
        acted = rows["pivotal_given"] == 1
        died = ~acted & (rows["end_reason"] == "arrest")
        causes = np.where(acted, _ACTED, np.where(died, _DIED, 0))
        ends = rows["duration_seconds"].where(died, rows["horizon_seconds"])
        times = rows["pivotal_seconds"].where(acted, ends)
        found = survival.cumulative_incidence(times.to_numpy(float), causes.tolist())
        for cause, name in _CAUSES.items():
            row = Result(
                family="description",
                outcome="cumulative_incidence",
                scenario=str(scenario),
                item=name,
                method="Aalen-Johansen",
                unit="share",
                unit_of_analysis="student, first judged encounter of the scenario",
                estimate_name="share at the end of follow-up",
                arm_1=str(arm),
                n_1=len(rows),
            )
            if isinstance(found, NotEstimable):
                yield not_estimable(row, found)
            else:
                yield replace(row, estimate=found.incidence.get(cause, (0.0,))[-1])


def baseline_rows(study: Study, baseline: Mapping[str, float]) -> list[Result]:
    """The primary outcome adjusted for a pre-test, by code or pseudonym."""
    row = Result(family="robustness", outcome=study.plan.primary_outcome, method="ANCOVA with the pre-test")
    row = replace(row, unit=OUTCOMES[row.outcome].unit)
    if isinstance(study.arms, NotEstimable):
        return [study.begun(row)]
    return [_ancova_row(study, study.arms, baseline, row)]


def _ancova_row(study: Study, arms: Arms, baseline: Mapping[str, float], row: Result) -> Result:
    students = study.analysed[study.analysed["arm"].isin([arms.first, arms.second])]
    before = [
        _value(baseline, code, name) for code, name in zip(students["student_code"], students["student"], strict=True)
    ]
    frame = students.assign(before=pd.Series(before, index=students.index, dtype="float64")).dropna(subset="before")
    post, known = frame[study.plan.primary_outcome], frame["before"]
    side = ["1" if arm == arms.first else "2" for arm in frame["arm"]]
    row = replace(row, arm_1=arms.first, arm_2=arms.second, n_1=side.count("1"), n_2=side.count("2"))
    found = ancova(post.to_numpy(float), known.to_numpy(float), side, study.level)
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    missing = len(students) - len(frame)
    return replace(
        with_interval(row, found.low, found.high, study.level),
        estimate_name="adjusted difference",
        estimate=found.estimate,
        statistic_name="t",
        statistic=found.statistic,
        df=float(found.df),
        p=found.p,
        note=f"slope of the pre-test {found.baseline_slope:.4f}; {missing} students without one are left out",
    )


def _value(baseline: Mapping[str, float], code: str, pseudonym: str) -> float | None:
    found = baseline.get(code_key(code))
    return baseline.get(code_key(pseudonym)) if found is None else found
