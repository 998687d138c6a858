"""Encounters of all databases with their sitting, their verdict and how far they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from ..gather.cohort import Cohort, known_arm
from ..gather.merge import LogEntry, SourceFile
from ..gather.plausibility import BOUNDS, implausible
from ..gather.rows import ChecklistRow, EncounterRow, ResultRow, SessionRow, TallyRow
from ..gather.scenarios import ScenarioFacts
from ..plan import NO_PLAN, Plan
from .frames import cohort_frame, critical_items, frame_of

_NAMES = {
    "scenario_id": "scenario",
    "patient_kind": "patient",
    "patient_state": "last_state",
    "total": "score_total",
    "cap": "score_cap",
}


def encounter_table(
    files: list[SourceFile], cohort: Cohort, sessions: pd.DataFrame, log: list[LogEntry], plan: Plan = NO_PLAN.plan
) -> pd.DataFrame:
    """One row an encounter, also of those that were not finished; what is excluded goes to the log.

    Args:
        sessions: every sitting with its number among the student's.
    """
    reasons = _left_out_by_plan(files, cohort, plan) | _implausible_encounters(files)
    frame = _joined(files, reasons)
    students = [cohort.pseudonyms[key] for key in zip(frame["file"], frame["student_id"], strict=True)]
    frame = _in_order(frame.assign(student=pd.Series(students, index=frame.index, dtype="str")))
    why = [reasons.get(key) for key in zip(frame["file"], frame["encounter_id"], strict=True)]
    frame = frame.assign(reason=pd.Series(why, index=frame.index, dtype="str"))
    frame = _with_derived(frame.assign(status=_status(frame, plan)), files)
    names = cohort_frame(cohort)[["student", "student_code", "student_name"]]
    frame = frame.merge(names, on="student", how="left", validate="many_to_one")
    numbers = sessions[["file", "session_id", "sitting"]]
    frame = frame.merge(numbers, on=["file", "session_id"], how="left", validate="many_to_one")
    log.extend(_exclusions(frame))
    return frame


def _exclusions(frame: pd.DataFrame) -> list[LogEntry]:
    excluded = frame.loc[frame["status"] == "excluded", ["reason", "file", "student", "encounter"]]
    return [LogEntry("encounter", "excluded", *map(str, row)) for row in excluded.itertuples(index=False)]


def _left_out_by_plan(files: Iterable[SourceFile], cohort: Cohort, plan: Plan) -> dict[tuple[str, str], str]:
    """Encounters of students and scenarios that the plan excludes, with the reason."""
    gone = {person.pseudonym for person in cohort.persons if person.arm_status == "excluded"}
    reasons = {}
    for file in files:
        owner = {row.id: cohort.pseudonyms[file.number, row.student_id] for row in file.contents.sessions}
        for encounter in file.contents.encounters:
            if owner[encounter.session_id] in gone:
                reasons[file.number, encounter.id] = "The analysis plan leaves this student out."
            elif encounter.scenario_id in plan.exclude_scenarios:
                reasons[file.number, encounter.id] = "The analysis plan leaves this scenario out."
    return reasons


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
    """Encounters with their sitting, what was counted in them and, where it is plausible, their verdict."""
    encounters = frame_of(files, "encounters", EncounterRow).rename(columns={"id": "encounter_id"})
    sessions = frame_of(files, "sessions", SessionRow).rename(
        columns={"id": "session_id", "started_at": "session_started_at", "status": "session_status"}
    )
    tallies = frame_of(files, "tallies", TallyRow).rename(columns={"id": "encounter_id"})
    results = frame_of(files, "results", ResultRow)
    plausible = [key not in reasons for key in zip(results["file"], results["encounter_id"], strict=True)]
    results = results[pd.Series(plausible, index=results.index, dtype="bool")]
    one = ["file", "encounter_id"]
    frame = encounters.merge(sessions, on=["file", "session_id"], validate="many_to_one")
    frame = frame.merge(tallies, on=one, validate="one_to_one")
    frame = frame.merge(results, on=one, how="left", validate="one_to_one")
    return frame.assign(**{name: frame[name].clip(0, high) for name, high in BOUNDS.items()})


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Each student's encounters by sitting and position, numbered from 1."""
    started = frame["session_started_at"]
    frame = frame.assign(session_started_at=pd.to_datetime(started, format="ISO8601", utc=True))
    frame = frame.sort_values(["student", "session_started_at", "session_id", "position"], ignore_index=True)
    number = frame.groupby("student").cumcount() + 1
    return frame.assign(
        encounter=[f"{student}-{index}" for student, index in zip(frame["student"], number, strict=True)],
        encounter_order=number,
    )


