"""Tables for SPSS: values, labels and levels read back, and nothing of the clock is in the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export import spss
from tests.unit.analysis.export.samples import FULL_ROW, HARD_TEXTS, ILLEGAL, full_sample, notes, sample

pyreadstat = pytest.importorskip("pyreadstat")
HEADER_TIME = slice(92, 109)


@pytest.fixture
def back(tmp_path: Path) -> Any:
    """Reads a written table again: its frame and its metadata."""

    def read(given: Dataset) -> Any:
        path = tmp_path / "table.sav"
        path.write_bytes(spss.sav_bytes(given))
        return pyreadstat.read_sav(path, user_missing=True)

    return read


def test_values_read_back_with_categories_as_numbers_from_1(back: Any) -> None:
    frame, _ = back(full_sample())
    first = frame.iloc[0].to_dict()
    assert first.pop("started_at") == pd.Timestamp("2026-03-01 08:05:00")
    assert first == {
        **{name: FULL_ROW[name] for name in ("note", "errors", "done", "score", "p", "change")},
        "student": "P-000",
        "arm": 2,
        "rating": 4,
    }


def test_a_missing_cell_is_system_missing_and_no_code_stands_for_it(back: Any) -> None:
    frame, meta = back(full_sample())
    empty = frame.iloc[1]
    assert empty["note"] == ""
    assert empty.drop(["student", "note"]).isna().all()
    assert not (frame.select_dtypes("number") < -13).any().any()
    assert not meta.missing_ranges
    assert not meta.missing_user_values


def test_value_labels_say_what_the_numbers_mean(back: Any) -> None:
    _, meta = back(full_sample())
    assert meta.variable_value_labels == {
        "arm": {1: "A", 2: "B"},
        "rating": {1: "dangerous", 2: "suboptimal", 3: "acceptable", 4: "optimal"},
        "done": {0: "no", 1: "yes"},
    }


def test_a_category_that_the_codebook_does_not_know_comes_after_those_it_knows(back: Any) -> None:
    frame, meta = back(sample([{"rating": "superb"}, {"rating": "dangerous"}]))
    assert frame["rating"].tolist() == [5, 1]
    assert meta.variable_value_labels["rating"][5] == "superb"


def test_every_column_has_a_label_a_level_and_a_format(back: Any) -> None:
    _, meta = back(full_sample())
    assert meta.file_label == "Know Thyself: sample, one row is a student of a test"
    assert meta.column_names_to_labels["note"] == "Poznámka študenta"
    assert meta.column_names_to_labels["score"] == "Score (points, 0 to 100)"
    assert meta.variable_measure == {
        **dict.fromkeys(("student", "note", "arm", "done"), "nominal"),
        "rating": "ordinal",
        **dict.fromkeys(("errors", "score", "p", "change", "started_at"), "scale"),
    }
    formats = meta.original_variable_types
    assert (formats["errors"], formats["score"], formats["p"]) == ("F8.0", "F8.2", "F12.4")
    assert (formats["student"], formats["started_at"]) == ("A5", "DATETIME20")


def test_every_text_reads_back_as_it_was(back: Any) -> None:
    frame, _ = back(notes(*HARD_TEXTS, *ILLEGAL))
    assert frame["note"].tolist() == [text.rstrip() for text in (*HARD_TEXTS, *ILLEGAL.values())]


@pytest.mark.parametrize("text", ["č" * 300, "x" * 40_000, "🚑" * 64])
def test_a_text_of_more_than_255_bytes_is_cut_between_characters_and_marked(back: Any, text: str) -> None:
    frame, meta = back(notes(text))
    [kept] = frame["note"]
    assert text.startswith(kept.removesuffix("…"))
    assert kept.endswith("…")
    assert 250 <= len(kept.encode()) <= 255
    assert meta.original_variable_types["note"] == "A255"


def test_rows_keep_their_order(back: Any) -> None:
    frame, _ = back(sample([{"student": name} for name in ("P-Z", "P-A", "P-M")]))
    assert frame["student"].tolist() == ["P-Z", "P-A", "P-M"]


def test_a_table_without_rows_still_has_its_labels(back: Any) -> None:
    frame, meta = back(sample([]))
    assert frame.empty
    assert meta.column_names_to_labels["arm"] == "Study arm"


def test_the_time_of_writing_stands_where_it_is_replaced(tmp_path: Path) -> None:
    """If the library put it elsewhere, something else would be overwritten."""
    path = tmp_path / "raw.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0]}), path)
    assert re.fullmatch(rb"\d\d [A-Z][a-z]{2} \d\d\d\d:\d\d:\d\d", path.read_bytes()[HEADER_TIME])
    assert spss.sav_bytes(full_sample())[HEADER_TIME] == b"01 Jan 0000:00:00"


def test_it_says_whether_the_library_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spss.available()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not spss.available()
