"""The comparisons of arms: primary with its robustness table, secondary, exploratory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ...codebook.verdicts import SEVERITIES
from ...results.describe import NO_ARM
from ...results.findings import Findings, two_arms
from ...results.row import Result
from ...results.timing import PIVOTAL, Timeliness
from ...tables.frames import records
from ..apa import bounded, decimal, interval, level, p_value, test_sentence
from ..document import Block, Paragraph, Section, TableBlock
from ..pictures import Pictures
from ..small_cells import suppressed
from ..words import NOT_CAUSE, outcome_label, row_label, unit_sentence, why_none

_D_PARTS = 0.05
"""From this difference on, the effect size with the average variance is shown as well."""


def primary(findings: Findings, pictures: Pictures, least: int) -> Section:
    """The section of the primary outcome; the lowest and highest values of less than `least` students are not shown."""
    row = findings.primary
    label = outcome_label(row.outcome)
    blocks: list[Block] = [
        Paragraph(f"{label} by arm, {row.unit}. {unit_sentence(findings)}"),
        _arms(findings, row.outcome, least),
        *pictures.at("scores"),
        Paragraph(primary_sentence(row), statistics=True),
        *_other_denominator(row),
        _robustness(findings),
        Paragraph(_detectable(findings)),
        Paragraph(NOT_CAUSE),
    ]
    return Section(f"Primary outcome: {label.lower()}", blocks, "primary")


def primary_sentence(row: Result) -> str:
    """The comparison in a sentence, or why there is none."""
    if row.estimate is None:
        return f"The difference between the arms: {row.note or 'not estimable'}."
    return (
        f"{outcome_label(row.outcome)} ({row.unit}): "
        f"arm {row.arm_1} (n = {row.n_1}, M = {decimal(row.mean_1)}, SD = {decimal(row.sd_1)}) minus "
        f"arm {row.arm_2} (n = {row.n_2}, M = {decimal(row.mean_2)}, SD = {decimal(row.sd_2)}), Welch: "
        f"{test_sentence(row)}."
    )


def _ci(row: Result) -> str:
    return level(row.ci_level or 95.0)


def _other_denominator(row: Result) -> list[Block]:
    if row.d is None or row.d_star is None or abs(row.d - row.d_star) <= _D_PARTS:
        return []
    text = (
        f"The arms differ in size and spread, so the denominator matters: d with the pooled SD = {decimal(row.d)} "
        f"{_ci(row)} {interval(row.d_low, row.d_high)}, with the average variance (Delacre 2021) = "
        f"{decimal(row.d_star)} {_ci(row)} {interval(row.d_star_low, row.d_star_high)}."
    )
    return [Paragraph(text, statistics=True)]


def _arms(findings: Findings, outcome: str, least: int) -> Block:
    frame = findings.arms[findings.arms["outcome"] == outcome]
    if frame.empty:
        return Paragraph("There is no student to describe.")
    rows = [
        (
            "No arm" if record["arm"] == NO_ARM else str(record["arm"]),
            str(record["n"]),
            str(record["missing"]),
            *(_estimate(record, name, least) for name in ("mean", "sd")),
            interval(record["ci_low"], record["ci_high"]) or why_none(record),
            *_places(record, least),
        )
        for record in records(frame)
    ]
    header = ("Arm", "n", "Without", "Mean", "SD", "95% CI", "Median", "Q1", "Q3", "Min", "Max")
    return TableBlock(header, rows, note="SD with n \u2212 1. Quartiles by linear interpolation.")


def _places(record: dict[str, Any], least: int) -> list[str]:
    """Median, quartiles and ends; of fewer than `least` students each may be one student's score."""
    shown = [decimal(record[name]) or "–" for name in ("median", "q1", "q3", "min", "max")]
    return ["–"] * len(shown) if record["n"] < least else shown


def _estimate(record: dict[str, Any], name: str, least: int) -> str:
    """Two decimals, or why there is no such number; in what is shared, a single student's score is none."""
    if least and record["n"] == 1:
        return "not shown (n = 1)" if name == "mean" else why_none(record)
    return why_none(record) if record[name] is None else decimal(record[name])


