"""Writes the workbook: text stays text, headers are frozen and filtered, the same tables give the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..codebook import CODEBOOK_FIELDS
from ..codebook.column import Column
from ..dataset import Dataset
from ..text import clean
from .sheet_cells import Cell, SheetColumn
from .spreadsheet import Spreadsheet

MAX_SHEET_CELLS = 200_000
"""A larger table is in the CSV files only, and its sheet says so."""


class Workbook:
    """`results.xlsx`, filled sheet by sheet so that no table need wait for the others."""

    def __init__(self, summary: Sequence[tuple[str, Cell]]) -> None:
        """Args: summary: pairs of what and how much, for the first sheet."""
        self._book = Spreadsheet()
        self._book.add("Summary", _plain_columns(("item", "value"), summary))

    def add(self, each: Dataset) -> None:
        """The next sheet; a table without one is left out. Raises ValueError for a name that no sheet can have."""
        table, frame = each.table, each.frame
        if not table.sheet:
            return
        if frame.size > MAX_SHEET_CELLS:
            self._book.add_sentence(table.sheet, f"{len(frame)} rows are too many for a sheet: see {table.name}.csv.")
        else:
            self._book.add(table.sheet, [_column(frame[column.name], column) for column in table.columns])

    def content(self, codebook: Sequence[tuple[str, ...]]) -> bytes:
        """The whole file; the codebook's rows, in the order of `CODEBOOK_FIELDS`, are its last sheet."""
        self._book.add("Codebook", _plain_columns(CODEBOOK_FIELDS, codebook))
        return self._book.content()


def _column(series: pd.Series[Any], column: Column) -> SheetColumn:
    values = [None if missing else value for value, missing in zip(series.tolist(), series.isna(), strict=True)]
    return SheetColumn(column.name, values, is_share=column.unit.startswith("share"))


def _plain_columns(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[SheetColumn]:
    """Columns of rows that are no data set, so that their text may be anybody's."""
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return [SheetColumn(name, [_clean(cell) for cell in cells]) for name, cells in zip(names, values, strict=True)]


def _clean(cell: Cell) -> Cell:
    return (clean(cell) or None) if isinstance(cell, str) else cell
