"""Who and what was analysed: files, the flow of students by arm, what is missing, what was excluded."""

from __future__ import annotations

import pandas as pd

from ...results.describe import NO_ARM
from ...results.findings import Findings
from ...results.flow import EVERYBODY, flow_lines
from ...tables.frames import records
from ...text import clean
from ..apa import percentage
from ..document import Block, Bullets, Paragraph, Section, TableBlock
from ..pictures import Pictures
from ..small_cells import suppressed

_LISTED = 200
_MISSING_OF = (
    ("score_mean", "Mean score"),
    ("decision_mean", "Mean decision quality"),
    ("pivotal_time_mean", "Mean time without the pivotal treatment"),
    ("learning_slope", "Learning slope"),
    ("cohort", "Cohort"),
)


def who(findings: Findings, pictures: Pictures, least: int) -> Section:
    """The section `Who and what was analysed`."""
    blocks: list[Block] = [
        Bullets([f"{meaning}." for meaning in findings.arm_meanings] or ["No arm was set."]),
        _flow(findings),
        TableBlock(("", "n"), [(label, str(n)) for label, n in flow_lines(findings.flow)], "Files and encounters"),
        *_cohorts(findings, least),
        Paragraph("Earlier experience with simulation, age and training: not collected."),
        *_missing(findings, pictures),
    ]
    return Section("Who and what was analysed", blocks, "who", (_excluded(findings, least),))


def _flow(findings: Findings) -> TableBlock:
    """CONSORT: each step in each arm. These counts are always shown: they say who took part, not how well."""
    frame = findings.flow_by_arm
    arms = list(dict.fromkeys(frame["arm"]))
    rows = [
        (str(rows["label"].iloc[0]), *(str(rows.loc[rows["arm"] == arm, "n"].iloc[0]) for arm in arms))
        for _, rows in frame.groupby("step", sort=False)
    ]
    header = ("", *("All" if arm == EVERYBODY else "No arm" if arm == NO_ARM else f"Arm {arm}" for arm in arms))
    return TableBlock(header, rows, "Flow of students", "An arm is the one a student was allocated to.")


def _cohorts(findings: Findings, least: int) -> list[Block]:
    students = findings.tables.students
    known = students[students["cohort"].notna() & students["arm"].notna()]
    if known.empty:
        return []
    counts = pd.crosstab(known["cohort"], known["arm"])
    shown = suppressed(counts.to_numpy().tolist(), least)
    rows = [(str(name), *row) for name, row in zip(counts.index, shown, strict=True)]
    header = ("Cohort", *(f"Arm {arm}" for arm in counts.columns))
    note = "Allocation was meant to make the arms alike: no test is made of it."
    return [TableBlock(header, rows, "Cohorts by arm", note)]


def _missing(findings: Findings, pictures: Pictures) -> list[Block]:
    students = findings.tables.students
    rows = [
        (label, str(int(students[column].isna().sum())), percentage(int(students[column].isna().sum()), len(students)))
        for column, label in _MISSING_OF
    ]
    note = "Of all students registered. Nothing missing was filled in."
    blocks: list[Block] = [TableBlock(("Value", "Missing", "Share"), rows, "Missing values", note)]
    return [*blocks, *pictures.at("missing")]


def _excluded(findings: Findings, least: int) -> Section:
    excluded = findings.excluded
    if excluded.empty:
        return Section("What was excluded", [Paragraph("Nothing.")], "excluded")
    if least:
        counts = excluded.groupby(["scope", "reason"]).size()
        lines = [(*map(clean, map(str, key)), str(n)) for key, n in zip(counts.index, counts, strict=True)]
        note = "Which they are is in merge_log.csv."
        return Section("What was excluded", [TableBlock(("Scope", "Reason", "n"), lines, note=note)], "excluded")
    names = [name for name in ("scope", "file", "student", "encounter", "reason", "path") if name in excluded]
    if not findings.request.identified:
        names = [name for name in names if name != "path"]
    shown = excluded[names].head(_LISTED)
    rows = [tuple(clean(str(cell or "")) for cell in row.values()) for row in records(shown)]
    blocks: list[Block] = [TableBlock(tuple(name.capitalize() for name in names), rows)]
    if len(excluded) > _LISTED:
        blocks.append(Paragraph(f"… and {len(excluded) - _LISTED} more in merge_log.csv."))
    return Section("What was excluded", blocks, "excluded")
