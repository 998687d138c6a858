"""Times to the pivotal treatment and to each critical item, scenario by scenario: censored, nobody left out.

A student who ended a scenario without the treatment, or whose patient died, counts as "not done" up to the scenario's
longest time: an early end is no ordinary censoring (methods, row 20).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..stats import means, survival
from ..stats.estimable import Interval, NotEstimable
from .row import Result, mean_difference, not_estimable
from .secondary import adjusted
from .study import Study

Floats = NDArray[np.float64]
PIVOTAL = "pivotal"
_SECONDS = "pivotal_seconds"
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Times:
    """When each student of a group acted, in the first judged encounter of a scenario."""

    seconds: Floats
    """Of the act; the horizon where there was none."""
    acted: NDArray[np.bool_]
    shortest_horizon: float
    """Of the encounters; two versions of a scenario may differ. 0 when there are none."""


@dataclass(frozen=True, slots=True)
class Timeliness:
    """One action of one scenario."""

    scenario: str
    action: str
    """`pivotal`, or the id of a critical checklist item."""
    title: str
    """What the action is."""
    horizon: float
    target: float | None
    curves: Mapping[str, survival.Curve]
    """By arm, or `all` when there are no arms."""
    medians: Mapping[str, tuple[float | None, Interval]]
    restricted: Mapping[str, survival.RestrictedMean]
    """The mean time to the action, or to the shortest horizon for who had not acted by then."""
    times: Mapping[str, Times] = field(default_factory=dict)


def first_judged(study: Study) -> pd.DataFrame:
    """Each student's first encounter of each scenario that has a verdict, under the student's arm."""
    encounters = study.tables.encounters
    judged = encounters[encounters["status"].isin(["finished", "left_early"])]
    judged = judged.drop_duplicates(["student", "scenario"])
    return judged.assign(arm=judged["student"].map(study.arm_of))


def timeliness(study: Study) -> list[Timeliness]:
    """For each scenario, curves by arm of the pivotal treatment and of each critical item."""
    judged = first_judged(study)
    items = _critical_items(study, judged)
    found = []
    for name, rows in judged.groupby("scenario"):
        found.append(_timed(study, str(name), PIVOTAL, "the pivotal treatment", None, rows))
        for item, own in items[items["scenario"] == name].groupby("item", sort=False):
            targets = own["target_seconds"].dropna().unique()
            target = float(targets[0]) if len(targets) == 1 else None
            found.append(_timed(study, str(name), str(item), str(own["title"].iloc[-1]), target, own))
    return found


def _critical_items(study: Study, judged: pd.DataFrame) -> pd.DataFrame:
    """The critical checklist items of these encounters, with the time of each in the column of the pivotal one."""
    checklist = study.tables.checklist
    critical = checklist[checklist["critical"] == 1].drop(columns="arm")
    joined = critical.merge(judged[["encounter", "arm", "horizon_seconds"]], on="encounter")
    return joined.rename(columns={"done_seconds": _SECONDS})


def _timed(
    study: Study, scenario: str, action: str, title: str, target: float | None, rows: pd.DataFrame
) -> Timeliness:
    groups = {name: times_of(group) for name, group in _groups(study, rows)}
    curves = {name: survival.kaplan_meier(times.seconds, times.acted) for name, times in groups.items()}
    known = {name: curve for name, curve in curves.items() if not isinstance(curve, NotEstimable)}
    return Timeliness(
        scenario,
        action,
        title,
        float(rows["horizon_seconds"].max()),
        target,
        known,
        {name: survival.median_time(curve) for name, curve in known.items()},
        _restricted(groups),
        groups,
    )


def _restricted(groups: Mapping[str, Times]) -> dict[str, survival.RestrictedMean]:
    shortest = min((times.shortest_horizon for times in groups.values() if len(times.seconds)), default=0.0)
    if shortest <= 0:
        return {}
    found = {name: survival.restricted_mean(times.seconds, times.acted, shortest) for name, times in groups.items()}
    return {name: mean for name, mean in found.items() if not isinstance(mean, NotEstimable)}


def _groups(study: Study, rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    if isinstance(study.arms, NotEstimable):
        yield EVERYBODY, rows
        return
    for arm in (study.arms.first, study.arms.second):
        yield arm, rows[rows["arm"] == arm]


def times_of(rows: pd.DataFrame) -> Times:
    """Acts after the horizon did not happen by it."""
    horizon = rows["horizon_seconds"].to_numpy(dtype=np.float64)
    seconds = rows[_SECONDS].to_numpy(dtype=np.float64)
    acted = np.isfinite(seconds) & (seconds <= horizon)
    return Times(np.where(acted, seconds, horizon), acted, float(horizon.min()) if len(horizon) else 0.0)


def timing_rows(study: Study, found: list[Timeliness]) -> list[Result]:
    """Log-rank test and difference of restricted means for each scenario; the tests adjusted together."""
    if isinstance(study.arms, NotEstimable):
        return []
    log_ranks, restricted = [], []
    for each in found:
        first, second = each.times[study.arms.first], each.times[study.arms.second]
        base = Result(
            family="exploratory",
            outcome="time_to_action",
            scenario=each.scenario,
            item=each.action,
            method="",
            unit="s",
            unit_of_analysis="student, first encounter of the scenario",
            arm_1=study.arms.first,
            arm_2=study.arms.second,
            n_1=len(first.seconds),
            n_2=len(second.seconds),
        )
        log_ranks.append(_log_rank_row(base, first, second))
        restricted.append(_restricted_row(base, first, second, study.level))
    return adjusted(log_ranks, "Benjamini-Hochberg") + adjusted(restricted, "Benjamini-Hochberg")


def _log_rank_row(base: Result, first: Times, second: Times) -> Result:
    row = replace(base, method="Log-rank", statistic_name="chi2", df=1.0)
    found = survival.log_rank(first.seconds, first.acted, second.seconds, second.acted)
    if isinstance(found, NotEstimable):
        return not_estimable(replace(row, df=None), found)
    return replace(
        row,
        statistic=found.statistic,
        p=found.p,
        mean_1=float(first.acted.mean()),
        mean_2=float(second.acted.mean()),
        note=(
            f"means are the shares who acted; observed / expected "
            f"{found.observed_1:g} / {found.expected_1:.2f} v {found.observed_2:g} / {found.expected_2:.2f}"
        ),
    )


def _restricted_row(base: Result, first: Times, second: Times, level: float) -> Result:
    """Everybody is followed to the shortest horizon, so the mean of the times cut there is the area under the curve."""
    shortest = min(first.shortest_horizon, second.shortest_horizon)
    row = replace(base, method=f"Difference of restricted means to {shortest:g} s, Welch")
    found = means.welch(first.seconds.clip(max=shortest), second.seconds.clip(max=shortest), level)
    return mean_difference(row, found, level)


def curve_table(found: list[Timeliness]) -> pd.DataFrame:
    """Every step of every curve, as the share who had acted."""
    rows = [
        {
            "scenario": each.scenario,
            "outcome": each.action,
            "arm": arm,
            "time_seconds": curve.times[i],
            "at_risk": curve.at_risk[i],
            "events": curve.events[i],
            "share_done": 1 - curve.survival[i],
            "ci_low": _complement(curve.high[i]),
            "ci_high": _complement(curve.low[i]),
        }
        for each in found
        for arm, curve in each.curves.items()
        for i in range(len(curve.times))
    ]
    columns = ["scenario", "outcome", "arm", "time_seconds", "at_risk", "events", "share_done", "ci_low", "ci_high"]
    return pd.DataFrame(rows, columns=columns)


def _complement(share: float | None) -> float | None:
    return None if share is None else 1 - share
