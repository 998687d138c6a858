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


def workbook_bytes(
    datasets: Sequence[Dataset], summary: Sequence[tuple[str, Cell]], codebook: Sequence[tuple[str, ...]]
) -> bytes:
    """The whole `results.xlsx`.

    Args:
        datasets: in the order of the sheets; those whose table has no `sheet` are left out.
        summary: pairs of what and how much, for the first sheet.
        codebook: rows in the order of `CODEBOOK_FIELDS`, for the last sheet.

    Raises:
        ValueError: a sheet has a name that a workbook cannot hold.
    """
    book = Spreadsheet()
    book.add("Summary", _plain_columns(("item", "value"), summary))
    for each in datasets:
        if each.table.sheet:
            _add(book, each)
    book.add("Codebook", _plain_columns(CODEBOOK_FIELDS, codebook))
    return book.content()


def _add(book: Spreadsheet, each: Dataset) -> None:
    table, frame = each.table, each.frame
    if frame.size > MAX_SHEET_CELLS:
        book.add_sentence(table.sheet, f"{len(frame)} rows are too many for a sheet: see {table.name}.csv.")
    else:
        book.add(table.sheet, [_column(frame[column.name], column) for column in table.columns])


def _column(series: pd.Series[Any], column: Column) -> SheetColumn:
    values = [None if missing else value for value, missing in zip(series.tolist(), series.isna(), strict=True)]
    return SheetColumn(column.name, values, is_share=column.unit.startswith("share"))


def _plain_columns(names: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> list[SheetColumn]:
    """Columns of rows that are no data set, so that their text may be anybody's."""
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return [SheetColumn(name, [_clean(cell) for cell in cells]) for name, cells in zip(names, values, strict=True)]


def _clean(cell: Cell) -> Cell:
    return clean(cell) if isinstance(cell, str) else cell
