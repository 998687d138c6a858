"""Writes a table as CSV: UTF-8, CRLF, an empty cell for what is missing."""

from __future__ import annotations

import pandas as pd

from ..dataset import Dataset

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""
_TEXT_TYPES = ("text", "category", "datetime")


def csv_bytes(dataset: Dataset, *, excel: bool = False) -> bytes:
    """The table as CSV with commas and decimal points, for programs.

    Args:
        dataset: what to write.
        excel: for a spreadsheet of Central Europe: a byte order mark, semicolons, decimal commas, and an apostrophe
            before text that it would take for a formula. That changes data, so it is not for research.
    """
    if not excel:
        return _written(dataset.frame).encode()
    texts = [column.name for column in dataset.table.columns if column.type in _TEXT_TYPES]
    guarded = dataset.frame.assign(**{name: _guarded(dataset.frame[name]) for name in texts})
    return _written(guarded, separator=";", decimal=",").encode("utf-8-sig")


def _written(frame: pd.DataFrame, *, separator: str = ",", decimal: str = ".") -> str:
    return frame.to_csv(index=False, sep=separator, decimal=decimal, lineterminator="\r\n", na_rep="")


def _guarded(series: pd.Series[str]) -> pd.Series[str]:
    return series.mask(series.str.startswith(_FORMULA_STARTS, na=False), "'" + series)
