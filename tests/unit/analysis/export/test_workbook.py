"""The workbook: cells read back as they were, text stays text, nothing of the clock is in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from knowthyself_tui.analysis.codebook import CODEBOOK_FIELDS, codebook_rows
from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export import workbook
from tests.unit.analysis.export.samples import HARD_TEXTS, ILLEGAL, SAMPLE, full_sample, notes, sample
from tests.unit.analysis.export.whole import workbook_bytes

SUMMARY: list[tuple[str, str | int | float | None]] = [
    ("Students", 3),
    ("Mean score", 83.25),
    ("Difference", None),
    ("Method", "=Welch's t"),
]
LONGEST_CELL = 32_767


def written(*datasets: Dataset) -> bytes:
    return bytes(workbook_bytes(datasets, SUMMARY, codebook_rows([SAMPLE])))


def opened(*datasets: Dataset) -> Any:
    return load_workbook(io.BytesIO(written(*datasets)))


def shown(cell: Any) -> str:
    """What a spreadsheet program shows; openpyxl leaves this escape as it is."""
    return str(cell.value).replace("_x005F_", "_")


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def written_notes(*texts: str) -> list[Any]:
    """The cells of the column `note`."""
    return [row[1] for row in opened(notes(*texts))["Sample"].iter_rows(min_row=2)]


def test_every_cell_reads_back_as_it_was() -> None:
    header, first, empty, _ = values(opened(full_sample())["Sample"])
    assert list(header) == SAMPLE.names
    assert first[1:9] == ("Ľahko zranený, čaká", "B", "optimal", 3, 1, 66.66666666666667, 0.00002, -12.5)
    assert first[9] == "2026-03-01T08:05:00Z"
    assert empty == ("P-001", *[None] * 9)


def test_sheets_come_in_order_and_a_table_without_a_sheet_is_left_out() -> None:
    other = Dataset(replace(SAMPLE, name="other", sheet="Other"), full_sample().frame)
    hidden = Dataset(replace(SAMPLE, name="hidden", sheet=""), full_sample().frame)
    assert opened(other, hidden, full_sample()).sheetnames == ["Summary", "Other", "Sample", "Codebook"]


def test_the_summary_comes_first_and_the_codebook_last() -> None:
    book = opened(full_sample())
    assert values(book["Summary"]) == [("item", "value"), *SUMMARY]
    header, *rows = values(book["Codebook"])
    assert header == CODEBOOK_FIELDS
    assert [row[1] for row in rows] == SAMPLE.names


def test_every_sheet_has_a_frozen_bold_header_and_a_filter() -> None:
    for sheet in opened(full_sample(), Dataset(replace(SAMPLE, sheet="Empty"), sample([]).frame)):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
        assert all(8 <= column.width <= 48 for column in sheet.column_dimensions.values())


def test_numbers_have_the_format_of_what_they_are() -> None:
    row = opened(full_sample())["Sample"][2]
    formats = dict(zip(SAMPLE.names, (cell.number_format for cell in row), strict=True))
    assert formats["errors"] == formats["done"] == "0"
    assert formats["score"] == formats["change"] == "0.00"
    assert formats["p"].endswith("0.000")
    assert formats["note"] == "@"
    assert {cell.data_type for cell in row} == {"s", "n"}


def test_what_looks_like_a_formula_a_number_or_an_error_is_text() -> None:
    cells = written_notes(*HARD_TEXTS)
    assert [shown(cell) for cell in cells] == list(HARD_TEXTS)
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(io.BytesIO(written(notes(*HARD_TEXTS)))) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert not any(re.search(rb"<(f|hyperlink)[ >]", part) for part in parts)


def test_what_no_file_can_hold_is_replaced() -> None:
    assert [cell.value for cell in written_notes(*ILLEGAL)] == list(ILLEGAL.values())
    raw = next(iter(ILLEGAL))
    book = load_workbook(io.BytesIO(workbook_bytes([], [(raw, raw)], [(raw,) * len(CODEBOOK_FIELDS)])))
    assert values(book["Summary"])[1] == (ILLEGAL[raw],) * 2
    assert set(values(book["Codebook"])[1]) == {ILLEGAL[raw]}


@pytest.mark.parametrize("text", ["č" * 40_000, "🚑" * 20_000])
def test_a_text_longer_than_a_cell_is_cut_and_marked(text: str) -> None:
    [cell] = written_notes(text)
    kept, mark, _ = str(cell.value).partition("… [cut: see the CSV]")
    assert mark
    assert text.startswith(kept)
    assert len(kept.encode("utf-16-le")) // 2 < LONGEST_CELL


def test_a_text_of_300_characters_is_whole() -> None:
    [cell] = written_notes("ž" * 300)
    assert cell.value == "ž" * 300


def test_rows_keep_their_order() -> None:
    given = sample([{"student": name} for name in ("P-Z", "P-A", "P-M")])
    assert [row[0] for row in values(opened(given)["Sample"])] == ["student", "P-Z", "P-A", "P-M"]


def test_a_table_of_too_many_cells_is_left_to_its_csv_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook.MAX_SHEET_CELLS == 200_000
    monkeypatch.setattr(workbook, "MAX_SHEET_CELLS", 3 * len(SAMPLE.names))
    assert values(opened(sample([{}] * 4))["Sample"]) == [("4 rows are too many for a sheet: see sample.csv.",)]
    assert len(values(opened(sample([{}] * 3))["Sample"])) == 1 + 3


@pytest.mark.parametrize("title", ["a/b", "x:y", "[", "s" * 32, "History", "'q'", "summary", "Codebook"])
def test_a_title_that_a_workbook_cannot_hold_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="cannot have a sheet"):
        written(Dataset(replace(SAMPLE, sheet=title), full_sample().frame))


def test_no_number_is_written_that_a_cell_cannot_hold() -> None:
    content = workbook_bytes([], [("a", float("inf")), ("b", float("nan")), ("c", 1.0)], [])
    assert values(load_workbook(io.BytesIO(content))["Summary"])[1:] == [("a", None), ("b", None), ("c", 1)]


def test_nothing_of_the_clock_is_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(full_sample())
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert written(full_sample()) == first
    assert times_in(first) == {datetime(2000, 1, 1)}


def times_in(content: bytes) -> set[datetime]:
    properties = load_workbook(io.BytesIO(content)).properties
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries: Sequence[zipfile.ZipInfo] = archive.infolist()
    stated = {moment for moment in (properties.created, properties.modified) if moment is not None}
    return stated | {datetime(*entry.date_time) for entry in entries}
