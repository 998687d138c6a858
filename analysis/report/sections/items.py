"""Item statistics for whoever writes scenarios, agreement with an instructor, and the appeals."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...codebook.verdicts import RATINGS
from ...results.findings import Findings
from ...tables.frames import records
from ..apa import bounded, decimal, interval
from ..document import Block, Paragraph, Section, TableBlock
from ..pictures import Pictures
from ..small_cells import suppressed


def items(findings: Findings, pictures: Pictures, least: int) -> Section:
    """The section of items: a subsection a scenario; ratings of fewer than `least` encounters are not shown."""
    frame = findings.items
    inner = tuple(
        Section(str(scenario), [*_scenario(rows, least), *pictures.at(f"items {scenario}")], f"items-{i}")
        for i, (scenario, rows) in enumerate(frame.groupby("scenario"), start=1)
    )
    blocks: list[Block] = [_reliability(findings)]
    if frame.empty:
        blocks.append(Paragraph("No encounter was finished."))
    return Section("Items and reliability", blocks, "items", inner)


def _reliability(findings: Findings) -> Block:
    rows = [
        (
            row.scenario or "",
            str(row.n_1),
            bounded(row.estimate) or (row.note or ""),
            interval(row.ci_low, row.ci_high, share=True),
        )
        for row in findings.results
        if row.outcome == "checklist"
    ]
    if not rows:
        return Paragraph("Reliability of the checklists: no encounter was finished.")
    note = "KR-20 on done and not done, Feldt's interval; an item that everybody or nobody did carries no information."
    return TableBlock(("Scenario", "Encounters", "Alpha", "95% CI"), rows, "Reliability of the checklists", note)


def _scenario(rows: pd.DataFrame, least: int) -> list[Block]:
    lines = records(rows)
    blocks: list[Block] = []
    if lines and max(record["n"] for record in lines) < least:
        return [Paragraph(f"Fewer than {least} encounters: not shown.")]
    checklist = [_checklist_line(record) for record in lines if record["kind"] == "checklist"]
    if checklist:
        header = ("Item", "", "n", "Done", "95% CI", "In time", "Median, s", "Item-rest r")
        blocks.append(TableBlock(header, checklist, "Checklist", "Wilson intervals; * marks a critical item."))
    decisions = _decision_lines([record for record in lines if record["kind"] == "decision"], least)
    if decisions:
        header = ("Decision", "", "n", "Optimal", "Acceptable", "Suboptimal", "Dangerous", "Mean weight")
        blocks.append(TableBlock(header, decisions, "Decision points"))
    gates = [_share_line(record) for record in lines if record["kind"] in ("gate", "milestone")]
    if gates:
        columns = ("Gate or milestone", "", "n", "Passed or reached", "95% CI")
        blocks.append(TableBlock(columns, gates, "Safety gates and milestones"))
    return blocks


def _checklist_line(record: dict[str, Any]) -> tuple[str, ...]:
    star = " *" if record["critical"] == 1 else ""
    return (
        f"{record['item']}{star}",
        str(record["title"]),
        str(record["n"]),
        bounded(record["share_done"]),
        interval(record["ci_low"], record["ci_high"], share=True),
        bounded(record["share_in_time"]),
        decimal(record["median_seconds"], 0) or "not reached",
        bounded(record["item_rest_r"]),
    )


def _decision_lines(records: list[dict[str, Any]], least: int) -> list[tuple[str, ...]]:
    """Ratings counted; in what is shared without the small counts, or those that would give them away."""
    counts = [
        [int(record[name]) for name in ("optimal", "acceptable", "suboptimal", "dangerous")] for record in records
    ]
    return [
        (str(record["item"]), str(record["title"]), str(record["n"]), *shown, bounded(record["share_done"]))
        for record, shown in zip(records, suppressed(counts, least), strict=True)
    ]


def _share_line(record: dict[str, Any]) -> tuple[str, ...]:
    bounds = interval(record["ci_low"], record["ci_high"], share=True)
    title = "" if record["title"] == record["item"] else str(record["title"])
    return (str(record["item"]).replace("_", " "), title, str(record["n"]), bounded(record["share_done"]), bounds)


def agreement(findings: Findings) -> list[Section]:
    """The section of an instructor's ratings, when there are any."""
    if findings.agreement is None or findings.pairs is None:
        return []
    rows = [
        (
            str(record["kind"]),
            record["scenario"] or "all",
            record["item"] or "all",
            str(record["n"]),
            bounded(record["agreement"]),
            f"{record['method']} {bounded(record['coefficient'])}".strip(),
            interval(record["ci_low"], record["ci_high"], share=True),
            record["note"] or "",
        )
        for record in records(findings.agreement)
    ]
    header = ("Kind", "Scenario", "Item", "n", "Equal", "Coefficient", "95% CI", "Note")
    blocks: list[Block] = [
        TableBlock(header, rows, "Agreement of the instructor's ratings with ours"),
        *_crossed(findings),
    ]
    unused = findings.pairs.unused
    if unused:
        lines = [(reason, str(n)) for reason, n in sorted(unused.items())]
        blocks.append(TableBlock(("Ratings that were not used", "n"), lines))
    return [Section("An instructor's ratings", blocks, "agreement")]


def _crossed(findings: Findings) -> list[Block]:
    """Decision points: our rating against the instructor's."""
    assert findings.pairs is not None
    pairs = [pair for (kind, _, _), found in findings.pairs.pairs.items() if kind == "decision" for pair in found]
    if not pairs:
        return []
    rows = [
        (ours, *(str(pairs.count((float(i), float(j)))) for j in range(1, len(RATINGS) + 1)))
        for i, ours in enumerate(RATINGS, start=1)
    ]
    return [TableBlock(("Ours, the instructor's to the right", *RATINGS), rows, "Ratings of decision points")]
