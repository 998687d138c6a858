"""Ten collected databases become a workbook, the same tables as CSV, and a report."""

from __future__ import annotations

import csv
import math
import os
import re
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from knowthyself_tui.analysis.cli import AnalysisOutcome, Request, analyze
from knowthyself_tui.analysis.codebook import TABLES
from knowthyself_tui.errors import AnalysisError, UsageError
from tests.unit.analysis.outputs import read_csv

SHEETS = {table.sheet: table.name for table in TABLES if table.sheet and table.name != "agreement"}
MEANS_A = [75.0, 60.0, 90.0, 55.0]
MEANS_B = [50.0, 65.0, 50.0, 85.0]


def sheet_rows(book: Any, title: str) -> list[tuple[Any, ...]]:
    return list(book[title].iter_rows(values_only=True))


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def standard_deviation(values: list[float]) -> float:
    return math.sqrt(sum((value - mean(values)) ** 2 for value in values) / (len(values) - 1))


@pytest.fixture(scope="module")
def analysed(cohort_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AnalysisOutcome]:
    folder = tmp_path_factory.mktemp("analysed")
    return folder / "out", analyze(
        Request([cohort_folder], folder / "out", key_file=folder / "keys" / "key", plots=False)
    )


def test_the_arms_hold_the_student_means_that_a_hand_calculation_gives(
    analysed: tuple[Path, AnalysisOutcome],
) -> None:
    rows = {row["arm"]: row for row in read_csv(analysed[0] / "arms.csv") if row["outcome"] == "score_mean"}
    for arm, means, missing in (("A", MEANS_A, "1"), ("B", MEANS_B, "0")):
        row = rows[arm]
        assert (row["n"], row["missing"], row["note"]) == ("4", missing, "")
        assert float(row["mean"]) == pytest.approx(mean(means))
        assert float(row["sd"]) == pytest.approx(standard_deviation(means))
        assert float(row["median"]) == pytest.approx(mean(sorted(means)[1:3]))
        assert (float(row["min"]), float(row["max"])) == (min(means), max(means))


def test_students_without_a_finished_encounter_have_a_row_and_an_empty_score(
    analysed: tuple[Path, AnalysisOutcome],
) -> None:
    students = read_csv(analysed[0] / "students.csv")
    assert len(students) == 10
    empty = [row for row in students if row["score_mean"] == ""]
    assert sorted((row["encounters_started"], row["encounters_finished"]) for row in empty) == [
        ("0", "0"),
        ("1", "0"),
    ]
    assert sorted(float(row["score_mean"]) for row in students if row["score_mean"]) == sorted(MEANS_A + MEANS_B)
    assert analysed[1].exit_code == 0
    assert "8 with a score, 1 without a finished encounter, 1 registered only" in analysed[1].summary


def test_unfinished_and_left_encounters_are_rows_that_enter_no_mean(
    analysed: tuple[Path, AnalysisOutcome],
) -> None:
    encounters = read_csv(analysed[0] / "encounters.csv")
    status = {row["status"]: row for row in encounters if row["status"] != "finished"}
    assert len(encounters) == 12
    assert set(status) == {"unfinished", "left_early"}
    assert (status["unfinished"]["score_total"], status["unfinished"]["complete"]) == ("", "")
    assert (status["left_early"]["score_total"], status["left_early"]["complete"]) == ("10.0", "0")
    assert status["left_early"]["duration_seconds"] == "60.0"
    assert {row["study_day"] for row in encounters} == {"1", "4"}
    assert {row["pivotal_seconds"] for row in encounters if row["status"] == "finished"} == {"125.0"}


def test_what_was_not_done_is_a_row_of_the_checklist(analysed: tuple[Path, AnalysisOutcome]) -> None:
    actions = read_csv(analysed[0] / "checklist_long.csv")
    assert len(actions) == 11 * 3
    assert {(row["item"], row["done"], row["done_seconds"], row["credit"]) for row in actions} == {
        ("A1", "1", "12.5", "10.0"),
        ("A2", "1", "61.0", "16.0"),
        ("A3", "0", "", "0.0"),
    }


def test_the_workbook_holds_the_same_cells_as_the_csv_files(analysed: tuple[Path, AnalysisOutcome]) -> None:
    book = load_workbook(analysed[0] / "results.xlsx")
    assert book.sheetnames == ["Summary", *SHEETS, "Excluded", "Codebook"]
    for title, name in {**SHEETS, "Codebook": "codebook"}.items():
        header, *rows = sheet_rows(book, title)
        expected = read_csv(analysed[0] / f"{name}.csv")
        assert not expected or list(header) == list(expected[0])
        assert len(rows) == len(expected)
        for row, texts in zip(rows, expected, strict=True):
            for cell, text in zip(row, texts.values(), strict=True):
                number = isinstance(cell, int | float)
                assert cell == (pytest.approx(float(text), rel=1e-14) if number else text or None)


