"""Nothing is drawn for nothing, and the little that a small class gives is drawn without a stumble."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from knowthyself_tui.analysis.figures.checklist_heat_map import checklist_heat_map
from knowthyself_tui.analysis.figures.forest import forest
from knowthyself_tui.analysis.figures.item_difficulty import item_difficulty
from knowthyself_tui.analysis.figures.learning_curve import learning_curve
from knowthyself_tui.analysis.figures.missingness import missingness
from knowthyself_tui.analysis.figures.picture import (
    ForestRow,
    ItemRow,
    LearningPoint,
    Picture,
    RatingRow,
    StepCurve,
    VitalsPanel,
    VitalsSeries,
)
from knowthyself_tui.analysis.figures.ratings_by_arm import ratings_by_arm
from knowthyself_tui.analysis.figures.score_by_arm import score_by_arm
from knowthyself_tui.analysis.figures.time_to_action import time_to_action
from knowthyself_tui.analysis.figures.vitals_by_arm import vitals_by_arm

NO_CURVE = StepCurve([], [], [], [], {}, None)
NO_SERIES = VitalsSeries([], [], [], [])
ONE_STEP = StepCurve([0], [1.0], [None], [None], {0: 1}, 0)
NEVER = StepCurve([600], [0.0], [None], [None], {0: 1, 600: 1}, None)
Draw = Callable[[], Picture | None]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: score_by_arm({}, {}, "Score"),
        lambda: score_by_arm({"A": [], "B": []}, {"A": (0, None, None)}, "Score"),
        lambda: forest([]),
        lambda: time_to_action("Oxygen", {}, 600, None),
        lambda: time_to_action("Oxygen", {"A": NO_CURVE}, 600, 60),
        lambda: vitals_by_arm("Asthma", []),
        lambda: vitals_by_arm("Asthma", [VitalsPanel("SpO₂", "%", 90, None, {"A": NO_SERIES}, {"A": [1.0]})]),
        lambda: checklist_heat_map([], ["Oxygen"], []),
        lambda: checklist_heat_map(["P-1"], [], [[]]),
        lambda: item_difficulty([]),
        lambda: learning_curve({}),
        lambda: learning_curve({"A": []}),
        lambda: ratings_by_arm([]),
        lambda: ratings_by_arm([RatingRow("A", 0, 0, 0, 0, 0)]),
        lambda: missingness([]),
        lambda: missingness([("score", 0, 0)]),
    ],
)
def test_nothing_is_drawn_for_nothing(draw: Draw) -> None:
    assert draw() is None


@pytest.mark.parametrize(
    "scores",
    [
        {"A": [71.0]},
        {"A": [60.0, 70.5], "B": [55.0, 40.0]},
        {"A": [50.0] * 9, "B": []},
        {"": [0.0, 100.0, 100.0, 100.0, 100.0, 100.0]},
        {"A": [120.0, -5.0, 3.0], "B": [1.0], "C": [2.0]},
        {f"arm {place}": [float(place)] * 3 for place in range(12)},
        {"A": [math.nan, None, 5.0, math.inf]},
    ],
)
def test_scores_of_any_class_are_drawn(scores: dict[str, Any]) -> None:
    assert score_by_arm(scores, {arm: (50.0, None, None) for arm in scores if arm != "B"}, "Score") is not None


def test_limits_that_are_one_value_are_drawn() -> None:
    assert score_by_arm({"A": [5.0, 5.0]}, {"A": (5, 5, 5)}, "Score", (5, 5)) is not None


@pytest.mark.parametrize("bounds", [(None, None), (0.0, 0.0), (None, 2.0), (-2.0, None), (-500.0, 900.0)])
def test_differences_with_any_bounds_are_drawn(bounds: tuple[float | None, float | None]) -> None:
    rows = [ForestRow("Score", "", 0.0, *bounds, ""), ForestRow("Rest", "Group", 0.1, 0.0, 0.2, "")]
    assert forest(rows) is not None
    assert forest(rows[:1]) is not None


@pytest.mark.parametrize("curves", [{"A": ONE_STEP}, {"A": NEVER}, {"A": ONE_STEP, "B": NEVER, "C": ONE_STEP}])
@pytest.mark.parametrize(("tau", "target"), [(600, None), (600, 700), (0, 0)])
def test_curves_of_one_step_are_drawn(curves: dict[str, StepCurve], tau: float, target: float | None) -> None:
    assert time_to_action("Oxygen", curves, tau, target) is not None


@pytest.mark.parametrize("median", [[5.0], [5.0, 5.0], [None, 5.0, None], [0.0, 0.0, 0.0]])
def test_vitals_that_stand_still_are_drawn(median: Sequence[float | None]) -> None:
    series = VitalsSeries([float(minute) for minute in range(len(median))], median, median, median)
    assert vitals_by_arm("Asthma", [VitalsPanel("SpO₂", "", None, 90, {"A": series}, {"B": []})]) is not None


def test_one_of_everything_is_drawn() -> None:
    assert checklist_heat_map(["P-1"], ["Oxygen"], [["unheard of"]]) is not None
    assert checklist_heat_map(["P-1"] * 2, ["Oxygen"] * 60, [["done"] * 60] * 2) is not None
    assert item_difficulty([ItemRow("Oxygen", 0.0, 0.0, 1.0, None, 1)]) is not None
    assert learning_curve({"A": [LearningPoint(1, 0.0, None, None, 1)]}) is not None
    assert learning_curve({"A": [LearningPoint(order, 0.0, 0.0, 0.0, 1) for order in range(1, 60)]}) is not None
    assert ratings_by_arm([RatingRow("A", 1, 1, 0, 0, 0)]) is not None
    assert missingness([("score", 1, 1)]) is not None
