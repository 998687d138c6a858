"""Text of anybody's in an exported workbook is text: no formula, no broken file, no silent cut."""

from __future__ import annotations

import csv
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.security.controls import CONTROLS, harmful
from tests.security.databases import analysed

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "'=1+1",
    "{=1+1}",
    "#REF!",
    "TRUE",
    "1e5",
    "2026-01-01",
    "0001",
]
LONGEST = 32_767
Cells = Callable[[str], tuple[str, Any]]


@pytest.fixture
def exported(sound: Path) -> Cells:
    """What becomes of a student's name in the CSV table and in the workbook."""

    def export(name: str) -> tuple[str, Any]:
        with closing(sqlite3.connect(sound)) as connection, connection:
            connection.execute("UPDATE student SET name = ?", (name,))
        analysed(sound)
        out = sound.parent.parent / "report"
        with (out / "students.csv").open(encoding="utf-8", newline="") as stream:
            [row] = csv.DictReader(stream)
        sheet = load_workbook(out / "results.xlsx")["Students"]
        [titles, cells] = sheet.iter_rows()
        [cell] = [cell for title, cell in zip(titles, cells, strict=True) if title.value == "student_name"]
        return row["student_name"], cell

    return export


@pytest.fixture
def formulas(sound: Path) -> Path:
    """The workbook of students who are called like formulas."""
    with closing(sqlite3.connect(sound)) as connection, connection:
        for number, text in enumerate(FORMULAS):
            row = (f"id{number}", f"{text}{number}", text, "2026-03-01T07:00:00.000Z")
            connection.execute("INSERT INTO student (id, code, name, registered_at) VALUES (?, ?, ?, ?)", row)
    analysed(sound)
    return sound.parent.parent / "report" / "results.xlsx"


def test_what_looks_like_a_formula_a_number_or_an_error_is_text(formulas: Path) -> None:
    rows = list(load_workbook(formulas)["Students"].iter_rows())
    titles = [cell.value for cell in rows[0]]
    for column in ("student_code", "student_name"):
        cells = [row[titles.index(column)] for row in rows[1:]]
        assert {cell.data_type for cell in cells} == {"s"}
    names = {str(row[titles.index("student_name")].value).strip() for row in rows[1:]}
    assert {text.strip() for text in FORMULAS} <= names


def test_no_part_of_the_workbook_holds_a_formula_or_a_link(formulas: Path) -> None:
    with zipfile.ZipFile(formulas) as archive:
        assert not [name for name in archive.namelist() if "externalLink" in name or "vbaProject" in name]
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) > 3
    assert not any(b"<f>" in sheet or b"<f " in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_control_characters_are_replaced_and_the_file_opens(exported: Cells) -> None:
    text = "|".join(CONTROLS.values()).replace("\x00", "").encode("utf-8", "replace").decode()
    in_csv, cell = exported(text + "\ufffe\uffff")
    assert not harmful(in_csv)
    assert not harmful(str(cell.value))
    assert "␛]52;c;aGk=␇" in str(cell.value)
    assert not {"\ufffe", "\uffff"} & set(str(cell.value))


@pytest.mark.parametrize("length", [LONGEST - 40, LONGEST, LONGEST + 1, 100_000])
def test_a_text_longer_than_a_cell_is_cut_marked_and_whole_in_the_csv(exported: Cells, length: int) -> None:
    in_csv, cell = exported("é" * length)
    assert in_csv == "é" * length
    assert len(str(cell.value)) <= LONGEST
    assert (cell.value == in_csv) or str(cell.value).endswith("[cut: see the CSV]")


def test_an_emoji_at_the_edge_of_a_cell_does_not_break_it(exported: Cells) -> None:
    """Excel counts UTF-16 units, of which an emoji has two."""
    _, cell = exported("🚑" * LONGEST)
    assert len(str(cell.value).encode("utf-16-le")) // 2 <= LONGEST


def test_a_separator_a_quote_or_a_line_end_moves_no_column(exported: Cells) -> None:
    text = 'a,b;"c"\t d\r\ne'
    in_csv, _ = exported(text)
    assert in_csv == 'a,b;"c"\t d\ne'
