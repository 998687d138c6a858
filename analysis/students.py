"""Students with their mean scores, and the description of these scores by arm."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, fields

import pandas as pd

from .codebook import columns
from .cohort import Cohort, Person

NO_ARM = "(none)"
_MEANS = {
    "score_total": "score_mean",
    "checklist_share": "checklist_share_mean",
    "safety_score": "safety_score_mean",
}


def student_table(cohort: Cohort, encounters: pd.DataFrame) -> pd.DataFrame:
    """One row a student, also for those who have no finished encounter: their scores stay empty."""
    frame = people(cohort)
    finished = encounters[encounters["status"] == "finished"]
    means = finished.groupby("student")[list(_MEANS)].mean().rename(columns=_MEANS)
    return frame.assign(
        encounters_started=_count(encounters, frame["student"]),
        encounters_finished=_count(finished, frame["student"]),
    ).merge(means, left_on="student", right_index=True, how="left", validate="one_to_one")


def people(cohort: Cohort) -> pd.DataFrame:
    """The cohort as a frame, in the order of the pseudonyms."""
    rows = [asdict(person) for person in cohort.persons]
    return pd.DataFrame(rows, columns=[field.name for field in fields(Person)]).rename(
        columns={"pseudonym": "student", "code": "student_code", "name": "student_name"}
    )


def _count(encounters: pd.DataFrame, students: pd.Series[str]) -> list[int]:
    counts = encounters["student"].value_counts()
    return [int(counts.get(student, 0)) for student in students]


def arm_table(students: pd.DataFrame) -> pd.DataFrame:
    """The students' mean scores by arm; a student of two arms or of an unknown one is in none of them."""
    known = students[students["arm_status"].isin(["allocated", "none"])]
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for arm, score in zip(known["arm"], known["score_mean"], strict=True):
        scores[arm if isinstance(arm, str) else NO_ARM].append(score)
    order = sorted(scores, key=lambda arm: (arm == NO_ARM, arm))
    rows = [{"arm": arm, **_described(pd.Series(scores[arm], dtype="float64"))} for arm in order]
    return pd.DataFrame(rows, columns=[column.name for column in columns("arms", identified=False)])


def _described(scores: pd.Series[float]) -> dict[str, object]:
    """Size, centre and spread; what cannot be estimated is empty and the note says why."""
    present = scores.dropna()
    n = len(present)
    description: dict[str, object] = {"n": n, "missing": len(scores) - n}
    if n:
        description |= {
            "mean": present.mean(),
            "median": present.median(),
            "min": present.min(),
            "max": present.max(),
        }
    if n >= 2:
        return description | {"sd": present.std(ddof=1)}
    reason = "SD not estimable (n = 1)" if n else "not estimable (no student with a score)"
    return description | {"note": reason}
