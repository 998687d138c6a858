"""The instructor's view: who needs help, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..tables.cohort_tables import CohortTables
from ..tables.frames import records

_FEWEST_FOR_A_TREND = 3
"""Two encounters of different cases make no trend."""
_FALLING = -5.0
"""Points an encounter; a student who loses more is going the wrong way."""


EncounterLine = tuple[str, str, str, float | None]
"""Encounter, scenario, status, score."""


@dataclass(frozen=True, slots=True)
class StudentPage:
    """What an instructor wants to know of one student."""

    student: str
    code: str
    name: str
    arm: str | None
    score: float | None
    encounters: list[EncounterLine]
    missed: list[str]
    """Critical items that were not done."""
    gates: list[str]
    dangerous: list[str]
    errors: list[str]
    slope: float | None
    in_progress: bool

    @property
    def judged(self) -> int:
        """Encounters with a verdict."""
        return sum(status in ("finished", "left_early") for _, _, status, _ in self.encounters)

    @property
    def concerns(self) -> float:
        """How much there is to talk about in an encounter: gates and dangerous decisions weigh double."""
        weighed = 2 * len(self.gates) + 2 * len(self.dangerous) + len(self.missed) + len(self.errors)
        return weighed / self.judged if self.judged else 0.0

    @property
    def trend(self) -> str:
        """Which way the scores go: falling, rising, steady, or empty with too few encounters."""
        if self.slope is None or self.judged < _FEWEST_FOR_A_TREND:
            return ""
        if abs(self.slope) <= -_FALLING:
            return "steady"
        return "falling" if self.slope < 0 else "rising"


def student_pages(tables: CohortTables) -> list[StudentPage]:
    """Every student who began an encounter, those with most to talk about first."""
    checklist = tables.checklist
    missed = checklist[(checklist["critical"] == 1) & ~checklist["done"].astype("bool")]
    gates = tables.gates[tables.gates["failed"].astype("bool")]
    dangerous = tables.decisions[tables.decisions["rating"] == "dangerous"]
    errors = tables.errors.assign(title=tables.errors["drug"] + ": " + tables.errors["kind"].str.replace("_", " "))
    lists = {
        name: _by_student(frame)
        for name, frame in {"missed": missed, "gates": gates, "dangerous": dangerous, "errors": errors}.items()
    }
    encounters = _encounter_lines(tables.encounters)
    pages = [
        StudentPage(
            student=row["student"],
            code=row["student_code"],
            name=row["student_name"],
            arm=row["arm"],
            score=row["score_mean"],
            encounters=encounters[row["student"]],
            slope=row["learning_slope"],
            in_progress=bool(row["in_progress"]),
            **{name: found.get(row["student"], []) for name, found in lists.items()},
        )
        for row in records(tables.students)
        if row["student"] in encounters
    ]
    return sorted(pages, key=lambda page: (-page.concerns, page.score if page.score is not None else -1, page.student))


def _by_student(rows: pd.DataFrame) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for student, scenario, title in zip(rows["student"], rows["scenario"], rows["title"], strict=True):
        found.setdefault(student, []).append(f"{title} ({scenario})")
    return found


def _encounter_lines(encounters: pd.DataFrame) -> dict[str, list[EncounterLine]]:
    """By student, in the order they were played."""
    lines: dict[str, list[EncounterLine]] = {}
    for row in records(encounters[["student", "encounter", "scenario", "status", "score_total"]]):
        line = (row["encounter"], row["scenario"], row["status"], row["score_total"])
        lines.setdefault(row["student"], []).append(line)
    return lines
