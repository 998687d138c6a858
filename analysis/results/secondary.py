"""The secondary outcomes, one p value each, and the exploratory ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..codebook.encounters import COMPETENCES
from ..stats import proportions, rates
from ..stats.estimable import NotEstimable
from ..stats.multiplicity import benjamini_hochberg, holm
from ..stats.ordinal import brunner_munzel
from .comparison import Arms
from .outcomes import EXPLORATORY, OUTCOMES, PRIMARY, SECONDARY
from .primary import welch_row
from .row import Result, not_estimable, with_interval
from .study import Study

EVENTS = ("medication_errors", "dangerous_decisions")
"""Columns of events, compared as rates over finished encounters."""


def secondary_rows(study: Study) -> list[Result]:
    """Decision quality, timeliness, errors, dangerous decisions, completion: adjusted by Holm's method."""
    wanted = [column for column in (PRIMARY, *SECONDARY) if column != study.plan.primary_outcome]
    blank = Result(family="secondary", outcome="", method="")
    rows = [welch_row(study, study.analysed, OUTCOMES[column], replace(blank, outcome=column)) for column in wanted]
    if isinstance(study.arms, NotEstimable):
        others = [(name, "Rate ratio") for name in EVENTS] + [("completion", "Risk difference")]
        return rows + [study.begun(replace(blank, outcome=name, method=method)) for name, method in others]
    rows += [_rate_row(study, study.arms, column) for column in EVENTS]
    rows.append(_completion_row(study, study.arms))
    return adjusted(rows, "Holm")


def exploratory_rows(study: Study) -> list[Result]:
    """Everything else that a student's row holds; a sensitivity analysis of decision quality comes last."""
    blank = Result(family="exploratory", outcome="", method="")
    wanted = [column for column in EXPLORATORY if column != study.plan.primary_outcome]
    rows = [welch_row(study, study.analysed, OUTCOMES[column], replace(blank, outcome=column)) for column in wanted]
    if isinstance(study.arms, NotEstimable):
        return rows
    rows.append(_competence_row(study, study.arms))
    return [*adjusted(rows, "Benjamini-Hochberg"), _ordinal_row(study, study.arms)]


def adjusted(rows: Sequence[Result], method: str) -> list[Result]:
    """The rows with their p values adjusted as one family; rows without one do not count."""
    adjust = {"Holm": holm, "Benjamini-Hochberg": benjamini_hochberg}[method]
    values = adjust([row.p for row in rows])
    return [
        row if p is None else replace(row, p_adjusted=p, adjustment=method) for row, p in zip(rows, values, strict=True)
    ]


def _rate_row(study: Study, arms: Arms, column: str) -> Result:
    """Events per finished encounter, by counts of the students."""
    row = Result(
        family="secondary",
        outcome=column,
        method="",
        unit="events per encounter",
        estimate_name="rate ratio",
        arm_1=arms.first,
        arm_2=arms.second,
    )
    counts = arms.split(study.analysed, column)
    exposures = arms.split(study.analysed, "encounters_finished")
    row = replace(row, n_1=len(counts[0]), n_2=len(counts[1]))
    found = rates.rate_ratio(counts[0], exposures[0], counts[1], exposures[1], study.level)
    if isinstance(found, NotEstimable):
        return not_estimable(replace(row, method="rate ratio"), found)
    return replace(
        row,
        method=f"Rate ratio, {found.method}",
        mean_1=found.events_1 / found.exposure_1,
        mean_2=found.events_2 / found.exposure_2,
        estimate=found.ratio,
        ci_low=found.low,
        ci_high=found.high,
        ci_level=100 * study.level,
        p=found.p,
        note=("" if found.ratio is not None else "rate ratio unbounded; ")
        + f"{found.events_1:g} in {found.exposure_1:g} v {found.events_2:g} in {found.exposure_2:g} encounters"
        + ("" if found.phi is None else f"; dispersion {found.phi:.2f}"),
    )


def _completion_row(study: Study, arms: Arms) -> Result:
    """Students who finished their whole queue, of those allocated."""
    students = study.tables.students
    allocated = students[students["arm_status"] == "allocated"]
    sides = [allocated[allocated["arm"] == arm] for arm in (arms.first, arms.second)]
    done = [int(side["completer"].astype("bool").sum()) for side in sides]
    row = Result(
        family="secondary",
        outcome="completion",
        method="",
        unit="share",
        estimate_name="risk difference",
        arm_1=arms.first,
        arm_2=arms.second,
        n_1=len(sides[0]),
        n_2=len(sides[1]),
    )
    return risk_row(row, done[0], len(sides[0]), done[1], len(sides[1]), study.level)


def risk_row(row: Result, x_1: int, n_1: int, x_2: int, n_2: int, level: float) -> Result:
    """A difference of two shares with Newcombe's interval and Fisher's exact p."""
    row = replace(row, method="Risk difference, Newcombe; Fisher exact", estimate_name="risk difference")
    found = proportions.risk_difference(x_1, n_1, x_2, n_2, level)
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(
        row,
        n_1=n_1,
        n_2=n_2,
        mean_1=found.p_1,
        mean_2=found.p_2,
        estimate=found.estimate,
        ci_low=found.low,
        ci_high=found.high,
        ci_level=100 * level,
        p=found.p,
        note=f"{x_1} of {n_1} v {x_2} of {n_2}",
    )


def _competence_row(study: Study, arms: Arms) -> Result:
    """Competence in each student's first finished encounter: one verdict a student, so they are independent."""
    first = study.encounters.drop_duplicates("student")
    table = [
        [int(((first["arm"] == arm) & (first["competence"] == level)).sum()) for level in COMPETENCES]
        for arm in (arms.first, arms.second)
    ]
    row = Result(
        family="exploratory",
        outcome="competence",
        method="Association of arm and level",
        unit_of_analysis="student, first finished encounter",
        estimate_name="Cramer's V",
        arm_1=arms.first,
        arm_2=arms.second,
        n_1=sum(table[0]),
        n_2=sum(table[1]),
    )
    found = proportions.table_association(table)
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(
        row,
        method=f"Association of arm and level, {found.method}",
        estimate=found.cramer_v,
        statistic_name="chi2",
        statistic=found.statistic,
        df=float(found.df),
        p=found.p,
    )


def _ordinal_row(study: Study, arms: Arms) -> Result:
    row = Result(
        family="exploratory",
        outcome="decision_mean",
        method="Brunner-Munzel, a sensitivity analysis",
        unit="share",
        arm_1=arms.first,
        arm_2=arms.second,
        statistic_name="W",
        estimate_name="P(first > second) + half of ties",
    )
    first, second = arms.split(study.analysed, "decision_mean")
    row = replace(row, n_1=len(first), n_2=len(second))
    found = brunner_munzel(first, second, study.level)
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    row = with_interval(row, found.low, found.high, study.level)
    return replace(row, statistic=found.statistic, df=found.df, p=found.p, estimate=found.superiority)
