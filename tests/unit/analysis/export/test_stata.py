"""Tables for Stata: values and labels read back."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pandas.io.stata import StataReader

from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export.stata import dta_bytes
from tests.unit.analysis.export.samples import FULL_ROW, HARD_TEXTS, ILLEGAL, full_sample, notes, sample


def back(given: Dataset, *, labelled: bool = False) -> pd.DataFrame:
    return pd.read_stata(io.BytesIO(dta_bytes(given)), convert_categoricals=labelled)


def reader(given: Dataset) -> StataReader:
    return StataReader(io.BytesIO(dta_bytes(given)))


def test_values_read_back_with_categories_as_numbers_from_1() -> None:
    first = back(full_sample()).iloc[0].to_dict()
    assert first.pop("started_at") == pd.Timestamp("2026-03-01 08:05:00")
    assert first == {
        **{name: FULL_ROW[name] for name in ("note", "errors", "done", "score", "p", "change")},
        "student": "P-000",
        "arm": 2,
        "rating": 4,
    }


def test_a_missing_cell_is_missing() -> None:
    empty: Any = back(full_sample()).iloc[1]
    assert empty["note"] == ""
    assert empty.drop(["student", "note"]).isna().all()


def test_labels_say_what_columns_and_numbers_mean() -> None:
    with reader(full_sample()) as stata:
        assert stata.data_label == "Know Thyself: sample"
        assert stata.variable_labels()["score"] == "Score (points, 0 to 100)"
        assert stata.variable_labels()["note"] == "Poznámka študenta"
        assert stata.value_labels()["rating"] == {1: "dangerous", 2: "suboptimal", 3: "acceptable", 4: "optimal"}
    assert back(full_sample(), labelled=True)["arm"].tolist() == ["B", pytest.approx(float("nan"), nan_ok=True), "A"]


def test_every_text_reads_back_whole() -> None:
    texts = (*HARD_TEXTS, "č" * 300, "x" * 40_000)
    assert tuple(back(notes(*texts))["note"]) == texts
    assert back(notes(*ILLEGAL))["note"].tolist() == list(ILLEGAL.values())


def test_categories_with_more_text_than_stata_takes_are_text() -> None:
    arms = [f"{number} {'x' * 400}" for number in range(100)]
    assert back(sample([{"arm": arm} for arm in arms]))["arm"].tolist() == arms


def test_a_number_that_stata_would_take_for_missing_is_missing() -> None:
    assert back(sample([{"change": 1e308}, {"change": 1e300}]))["change"].fillna(0).tolist() == [0, 1e300]


def test_rows_keep_their_order() -> None:
    given = sample([{"student": name} for name in ("P-Z", "P-A", "P-M")])
    assert back(given)["student"].tolist() == ["P-Z", "P-A", "P-M"]


def test_a_table_without_rows_still_has_its_labels() -> None:
    with reader(sample([])) as stata:
        assert stata.variable_labels()["arm"] == "Study arm"


def test_a_long_label_is_cut_to_80_characters() -> None:
    given = full_sample()
    columns = tuple(replace(column, label="ž" * 200) for column in given.table.columns)
    with reader(Dataset(replace(given.table, columns=columns), given.frame)) as stata:
        assert stata.variable_labels()["score"] == "ž" * 79 + "…"


def test_the_time_of_writing_is_fixed() -> None:
    assert b"<timestamp>\x1101 Jan 2000 00:00</timestamp>" in dta_bytes(full_sample())
