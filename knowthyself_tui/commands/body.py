"""`knowthyself body`: play a body on the bench, and compare it with published cases."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowthyself_tui.authoring.chart import Curve, draw
from knowthyself_tui.domain.bench import (
    COLLECTED,
    DEFAULT_COLUMNS,
    SECTION_2,
    Protocol,
    Report,
    Result,
    check_columns,
    choose,
    parse_ordering,
    parse_patient,
    parse_setting,
    run,
    validate,
)
from knowthyself_tui.domain.bench.collected import enough_inside, miss_lines
from knowthyself_tui.domain.bench.columns import all_columns, cell_text, column_of, drug_columns
from knowthyself_tui.domain.bench.forced import forced_names
from knowthyself_tui.domain.bench.moments import MOMENT_HELP, Value, clock_text
from knowthyself_tui.domain.bench.tables import (
    markdown_table,
    recalled_lines,
    repeat_lines,
    sum_line,
    terminal_table,
)
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.finding_codes import FINDINGS
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.domain.rules.intents import INTENT_SLOTS
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.errors import UsageError

PLOTTED = ("hr", "rr", "spo2", "map", "etco2_mmhg", "gcs")
"""Curves that are drawn when no columns are chosen."""
PLAIN_WIDTH = 80
LONGEST_STEP_SECONDS = 3600
MANY_WORDS = 6
"""More words than this are listed apart."""

Rows = list[dict[str, Value]]


def validation_lines(only: str | None, *, markdown: bool, collected: bool = False) -> tuple[list[str], bool]:
    """The table of published cases, and whether the body passes.

    It passes when every case of the physiology page is inside, or enough of the collected ones.
    """
    cases = COLLECTED if collected else SECTION_2
    results = validate(choose(cases, only) if only else cases)
    table = markdown_table(results) if markdown else terminal_table(results)
    lines = [*table, "", sum_line(results), *recalled_lines(results)]
    known, unknown = miss_lines(results) if collected else ([], repeat_lines(results))
    if known:
        lines += ["", "Known misses:", *known]
    if unknown and not markdown:
        lines += ["", "Not inside, and how to see it:", *unknown]
    return lines, enough_inside(results) if collected else _all_inside(results)


def _all_inside(results: Sequence[Result]) -> bool:
    return all(result.inside for result in results)


def play_lines(options: Mapping[str, Any], scenario: Scenario | None, warn: Callable[[str], None]) -> Iterator[str]:
    """Play a body as the options say; yields lines of output.

    Args:
        warn: Takes a sentence on each order that was refused, corrected or without effect.
    """
    every = options["every"]
    if not 1 <= every <= LONGEST_STEP_SECONDS:
        raise UsageError(f"--every takes 1 to {LONGEST_STEP_SECONDS} seconds, not {every}.")
    if options["plot"] and options["as_csv"]:
        raise UsageError("Choose --plot or --csv, not both.")
    columns = _chosen(options["columns"])
    protocol = _protocol(options, scenario)
    if options["plot"]:
        columns = _curves(columns or PLOTTED)
    header, rows = _played(protocol, columns, every, lambda report: warn(str(report)))
    if options["plot"]:
        return _plot(header, rows, every)
    return _csv(header, rows) if options["as_csv"] else _table(header, rows)


def _chosen(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    names = check_columns([name.strip() for name in text.split(",") if name.strip()])
    if not names:
        raise UsageError("--columns names no column; write for example --columns t,hr,spo2.")
    return names


def _curves(columns: Sequence[str]) -> tuple[str, ...]:
    curves = tuple(name for name in columns if name != "t")
    if not curves or "rhythm" in curves:
        raise UsageError("--plot draws numbers over time; name columns such as --columns hr,spo2, and not rhythm.")
    return curves


def _protocol(options: Mapping[str, Any], scenario: Scenario | None) -> Protocol:
    steps = (*map(parse_setting, options["settings"]), *map(parse_ordering, options["orders"]))
    minutes, seed, position, patient = (options[name] for name in ("minutes", "seed", "position", "patient"))
    if scenario is None:
        return Protocol(parse_patient(patient or ""), minutes, steps, position=position or "supine", seed=seed)
    if patient is not None:
        raise UsageError("A scenario brings its own patient: leave out --patient or --scenario.")
    start = Protocol(
        scenario.patient.body,
        minutes,
        steps,
        conditions=scenario.body.conditions,
        lead_seconds=scenario.body.lead_seconds,
        position=scenario.body.position,
        seed=seed,
    )
    return replace(start, position=position) if position else start


def _played(
    protocol: Protocol, columns: tuple[str, ...] | None, every: int, report: Callable[[Report], None]
) -> tuple[tuple[str, ...], Rows]:
    """The header and the rows; without columns, the usual ones and the levels of every drug named or on board."""
    rows = list(run(protocol, columns, every, report))
    if columns is not None:
        return columns, rows
    seen = [name for row in rows for name in row if name not in DEFAULT_COLUMNS]
    levels = tuple(dict.fromkeys((*drug_columns(protocol.drugs), *seen)))
    return (*DEFAULT_COLUMNS, *levels), [{**dict.fromkeys(levels, 0.0), **row} for row in rows]


def _texts(header: Sequence[str], rows: Rows) -> list[list[str]]:
    return [[cell_text(name, row[name]) for name in header] for row in rows]


def _csv(header: Sequence[str], rows: Rows) -> Iterator[str]:
    for cells in [list(header), *_texts(header, rows)]:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(cells)
        yield line.getvalue()


def _table(header: Sequence[str], rows: Rows) -> Iterator[str]:
    lines = [list(header), *_texts(header, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for cells in lines:
        yield "  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _plot(header: Sequence[str], rows: Rows, every: int) -> Iterator[str]:
    width = os.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
    last = clock_text(every * (len(rows) - 1))
    for name in header:
        values = [value if isinstance(value := row[name], float) else None for row in rows]
        column = column_of(name)
        yield from draw(Curve(name, column.unit, min(2, column.decimals), values), clock_text(0), last, width)
        yield ""


def names_lines() -> Iterator[str]:
    """Everything that a protocol can say."""
    yield from _section(f"--set “WHEN NAME=VALUE”; WHEN is {MOMENT_HELP}", _forced_rows())
    yield from _section("--columns", ((name, column_of(name).unit, column_of(name).meaning) for name in all_columns()))
    yield from _section(
        "columns of a drug", [("c_<drug>", "ng/mL", "plasma level"), ("e_<drug>", "ng/mL", "effect site")]
    )
    orders = ((intent, "", slots) for intent, slots in INTENT_SLOTS.items())
    yield from _section("--order “WHEN intent slot=value …”: intents and their slots", orders)
    same = ((name, f"the same as {position}") for name, position in POSITION_SYNONYMS.items())
    yield from _section("positions", [(name, "", said) for name, said in (*((name, "") for name in POSITIONS), *same)])
    known = ((name, "", row.citation) for name, row in sorted(DRUGS.items()) if not row.hidden)
    yield from _section("drugs", known)
    codes = ((key, "", ", ".join(words) or "a number") for key, words in FINDINGS.items())
    yield from _section("findings and their codes, for `shows` in a scenario", codes)
    yield from _section("--patient comorbidity=", ((name, "", row.meaning) for name, row in COMORBIDITIES.items()))


def _forced_rows() -> Iterator[tuple[str, str, str]]:
    for row in forced_names():
        listed = len(row.words) > MANY_WORDS
        yield row.name, "a position" if listed else row.allowed, row.meaning


def _section(title: str, rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    rows = list(rows)
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    yield title
    for name, unit, meaning in rows:
        yield f"  {name:{widths[0]}}  {unit:{widths[1]}}  {meaning}".rstrip()
    yield ""
