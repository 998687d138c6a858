"""Writes a table for Stata (.dta, version 118): labels, and every missing cell as `.`."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pandas as pd

from ..codebook.column import Column
from ..dataset import Dataset
from .portable import check_names, labelled, numbers, times, value_labels

LABEL_CHARACTERS = 80
ALL_LABELS_BYTES = 32_000
"""What Stata takes for all value labels of a column; categories with longer ones are written as text."""
_LARGEST = 8.9e307
"""Stata takes larger numbers for missing values."""
_EPOCH = datetime(2000, 1, 1)


def dta_bytes(dataset: Dataset) -> bytes:
    """The table as a .dta file; the same table gives the same bytes.

    Raises:
        ValueError: a column has a name that Stata does not take.
    """
    check_names(dataset.table)
    columns = dataset.table.columns
    labels = {column.name: value_labels(dataset, column) for column in columns if _is_coded(dataset, column)}
    stream = io.BytesIO()
    pd.DataFrame({column.name: _values(dataset, column, labels) for column in columns}).to_stata(
        stream,
        write_index=False,
        time_stamp=_EPOCH,
        data_label=_cut(f"Know Thyself: {dataset.table.name}"),
        variable_labels={column.name: _cut(labelled(column)) for column in columns},
        version=118,
        value_labels=labels,  # type: ignore[arg-type]  # the stubs allow no names
    )
    return stream.getvalue()


def _is_coded(dataset: Dataset, column: Column) -> bool:
    labels = value_labels(dataset, column).values()
    return bool(labels) and sum(len(label.encode()) + 1 for label in labels) <= ALL_LABELS_BYTES


def _values(dataset: Dataset, column: Column, labels: dict[str, dict[int, str]]) -> pd.Series[Any]:
    if column.type == "datetime":
        return times(dataset, column)
    if column.type == "text" or (column.type == "category" and column.name not in labels):
        return dataset.frame[column.name].fillna("")
    values = numbers(dataset, column)
    return values.where(values.abs() <= _LARGEST)


def _cut(label: str) -> str:
    return label if len(label) <= LABEL_CHARACTERS else label[: LABEL_CHARACTERS - 1] + "…"
