"""Small tables for the tests of the exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from knowthyself_tui.analysis.codebook import STUDENTS
from knowthyself_tui.analysis.codebook.column import (
    Column,
    Table,
    category,
    count,
    flag,
    identifier,
    number,
    points,
    share,
    text,
)
from knowthyself_tui.analysis.dataset import Dataset, dataset

SAMPLE = Table(
    "sample",
    "a student of a test",
    ("student",),
    (
        identifier("student", "Pseudonym"),
        text("note", "Poznámka študenta", missing="none"),
        category("arm", "Study arm", missing="no arm"),
        category(
            "rating", "Rating", ("dangerous", "suboptimal", "acceptable", "optimal"), ordered=True, missing="none"
        ),
        count("errors", "Errors", missing="no verdict"),
        flag("done", "It was done", missing="no verdict"),
        points("score", "Score", missing="no verdict"),
        share("p", "p value", missing="not a test"),
        number("change", "Change", "mmHg", missing="not measured"),
        Column("started_at", "Start (UTC)", "datetime", "ratio", missing="not started"),
    ),
    sheet="Sample",
)
FULL_ROW = {
    "note": "Ľahko zranený, čaká",
    "arm": "B",
    "rating": "optimal",
    "errors": 3,
    "done": 1,
    "score": 66.66666666666667,
    "p": 0.00002,
    "change": -12.5,
    "started_at": "2026-03-01T08:05:00Z",
}
SCORES_A = [75.0, 60.0, 90.0, 55.5]
SCORES_B = [50.0, 65.25, 50.0, 85.0, 12.0]
HARD_TEXTS = (
    "=1+1",
    "+421 900",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    '=HYPERLINK("http://x.example","x")',
    "#N/A",
    "0001",
    "Ľubomír Žitňanský",
    'a "quote", a; semicolon',
    "it's",
    "two\nlines",
    "emoji 🚑",
    "hex_x0041_",
    "NA",
    "<b>&amp;</b>",
    "back\\slash",
    " space around ",
)
ILLEGAL = {"tab\x0bbell\x07": "tab␋bell␇", "half\ud83d": "half", "no\ufffecharacter": "no\ufffdcharacter"}
"""Text that no file can hold, and what is written for it."""


def sample(rows: Sequence[dict[str, Any]], table: Table = SAMPLE) -> Dataset:
    """The sample table; a row needs no more than what matters, `student` is numbered in the order of the rows."""
    numbered = [{"student": f"P-{number:03}", **row} for number, row in enumerate(rows)]
    return dataset(table, pd.DataFrame(numbered, columns=table.names, dtype="object"))


def notes(*texts: str) -> Dataset:
    return sample([{"note": each} for each in texts])


def full_sample() -> Dataset:
    """A full row, one with nothing but its key, and another full one of the other arm."""
    return sample([FULL_ROW, {}, {**FULL_ROW, "arm": "A", "rating": "dangerous", "done": 0, "score": 100.0}])


def filled(table: Table, rows: int) -> Dataset:
    """Any table with cells that may stand there; the last row has nothing in the cells that may be empty."""
    cells = {column.name: [_cell(column, number) for number in range(rows)] for column in table.columns}
    for column in table.columns:
        if column.missing and rows:
            cells[column.name][-1] = None
    return dataset(table, pd.DataFrame(cells, columns=table.names, dtype="object"))


def students_of(scores: Sequence[tuple[str | None, float | None]]) -> Dataset:
    """The table of students with an arm and a mean score each."""
    frame = filled(STUDENTS, len(scores)).frame
    arms, means = zip(*scores, strict=True)
    return dataset(
        STUDENTS, frame.assign(arm=pd.Series(arms, dtype="str"), score_mean=pd.Series(means, dtype="float64"))
    )


def two_arms() -> Dataset:
    """Students of two arms, one without a score and one without an arm."""
    scored = [*(("A", score) for score in SCORES_A), *(("B", score) for score in SCORES_B)]
    return students_of([*scored, ("A", None), (None, 99.0)])


def _cell(column: Column, number: int) -> Any:
    if column.type in ("integer", "boolean"):
        return number % 2
    if column.type == "number":
        return min(0.1 + number, column.high if column.high is not None else 1e6)
    if column.type == "datetime":
        return f"2026-03-01T08:05:{number % 60:02}Z"
    values = column.values or ("A", "B")
    return values[number % len(values)] if column.type == "category" else f"{column.label} {number}"