def _robustness(findings: Findings) -> TableBlock:
    rows = [_line(row, row.method) for row in (findings.primary, *findings.family("robustness"))]
    note = (
        "The same question asked in other ways; the first line is the answer, the others show how much it hangs on the "
        "method. No line was chosen by a test of assumptions."
    )
    ci, unit = _ci(findings.primary), findings.primary.unit
    return TableBlock(("Method", "n", f"Estimate, {unit}", ci, "p", "Note"), rows, "Robustness", note)


def _line(row: Result, first: str) -> tuple[str, ...]:
    sizes = f"{row.n_1} v {row.n_2}" if row.n_1 is not None and row.n_2 is not None else ""
    ci = interval(row.ci_low, row.ci_high)
    if ci and row.ci_level not in (None, 95.0):
        ci += f" ({level(row.ci_level or 0)})"
    name = "" if row.estimate_name in (None, "difference of means") else f" ({row.estimate_name})"
    estimate = decimal(row.estimate) + name if row.estimate is not None else ""
    return (first, sizes, estimate, ci, p_value(row.p), row.note or "")


def _detectable(findings: Findings) -> str:
    row = next((row for row in findings.results if row.method == "Minimal detectable effect"), None)
    if row is None:
        return "What these numbers could have detected: not estimable without two arms."
    if row.estimate is None:
        return f"What these numbers could have detected: {row.note}."
    return (
        f"With {row.n_1} and {row.n_2} students only a standardized difference of {decimal(row.estimate)} or more "
        f"would have been found in 80 of 100 such studies ({row.note})."
    )


def secondary(findings: Findings, pictures: Pictures, least: int) -> Section:
    """The section of the secondary outcomes."""
    rows = [_secondary_line(row) for row in findings.family("secondary")]
    note = (
        "Each line is one outcome; p values adjusted by Holm's method over the table. Means are compared by Welch's "
        "test, rates by students' counts with a Poisson or, when students differ more than chance, a quasi-Poisson "
        "interval, completion by Newcombe's interval and Fisher's exact test."
    )
    arms, ci = two_arms(findings) or ("first", "second"), level(100 * findings.study.level)
    header = ("Outcome", "n", *(f"Arm {arm}" for arm in arms), "Estimate", ci, "p", "p (Holm)", f"g, {ci}", "Note")
    blocks: list[Block] = [
        TableBlock(header, rows, "Secondary outcomes", note),
        *pictures.at("forest", "ratings"),
        *_ratings(findings, least),
        *_error_kinds(findings, least),
    ]
    return Section("Secondary outcomes", blocks, "secondary")


def _secondary_line(row: Result) -> tuple[str, ...]:
    sizes = f"{row.n_1} v {row.n_2}" if row.n_1 is not None else ""
    kind = "" if row.estimate_name in (None, "difference of means") else f" ({row.estimate_name})"
    places = 3 if row.unit in ("share", "events per encounter") else 2
    return (
        f"{row_label(row)} ({row.unit})" if row.unit else row_label(row),
        sizes,
        decimal(row.mean_1, places),
        decimal(row.mean_2, places),
        decimal(row.estimate, places) + kind if row.estimate is not None else "",
        interval(row.ci_low, row.ci_high, places),
        p_value(row.p),
        p_value(row.p_adjusted),
        f"{decimal(row.g)} {interval(row.g_low, row.g_high)}" if row.g is not None else "",
        row.note or "",
    )


def _ratings(findings: Findings, least: int) -> list[Block]:
    judged = findings.study.of_analysed(findings.tables.decisions)
    judged = judged[judged["rating"].notna()]
    if judged.empty:
        return []
    levels = ["optimal", "acceptable", "suboptimal", "dangerous"]
    counts = pd.crosstab(judged["arm"], judged["rating"]).reindex(columns=levels, fill_value=0)
    shown = suppressed(counts.to_numpy().tolist(), least)
    rows = [(f"Arm {arm}", *row) for arm, row in zip(counts.index, shown, strict=True)]
    note = "Finished encounters of the analysed students. Described only: ratings of one student belong together."
    return [TableBlock(("", *levels), rows, "Ratings of decision points", note)]


