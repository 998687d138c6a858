"""Writes the workbook: text stays text, headers are frozen and filtered, same tables give same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .tables import Tables
from .text import for_workbook

MAX_SHEET_CELLS = 200_000
"""A larger table is in the CSV files only, and its sheet says so."""
_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_WIDTH_RANGE = (8, 48)
_BOLD = Font(bold=True)

Cell = str | int | float | None


def workbook_bytes(tables: Tables, summary: list[tuple[str, Cell]]) -> bytes:
    """The whole `results.xlsx`."""
    book = Workbook(write_only=True)
    book.properties.creator = "Know Thyself"
    book.properties.created = _EPOCH
    _add_sheet(book, "Summary", pd.DataFrame(summary, columns=["item", "value"], dtype="object"))
    excluded = tables.merge_log[tables.merge_log["status"] != "analysed"]
    _add_sheet(book, "Students", tables.students)
    _add_sheet(book, "Encounters", tables.encounters)
    _add_sheet(book, "Actions", tables.actions)
    _add_sheet(book, "Arms", tables.arms)
    _add_sheet(book, "Excluded", excluded)
    _add_sheet(book, "Codebook", tables.codebook)
    stream = io.BytesIO()
    book.save(stream)
    return _without_clock(stream.getvalue())


def _add_sheet(book: Workbook, title: str, frame: pd.DataFrame) -> None:
    sheet = book.create_sheet(title)
    if frame.size > MAX_SHEET_CELLS:
        sheet.append([f"{len(frame)} rows are too many for a sheet: see {title.lower()}.csv."])
        return
    sheet.freeze_panes = "A2"
    last_column = get_column_letter(len(frame.columns))
    sheet.auto_filter.ref = f"A1:{last_column}{len(frame) + 1}"
    columns = [_values(frame[name]) for name in frame.columns]
    for index, (name, values) in enumerate(zip(frame.columns, columns, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = _width(name, values)
    sheet.append([_cell(sheet, name, bold=True) for name in frame.columns])
    for row in zip(*columns, strict=True):
        sheet.append([_cell(sheet, value) for value in row])


def _values(series: pd.Series[Any]) -> list[Cell]:
    values = series.astype("object")
    return values.where(series.notna(), None).tolist()


def _width(name: str, values: Iterable[Cell]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    narrowest, widest = _WIDTH_RANGE
    return min(max(longest, len(name) + 3, narrowest), widest)


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """Text goes into a cell that is told to be text, so that `=1+1` is four characters and no formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, for_workbook(value))
    cell.data_type = "s"
    if bold:
        cell.font = _BOLD
    return cell


def _without_clock(data: bytes) -> bytes:
    """The same archive without the time of saving, which openpyxl puts into one part and into every entry."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in _entries(data):
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    saved_at = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = _SAVED_AT.sub(rb"\g<1>" + saved_at, content)
            yield name, content
