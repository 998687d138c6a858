"""The outcomes of a student: what each is called, its unit and what can be true of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """A column of the table of students that arms are compared on."""

    column: str
    label: str
    unit: str
    low: float | None = None
    high: float | None = None


OUTCOMES = {
    outcome.column: outcome
    for outcome in (
        Outcome("score_mean", "Mean score", "points", 0, 100),
        Outcome("decision_mean", "Mean decision quality", "share", 0, 1),
        Outcome("pivotal_time_mean", "Mean time without the pivotal treatment", "s", 0),
        Outcome("checklist_share_mean", "Mean share of the checklist", "share", 0, 1),
        Outcome("safety_score_mean", "Mean safety score", "points", 0, 100),
        Outcome("communication_mean", "Communication", "points", 0, 5),
        Outcome("handover_mean", "Handover", "points", 0, 5),
        Outcome("pivotal_share", "Share of encounters with the pivotal treatment", "share", 0, 1),
        Outcome("learning_slope", "Learning slope", "points per encounter"),
    )
}
"""By column."""

PRIMARY = "score_mean"
SECONDARY = ("decision_mean", "pivotal_time_mean")
"""Compared by Welch's test; the rates of errors and completion belong to the family, too."""
EXPLORATORY = (
    "checklist_share_mean",
    "safety_score_mean",
    "communication_mean",
    "handover_mean",
    "pivotal_share",
    "learning_slope",
)
