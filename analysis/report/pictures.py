"""Every picture of the report, ordered from the findings; none when they were not wanted or cannot be drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..figures import canvas
from ..figures.checklist_heat_map import checklist_heat_map
from ..figures.forest import forest
from ..figures.item_difficulty import item_difficulty
from ..figures.learning_curve import learning_curve
from ..figures.missingness import missingness
from ..figures.picture import ForestRow, ItemRow, LearningPoint, Picture, RatingRow, StepCurve
from ..figures.ratings_by_arm import ratings_by_arm
from ..figures.score_by_arm import score_by_arm
from ..figures.studio import Order, Studio
from ..figures.time_to_action import time_to_action
from ..results.describe import NO_ARM
from ..results.findings import Findings
from ..results.items import first_finished
from ..results.outcomes import OUTCOMES
from ..results.row import Result
from ..results.timing import PIVOTAL, Timeliness
from ..stats import means
from ..stats.estimable import NotEstimable
from ..tables.frames import natural_order
from ..text import clean
from .apa import level
from .document import PictureBlock
from .vital_pictures import vital_orders
from .words import row_label, scenario_name

SKIPPED = "Pictures were left out: matplotlib is not installed."


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures, each with the place where it belongs."""

    drawn: tuple[tuple[str, Picture], ...] = ()
    skipped: str = ""
    """Why there are none, when somebody wanted some."""

    def at(self, *places: str) -> list[PictureBlock]:
        return [PictureBlock(picture) for place, picture in self.drawn if place in places]


def orders(findings: Findings) -> Iterator[Order]:
    """All pictures, a page to share has only the one that shows neither students nor counts."""
    if not canvas.installed():
        return
    yield from _forest(findings)
    if findings.request.min_cell is not None:
        return
    yield from _scores(findings)
    yield from _ratings(findings)
    yield from (_times(each) for each in findings.timeliness if each.action == PIVOTAL)
    yield from _learning(findings)
    yield from vital_orders(findings)
    yield from _items(findings)
    yield from _heat_maps(findings)
    yield from _missing(findings)


def finished(studio: Studio, findings: Findings) -> Pictures:
    """What the studio drew, or why it drew nothing."""
    drawn, failed = studio.pictures()
    skipped = SKIPPED if findings.request.plots and not canvas.installed() else ""
    if failed:
        skipped = f"Some pictures could not be drawn: {'; '.join(map(clean, failed))}."
    return Pictures(tuple(drawn), skipped)


def _scores(findings: Findings) -> Iterator[Order]:
    outcome = OUTCOMES[findings.study.plan.primary_outcome]
    students = findings.tables.students
    known = students[students["arm_status"].isin(["allocated", "none"]) & students[outcome.column].notna()]
    scores = {
        str(arm): rows.to_numpy(np.float64) for arm, rows in known.groupby(known["arm"].fillna(NO_ARM))[outcome.column]
    }
    centres = {arm: _mean_with_interval(values) for arm, values in scores.items()}
    limits = (outcome.low or 0.0, outcome.high or float(max((v.max() for v in scores.values()), default=1.0)))
    drawn = {arm: values.tolist() for arm, values in scores.items()}
    yield Order("scores", score_by_arm, (drawn, centres, f"{outcome.label} ({outcome.unit})", limits))


