"""One statistic as a row of `tests.csv`, and how each kind of answer becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace

import pandas as pd

from ..stats.effect_size import StandardizedDifference
from ..stats.estimable import NotEstimable
from ..stats.means import MeanDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Columns of the codebook's table `tests`; None is an empty cell."""

    family: str
    outcome: str
    method: str
    unit_of_analysis: str = "student"
    unit: str = ""
    scenario: str | None = None
    item: str | None = None
    arm_1: str | None = None
    arm_2: str | None = None
    n_1: int | None = None
    n_2: int | None = None
    mean_1: float | None = None
    mean_2: float | None = None
    sd_1: float | None = None
    sd_2: float | None = None
    estimate_name: str | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    statistic_name: str | None = None
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    adjustment: str | None = None
    d: float | None = None
    d_low: float | None = None
    d_high: float | None = None
    g: float | None = None
    g_low: float | None = None
    g_high: float | None = None
    d_star: float | None = None
    d_star_low: float | None = None
    d_star_high: float | None = None
    g_star: float | None = None
    g_star_low: float | None = None
    g_star_high: float | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """Where it stands, for people: the outcome, and the scenario and item it is about."""
        return ", ".join(part for part in (self.outcome, self.scenario, self.item) if part)


def not_estimable(row: Result, why: NotEstimable) -> Result:
    return replace(row, note=str(why))


def with_interval(row: Result, low: float | None, high: float | None, level: float) -> Result:
    """The row with the bounds of its estimate; `level` is 0.95 for a 95 % interval."""
    return replace(row, ci_low=low, ci_high=high, ci_level=100 * level)


def mean_difference(row: Result, found: MeanDifference | NotEstimable, level: float, name: str = "t") -> Result:
    """A difference of means with its test."""
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(
        row,
        n_1=found.n_1,
        n_2=found.n_2,
        mean_1=found.mean_1,
        mean_2=found.mean_2,
        sd_1=found.sd_1,
        sd_2=found.sd_2,
        estimate_name="difference of means",
        estimate=found.estimate,
        ci_low=found.low,
        ci_high=found.high,
        ci_level=100 * level,
        statistic_name=name,
        statistic=found.statistic,
        df=found.df,
        p=found.p,
    )


def standardized(
    row: Result, pooled: StandardizedDifference | NotEstimable, averaged: StandardizedDifference | NotEstimable
) -> Result:
    """Adds the effect sizes, in the pooled and in the average standard deviation."""
    if isinstance(pooled, StandardizedDifference):
        row = replace(
            row,
            d=pooled.d,
            d_low=pooled.d_low,
            d_high=pooled.d_high,
            g=pooled.g,
            g_low=pooled.g_low,
            g_high=pooled.g_high,
        )
    if isinstance(averaged, StandardizedDifference):
        row = replace(
            row,
            d_star=averaged.d,
            d_star_low=averaged.d_low,
            d_star_high=averaged.d_high,
            g_star=averaged.g,
            g_star_low=averaged.g_low,
            g_star_high=averaged.g_high,
        )
    return row


def frame_of_results(rows: Iterable[Result]) -> pd.DataFrame:
    return pd.DataFrame([asdict(row) for row in rows], columns=[field.name for field in fields(Result)])
