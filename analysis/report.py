"""Says in words what the tables hold: the summary for the terminal, the summary sheet and `report.md`."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from knowthyself_tui import __version__

from .flow import Flow, flow_lines
from .tables import Tables
from .text import clean, for_markdown

SYNTHETIC_MARK = "SYNTHETIC: a program played every sitting; no student did."
IDENTIFIED_MARK = "IDENTIFIED: the tables hold codes and names. Keep them as you keep personal data."
PSEUDONYMISED_MARK = "Pseudonymised: no codes, names, dates or free text; still personal data while the key exists."
_UNIT = (
    "Unit of analysis: the student. A student's score is the mean over that student's finished encounters; "
    "a student without one has no score and enters no mean. Encounters left before their minimum time are "
    "listed but not averaged."
)
_ESTIMATES = ("mean", "sd", "median", "min", "max")
_LISTED_ON_TERMINAL = 20


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the texts are made of."""

    flow: Flow
    tables: Tables
    paths: dict[str, Path]
    """Where each file number was found; only the terminal shows them, file names may hold student codes."""
    synthetic: bool
    identified: bool

    @property
    def marks(self) -> list[str]:
        privacy = IDENTIFIED_MARK if self.identified else PSEUDONYMISED_MARK
        return [SYNTHETIC_MARK, privacy] if self.synthetic else [privacy]

    @property
    def excluded(self) -> pd.DataFrame:
        log = self.tables.merge_log
        return log[log["status"] == "excluded"]


def summary_rows(findings: Findings) -> list[tuple[str, str | int | float | None]]:
    """The summary sheet: one line an item."""
    rows: list[tuple[str, str | int | float | None]] = [("Know Thyself", __version__)]
    rows += [("Note", mark) for mark in findings.marks]
    rows += flow_lines(findings.flow)
    rows += [(f"Arm {arm}", line) for arm, line in _arm_lines(findings.tables.arms)]
    return [*rows, ("Method", _UNIT)]


def terminal_summary(findings: Findings, out: Path, key_file: Path, *, replaced: bool) -> str:
    """A screenful; excluded files are named by their paths."""
    flow = findings.flow
    lines = [
        *(mark for mark in findings.marks if mark != PSEUDONYMISED_MARK),
        f"Files: {flow.files} found, {flow.files_analysed} analysed, "
        f"{flow.files_duplicate} copies of another, {flow.files_excluded} excluded.",
        f"Students: {flow.students} registered, {flow.students_with_score} with a score, "
        f"{flow.students_without_finished} without a finished encounter, "
        f"{flow.students_registered_only} registered only.",
        f"Encounters: {flow.encounters} begun, {flow.encounters_finished} finished.",
        *(f"Arm {arm}: {line}" for arm, line in _arm_lines(findings.tables.arms)),
        *_excluded_lines(findings),
        f"Written to {clean(str(out))}{' over the files of an earlier analysis' if replaced else ''}.",
    ]
    if not findings.identified:
        lines.append(f"Pseudonymised with the key in {clean(str(key_file))}; keep it apart from the tables.")
    return "\n".join(lines)


def _excluded_lines(findings: Findings) -> Iterable[str]:
    excluded = findings.excluded
    for row in _records(excluded.head(_LISTED_ON_TERMINAL)):
        yield f"Excluded: {row['scope']} {_subject(row, findings.paths)}: {row['reason']}"
    if len(excluded) > _LISTED_ON_TERMINAL:
        yield f"… and {len(excluded) - _LISTED_ON_TERMINAL} more in merge_log.csv."


def _subject(row: Mapping[str, Any], paths: Mapping[str, Path]) -> str:
    """The encounter or student that an entry is about, else its file."""
    named = [row[column] for column in ("encounter", "student") if pd.notna(row[column])]
    return str(named[0]) if named else clean(str(paths[row["file"]]))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


def _arm_lines(arms: pd.DataFrame) -> list[tuple[str, str]]:
    return [(row["arm"], _arm_line(row)) for row in _records(arms)]


def _arm_line(row: Mapping[str, Any]) -> str:
    missing = f" ({row['missing']} without a score)" if row["missing"] else ""
    return f"n {row['n']}{missing}, mean {_estimate(row, 'mean')}, SD {_estimate(row, 'sd')}"


def _estimate(row: Mapping[str, Any], name: str) -> str:
    """Two decimals, or why there is no such number."""
    value = row[name]
    if isinstance(value, float) and not pd.isna(value):
        return f"{value:.2f}"
    return "not estimable (n = 1)" if row["n"] == 1 else "not estimable (no student with a score)"


def markdown_report(findings: Findings) -> str:
    """`report.md`: the same for the same input, whenever and wherever it is written."""
    parts = [
        "# Know Thyself: analysis of a cohort",
        *(f"**{mark}**" for mark in findings.marks),
        "## Who and what was analysed",
        _table(("", "n"), [(label, str(count)) for label, count in flow_lines(findings.flow)]),
        "## Mean score by arm (points, 0 to 100)",
        _UNIT,
        _arms_table(findings.tables.arms),
        "These are descriptions. They say nothing about what caused a difference.",
        "## What was excluded",
        _excluded_table(findings),
        "## Software",
        f"Know Thyself {__version__}, Python {platform.python_version()}, pandas {pd.__version__}, "
        f"openpyxl {version('openpyxl')}.",
    ]
    return "\n\n".join(parts) + "\n"


def _arms_table(arms: pd.DataFrame) -> str:
    if arms.empty:
        return "There is no student to describe."
    rows = [
        (str(row["arm"]), str(row["n"]), str(row["missing"]), *(_estimate(row, name) for name in _ESTIMATES))
        for row in _records(arms)
    ]
    return _table(("Arm", "n", "Without a score", "Mean", "SD", "Median", "Min", "Max"), rows)


def _excluded_table(findings: Findings) -> str:
    excluded = findings.excluded
    if excluded.empty:
        return "Nothing."
    names = [name for name in ("scope", "file", "student", "encounter", "reason", "path") if name in excluded]
    rows = [tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in excluded[names].to_numpy()]
    return _table(tuple(name.capitalize() for name in names), rows)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header)]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join(shown + ["| " + " | ".join(for_markdown(cell) for cell in row) + " |" for row in rows])