def test_every_sheet_has_a_frozen_header_and_a_filter(analysed: tuple[Path, AnalysisOutcome]) -> None:
    for sheet in load_workbook(analysed[0] / "results.xlsx"):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_the_default_export_holds_no_code_no_name_and_no_date(
    cohort_folder: Path, tmp_path: Path, key_file: Path
) -> None:
    outcome = analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    book = load_workbook(tmp_path / "out" / "results.xlsx")
    cells = {cell for title in book.sheetnames for row in sheet_rows(book, title) for cell in row}
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in outcome.files if path.suffix != ".xlsx"]
    everything = "\n".join([*texts, *map(str, cells)])
    for secret in ("Nováková", "example.org", "2026-03", ".db", "a1,", "u1,"):
        assert secret not in everything
    students = read_csv(tmp_path / "out" / "students.csv")
    assert all(re.fullmatch(r"P-[0-9A-HJKMNP-TV-Z]{10}", row["student"]) for row in students)


def test_identified_adds_codes_names_and_times_and_says_so(cohort_folder: Path, tmp_path: Path, key_file: Path) -> None:
    outcome = analyze(Request([cohort_folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    students = {row["student_code"]: row for row in read_csv(tmp_path / "out" / "students.csv")}
    assert set(students) == {"a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "r1", "u1"}
    assert students["a1"]["student_name"] == "Zuzana Nováková"
    assert students["a1"]["registered_at"] == "2026-03-01T07:00:00Z"
    assert float(students["a1"]["score_mean"]) == 75.0
    encounters = read_csv(tmp_path / "out" / "encounters.csv")
    assert {row["started_at"] for row in encounters if row["student_code"] == "b2"} == {"2026-03-05T08:00:00Z"}
    assert "IDENTIFIED" in outcome.summary
    assert "IDENTIFIED" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_the_same_databases_give_the_same_bytes(
    cohort_folder: Path, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = analyze(Request([cohort_folder], tmp_path / "one", key_file=key_file))
    shuffled = sorted(cohort_folder.glob("*.db"), reverse=True)
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    second = analyze(Request(shuffled, tmp_path / "two", key_file=key_file))
    for one, two in zip(first.files, second.files, strict=True):
        assert one.name == two.name
        assert one.read_bytes() == two.read_bytes()


def test_the_codebook_describes_every_column_that_is_written(analysed: tuple[Path, AnalysisOutcome]) -> None:
    described = {(row["table"], row["name"]) for row in read_csv(analysed[0] / "codebook.csv")}
    written = set()
    for path in analysed[0].glob("*.csv"):
        if path.name != "codebook.csv":
            written |= {(path.stem, name) for name in next(csv.reader(path.read_text(encoding="utf-8").splitlines()))}
    assert described == written


def test_every_column_name_is_one_that_spss_and_stata_take() -> None:
    reserved = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"}
    for table in TABLES:
        names = table.names
        assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) and name not in reserved for name in names)
        assert len(set(names)) == len(names)
        assert set(table.key) <= set(names)


def test_csv_files_are_utf8_without_mark_with_crlf_line_ends(analysed: tuple[Path, AnalysisOutcome]) -> None:
    content = (analysed[0] / "students.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 11


@pytest.mark.parametrize(
    ("totals", "mean_text", "sd_text"),
    [
        ([], "not estimable (no student with a score)", "not estimable (no student with a score)"),
        ([[70.0]], "70.00", "not estimable (n = 1)"),
        ([[80.0], [80.0]], "80.00", "0.00"),
    ],
)
def test_what_cannot_be_estimated_is_said_and_never_a_number(
    tmp_path: Path,
    key_file: Path,
    write: Callable[..., Path],
    sitting: Callable[..., Any],
    totals: list[list[float]],
    mean_text: str,
    sd_text: str,
) -> None:
    for index, scores in enumerate(totals or [[]]):
        write(tmp_path / f"s{index}.db", f"s{index}", sitting("A", *scores))
    outcome = analyze(Request([tmp_path], tmp_path / "out", key_file=key_file, plots=False))
    assert f"mean {mean_text}, SD {sd_text}" in outcome.summary
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    shown = "not shown (n = 1)" if mean_text == "70.00" else mean_text
    assert f"| {shown} | {sd_text} |" in report, "one student's score is not for sharing"
    assert not re.search(r"\b(nan|inf|None)\b", report + outcome.summary, re.IGNORECASE)
    [arm] = [row for row in read_csv(tmp_path / "out" / "arms.csv") if row["outcome"] == "score_mean"]
    assert (arm["sd"] == "") == sd_text.startswith("not estimable")


def test_formulas_illegal_characters_and_long_names_stay_text(
    tmp_path: Path, key_file: Path, write: Callable[..., Path], sitting: Callable[..., Any]
) -> None:
    names = {
        "=HYPERLINK(0)": "=HYPERLINK(0)",
        "=1+1": "=1+1",
        "#N/A": "#N/A",
        "+cmd|' /C calc'!A0": "+cmd|' /C calc'!A0",
        "bell\x07tab\x0bend": "bell␇tab␋end",
        "flip\u202egnp": "flipgnp",
        "no\uffffcharacter": "no\ufffdcharacter",
        "hex_x0041_": "hex_x0041_",
        "[b]|<b>*x*": "[b]|<b>*x*",
        "á" * 40_000: "á" * 40_000,
    }
    for index, name in enumerate(names):
        path = write(tmp_path / f"n{index}.db", f"=n{index}", sitting("A", 50.0))
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE student SET name = ?", (name,))
    analyze(Request([tmp_path], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    in_csv = {row["student_name"] for row in read_csv(tmp_path / "out" / "students.csv")}
    assert in_csv == set(names.values())
    sheet = load_workbook(tmp_path / "out" / "results.xlsx")["Students"]
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2, max_col=3) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    in_sheet = {str(cell.value) for cell in cells}
    long = next(text for text in in_sheet if text.startswith("ááá"))
    assert len(long) <= 32_767
    assert long.endswith("[cut: see the CSV]")
    assert {"=1+1", "#N/A", "bell␇tab␋end", "=n0"} <= in_sheet


def test_a_missing_source_is_wrong_usage(tmp_path: Path, key_file: Path) -> None:
    with pytest.raises(UsageError, match="no file or folder"):
        analyze(Request([tmp_path / "nowhere"], tmp_path / "out", key_file=key_file, plots=False))


def test_a_folder_without_databases_is_nothing_analysed(tmp_path: Path, key_file: Path) -> None:
    outcome = analyze(Request([tmp_path], tmp_path / "out", key_file=key_file, plots=False))
    assert (outcome.exit_code, outcome.files) == (1, ())
    assert "no database" in outcome.summary
    assert not (tmp_path / "out").exists()


def test_an_export_folder_that_is_a_file_is_refused_with_a_sentence(
    cohort_folder: Path, tmp_path: Path, key_file: Path
) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(AnalysisError, match="choose another --out"):
        analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a superuser may write everywhere")
def test_an_export_folder_without_write_permission_is_refused_with_a_sentence(
    cohort_folder: Path, tmp_path: Path, key_file: Path
) -> None:
    (tmp_path / "out").mkdir(mode=0o555)
    with pytest.raises(AnalysisError, match="cannot be written"):
        analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))


def test_a_full_disk_leaves_the_earlier_file_whole(
    cohort_folder: Path, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    before = (tmp_path / "out" / "results.xlsx").read_bytes()

    def fail(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(AnalysisError, match="No space left"):
        analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    assert (tmp_path / "out" / "results.xlsx").read_bytes() == before


def test_a_second_analysis_says_that_it_replaced_the_first(cohort_folder: Path, tmp_path: Path, key_file: Path) -> None:
    first = analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    second = analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    assert "earlier analysis" not in first.summary
    assert "over the files of an earlier analysis" in second.summary


def test_the_key_is_made_once_for_its_owner_only_and_never_in_the_export(cohort_folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "keys" / "analysis.key"
    analyze(Request([cohort_folder], tmp_path / "one", key_file=key, plots=False))
    content = key.read_bytes()
    analyze(Request([cohort_folder], tmp_path / "two", key_file=key, plots=False))
    assert key.read_bytes() == content
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    one, two = (read_csv(tmp_path / name / "students.csv") for name in ("one", "two"))
    assert one == two
    with pytest.raises(AnalysisError, match="would lie in the export folder"):
        analyze(Request([cohort_folder], tmp_path / "three", key_file=tmp_path / "three" / "key", plots=False))


def test_another_key_gives_other_pseudonyms(cohort_folder: Path, tmp_path: Path) -> None:
    names = []
    for name in ("one", "two"):
        analyze(Request([cohort_folder], tmp_path / name, key_file=tmp_path / "keys" / name, plots=False))
        names.append({row["student"] for row in read_csv(tmp_path / name / "students.csv")})
    assert names[0].isdisjoint(names[1])


def test_a_damaged_key_is_refused_and_kept(cohort_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(AnalysisError, match="5 bytes, not 32"):
        analyze(Request([cohort_folder], tmp_path / "out", key_file=tmp_path / "key", plots=False))
    assert (tmp_path / "key").read_bytes() == b"short"


def test_the_key_lies_beside_the_settings_when_no_other_is_named(
    cohort_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    analyze(Request([cohort_folder], tmp_path / "out", plots=False))
    assert len((tmp_path / "data" / "analysis.key").read_bytes()) == 32


def test_a_table_too_large_for_a_sheet_is_left_to_its_csv_file(
    cohort_folder: Path, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowthyself_tui.analysis.export.workbook.MAX_SHEET_CELLS", 300)
    analyze(Request([cohort_folder], tmp_path / "out", key_file=key_file, plots=False))
    book = load_workbook(tmp_path / "out" / "results.xlsx")
    assert sheet_rows(book, "Checklist") == [("33 rows are too many for a sheet: see checklist_long.csv.",)]
    assert len(sheet_rows(book, "Students")) == 11
