"""The summary for the terminal: a screenful with a picture in text; excluded files are named by their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..figures.terminal import text_dot_plot
from ..results.describe import NO_ARM
from ..results.findings import Findings
from ..results.flow import flow_lines
from ..tables.frames import records
from ..text import clean
from .apa import decimal
from .sections.outcomes import primary_sentence
from .words import PSEUDONYMISED_MARK, marks, unit_sentence, unknown_in_plan, why_none

_LISTED = 20
Cell = str | int | float | None


def terminal_summary(findings: Findings, key_file: Path, *, replaced: bool, remarks: Iterable[str]) -> str:
    """What the command prints."""
    flow, out = findings.flow, findings.request.out
    lines = [
        *(mark for mark in marks(findings) if mark != PSEUDONYMISED_MARK),
        f"Files: {flow.files} found, {flow.files_analysed} analysed, "
        f"{flow.files_duplicate} copies of another, {flow.files_excluded} excluded.",
        f"Students: {flow.students} registered, {flow.students_with_score} with a score, "
        f"{flow.students_without_finished} without a finished encounter, "
        f"{flow.students_registered_only} registered only.",
        f"Encounters: {flow.encounters} begun, {flow.encounters_finished} finished.",
        *(f"Arm {arm}: {line}" for arm, line in arm_lines(findings)),
        *_plot(findings),
        primary_sentence(findings.primary),
        *_excluded_lines(findings),
        *unknown_in_plan(findings),
        *remarks,
        f"Written to {clean(str(out))}{' over the files of an earlier analysis' if replaced else ''}; "
        "begin with report.html.",
    ]
    if not findings.request.identified:
        lines.append(f"Pseudonymised with the key in {clean(str(key_file))}; keep it apart from the tables.")
    return "\n".join(lines)


def summary_rows(findings: Findings, version: str) -> list[tuple[str, Cell]]:
    """The summary sheet of the workbook: one line an item."""
    rows: list[tuple[str, Cell]] = [("Know Thyself", version)]
    rows += [("Note", mark) for mark in marks(findings)]
    rows += flow_lines(findings.flow)
    rows += [(f"Arm {arm}", line) for arm, line in arm_lines(findings)]
    return [
        *rows,
        ("Difference", primary_sentence(findings.primary)),
        ("Plan", findings.plan.line),
        ("Method", unit_sentence(findings)),
    ]


def arm_lines(findings: Findings) -> list[tuple[str, str]]:
    """The primary outcome of each arm in a line."""
    frame = findings.arms[findings.arms["outcome"] == findings.study.plan.primary_outcome]
    return [(str(row["arm"]), _arm_line(row)) for row in records(frame)]


def _arm_line(row: Mapping[Any, Any]) -> str:
    missing = f" ({row['missing']} without a value)" if row["missing"] else ""
    return f"n {row['n']}{missing}, mean {_estimate(row, 'mean')}, SD {_estimate(row, 'sd')}"


def _estimate(row: Mapping[Any, Any], name: str) -> str:
    return why_none(row) if row[name] is None else decimal(row[name])


def _plot(findings: Findings) -> list[str]:
    if findings.study.plan.primary_outcome != "score_mean":
        return []
    students = findings.tables.students
    known = students[students["arm_status"].isin(["allocated", "none"]) & students["score_mean"].notna()]
    groups = known.groupby(known["arm"].fillna(NO_ARM))["score_mean"]
    scores = {str(arm): values.to_numpy(float).tolist() for arm, values in groups}
    return text_dot_plot(scores, unicode=findings.request.unicode) if scores else []


def _excluded_lines(findings: Findings) -> Iterable[str]:
    excluded = findings.excluded
    for row in records(excluded.head(_LISTED)):
        yield f"Excluded: {row['scope']} {_subject(row, findings.paths)}: {clean(row['reason'])}"
    if len(excluded) > _LISTED:
        yield f"… and {len(excluded) - _LISTED} more in merge_log.csv."


def _subject(row: Mapping[Any, Any], paths: Mapping[str, Path]) -> str:
    """The encounter or student that an entry is about, else its file."""
    named = [row[column] for column in ("encounter", "student") if row[column]]
    if named:
        return str(named[0])
    return clean(str(paths[row["file"]])) if row["file"] in paths else str(row["file"])
