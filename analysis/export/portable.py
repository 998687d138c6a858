"""What every statistics program can take: names, labels, and categories as numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from ..codebook.column import Column, Table
from ..dataset import Dataset
from ..text import clean

YES_NO = ("no", "yes")
"""What 0 and 1 of a boolean column mean."""

_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_COLUMN_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_SPSS_RESERVED = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
_STATA_RESERVED = {
    *("aggregate", "array", "boolean", "break", "byte", "case", "catch", "class", "colvector", "complex", "const"),
    *("continue", "default", "delegate", "delete", "do", "double", "else", "eltypedef", "end", "enum", "explicit"),
    *("export", "external", "float", "for", "friend", "function", "global", "goto", "if", "in", "inline", "int"),
    *("local", "long", "pragma", "protected", "quad", "rowvector", "short", "strl", "typedef", "typename", "using"),
    *("virtual", "with"),
}
_STATA_TEXT_TYPE = re.compile(r"str\d+")


def check_names(table: Table) -> None:
    """Refuses names that SPSS or Stata would change, so that a column is called the same in every file.

    Raises:
        ValueError: naming the columns.
    """
    bad = [name for name in table.names if _is_reserved(name) or not _COLUMN_NAME.fullmatch(name)]
    bad += sorted({name for name in table.names if table.names.count(name) > 1})
    if not _TABLE_NAME.fullmatch(table.name):
        bad.append(table.name)
    if bad:
        raise ValueError(f"Names that not every program takes, in the table {table.name}: {', '.join(bad)}")


def _is_reserved(name: str) -> bool:
    return name in _SPSS_RESERVED or name in _STATA_RESERVED or bool(_STATA_TEXT_TYPE.fullmatch(name))


def one_line(text: str) -> str:
    """A label on one line, with nothing in it that is not text."""
    return " ".join(clean(text).split())


def labelled(column: Column) -> str:
    """The label with its unit: `Mean score (points, 0 to 100)`."""
    return one_line(f"{column.label} ({column.unit})" if column.unit else column.label)


def cut_to_bytes(text: str, limit: int, mark: str = "…") -> str:
    """The text in at most `limit` bytes of UTF-8; a character is never halved, and a cut text ends with the mark."""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    return encoded[: limit - len(mark.encode())].decode(errors="ignore") + mark


def categories(dataset: Dataset, column: Column) -> tuple[str, ...]:
    """The categories of a column, numbered from 1: those of the codebook, then, sorted, what else is in the data."""
    present = set(dataset.frame[column.name].dropna().unique())
    return (*column.values, *sorted(present.difference(column.values)))


def numbers(dataset: Dataset, column: Column) -> pd.Series[float]:
    """A column as floating-point numbers, categories as their number; a missing cell is NaN."""
    series = dataset.frame[column.name]
    if column.type == "category":
        series = series.map({text: number for number, text in enumerate(categories(dataset, column), start=1)})
    return pd.Series(series.astype("float64"))


def value_labels(dataset: Dataset, column: Column) -> dict[int, str]:
    """What the numbers of a category or of a boolean mean; empty for every other column."""
    if column.type == "boolean":
        return dict(enumerate(YES_NO))
    if column.type == "category":
        return dict(enumerate(map(one_line, categories(dataset, column)), start=1))
    return {}


def times(dataset: Dataset, column: Column) -> pd.Series[pd.Timestamp]:
    """A column of times as UTC without a zone, which no statistics program knows."""
    parsed = pd.to_datetime(dataset.frame[column.name], format="ISO8601", utc=True)
    return parsed.dt.tz_localize(None)


def scored_arms(datasets: Sequence[Dataset]) -> dict[str, int]:
    """The arms in which students have a mean score, with their numbers: what the example of a script compares."""
    students = next((each for each in datasets if each.table.name == "students"), None)
    if students is None:
        return {}
    arm = next(column for column in students.table.columns if column.name == "arm")
    present = set(students.frame.dropna(subset=["arm", "score_mean"])["arm"])
    numbered = enumerate(categories(students, arm), start=1)
    return {text: number for number, text in numbered if text in present}