def _status(frame: pd.DataFrame, plan: Plan) -> pd.Series[str]:
    status = pd.Series("finished", index=frame.index, dtype="str")
    if not plan.left_early_count:
        status = status.mask(frame["complete"] == 0, "left_early")
    status = status.mask(frame["total"].isna(), "unscored")
    status = status.mask(frame["ended_at"].isna(), "unfinished")
    return status.mask(frame["reason"].notna(), "excluded")


def _with_derived(frame: pd.DataFrame, files: list[SourceFile]) -> pd.DataFrame:
    days = pd.to_datetime(frame["started_at"], format="ISO8601", utc=True).dt.normalize()
    facts = {(file.number, sha): known for file in files for sha, known in file.database.scenarios.items()}
    played = [facts.get(key, ScenarioFacts()) for key in zip(frame["file"], frame["scenario_sha256"], strict=True)]
    verdict = frame["rule_version"].notna()
    horizon = _horizons(frame, played)
    given = (frame["pivotal_at_ms"] / 1000 <= horizon).astype("float64").where(verdict)
    return frame.assign(
        arm=_texts(frame, [known_arm(arm) for arm in frame["arm"].astype("object").where(frame["arm"].notna(), None)]),
        study_day=(days - days.min()).dt.days + 1,
        duration_seconds=frame["at_ms"] / 1000,
        horizon_seconds=horizon,
        without_pivotal_seconds=(frame["pivotal_at_ms"] / 1000).fillna(horizon).clip(upper=horizon).where(verdict),
        scenario_title=_texts(frame, [known.title for known in played]),
        pivotal_seconds=frame["pivotal_at_ms"] / 1000,
        pivotal_given=given,
        **_verdict_counts(frame, files, verdict),
    ).rename(columns=_NAMES)


def _horizons(frame: pd.DataFrame, played: list[ScenarioFacts]) -> pd.Series[float]:
    """The longest time of each scenario; the longest one seen where the scenario does not say."""
    stated = pd.Series([known.horizon_seconds for known in played], index=frame.index, dtype="float64")
    return stated.fillna((frame["at_ms"] / 1000).groupby(frame["scenario_id"]).transform("max"))


def _verdict_counts(
    frame: pd.DataFrame, files: list[SourceFile], verdict: pd.Series[bool]
) -> dict[str, pd.Series[float]]:
    """How often something happened in each judged encounter; empty where nothing was judged."""
    counts: dict[str, defaultdict[tuple[str, str], int]] = {name: defaultdict(int) for name in COUNTED}
    critical = critical_items(files)
    for file in files:
        rows = file.contents
        bad = {
            "medication_errors": [row.encounter_id for row in rows.errors],
            "dangerous_decisions": [row.encounter_id for row in rows.decisions if row.rating == "dangerous"],
            "gates_failed": [row.encounter_id for row in rows.gates if row.failed],
            "critical_missed": [
                row.encounter_id
                for row in rows.checklist
                if row.done_at is None and critical.get((file.number, row.encounter_id), {}).get(row.item_id)
            ],
        }
        for name, encounters in bad.items():
            for encounter in encounters:
                counts[name][file.number, encounter] += 1
    keys = list(zip(frame["file"], frame["encounter_id"], strict=True))
    return {
        name: pd.Series([float(counted[key]) for key in keys], index=frame.index, dtype="float64").where(verdict)
        for name, counted in counts.items()
    }


COUNTED = ("medication_errors", "dangerous_decisions", "gates_failed", "critical_missed")
"""What is counted in a judged encounter."""


def _texts(frame: pd.DataFrame, texts: list[str] | list[str | None]) -> pd.Series[str]:
    return pd.Series(texts, index=frame.index, dtype="str")
