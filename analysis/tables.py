"""The tables of the cohort as data frames, columns as the codebook says."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from .codebook import CODEBOOK_FIELDS, codebook_rows, columns
from .cohort import Cohort
from .encounters import action_table, encounter_table
from .merge import Gathered, LogEntry
from .students import arm_table, student_table
from .text import clean


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of the export, in the order of the workbook's sheets."""

    students: pd.DataFrame
    encounters: pd.DataFrame
    actions: pd.DataFrame
    arms: pd.DataFrame
    merge_log: pd.DataFrame
    codebook: pd.DataFrame


def build_tables(gathered: Gathered, cohort: Cohort, log: list[LogEntry], *, identified: bool) -> Tables:
    """All tables; encounters that cannot be true are added to the log."""
    encounters = encounter_table(gathered.files, cohort, log)
    students = student_table(cohort, encounters)
    return Tables(
        students=_as_written(students, "students", identified),
        encounters=_as_written(encounters, "encounters", identified),
        actions=_as_written(action_table(gathered.files, encounters), "actions", identified),
        arms=_as_written(arm_table(students), "arms", identified),
        merge_log=_as_written(_merge_log(gathered, log), "merge_log", identified),
        codebook=pd.DataFrame(codebook_rows(identified=identified), columns=list(CODEBOOK_FIELDS), dtype="str"),
    )


def _merge_log(gathered: Gathered, log: list[LogEntry]) -> pd.DataFrame:
    scopes = ("file", "sitting", "student", "encounter")
    entries = sorted(log, key=lambda e: (e.file, scopes.index(e.scope), e.student, e.encounter, e.reason))
    rows = [
        {
            **asdict(entry),
            "sha256": gathered.hashes.get(entry.file) if entry.scope == "file" else None,
            "path": str(gathered.paths[entry.file]),
        }
        for entry in entries
    ]
    frame = pd.DataFrame(rows, columns=["scope", "status", "reason", "file", "student", "encounter", "sha256", "path"])
    return frame.replace("", None)


def _as_written(frame: pd.DataFrame, table: str, identified: bool) -> pd.DataFrame:
    """The columns of the codebook in their order and type, all text harmless."""
    written = columns(table, identified=identified)
    return pd.DataFrame({column.name: _typed(frame[column.name], column.type) for column in written})


def _typed(series: pd.Series, kind: str) -> pd.Series:
    if kind in ("integer", "boolean"):
        return pd.to_numeric(series).astype("Int64")
    if kind == "number":
        return pd.to_numeric(series).astype("float64")
    if kind == "datetime":
        times = pd.to_datetime(series, format="ISO8601", utc=True)
        return times.dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype("str")
    harmless = {text: clean(str(text)) for text in series.dropna().unique()}
    return series.map(harmless).astype("str")
