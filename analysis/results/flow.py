"""How many files, students and encounters there were, and how far the students of each arm came (CONSORT)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..codebook.account import FLOW
from ..gather.merge import Gathered
from ..tables.cohort_tables import CohortTables
from .describe import NO_ARM

EVERYBODY = "all"
STEPS: tuple[tuple[str, str, Callable[[pd.DataFrame], pd.Series[bool]]], ...] = (
    ("registered", "Registered", lambda s: s["student"].notna()),
    ("excluded", "Left out by the analysis plan", lambda s: s["arm_status"] == "excluded"),
    ("allocated", "Allocated to one arm", lambda s: s["arm_status"] == "allocated"),
    ("two_arms", "Sittings in two arms (in no comparison)", lambda s: s["arm_status"] == "two_arms"),
    ("unknown_arm", "Arm label not understood (in no comparison)", lambda s: s["arm_status"] == "unknown"),
    ("started", "Began an encounter", lambda s: s["encounters_started"] > 0),
    ("finished_one", "Finished an encounter", lambda s: s["encounters_finished"] > 0),
    ("in_analysis", "In the primary analysis", lambda s: s["in_analysis"].astype("bool")),
    (
        "no_consent",
        "Of these, without a recorded consent",
        lambda s: s["in_analysis"].astype("bool") & ~s["consented"].astype("bool"),
    ),
    ("completed", "Finished every encounter of a queue", lambda s: s["completer"].astype("bool")),
    ("sitting_completed", "Completed a sitting with its debrief", lambda s: s["sittings_completed"] > 0),
    ("in_progress", "Still in a sitting", lambda s: s["in_progress"].astype("bool")),
)
"""Each step: its name, what it counts, and who is counted."""


def flow_table(students: pd.DataFrame) -> pd.DataFrame:
    """Every step for everybody and for each arm."""
    arms = students["arm"].fillna(NO_ARM)
    order = sorted(arms.unique(), key=lambda arm: (arm == NO_ARM, arm))
    rows = [
        {"step": step, "label": label, "arm": arm, "n": int(counted[who].sum())}
        for step, label, count in STEPS
        for counted in [count(students)]
        for arm, who in [(EVERYBODY, students["student"].notna()), *((arm, arms == arm) for arm in order)]
    ]
    return pd.DataFrame(rows, columns=FLOW.names)


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts; each line of files, students and encounters adds up to its first number."""

    files: int
    files_analysed: int
    files_duplicate: int
    files_excluded: int
    students: int
    students_with_score: int
    students_without_finished: int
    """Began at least one encounter and finished none."""
    students_registered_only: int
    """Began no encounter."""
    encounters: int
    encounters_finished: int
    encounters_left_early: int
    encounters_unscored: int
    encounters_unfinished: int
    encounters_excluded: int


def count_flow(gathered: Gathered, tables: CohortTables, merge_log: pd.DataFrame) -> Flow:
    files = Counter(merge_log.loc[merge_log["scope"] == "file", "status"])
    students = tables.students
    status = Counter(tables.encounters["status"])
    with_score = int(students["score_mean"].notna().sum())
    begun = int((students["encounters_started"] > 0).sum())
    return Flow(
        files=len(gathered.paths),
        files_analysed=files["analysed"],
        files_duplicate=files["duplicate"],
        files_excluded=files["excluded"],
        students=len(students),
        students_with_score=with_score,
        students_without_finished=begun - with_score,
        students_registered_only=len(students) - begun,
        encounters=len(tables.encounters),
        encounters_finished=status["finished"],
        encounters_left_early=status["left_early"],
        encounters_unscored=status["unscored"],
        encounters_unfinished=status["unfinished"],
        encounters_excluded=status["excluded"],
    )


def flow_lines(flow: Flow) -> list[tuple[str, int]]:
    """The counts with the words for them."""
    return [
        ("Files found", flow.files),
        ("Files analysed", flow.files_analysed),
        ("Files that are copies of another", flow.files_duplicate),
        ("Files excluded", flow.files_excluded),
        ("Students registered", flow.students),
        ("Students with a score", flow.students_with_score),
        ("Students without a finished encounter", flow.students_without_finished),
        ("Students registered only", flow.students_registered_only),
        ("Encounters begun", flow.encounters),
        ("Encounters finished", flow.encounters_finished),
        ("Encounters left early", flow.encounters_left_early),
        ("Encounters ended without a score", flow.encounters_unscored),
        ("Encounters not ended", flow.encounters_unfinished),
        ("Encounters excluded", flow.encounters_excluded),
    ]
