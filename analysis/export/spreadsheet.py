"""A workbook whose frame (sheets, styles, widths) openpyxl writes, and whose cells are our own XML."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .sheet_cells import Cell, SheetColumn, Styles, sentence_data, sheet_data

_EPOCH = datetime(2000, 1, 1)
_ZIP_EPOCH = (2000, 1, 1, 0, 0, 0)
_SAVED_AT = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_NO_CELLS = re.compile(rb"<sheetData ?(?:/>|></sheetData>)")
_SHEET_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_TITLE = re.compile(r"(?!history$)[^\[\]:*?/\\']{1,31}", re.IGNORECASE)
_WIDTH_RANGE = (8, 48)
_DECIMAL_WIDTH = 10
_SHARE_FORMAT = "[=0]0;[<0.001]0.0E+00;0.000"
"""So that a p value of 0.00002 does not read 0.000."""


class Spreadsheet:
    """Sheets in the order of their adding; the same sheets give the same bytes, whatever the time."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "Know Thyself"
        self._book.properties.created = _EPOCH
        self._cells: list[bytes] = []

    def add(self, title: str, columns: Sequence[SheetColumn]) -> None:
        """A sheet of columns of the same length under a frozen header with a filter.

        Raises:
            ValueError: no spreadsheet program takes the title, or there is a sheet of that title already.
        """
        sheet = self._sheet(title)
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(columns[0].values) + 1}"
        for index, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = _width(column)
        self._cells.append(sheet_data(columns, _styles(sheet)))

    def add_sentence(self, title: str, text: str) -> None:
        """A sheet that only says something."""
        self._cells.append(sentence_data(text, _styles(self._sheet(title))))

    def content(self) -> bytes:
        """The file."""
        empty, stream = io.BytesIO(), io.BytesIO()
        self._book.save(empty)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for name, part in self._parts(empty):
                target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), part, zipfile.ZIP_DEFLATED, compresslevel=1)
        return stream.getvalue()

    def _sheet(self, title: str) -> Any:
        if not _TITLE.fullmatch(title) or title.lower() in (name.lower() for name in self._book.sheetnames):
            raise ValueError(f"A workbook cannot have a sheet (or a second one) called {title!r}.")
        return self._book.create_sheet(title)

    def _parts(self, archive: io.BytesIO) -> Iterator[tuple[str, bytes]]:
        """The parts that openpyxl wrote, with our cells and without the time of saving."""
        saved_at = _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        with zipfile.ZipFile(archive) as source:
            for name in source.namelist():
                part = source.read(name)
                if name == "docProps/core.xml":
                    part = _SAVED_AT.sub(rb"\g<1>" + saved_at, part)
                elif number := _SHEET_PART.fullmatch(name):
                    before, after = _NO_CELLS.split(part)
                    part = before + self._cells[int(number[1]) - 1] + after
                yield name, part


def _styles(sheet: Any) -> Styles:
    return Styles(
        header=_style(sheet, "@", bold=True),
        text=_style(sheet, "@"),
        whole=_style(sheet, "0"),
        decimal=_style(sheet, "0.00"),
        share=_style(sheet, _SHARE_FORMAT),
    )


def _style(sheet: Any, number_format: str, *, bold: bool = False) -> int:
    """The number under which the workbook keeps a style; the same style has the same number."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = number_format
    cell.font = Font(name="Calibri", size=11, bold=bold)
    return cell.style_id


def _width(column: SheetColumn) -> int:
    longest = max(map(_shown_length, column.values), default=0)
    narrowest, widest = _WIDTH_RANGE
    return min(max(longest, len(column.name) + 3, narrowest), widest)


def _shown_length(value: Cell) -> int:
    return _DECIMAL_WIDTH if isinstance(value, float) else len(str(value))
