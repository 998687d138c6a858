"""Rows of all databases under each other, told apart by file number and id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..gather.merge import SourceFile


def frame_of(files: Iterable[SourceFile], table: str, fields: tuple[str, ...]) -> pd.DataFrame:
    """A table of `Contents`, with the number of its file in the column `file`."""
    rows = [(file.number, *row) for file in files for row in getattr(file.contents, table)]
    return pd.DataFrame(rows, columns=["file", *fields])


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows one by one, a missing value as None."""
    columns = [_or_none(frame[name]) for name in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _or_none(series: pd.Series) -> list[Any]:
    missing = series.isna().tolist()
    return [None if empty else value for value, empty in zip(series.tolist(), missing, strict=True)]


def of_encounters(frame: pd.DataFrame, encounters: pd.DataFrame) -> pd.DataFrame:
    """Rows of encounters that are not excluded, under their pseudonyms, in the order of the encounters."""
    kept = encounters.loc[encounters["status"] != "excluded", ["file", "encounter_id", "encounter", *_WHERE]]
    joined = frame.merge(kept.assign(order=kept.index), on=["file", "encounter_id"], validate="many_to_one")
    return joined.sort_values("order", kind="stable", ignore_index=True)


_WHERE = ("student", "arm", "scenario")