def _mean_with_interval(
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[float, float | None, float | None]:
    found = means.mean_interval(values)
    low, high = (None, None) if isinstance(found, NotEstimable) else found
    return float(values.mean()), low, high


def _forest(findings: Findings) -> Iterator[Order]:
    """Hedges' g of every outcome that has one: the one scale that all of them share."""
    groups = (("primary", "Primary"), ("secondary", "Secondary"), ("exploratory", "Exploratory"))
    rows = [
        ForestRow(row_label(row), heading, row.g, row.g_low, row.g_high, row.note or "")
        for family, heading in groups
        for row in findings.family(family)
        if _has_effect_size(row)
    ]
    arms = findings.study.arms
    if rows and not isinstance(arms, NotEstimable):
        look = {
            "title": "Every outcome on one scale",
            "xlabel": f"Hedges' g, {arms.first} \u2212 {arms.second}, {level(100 * findings.study.level)}",
            "columns": ("Hedges' g", level(100 * findings.study.level)),
            "sides": (f"higher in {arms.second}", f"higher in {arms.first}"),
        }
        yield Order("forest", forest, (rows,), look)


def _has_effect_size(row: Result) -> bool:
    return row.method == "Welch t"


def _ratings(findings: Findings) -> Iterator[Order]:
    judged = findings.study.of_analysed(findings.tables.decisions)
    judged = judged[judged["rating"].notna()]
    rows = [_rating_row(f"Arm {arm!s}", ratings["rating"]) for arm, ratings in judged.groupby("arm")]
    yield Order("ratings", ratings_by_arm, (rows,))


def _rating_row(label: str, ratings: pd.Series[str]) -> RatingRow:
    counts = ratings.value_counts()
    levels = {name: int(counts.get(name, 0)) for name in ("dangerous", "suboptimal", "acceptable", "optimal")}
    return RatingRow(label, len(ratings), **levels)


def _times(each: Timeliness) -> Order:
    curves = {arm: _step_curve(each, arm) for arm in each.curves}
    title = f"{scenario_name(each.scenario)}: share who had given {each.title}"
    return Order("times", time_to_action, (title, curves, each.horizon, each.target))


def _step_curve(each: Timeliness, arm: str) -> StepCurve:
    curve, times = each.curves[arm], each.times[arm]
    marks = [float(mark) for mark in np.linspace(0, each.horizon, 6)]
    at_risk = {mark: int((times.seconds >= mark).sum()) for mark in marks}
    return StepCurve(
        times=list(curve.times),
        share_done=[1 - value for value in curve.survival],
        low=[None if value is None else 1 - value for value in curve.high],
        high=[None if value is None else 1 - value for value in curve.low],
        at_risk=at_risk,
        median=each.medians[arm][0],
    )


def _learning(findings: Findings) -> Iterator[Order]:
    series: defaultdict[str, list[LearningPoint]] = defaultdict(list)
    for point in findings.learning:
        series[point.arm].append(LearningPoint(point.order, point.mean, point.low, point.high, point.n))
    yield Order("learning", learning_curve, (dict(series),))


def _items(findings: Findings) -> Iterator[Order]:
    checklist = findings.items[findings.items["kind"] == "checklist"]
    for scenario, rows in checklist.groupby("scenario"):
        drawn = [
            ItemRow(
                f"{record['item']} {record['title']}",
                record["share_done"],
                record["ci_low"],
                record["ci_high"],
                None if pd.isna(record["item_rest_r"]) else record["item_rest_r"],
                record["n"],
            )
            for record in rows.to_dict("records")
        ]
        title = f"{scenario_name(str(scenario))}: how many did each item"
        yield Order(f"items {scenario}", item_difficulty, (drawn,), {"title": title})


def _heat_maps(findings: Findings) -> Iterator[Order]:
    """One a scenario: students by total, items by difficulty."""
    first = first_finished(findings.study).set_index("encounter")["score_total"]
    checklist = findings.tables.checklist
    own = checklist[checklist["encounter"].isin(first.index)]
    for scenario, rows in own.groupby("scenario"):
        cells = rows.assign(cell=np.where(~rows["done"], "missed", np.where(rows["in_time"] == 0, "late", "done")))
        wide = cells.pivot(index="student", columns="item", values="cell")
        totals = rows.assign(total=rows["encounter"].map(first)).groupby("student")["total"].first()
        order = totals.sort_values(ascending=False, kind="stable").index
        in_order = rows.assign(key=natural_order(rows["item"])).sort_values("key")
        items = in_order.groupby("item", sort=False)["done"].mean()
        items = items.sort_values(ascending=False, kind="stable")
        table = wide.loc[order, items.index].fillna("").to_numpy().tolist()
        names = _names(findings, list(order))
        title = f"{scenario_name(str(scenario))}: who did what"
        yield Order("heat maps", checklist_heat_map, (names, list(items.index), table), {"title": title})


def _names(findings: Findings, students: list[str]) -> list[str]:
    if not findings.request.identified:
        return students
    codes = dict(zip(findings.tables.students["student"], findings.tables.students["student_code"], strict=True))
    return [codes[student] for student in students]


def _missing(findings: Findings) -> Iterator[Order]:
    students = findings.tables.students
    columns = [
        (outcome.label, int(students[outcome.column].isna().sum()), len(students)) for outcome in OUTCOMES.values()
    ]
    yield Order("missing", missingness, (columns,))
