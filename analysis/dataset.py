"""A table of the codebook with its rows, in the types that every export relies on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from .codebook.column import Column, Table
from .text import clean


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows under exactly the columns of `table`, in their order.

    `integer` and `boolean` columns are Int64, `number` float64, all others str or categories of str; a missing cell is
    NA in each.
    """

    table: Table
    frame: pd.DataFrame


def thinned(each: Dataset) -> Dataset:
    """The same with each category once instead of all rows: all that a description of the columns needs."""
    kinds: dict[object, str] = {column.name: column.type for column in each.table.columns}
    kept = {
        name: values.dropna().drop_duplicates().reset_index(drop=True) if kinds[name] == "category" else values.iloc[:0]
        for name, values in each.frame.items()
    }
    return Dataset(each.table, pd.DataFrame(kept))


def dataset(table: Table, frame: pd.DataFrame) -> Dataset:
    """The columns of the table in order and type, text harmless; an empty text and an infinite number are missing."""
    return Dataset(table, pd.DataFrame({column.name: _typed(frame[column.name], column) for column in table.columns}))


def _typed(series: pd.Series, column: Column) -> pd.Series:
    if column.type in ("integer", "boolean"):
        return pd.to_numeric(series).astype("Int64")
    if column.type == "number":
        return pd.to_numeric(series).astype("float64").replace([float("inf"), float("-inf")], float("nan"))
    if column.type == "datetime":
        times = pd.to_datetime(series, format="ISO8601", utc=True)
        return times.dt.strftime("%Y-%m-%dT%H:%M:%SZ").astype("str")
    harmless = {text: clean(str(text)) or None for text in series.dropna().unique()}
    shown = series.map(harmless)
    return shown if isinstance(shown.dtype, pd.CategoricalDtype) else shown.astype("str")
