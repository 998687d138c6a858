"""A table as CSV: what is written reads back, and the flavour for Excel starts no formula."""

from __future__ import annotations

import csv
import io

import pandas as pd

from tests.unit.analysis.export.samples import HARD_TEXTS, ILLEGAL, full_sample, notes, sample
from tests.unit.analysis.export.whole import csv_bytes


def rows_of(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))


def test_numbers_are_unrounded_with_points_and_missing_cells_are_empty() -> None:
    first, empty, _ = rows_of(csv_bytes(full_sample()))
    assert first == {
        "student": "P-000",
        "note": "Ľahko zranený, čaká",
        "arm": "B",
        "rating": "optimal",
        "errors": "3",
        "done": "1",
        "score": "66.66666666666667",
        "p": "2e-05",
        "change": "-12.5",
        "started_at": "2026-03-01T08:05:00Z",
    }
    assert set(empty.values()) == {"P-001", ""}


def test_the_file_is_utf8_without_a_mark_and_with_crlf_line_ends() -> None:
    content = csv_bytes(full_sample())
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 4


def test_every_text_reads_back_as_it_was() -> None:
    texts = (*HARD_TEXTS, "č" * 300, "x" * 40_000)
    assert tuple(row["note"] for row in rows_of(csv_bytes(notes(*texts)))) == texts


def test_what_no_file_can_hold_is_replaced() -> None:
    assert [row["note"] for row in rows_of(csv_bytes(notes(*ILLEGAL)))] == list(ILLEGAL.values())


def test_rows_keep_their_order() -> None:
    given = sample([{"student": name} for name in ("P-Z", "P-A", "P-M")])
    assert [row["student"] for row in rows_of(csv_bytes(given))] == ["P-Z", "P-A", "P-M"]


def test_a_table_without_rows_is_its_header() -> None:
    assert csv_bytes(sample([])) == b"student,note,arm,rating,errors,done,score,p,change,started_at\r\n"


def test_pandas_reads_the_same_table_again() -> None:
    given = full_sample()
    types = {name: str(kind) for name, kind in given.frame.dtypes.items()}
    back = pd.read_csv(io.BytesIO(csv_bytes(given)), dtype=types, keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(back, given.frame)


def test_the_flavour_for_excel_has_a_mark_semicolons_and_decimal_commas() -> None:
    content = csv_bytes(full_sample(), excel=True)
    assert content.startswith(b"\xef\xbb\xbfstudent;note;")
    first, *_ = rows_of(content[3:], ";")
    assert (first["score"], first["change"], first["errors"]) == ("66,66666666666667", "-12,5", "3")
    assert content.count(b"\r\n") == 4


def test_only_the_flavour_for_excel_puts_an_apostrophe_before_a_formula() -> None:
    formulas = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1+1")
    harmless = ("1+1", "a=b", "'=1", "")
    given = notes(*formulas, *harmless)
    assert [row["note"] for row in rows_of(csv_bytes(given))] == [*formulas, *harmless]
    in_excel = [row["note"] for row in rows_of(csv_bytes(given, excel=True)[3:], ";")]
    assert in_excel == [*(f"'{text}" for text in formulas), *harmless]