def _error_kinds(findings: Findings, least: int) -> list[Block]:
    errors = findings.study.of_analysed(findings.tables.errors)
    if errors.empty:
        return [Paragraph("No medication error was made in the finished encounters of the analysed students.")]
    counts = pd.crosstab(errors["kind"].str.replace("_", " "), errors["severity"])
    known = [severity for severity in SEVERITIES if severity in counts.columns]
    counts = counts[[*known, *(other for other in counts.columns if other not in SEVERITIES)]]
    shown = suppressed(counts.to_numpy().tolist(), least)
    rows = [(str(kind), *row) for kind, row in zip(counts.index, shown, strict=True)]
    note = "Finished encounters of the analysed students."
    return [TableBlock(("Kind", *map(str, counts.columns)), rows, "Medication errors by kind and severity", note)]


def exploratory(findings: Findings, pictures: Pictures) -> Section:
    """The section of everything that was only looked at."""
    rows = findings.family("exploratory")
    general = [row for row in rows if row.scenario is None]
    scores = [row for row in rows if row.scenario is not None and row.item is None]
    times = [row for row in rows if row.outcome == "time_to_action"]
    items = sum(row.outcome == "checklist_item" for row in rows)
    return Section(
        "Exploratory",
        [
            Paragraph(
                "Looked at without a hypothesis: these suggest questions and settle nothing. Each kind of comparison "
                "is adjusted by Benjamini-Hochberg over all of its kind, also those that only tests.csv lists."
            ),
            _table(general, "Other outcomes of a student"),
            *pictures.at("learning"),
        ],
        "exploratory",
        (
            Section(
                "Scenario by scenario",
                [
                    _table(scores, "Scores by scenario"),
                    _table(times, "Times by scenario and action"),
                    Paragraph(f"{items} comparisons of single checklist items between the arms are in tests.csv."),
                ],
                "scenarios",
            ),
            _timing(findings, pictures),
            Section("The patients", pictures.at("vitals"), "vitals"),
        ),
    )


def _table(rows: Sequence[Result], caption: str) -> Block:
    if not rows:
        return Paragraph(f"{caption}: nothing to compare.")
    lines = [
        (
            f"{row_label(row)}: {row.method}",
            *_line(row, "")[1:4],
            p_value(row.p),
            p_value(row.p_adjusted),
            row.note or "",
        )
        for row in rows
    ]
    return TableBlock(("Outcome and method", "n", "Estimate", "CI", "p", "p (BH)", "Note"), lines, caption)


def _restricted(each: Timeliness, arm: str) -> str:
    """`345 [301, 389] to 1200`; empty where there is no such mean."""
    found = each.restricted.get(arm)
    if found is None:
        return ""
    return f"{decimal(found.mean, 0)} {interval(found.low, found.high, 0)} to {decimal(found.tau, 0)}".replace(
        "  ", " "
    )


def _timing(findings: Findings, pictures: Pictures) -> Section:
    rows = []
    for each in findings.timeliness:
        action = each.title if each.action == PIVOTAL else f"{each.action} {each.title}"
        for arm, (median, bounds) in each.medians.items():
            times = each.times[arm]
            acted = int(times.acted.sum())
            shown = decimal(median, 0) if median is not None else "not reached"
            rows.append(
                (
                    each.scenario,
                    action,
                    "" if each.target is None else decimal(each.target, 0),
                    "All" if arm == "all" else arm,
                    str(len(times.acted)),
                    f"{acted} ({bounded(acted / len(times.acted))})" if len(times.acted) else "0",
                    shown,
                    interval(bounds.low, bounds.high, 0),
                    _restricted(each, arm),
                )
            )
    note = (
        "Kaplan-Meier over each student's first judged encounter of the scenario; log-log intervals. Who ended without "
        "the treatment, or whose patient died, counts as not done up to the scenario's longest time."
    )
    header = (
        "Scenario",
        "Action",
        "Target, s",
        "Arm",
        "n",
        "Acted (share)",
        "Median, s",
        "95% CI",
        "Restricted mean, s",
    )
    caption = "Time to the pivotal treatment and to the critical items"
    blocks: list[Block] = [TableBlock(header, rows, caption, note)] if rows else []
    return Section("Timeliness", [*blocks, *pictures.at("times")], "timeliness")
