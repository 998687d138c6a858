"""The cells of a worksheet as XML, written directly: openpyxl takes five times as long for them.

Text stands in cells that say that they are text (`inlineStr`) and whose format is Text, so that `=1+1` is four
characters, also after somebody has edited the cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from ..text import for_workbook

Cell = str | int | float | None


class Styles(NamedTuple):
    """The numbers that the workbook knows its formats by."""

    header: int
    text: int
    whole: int
    decimal: int
    share: int


class SheetColumn(NamedTuple):
    """One column of a sheet, from the top."""

    name: str
    values: Sequence[Cell]
    is_share: bool = False
    """Its numbers lie between 0 and 1, so two decimals are too few."""


def sheet_data(columns: Sequence[SheetColumn], styles: Styles) -> bytes:
    """The element `sheetData`: a header and the rows, from A1."""
    letters = [get_column_letter(index) for index in range(1, len(columns) + 1)]
    by_column = [list(_cells(letter, column, styles)) for letter, column in zip(letters, columns, strict=True)]
    by_row = enumerate(zip(*by_column, strict=True), start=1)
    rows = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in by_row)
    return f"<sheetData>{rows}</sheetData>".encode()


def sentence_data(text: str, styles: Styles) -> bytes:
    """The same element for a sheet that holds one sentence."""
    return f'<sheetData><row r="1">{_text_cell("A1", text, styles.text)}</row></sheetData>'.encode()


def _cells(letter: str, column: SheetColumn, styles: Styles) -> Iterator[str]:
    decimal = styles.share if column.is_share else styles.decimal
    yield _text_cell(f"{letter}1", column.name, styles.header)
    for number, value in enumerate(column.values, start=2):
        place = f"{letter}{number}"
        if isinstance(value, str):
            yield _text_cell(place, value, styles.text)
        elif value is None or not math.isfinite(value):
            yield ""
        else:
            style = styles.whole if isinstance(value, int) else decimal
            yield f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'


def _text_cell(place: str, text: str, style: int) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_content(text)}</t></is></c>'


@lru_cache(maxsize=1024)
def _content(text: str) -> str:
    return escape(for_workbook(text))
