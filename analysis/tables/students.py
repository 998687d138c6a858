"""Students with the means of their finished encounters: the unit of every comparison of arms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import pandas as pd

from ..codebook.students import STUDENTS
from ..gather.cohort import Cohort
from ..stats.estimable import NotEstimable
from ..stats.learning import slope
from .encounters import COUNTED
from .frames import cohort_frame
from .names import unused_name

SessionKey = tuple[str, str]
_MEANS = {
    "score_total": "score_mean",
    "checklist_share": "checklist_share_mean",
    "decision_mean": "decision_mean",
    "communication": "communication_mean",
    "handover": "handover_mean",
    "safety_score": "safety_score_mean",
    "pivotal_given": "pivotal_share",
    "without_pivotal_seconds": "pivotal_time_mean",
}
_ALL = {"messages": "messages", "duration_seconds": "scenario_seconds"}


def student_table(
    cohort: Cohort, encounters: pd.DataFrame, queues: Mapping[SessionKey, tuple[str, int]]
) -> pd.DataFrame:
    """One row a student, also for those who have no finished encounter: their scores stay empty.

    Args:
        queues: by file number and sitting: the student, and how many encounters were planned.
    """
    frame = cohort_frame(cohort)
    finished = encounters[encounters["status"] == "finished"]
    kept = encounters[encounters["status"] != "excluded"]
    means = finished.groupby("student")[list(_MEANS)].mean().rename(columns=_MEANS)
    sums = finished.groupby("student")[list(COUNTED)].sum(min_count=1)
    totals = kept.groupby("student")[list(_ALL)].sum().rename(columns=_ALL)
    frame = frame.assign(
        encounters_started=_count(encounters, frame["student"]),
        encounters_finished=_count(finished, frame["student"]),
        encounters_planned=_planned(frame["student"], queues),
        completer=frame["student"].isin(_completers(finished, queues)),
    )
    for more in (means, sums, totals, _slopes(finished), _scenario_scores(finished)):
        frame = frame.merge(more, left_on="student", right_index=True, how="left", validate="one_to_one")
    return frame.assign(
        messages=frame["messages"].fillna(0),
        scenario_seconds=frame["scenario_seconds"].fillna(0.0),
        in_analysis=(frame["arm_status"] == "allocated") & frame["score_mean"].notna(),
    )


def _planned(students: pd.Series[str], queues: Mapping[SessionKey, tuple[str, int]]) -> list[int]:
    planned: Counter[str] = Counter()
    for student, length in queues.values():
        planned[student] += length
    return [planned[student] for student in students]


def _completers(finished: pd.DataFrame, queues: Mapping[SessionKey, tuple[str, int]]) -> set[str]:
    """Who finished a whole queue; a second sitting that was only begun takes nothing away."""
    done = Counter(zip(finished["file"], finished["session_id"], strict=True))
    return {student for key, (student, length) in queues.items() if 0 < length <= done[key]}


def _count(encounters: pd.DataFrame, students: pd.Series[str]) -> list[int]:
    counts = encounters["student"].value_counts()
    return [int(counts.get(student, 0)) for student in students]


def centred_scores(finished: pd.DataFrame) -> pd.Series[float]:
    """Scores minus the mean of their scenario, so that an easy case is no progress."""
    return finished["score_total"] - finished.groupby("scenario")["score_total"].transform("mean")


def _slopes(finished: pd.DataFrame) -> pd.DataFrame:
    played: defaultdict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    columns = (finished["student"], finished["encounter_order"], centred_scores(finished))
    for student, order, score in zip(*columns, strict=True):
        orders, scores = played[student]
        orders.append(float(order))
        scores.append(float(score))
    estimates = {student: slope(*rows) for student, rows in played.items()}
    found = {student: None if isinstance(each, NotEstimable) else each for student, each in estimates.items()}
    return pd.DataFrame({"learning_slope": pd.Series(found, dtype="float64")})


def _scenario_scores(finished: pd.DataFrame) -> pd.DataFrame:
    """The first score in each scenario, one column a scenario."""
    first = finished.drop_duplicates(["student", "scenario"])
    names = scenario_columns(finished)
    wide = first.pivot(index="student", columns="scenario", values="score_total")
    return wide.rename(columns=names)[list(names.values())]


def scenario_columns(encounters: pd.DataFrame) -> dict[str, str]:
    """The column of students for each scenario that somebody finished, ordered by scenario."""
    names: dict[str, str] = {}
    taken = set(STUDENTS.names)
    for scenario in sorted(encounters.loc[encounters["status"] == "finished", "scenario"].unique()):
        names[scenario] = unused_name(f"score_{scenario}", {*taken, *names.values()})
    return names
