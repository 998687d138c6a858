"""Rows of all databases under each other, told apart by file number and id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from types import NoneType
from typing import Any, get_args, get_type_hints

import pandas as pd

from ..gather.cohort import Cohort, Person
from ..gather.merge import SourceFile


def frame_of(files: Iterable[SourceFile], table: str, row_type: type, *, empty: bool = False) -> pd.DataFrame:
    """A table of `Contents`, with the number of its file in the column `file`; a missing number is NaN.

    Args:
        row_type: what its rows are; their annotations give the types of the columns, also when there is no row.
        empty: takes the rows out of the contents, so that a large cohort is not in memory twice.
    """
    parts = [(file.number, getattr(file.contents, table)) for file in files]
    columns = {"file": pd.Series([number for number, rows in parts for _ in rows], dtype="str")}
    for index, (name, hint) in enumerate(get_type_hints(row_type).items()):
        columns[name] = pd.Series([row[index] for _, rows in parts for row in rows], dtype=_dtype(hint))
    if empty:
        for _, rows in parts:
            rows.clear()
    return pd.DataFrame(columns)


def _dtype(hint: Any) -> str:
    kinds = set(get_args(hint)) or {hint}
    return "str" if str in kinds else "float64" if float in kinds or NoneType in kinds else "int64"


def cohort_frame(cohort: Cohort) -> pd.DataFrame:
    """The cohort as a frame, in the order of the pseudonyms."""
    rows = [asdict(person) for person in cohort.persons]
    return pd.DataFrame(rows, columns=[field.name for field in fields(Person)]).rename(
        columns={"pseudonym": "student", "code": "student_code", "name": "student_name"}
    )


def critical_items(files: Iterable[SourceFile]) -> dict[tuple[str, str], Mapping[str, bool]]:
    """By file number and encounter: which items of its scenario are critical; empty where that cannot be read."""
    return {
        (file.number, row.id): file.database.scenarios[row.scenario_sha256].critical
        for file in files
        for row in file.contents.encounters
        if row.scenario_sha256 in file.database.scenarios
    }


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
    if "item_id" in joined:
        joined = joined.assign(natural=natural_order(joined["item_id"])).sort_values("natural", kind="stable")
    return joined.sort_values("order", kind="stable", ignore_index=True)


def natural_order(items: pd.Series[str]) -> pd.Series[str]:
    """A2 before A10, in whatever order a database holds its rows."""
    return items.fillna("").str.replace(r"\d+", lambda found: found.group().zfill(6), regex=True)


_WHERE = ("student", "arm", "scenario")
