"""Encounters of all databases with their sitting and verdict and how far they came; and their checklists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from .cohort import Cohort
from .merge import LogEntry, SourceFile
from .plausibility import implausible
from .rows import ChecklistRow, EncounterRow, ResultRow, SessionRow
from .students import people


def encounter_table(files: list[SourceFile], cohort: Cohort, log: list[LogEntry]) -> pd.DataFrame:
    """One row an encounter, also of those that were not finished; what is excluded goes to the log."""
    reasons = _implausible_encounters(files)
    frame = _joined(files, reasons)
    students = [cohort.pseudonyms[key] for key in zip(frame["file"], frame["student_id"], strict=True)]
    frame = _in_order(frame.assign(student=pd.Series(students, index=frame.index, dtype="str")))
    why = [reasons.get(key) for key in zip(frame["file"], frame["encounter_id"], strict=True)]
    frame = frame.assign(reason=pd.Series(why, index=frame.index, dtype="str"))
    frame = _with_derived(frame.assign(status=_status(frame)))
    names = people(cohort)[["student", "student_code", "student_name"]]
    frame = frame.merge(names, on="student", how="left", validate="many_to_one")
    log.extend(_exclusions(frame))
    return frame


def _exclusions(frame: pd.DataFrame) -> list[LogEntry]:
    excluded = frame.loc[frame["status"] == "excluded", ["reason", "file", "student", "encounter"]]
    return [LogEntry("encounter", "excluded", *map(str, row)) for row in excluded.itertuples(index=False)]


def _implausible_encounters(files: Iterable[SourceFile]) -> dict[tuple[str, str], str]:
    """The reason why an encounter is excluded, by file number and encounter id."""
    reasons = {}
    for file in files:
        results = {row.encounter_id: row for row in file.contents.results}
        items: defaultdict[str, list[ChecklistRow]] = defaultdict(list)
        for item in file.contents.checklist:
            items[item.encounter_id].append(item)
        for encounter in file.contents.encounters:
            reason = implausible(encounter, results.get(encounter.id), items[encounter.id])
            if reason:
                reasons[file.number, encounter.id] = reason
    return reasons


def _joined(files: list[SourceFile], reasons: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Encounters with their sitting and, where it is plausible, their verdict."""
    encounters = _frame(files, "encounters", EncounterRow._fields).rename(columns={"id": "encounter_id"})
    sessions = _frame(files, "sessions", SessionRow._fields).rename(
        columns={"id": "session_id", "started_at": "session_started_at"}
    )
    results = _frame(files, "results", ResultRow._fields)
    plausible = [key not in reasons for key in zip(results["file"], results["encounter_id"], strict=True)]
    frame = encounters.merge(sessions, on=["file", "session_id"], validate="many_to_one").merge(
        results[pd.Series(plausible, index=results.index, dtype="bool")],
        on=["file", "encounter_id"],
        how="left",
        validate="one_to_one",
    )
    numbers = ["at_ms", "pivotal_at_ms", "total", "cap", "checklist_share", "decision_mean", "safety_score"]
    return frame.assign(**{name: pd.to_numeric(frame[name]).astype("float64") for name in [*numbers, "complete"]})


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Each student's encounters by sitting and position, numbered from 1."""
    started = frame["session_started_at"]
    frame = frame.assign(session_started_at=pd.to_datetime(started, format="ISO8601", utc=True))
    frame = frame.sort_values(["student", "session_started_at", "session_id", "position"], ignore_index=True)
    number = frame.groupby("student").cumcount() + 1
    new_sitting = (frame["session_id"] != frame["session_id"].shift()).astype("int64")
    return frame.assign(
        encounter=[f"{student}-{index}" for student, index in zip(frame["student"], number, strict=True)],
        sitting=new_sitting.groupby(frame["student"]).cumsum(),
    )


def _status(frame: pd.DataFrame) -> pd.Series[str]:
    status = pd.Series("finished", index=frame.index, dtype="str")
    status = status.mask(frame["complete"] == 0, "left_early")
    status = status.mask(frame["total"].isna(), "unscored")
    status = status.mask(frame["ended_at"].isna(), "unfinished")
    return status.mask(frame["reason"].notna(), "excluded")


def _with_derived(frame: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(frame["started_at"], format="ISO8601", utc=True).dt.normalize()
    return frame.assign(
        arm=frame["arm"].astype("str").str.strip().str.upper().replace("", None),
        study_day=(days - days.min()).dt.days + 1,
        duration_seconds=frame["at_ms"] / 1000,
        pivotal_seconds=frame["pivotal_at_ms"] / 1000,
    ).rename(
        columns={
            "scenario_id": "scenario",
            "patient_kind": "patient",
            "total": "score_total",
            "cap": "score_cap",
        }
    )


def action_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    """One row a checklist item of each judged encounter, also for what was not done."""
    items = _frame(files, "checklist", ChecklistRow._fields)
    judged = encounters[encounters["status"] != "excluded"]
    judged = judged[["file", "encounter_id", "encounter", "student", "arm", "scenario"]].assign(order=judged.index)
    frame = items.merge(judged, on=["file", "encounter_id"], validate="many_to_one")
    frame = frame.sort_values("order", kind="stable", ignore_index=True)
    return frame.assign(done=frame["done_at"].notna()).rename(
        columns={"item_id": "item", "done_at": "done_seconds", "target": "target_seconds"}
    )


def _frame(files: Iterable[SourceFile], table: str, fields: tuple[str, ...]) -> pd.DataFrame:
    """A table of all databases under each other; rows are told apart by file number and id."""
    rows = [(file.number, *row) for file in files for row in getattr(file.contents, table)]
    return pd.DataFrame(rows, columns=["file", *fields])
