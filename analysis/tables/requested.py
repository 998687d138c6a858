"""Tables that are only written on request: what was said, notes, and every vital sample.

They are read from the files once more, so that an analysis without them never has them in memory.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from typing import Any

import pandas as pd

from knowthyself_tui.domain.vitals import CHANNELS
from knowthyself_tui.errors import AnalysisError, StoreError
from knowthyself_tui.store.reader import open_copy

from ..gather.merge import SourceFile
from ..gather.rows import NoteRow, TurnRow
from .frames import of_encounters

_VITALS = ("encounter_id", "at_ms", *CHANNELS, "rhythm", "state")


def turn_table(files: list[SourceFile], sessions: pd.DataFrame, encounters: pd.DataFrame) -> pd.DataFrame:
    """Everything that was said in the sittings that are analysed."""
    turns = _read(files, "turn", TurnRow._fields, "session_id, seq")
    known = sessions[["file", "session_id", "student", "sitting"]]
    frame = turns.merge(known.assign(order=known.index), on=["file", "session_id"], validate="many_to_one")
    names = encounters[["file", "encounter_id", "encounter"]]
    frame = frame.merge(names, on=["file", "encounter_id"], how="left", validate="many_to_one")
    frame = frame.sort_values(["order", "seq"], kind="stable", ignore_index=True)
    return frame.rename(columns={"seq": "number"}).assign(at_seconds=frame["at_ms"] / 1000)


def note_table(files: list[SourceFile], encounters: pd.DataFrame) -> pd.DataFrame:
    frame = of_encounters(_read(files, "note", NoteRow._fields, "encounter_id, at_ms, rowid"), encounters)
    return frame.assign(number=frame.groupby("order").cumcount() + 1, at_seconds=frame["at_ms"] / 1000)


def _read(files: list[SourceFile], table: str, fields: tuple[str, ...], order: str) -> pd.DataFrame:
    rows = [(file.number, *row) for file in files for row in _rows(file, table, fields, order)]
    frame = pd.DataFrame(rows, columns=["file", *fields])
    return frame.assign(at_ms=pd.to_numeric(frame["at_ms"]))


def _rows(file: SourceFile, table: str, fields: tuple[str, ...], order: str) -> list[tuple[Any, ...]]:
    try:
        with open_copy(file.path) as reader:
            return reader.tuples(f"SELECT {', '.join(fields)} FROM {table} ORDER BY {order}")
    except StoreError as error:
        raise AnalysisError(
            f"{file.path} changed during the analysis; run it again when nobody writes there."
        ) from error


def vitals_gz(files: list[SourceFile], encounters: pd.DataFrame) -> bytes:
    """`vitals.csv.gz`: a row for every five seconds of every encounter, true values; the same bytes every time."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["encounter", "at_seconds", *CHANNELS, "rhythm", "state"])
        for file in files:
            writer.writerows(_samples(file, encounters))
        text.flush()
    return packed.getvalue()


def _samples(file: SourceFile, encounters: pd.DataFrame) -> Iterator[list[Any]]:
    own = encounters[(encounters["file"] == file.number) & (encounters["status"] != "excluded")]
    names = dict(zip(own["encounter_id"], own["encounter"], strict=True))
    for encounter, at_ms, *values in _rows(file, "vital_sample", _VITALS, "encounter_id, at_ms"):
        if encounter in names:
            yield [names[encounter], at_ms / 1000, *values]
