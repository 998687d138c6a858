"""How many files, students and encounters were found, and how far they came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .merge import Gathered
from .tables import Tables


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


def count_flow(gathered: Gathered, tables: Tables) -> Flow:
    log = tables.merge_log
    files = Counter(log.loc[log["scope"] == "file", "status"])
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
        ("Encounters left early (not in the means)", flow.encounters_left_early),
        ("Encounters ended without a score", flow.encounters_unscored),
        ("Encounters not ended", flow.encounters_unfinished),
        ("Encounters excluded", flow.encounters_excluded),
    ]
