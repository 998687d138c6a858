"""Writes a table for SPSS (.sav): labels, measurement levels, and missing cells as system-missing.

There are no codes such as -99 for missing values, which another program would take for numbers. Text of more
than 255 bytes, which SPSS handles as a special case, is cut and ends with "…"; the CSV file holds it whole.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from ..codebook.column import Column, Level, Table
from ..dataset import Dataset
from .portable import check_names, cut_to_bytes, labelled, numbers, one_line, times, value_labels

TEXT_BYTES = 255
LABEL_BYTES = 255
VALUE_LABEL_BYTES = 120
MEASURES: dict[Level, str] = {"id": "nominal", "nominal": "nominal", "ordinal": "ordinal", "ratio": "scale"}

_FILE_LABEL_BYTES = 64
_WRITTEN_AT = slice(92, 109)
"""Where the header of the file holds the date and the time of its writing."""
_EPOCH = b"01 Jan 0000:00:00"


def available() -> bool:
    """Whether pyreadstat, which writes the files, is installed."""
    return importlib.util.find_spec("pyreadstat") is not None


def sav_bytes(dataset: Dataset) -> bytes:
    """The table as a .sav file; the same table gives the same bytes.

    Raises:
        ValueError: a column has a name that SPSS does not take.
    """
    import pyreadstat

    check_names(dataset.table)
    columns = dataset.table.columns
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.sav"
        pyreadstat.write_sav(
            pd.DataFrame({column.name: _values(dataset, column) for column in columns}),
            path,
            file_label=cut_to_bytes(file_label(dataset.table), _FILE_LABEL_BYTES),
            column_labels={column.name: cut_to_bytes(labelled(column), LABEL_BYTES) for column in columns},
            row_compress=True,
            variable_value_labels={column.name: labels for column in columns if (labels := _labels(dataset, column))},
            variable_measure={column.name: MEASURES[column.level] for column in columns},
            variable_format={column.name: _format(dataset, column) for column in columns},
        )
        content = bytearray(path.read_bytes())
    content[_WRITTEN_AT] = _EPOCH
    return bytes(content)


def file_label(table: Table) -> str:
    """What the file says that it is."""
    return one_line(f"Know Thyself: {table.name}, one row is {table.one_row}")


def number_format(column: Column) -> str:
    """The SPSS format of a column of numbers."""
    if column.type != "number":
        return "F8.0"
    return "F12.4" if not column.unit or column.unit.startswith("share") else "F8.2"


def _values(dataset: Dataset, column: Column) -> pd.Series[Any]:
    if column.type == "datetime":
        return times(dataset, column)
    if column.type != "text":
        return numbers(dataset, column)
    return dataset.frame[column.name].fillna("").map(lambda text: cut_to_bytes(text, TEXT_BYTES)).astype("str")


def _labels(dataset: Dataset, column: Column) -> dict[float, str]:
    labels = value_labels(dataset, column)
    return {float(number): cut_to_bytes(label, VALUE_LABEL_BYTES) for number, label in labels.items()}


def _format(dataset: Dataset, column: Column) -> str:
    if column.type == "datetime":
        return "DATETIME20"
    return f"A{text_bytes(dataset, column)}" if column.type == "text" else number_format(column)


def text_bytes(dataset: Dataset, column: Column) -> int:
    """How wide a column of text has to be."""
    longest = max((len(text.encode()) for text in dataset.frame[column.name].dropna().unique()), default=1)
    return min(max(longest, 1), TEXT_BYTES)
