"""One sample of every picture, with small classes, large ones and labels that mean harm.

Run as a program it prints a digest of each, for another process to compare.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence

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

HARMFUL = (
    '<script>alert("1")</script> $x^2$ & id="patch_1" url(#clip) --> \x1b[31m\x00\ud800 漢字 \u202e' + "very " * 60
)
"""Markup, mathematics, controls, a lone surrogate, another script, and more than 300 characters."""
LABELS = ("A", "B", HARMFUL)


def scores_of(n: int, middle: float, seed: int) -> list[float]:
    """Scores from 0 to 100, the same for the same seed."""
    source = random.Random(seed)
    return [min(100.0, max(0.0, source.gauss(middle, 15))) for _ in range(n)]


def kinds_of(students: int, items: int) -> list[list[str]]:
    """A word for each item of each student."""
    source = random.Random(students)
    kinds = ("done", "late", "missed", "")
    return [source.choices(kinds, (5, 1, 3, 0.2), k=items) for _ in range(students)]


def curve_of(times: Sequence[float], followed: int) -> StepCurve:
    """A curve of students who all were followed to the end."""
    shares = [(place + 1) / followed for place in range(len(times))]
    at_risk = {60.0 * minute: followed - sum(time <= 60 * minute for time in times) for minute in range(0, 21, 4)}
    median = next((time for time, share in zip(times, shares, strict=True) if share >= 0.5), None)
    low: list[float | None] = [max(0.0, share - 0.1) for share in shares]
    high: list[float | None] = [min(1.0, share + 0.1) for share in shares]
    return StepCurve(times, shares, low, high, at_risk, median)


def series_of(start: float, steps: int) -> VitalsSeries:
    """A vital sign that falls, with a gap as in an arrest."""
    median = [None if 3 < step < 6 else start - step / 10 for step in range(steps)]
    return VitalsSeries(
        [step / 12 for step in range(steps)],
        median,
        [None if value is None else value - 3 for value in median],
        [None if value is None else value + 3 for value in median],
    )


def scores() -> Picture | None:
    """Three arms, one with a name that means harm."""
    values = {label: scores_of(24, 60 + 5 * seed, seed) for seed, label in enumerate(LABELS)}
    return score_by_arm(values, {label: (65.0, 60.0, 70.0) for label in values}, HARMFUL)


def differences() -> Picture | None:
    """A forest with an estimate, a half-open interval, and a row that has none."""
    rows = [
        ForestRow("Score", "Primary", 0.62, 0.02, 1.21, ""),
        ForestRow(HARMFUL, HARMFUL, -0.3, None, 0.4, HARMFUL),
        ForestRow("Oxygen", HARMFUL, None, None, None, HARMFUL),
        ForestRow("Far", "", 40.0, -30.0, 90.0, ""),
    ]
    return forest(rows)


def timeliness() -> Picture | None:
    """Two arms of which one has no median."""
    curves = {"A": curve_of([60, 100, 150, 400, 700], 8), HARMFUL: curve_of([200, 900], 8)}
    return time_to_action(HARMFUL, curves, 1200, 180)


def vitals() -> Picture | None:
    """Three signs, one without alarm limits and ticks."""
    arms = {"A": series_of(97, 240), HARMFUL: series_of(95, 240)}
    panels = [
        VitalsPanel("SpO₂", "%", 90, None, arms, {"A": [1.0, 2.5], HARMFUL: [4.0]}),
        VitalsPanel(HARMFUL, HARMFUL, None, None, {"A": series_of(5, 1)}, {}),
        VitalsPanel("Heart rate", "/min", 40, 130, arms, {"A": [1.0, 2.5], HARMFUL: [4.0]}),
    ]
    return vitals_by_arm(HARMFUL, panels)


def heat_map() -> Picture | None:
    """Twelve students by five items."""
    students = [f"P-{place:02d}" for place in range(11)] + [HARMFUL]
    return checklist_heat_map(students, ["Oxygen", HARMFUL, "c", "d", "e"], kinds_of(12, 5))


def heat_map_of_many() -> Picture | None:
    """A class that is summarised."""
    return checklist_heat_map(["s"] * 101, ["Oxygen", HARMFUL], kinds_of(101, 2), title="A large class")


def difficulty() -> Picture | None:
    """Two items, one without a correlation."""
    return item_difficulty([ItemRow("Oxygen", 0.9, 0.7, 0.97, 0.31, 20), ItemRow(HARMFUL, 0.25, 0.1, 0.5, None, 20)])


def progress() -> Picture | None:
    """Two arms, one of which has a single point without an interval."""
    points = [LearningPoint(order, -6.0 + 3 * order, -8.0 + 3 * order, -4.0 + 3 * order, 20) for order in (1, 2, 3)]
    return learning_curve({"A": points, HARMFUL: [LearningPoint(2, 1.0, None, None, 1)]})


def ratings() -> Picture | None:
    """Two arms, one without a rating."""
    return ratings_by_arm([RatingRow("A", 96, 4, 20, 38, 34), RatingRow(HARMFUL, 0, 0, 0, 0, 0)])


def missing() -> Picture | None:
    """Three columns, one of no rows."""
    return missingness([("score", 0, 40), (HARMFUL, 10, 40), ("nothing", 0, 0)])


SAMPLES: dict[str, Callable[[], Picture | None]] = {
    sample.__name__: sample
    for sample in (
        scores,
        differences,
        timeliness,
        vitals,
        heat_map,
        heat_map_of_many,
        difficulty,
        progress,
        ratings,
        missing,
    )
}


def drawn(name: str) -> Picture:
    """The sample, which must be there."""
    picture = SAMPLES[name]()
    assert picture is not None
    return picture


def digest(picture: Picture) -> str:
    """A fingerprint of all of the picture."""
    return hashlib.sha256(repr(picture).encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    for sample_name in SAMPLES:
        print(sample_name, digest(drawn(sample_name)))
