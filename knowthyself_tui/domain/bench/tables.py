"""The validation table, for a terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.validation import Result

HEADINGS = ("id", "case", "model", "published", "accepted", "error", "unit", "verdict")
_NUMBERS = frozenset({"model", "published", "accepted", "error"})
TITLE_WIDTH = 48
RECALLED = "recalled, not checked"


def terminal_table(results: Sequence[Result]) -> list[str]:
    """Aligned lines; titles that are too long are cut."""
    rows = [HEADINGS, *(_cells(result, TITLE_WIDTH) for result in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def markdown_table(results: Sequence[Result]) -> list[str]:
    """A Markdown table with the sources; those that nobody could check are marked."""
    rule = ("---:" if name in _NUMBERS else "---" for name in (*HEADINGS, "source"))
    lines = [_markdown_row((*HEADINGS, "source")), _markdown_row(rule)]
    return lines + [_markdown_row((*_cells(result), _source(result.case))) for result in results]


def sum_line(results: Sequence[Result]) -> str:
    """How many are inside."""
    return f"{sum(result.inside for result in results)} of {len(results)} inside"


def repeat_lines(results: Sequence[Result]) -> list[str]:
    """For each row that is not inside: what is wrong, and how to see it for oneself."""
    lines = []
    for result in (each for each in results if not each.inside):
        lines.append(f"{result.case.id}: {result.problem or result.case.figure.words}")
        if result.case.command:
            lines.append(f"    {result.case.command}")
    return lines


def recalled_lines(results: Sequence[Result]) -> list[str]:
    """Which published values are recalled; empty where all were checked."""
    ids = [result.case.id for result in results if result.case.recalled]
    return [f"{RECALLED[0].upper()}{RECALLED[1:]}: {', '.join(ids)}"] if ids else []


def number_text(value: float | None) -> str:
    """A number with three significant digits, never in powers of ten."""
    if value is None:
        return "–"
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


def _cells(result: Result, title_width: int | None = None) -> tuple[str, ...]:
    case = result.case
    title = case.title if title_width is None or len(case.title) <= title_width else f"{case.title[: title_width - 1]}…"
    window = f"{case.low:g}–{case.high:g}" if case.low >= 0 else f"{case.low:g} to {case.high:g}"
    published = "–" if case.published is None else f"{case.published:g}"
    error = "–" if result.error is None else f"{'+' if result.error > 0 else ''}{number_text(result.error)}"
    return (case.id, title, number_text(result.value), published, window, error, case.unit, result.verdict)


def _source(case: Case) -> str:
    return f"{case.source} ({RECALLED})" if case.recalled else case.source


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [
        cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
        for name, cell, width in zip(HEADINGS, row, widths, strict=True)
    ]


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
