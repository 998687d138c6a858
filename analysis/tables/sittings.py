"""Challenge points, the coach's questions, the survey and appeals."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pandas as pd

from ..gather.cohort import Cohort
from ..gather.merge import SourceFile
from ..gather.rows import AppealRow, ChallengeRow, SessionRow, SurveyRow, WarmupRow
from ..plan import Plan
from .frames import frame_of, of_encounters

_NUMBER = r"^\s*-?\d{1,3}(?:\.\d{1,3})?\s*$"


def challenge_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    frame = of_encounters(frame_of(files, "challenges", ChallengeRow), encounters)
    answered = frame["answer"].notna() & (frame["skipped"].fillna(0) == 0)
    return frame.assign(answered=answered, asked_seconds=frame["asked_at_ms"] / 1000).rename(
        columns={"challenge_id": "challenge"}
    )


def queues(files: list[SourceFile], cohort: Cohort, plan: Plan) -> dict[tuple[str, str], tuple[str, int]]:
    """By file number and sitting: its student, and how many encounters were planned that the plan does not exclude."""
    return {
        (file.number, row.id): (cohort.pseudonyms[file.number, row.student_id], _queue_length(row.scenario_queue, plan))
        for file in files
        for row in file.contents.sessions
    }


def _queue_length(document: str, plan: Plan) -> int:
    try:
        queue = json.loads(document)
    except (ValueError, RecursionError):
        return 0
    return sum(scenario not in plan.exclude_scenarios for scenario in queue) if isinstance(queue, list) else 0


def sittings(files: list[SourceFile], cohort: Cohort) -> pd.DataFrame:
    """Every sitting with its student, its number among the student's and the student's arm."""
    frame = frame_of(files, "sessions", SessionRow).rename(columns={"id": "session_id"})
    students = [cohort.pseudonyms[key] for key in zip(frame["file"], frame["student_id"], strict=True)]
    frame = frame.assign(
        student=pd.Series(students, index=frame.index, dtype="str"),
        started=pd.to_datetime(frame["started_at"], format="ISO8601", utc=True),
    )
    frame = frame.sort_values(["student", "started", "session_id"], ignore_index=True)
    arms = {person.pseudonym: person.arm for person in cohort.persons}
    own_arms = [arms.get(student) for student in frame["student"]]
    return frame.assign(
        sitting=frame.groupby("student").cumcount() + 1, arm=pd.Series(own_arms, index=frame.index, dtype="str")
    )


def warmup_table(files: list[SourceFile], sessions: pd.DataFrame) -> pd.DataFrame:
    frame = _of_sittings(frame_of(files, "warmups", WarmupRow), sessions)
    return frame.assign(
        answered=frame["answer"].notna(),
        answer_characters=frame["answer"].astype("str").str.len().where(frame["answer"].notna()),
        follow_ups=pd.Series([_length(text) for text in frame["follow_ups"]], index=frame.index, dtype="float64"),
    )


def _length(document: object) -> int:
    try:
        read = json.loads(document) if isinstance(document, str) else []
    except (ValueError, RecursionError):
        return 0
    return len(read) if isinstance(read, list) else 0


def survey_table(files: list[SourceFile], sessions: pd.DataFrame) -> pd.DataFrame:
    """Answers that are a number stand as one; what was answered in words is free text."""
    frame = _of_sittings(frame_of(files, "surveys", SurveyRow), sessions)
    is_number = frame["value"].astype("str").str.match(_NUMBER).fillna(False).astype("bool")
    return frame.assign(rating=pd.to_numeric(frame["value"].where(is_number)))


def _of_sittings(frame: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    known = sessions[["file", "session_id", "student", "sitting", "arm"]]
    joined = frame.merge(known.assign(order=known.index), on=["file", "session_id"], validate="many_to_one")
    return joined.sort_values("order", kind="stable", ignore_index=True)


def appeal_table(
    files: list[SourceFile], encounters: pd.DataFrame, verdicts: Callable[[], Mapping[tuple[str, str], str]]
) -> pd.DataFrame:
    """What students challenged, beside our verdict and the lines it rests on."""
    frame = of_encounters(frame_of(files, "appeals", AppealRow), encounters)
    known = {} if frame.empty else verdicts()
    ours = [known.get(key) for key in zip(frame["encounter"], frame["item_id"], strict=True)]
    lines = {(file.number, row.encounter_id, row.item_id): row.text for file in files for row in file.contents.evidence}
    turns = [lines.get(key) for key in zip(frame["file"], frame["encounter_id"], frame["item_id"], strict=True)]
    return frame.assign(
        number=frame.groupby("order").cumcount() + 1,
        answered=frame["answer"].notna(),
        verdict=pd.Series(ours, index=frame.index, dtype="str"),
        turns=pd.Series(turns, index=frame.index, dtype="str"),
    ).rename(columns={"item_id": "item", "text": "appeal"})
