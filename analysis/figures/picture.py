"""What a picture is, and the plain data that the pictures are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture with all that a page needs to show it to everybody."""

    name: str
    """Identifier in the page, `[a-z_]+`; two pictures of one kind differ if their titles do."""
    title: str
    svg: str
    """An `<svg>` element: no reference outside itself, ids that begin with `name`, as wide as its place."""
    alt: str
    """One or two sentences that say what is seen, with the numbers."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The numbers of the picture as text, for the table under it."""


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A difference between two arms."""

    label: str
    group: str
    """Rows of one group stand together under it as a heading; empty for none."""
    estimate: float | None
    low: float | None
    high: float | None
    note: str
    """Said in place of the estimate if there is none."""


@dataclass(frozen=True, slots=True)
class StepCurve:
    """One minus Kaplan-Meier: the share of an arm's students who have done something by a time."""

    times: Sequence[float]
    """Seconds, rising; the share changes at each and stays until the next."""
    share_done: Sequence[float]
    """0 to 1, as long as `times`."""
    low: Sequence[float | None]
    high: Sequence[float | None]
    at_risk: Mapping[float, int]
    """Seconds to the number of students who are still followed and have not done it."""
    median: float | None
    """Seconds by which half have done it; None if fewer ever did."""


@dataclass(frozen=True, slots=True)
class VitalsSeries:
    """A vital sign of an arm over scenario time."""

    minutes: Sequence[float]
    median: Sequence[float | None]
    q1: Sequence[float | None]
    q3: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class VitalsPanel:
    """One vital sign for every arm."""

    label: str
    unit: str
    alarm_low: float | None
    alarm_high: float | None
    series: Mapping[str, VitalsSeries]
    ticks: Mapping[str, Sequence[float]]
    """Arm to the minutes of its students' first critical actions."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """How often a checklist item was done, and how it goes with the rest of the checklist."""

    label: str
    share: float
    """0 to 1."""
    low: float
    high: float
    item_rest: float | None
    """Correlation of the item with the sum of the other items."""
    n: int


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """The scenario-centred score of an arm's students at one place in the order of encounters."""

    order: int
    """1 for a student's first encounter."""
    mean: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class RatingRow:
    """Ratings of decisions, counted."""

    label: str
    n: int
    dangerous: int
    suboptimal: int
    acceptable: int
    optimal: int
