"""Item statistics: how hard each item is, how well it goes with the rest, how soon it is done; and reliability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..codebook.statistics import ITEMS
from ..stats import proportions, reliability, survival
from ..stats.estimable import NotEstimable
from .row import Result, not_estimable
from .secondary import adjusted, risk_row
from .study import Study

SMALLEST_FOR_ALPHA = 30
"""Fewer encounters give no coefficient worth printing."""
_UNIT = "student, first finished encounter of the scenario"


def first_finished(study: Study) -> pd.DataFrame:
    """Each student's first finished encounter of each scenario: independent of each other within a scenario."""
    first = study.tables.finished.drop_duplicates(["student", "scenario"])
    versions = first.groupby("scenario")["scenario_version"].transform("nunique")
    named = first["scenario"] + " " + first["scenario_version"]
    return first.assign(edition=first["scenario"].where(versions == 1, named))


def _by_edition(rows: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """The rows of these encounters, under the scenario's edition: items of two versions are not the same."""
    joined = rows.drop(columns="scenario").merge(first[["encounter", "horizon_seconds", "edition"]], on="encounter")
    return joined.rename(columns={"edition": "scenario"})


def item_table(study: Study) -> pd.DataFrame:
    """Checklist items, decision points, gates and milestones of every scenario."""
    first, tables = first_finished(study), study.tables
    rows = [
        *_checklist_rows(_by_edition(tables.checklist, first)),
        *_decision_rows(_by_edition(tables.decisions, first)),
        *_yes_no_rows(_by_edition(tables.gates, first), "gate", "failed", yes_is_bad=True),
        *_yes_no_rows(_by_edition(tables.milestones, first), "milestone", "reached"),
    ]
    frame = pd.DataFrame(rows, columns=ITEMS.names)
    return frame.sort_values("scenario", kind="stable", ignore_index=True)


def done_matrix(rows: pd.DataFrame) -> pd.DataFrame:
    """Encounters by items, 1 done and 0 not; encounters of another version that lack an item are left out."""
    wide = rows.assign(done=rows["done"].astype("float64")).pivot(index="encounter", columns="item", values="done")
    return wide.reindex(columns=list(dict.fromkeys(rows["item"]))).dropna()


def _checklist_rows(checklist: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for scenario, rows in checklist.groupby("scenario"):
        matrix = done_matrix(rows)
        statistics = reliability.item_statistics(matrix.to_numpy(dtype=float))
        for index, item in enumerate(dict.fromkeys(rows["item"])):
            own = rows[rows["item"] == item]
            known = None if isinstance(statistics, NotEstimable) else statistics[index]
            yield _checklist_row(str(scenario), item, own, known)


def _checklist_row(
    scenario: str, item: str, own: pd.DataFrame, known: reliability.ItemStatistics | None
) -> dict[str, Any]:
    done = int(own["done"].sum())
    interval = proportions.wilson(done, len(own))
    low, high = (None, None) if isinstance(interval, NotEstimable) else interval
    in_time = own["in_time"].dropna()
    targets = own["target_seconds"].dropna().unique()
    row: dict[str, Any] = {
        "scenario": scenario,
        "kind": "checklist",
        "item": item,
        "title": own["title"].iloc[-1],
        "critical": own["critical"].iloc[-1],
        "n": len(own),
        "share_done": done / len(own),
        "ci_low": low,
        "ci_high": high,
        "share_in_time": in_time.mean() if len(in_time) else None,
        "target_seconds": targets[0] if len(targets) == 1 else None,
    }
    return row | _median_time(own) | _item_rest(known)


def _median_time(own: pd.DataFrame) -> dict[str, Any]:
    horizon = own["horizon_seconds"].to_numpy(dtype=float)
    done = own["done_seconds"].to_numpy(dtype=float)
    acted = np.isfinite(done) & (done <= horizon)
    curve = survival.kaplan_meier(np.where(acted, done, horizon), acted)
    if isinstance(curve, NotEstimable):
        return {}
    median, interval = survival.median_time(curve)
    return {"median_seconds": median, "median_low": interval.low, "median_high": interval.high}


def _item_rest(known: reliability.ItemStatistics | None) -> dict[str, Any]:
    if known is None:
        return {"note": str(NotEstimable("too few encounters or items"))}
    values = {
        "item_rest_r": known.item_rest_r,
        "alpha_if_dropped": known.alpha_if_dropped,
        "discrimination": known.discrimination_27,
    }
    reasons = sorted({str(value) for value in values.values() if isinstance(value, NotEstimable)})
    kept = {name: None if isinstance(value, NotEstimable) else value for name, value in values.items()}
    return kept | ({"note": "; ".join(reasons)} if reasons else {})


def _decision_rows(decisions: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for (scenario, decision), rows in decisions.groupby(["scenario", "decision"], sort=False):
        judged = rows[rows["rating"].notna()]
        counts = judged["rating"].value_counts()
        yield {
            "scenario": scenario,
            "kind": "decision",
            "item": decision,
            "title": rows["title"].iloc[-1],
            "n": len(judged),
            "share_done": judged["rating_weight"].mean() if len(judged) else None,
            **{name: int(counts.get(name, 0)) for name in ("optimal", "acceptable", "suboptimal", "dangerous")},
            "note": None if len(judged) else str(NotEstimable("the question did not arise")),
        }


def _yes_no_rows(frame: pd.DataFrame, kind: str, column: str, *, yes_is_bad: bool = False) -> Iterator[dict[str, Any]]:
    """The share that passed or reached it."""
    for (scenario, item), rows in frame.groupby(["scenario", kind], sort=False):
        good = int((rows[column].astype("bool") ^ yes_is_bad).sum())
        interval = proportions.wilson(good, len(rows))
        low, high = (None, None) if isinstance(interval, NotEstimable) else interval
        yield {
            "scenario": scenario,
            "kind": kind,
            "item": item,
            "title": rows["title"].iloc[-1] if "title" in rows else item,
            "critical": rows["critical"].iloc[-1] if "critical" in rows else None,
            "n": len(rows),
            "share_done": good / len(rows),
            "ci_low": low,
            "ci_high": high,
        }


def reliability_rows(study: Study) -> list[Result]:
    """Cronbach's alpha of each scenario's checklist (KR-20), with Feldt's interval."""
    rows = []
    for scenario, items in _by_edition(study.tables.checklist, first_finished(study)).groupby("scenario"):
        rows.append(_alpha_row(str(scenario), done_matrix(items)))
    return rows


def _alpha_row(scenario: str, matrix: pd.DataFrame) -> Result:
    row = Result(
        family="description",
        outcome="checklist",
        scenario=scenario,
        method="Cronbach's alpha (KR-20), Feldt",
        unit_of_analysis=_UNIT,
        estimate_name="alpha",
        n_1=len(matrix),
    )
    if len(matrix) < SMALLEST_FOR_ALPHA:
        return not_estimable(row, NotEstimable(f"{len(matrix)} encounters, fewer than {SMALLEST_FOR_ALPHA}"))
    found = reliability.cronbach_alpha(matrix.to_numpy(dtype=float))
    if isinstance(found, NotEstimable):
        return not_estimable(row, found)
    return replace(row, estimate=found.alpha, ci_low=found.low, ci_high=found.high, ci_level=95.0)


def item_difference_rows(study: Study) -> list[Result]:
    """Each checklist item between the arms: an exploration, adjusted over all items."""
    if isinstance(study.arms, NotEstimable):
        return []
    rows = []
    checklist = _by_edition(study.tables.checklist, first_finished(study))
    for (scenario, item), items in checklist.groupby(["scenario", "item"], sort=False):
        arm = items["student"].map(study.arm_of)
        sides = [items.loc[arm == name, "done"] for name in (study.arms.first, study.arms.second)]
        row = Result(
            family="exploratory",
            outcome="checklist_item",
            scenario=str(scenario),
            item=str(item),
            method="",
            unit="share",
            unit_of_analysis=_UNIT,
            arm_1=study.arms.first,
            arm_2=study.arms.second,
        )
        rows.append(risk_row(row, int(sides[0].sum()), len(sides[0]), int(sides[1].sum()), len(sides[1]), study.level))
    return adjusted(rows, "Benjamini-Hochberg")
