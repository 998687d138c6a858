"""Whether stored verdicts can be true: what no encounter can give is excluded with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterable

from knowthyself_tui.domain.text import clean_text

from .rows import ChecklistRow, EncounterRow, ResultRow

_ROUNDING = 1e-6
"""What a sum of fractions may be off; such a value is then taken as the bound itself."""
BOUNDS = {
    "total": 100.0,
    "cap": 100.0,
    "checklist_share": 1.0,
    "decision_mean": 1.0,
    "communication": 5.0,
    "handover": 5.0,
    "safety_score": 100.0,
    "pivotal_at_ms": math.inf,
}
"""The most that each sum of an encounter can be; the least is 0."""
_NAMES = {"total": "total score", "pivotal_at_ms": "time of the pivotal treatment"}


def implausible(encounter: EncounterRow, result: ResultRow | None, items: Iterable[ChecklistRow]) -> str | None:
    """The first thing that cannot be, as a sentence; None when all of it can."""
    if encounter.at_ms < 0:
        return "Its clock stands before its beginning."
    if result is not None:
        if encounter.ended_at is None:
            return "It has a verdict but no end."
        if reason := _implausible_sums(result):
            return reason
    for item in items:
        if not (_within(item.weight, 0, 100) and _within(item.credit, 0, item.weight)):
            return f"The credit of item {clean_text(item.item_id)} is not between 0 and its weight."
        if not (_within(item.done_at, 0) and _within(item.target, 0)):
            return f"A time of item {clean_text(item.item_id)} is negative or not a number."
    return None


def _implausible_sums(result: ResultRow) -> str | None:
    for name, upper in BOUNDS.items():
        if not _within(getattr(result, name), 0, upper):
            return f"Its {_NAMES.get(name, name.replace('_', ' '))} is not between 0 and {upper:g}."
    if result.medication_warnings < 0:
        return "Its number of warnings is negative."
    if result.total is not None and result.cap is not None and result.total > result.cap + _ROUNDING:
        return "Its total score is above its cap."
    return None


def _within(value: float | None, lower: float, upper: float = math.inf) -> bool:
    return value is None or (math.isfinite(value) and lower - _ROUNDING <= value <= upper + _ROUNDING)
