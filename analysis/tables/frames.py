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
    clean = frame.astype("object").where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in clean.itertuples(index=False, name=None)]


def of_encounters(frame: pd.DataFrame, encounters: pd.DataFrame) -> pd.DataFrame:
    """Rows of encounters that are not excluded, under their pseudonyms, in the order of the encounters."""
    kept = encounters.loc[encounters["status"] != "excluded", ["file", "encounter_id", "encounter", *_WHERE]]
    joined = frame.merge(kept.assign(order=kept.index), on=["file", "encounter_id"], validate="many_to_one")
    return joined.sort_values("order", kind="stable", ignore_index=True)


_WHERE = ("student", "arm", "scenario")
