"""All tables of the cohort as frames: what the results are made of."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ..gather.cohort import Cohort
from ..gather.merge import Gathered, LogEntry
from ..plan import Plan
from .encounters import encounter_table
from .sittings import appeal_table, challenge_table, queues, sittings, survey_table, warmup_table
from .students import student_table
from .verdicts import (
    checklist_table,
    decision_table,
    error_table,
    gate_table,
    milestone_table,
)


@dataclass(frozen=True, slots=True)
class CohortTables:
    """Frames with at least the columns of the codebook."""

    students: pd.DataFrame
    encounters: pd.DataFrame
    checklist: pd.DataFrame
    decisions: pd.DataFrame
    gates: pd.DataFrame
    milestones: pd.DataFrame
    errors: pd.DataFrame
    challenges: pd.DataFrame
    sessions: pd.DataFrame
    warmup: pd.DataFrame
    survey: pd.DataFrame
    appeals: pd.DataFrame

    @property
    def finished(self) -> pd.DataFrame:
        """The encounters that enter means."""
        return self.encounters[self.encounters["status"] == "finished"]


def cohort_tables(gathered: Gathered, cohort: Cohort, log: list[LogEntry], plan: Plan) -> CohortTables:
    """All tables; encounters that cannot be true are added to the log."""
    files = gathered.files
    sessions = sittings(files, cohort)
    encounters = encounter_table(files, cohort, sessions, log, plan)
    checklist = checklist_table(files, encounters)
    decisions, gates = decision_table(files, encounters), gate_table(files, encounters)
    students = student_table(cohort, encounters, queues(files, cohort, plan))
    return CohortTables(
        students=students,
        encounters=encounters,
        checklist=checklist,
        decisions=decisions,
        gates=gates,
        milestones=milestone_table(files, encounters),
        errors=error_table(files, encounters),
        challenges=challenge_table(files, encounters),
        sessions=sessions,
        warmup=warmup_table(files, sessions),
        survey=survey_table(files, sessions),
        appeals=appeal_table(files, encounters, lambda: _verdict_words(checklist, decisions, gates)),
    )


def _verdict_words(checklist: pd.DataFrame, decisions: pd.DataFrame, gates: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Our verdict in a word, by encounter and item."""
    words: dict[tuple[str, str], str] = {}
    done = checklist["done"].map({True: "done", False: "not done"})
    failed = gates["failed"].map({True: "failed", False: "passed"})
    for frame, item, values in (
        (checklist, "item", done),
        (decisions, "decision", decisions["rating"].fillna("not judged")),
        (gates, "gate", failed),
    ):
        words.update(zip(zip(frame["encounter"], frame[item], strict=True), values, strict=True))
    return words
