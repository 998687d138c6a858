"""Writes a table as CSV: UTF-8, CRLF, an empty cell for what is missing."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from ..dataset import Dataset

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""
_TEXT_TYPES = ("text", "category", "datetime")


def write_csv(dataset: Dataset, path: Path, *, excel: bool = False) -> None:
    """The table as CSV with commas and decimal points, for programs.

    Args:
        dataset: what to write.
        path: where.
        excel: for a spreadsheet of Central Europe: a byte order mark, semicolons, decimal commas, and an apostrophe
            before text that it would take for a formula. That changes data, so it is not for research.
    """
    with path.open("wb") as stream:
        _write(dataset, stream, excel=excel)


def _write(dataset: Dataset, stream: BinaryIO, *, excel: bool) -> None:
    if not excel:
        _write_frame(dataset.frame, stream)
        return
    texts = [column.name for column in dataset.table.columns if column.type in _TEXT_TYPES]
    guarded = dataset.frame.assign(**{name: _guarded(dataset.frame[name]) for name in texts})
    stream.write(codecs.BOM_UTF8)
    _write_frame(guarded, stream, separator=";", decimal=",")


def _write_frame(frame: pd.DataFrame, stream: BinaryIO, *, separator: str = ",", decimal: str = ".") -> None:
    frame.to_csv(
        stream,
        index=False,
        sep=separator,
        decimal=decimal,
        lineterminator="\r\n",
        na_rep="",
        encoding="utf-8",
        mode="wb",
    )


def _guarded(series: pd.Series[str]) -> pd.Series[str]:
    texts = series.astype("str")
    return texts.mask(texts.str.startswith(_FORMULA_STARTS, na=False), "'" + texts)
