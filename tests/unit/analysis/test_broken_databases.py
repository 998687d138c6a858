"""A folder of files that are not what they should be: each is one line of the merge log, and none stops the rest."""

from __future__ import annotations

import os
import sqlite3
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.analysis.cli import Request, analyze
from tests.unit.analysis.outputs import read_csv


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def put_text_into_integer_column(path: Path) -> None:
    """What only an edited schema allows: the table is strict again afterwards."""
    loosen = "UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'encounter'"
    tighten = "UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'encounter'"
    run_sql(path, "PRAGMA writable_schema = ON", loosen)
    run_sql(path, "UPDATE encounter SET at_ms = 'soon'", "PRAGMA writable_schema = ON", tighten)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
OTHER_TABLES = "It holds other tables than Know Thyself makes. Choose another file."
SPOILT: dict[str, tuple[Callable[[Path], Any], str]] = {
    "computed.db": (
        lambda path: run_sql(path, "ALTER TABLE note ADD COLUMN big TEXT AS (hex(zeroblob(200000000)))"),
        OTHER_TABLES,
    ),
    "integer.db": (put_text_into_integer_column, "It is damaged."),
    "newer.db": (
        lambda path: run_sql(path, "PRAGMA user_version = 99"),
        "It was written by a newer Know Thyself.",
    ),
    "no_code.db": (
        lambda path: run_sql(path, "PRAGMA foreign_keys = OFF", "DELETE FROM student"),
        "It holds rows that belong to nothing.",
    ),
    "no_uuid.db": (
        lambda path: run_sql(path, "DELETE FROM meta WHERE key = 'database_uuid'"),
        "It carries no database_uuid, so its copies could not be told apart.",
    ),
    "no_time.db": (
        lambda path: run_sql(path, "UPDATE encounter SET started_at = 'yesterday'"),
        "Its column encounters.started_at holds something that is no UTC time.",
    ),
    "table.db": (lambda path: run_sql(path, "CREATE TABLE more (a)"), OTHER_TABLES),
    "trigger.db": (
        lambda path: run_sql(path, "CREATE TRIGGER t AFTER INSERT ON student BEGIN DELETE FROM student; END"),
        OTHER_TABLES,
    ),
    "truncated.db": (lambda path: os.truncate(path, path.stat().st_size // 2), "It is damaged."),
    "utf8.db": (
        lambda path: run_sql(path, "UPDATE student SET name = CAST(x'5a757aff' AS TEXT)"),
        "It cannot be used.",
    ),
    "view.db": (lambda path: run_sql(path, f"CREATE VIEW v AS {ENDLESS}"), OTHER_TABLES),
}


@pytest.fixture
def broken_folder(tmp_path: Path, write: Callable[..., Path], sitting: Callable[..., Any]) -> Path:
    folder = tmp_path / "collected"
    folder.mkdir()
    write(folder / "good.db", "good", sitting("A", 70.0))
    for name, (spoil, _) in SPOILT.items():
        spoil(write(folder / name, name, sitting("A", 10.0)))
    (folder / "empty.db").touch()
    with zipfile.ZipFile(folder / "zip.db", "w") as archive:
        archive.writestr("a.txt", "a" * 5000)
    run_sql(folder / "foreign.db", "CREATE TABLE bookmarks (url TEXT)")
    (folder / "folder.db").mkdir()
    with (folder / "huge.db").open("wb") as huge:
        huge.truncate(1_000_000_000)
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.db")
    return folder


def test_each_broken_file_is_one_line_of_the_merge_log_with_its_reason(
    broken_folder: Path, tmp_path: Path, key_file: Path
) -> None:
    before = {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in broken_folder.rglob("*")}
    started = time.monotonic()
    outcome = analyze(Request([broken_folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert time.monotonic() - started < 20
    log = {Path(row["path"]).name: row for row in read_csv(tmp_path / "out" / "merge_log.csv")}
    expected = {name: reason for name, (_, reason) in SPOILT.items()} | {
        "empty.db": "It is empty",
        "folder.db": "It is not a file.",
        "foreign.db": "It is no database of Know Thyself.",
        "huge.db": "It is larger than 200 MB",
        "zip.db": "It is no database of Know Thyself",
    }
    if hasattr(os, "mkfifo"):
        expected["pipe.db"] = "It is not a file."
    assert {name: row["status"] for name, row in log.items()} == {
        "good.db": "analysed",
        **dict.fromkeys(expected, "excluded"),
    }
    wrong = {name: log[name]["reason"] for name in expected if not log[name]["reason"].startswith(expected[name])}
    assert not wrong
    assert outcome.exit_code == 3
    assert [row["student_code"] for row in read_csv(tmp_path / "out" / "students.csv")] == ["good"]
    assert {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in broken_folder.rglob("*")} == before


def test_the_pseudonymised_log_and_report_name_neither_files_nor_what_they_hold(
    broken_folder: Path, tmp_path: Path, key_file: Path
) -> None:
    outcome = analyze(Request([broken_folder], tmp_path / "out", key_file=key_file, plots=False))
    for path in outcome.files:
        if path.suffix not in (".xlsx", ".sav", ".dta"):
            text = path.read_text(encoding="utf-8")
            assert ".db" not in text
            assert "Zuz" not in text
    assert str(broken_folder / "zip.db") in outcome.summary


def test_a_folder_of_broken_files_only_is_nothing_analysed(tmp_path: Path, key_file: Path) -> None:
    (tmp_path / "collected").mkdir()
    (tmp_path / "collected" / "empty.db").touch()
    outcome = analyze(Request([tmp_path / "collected"], tmp_path / "out", key_file=key_file, plots=False))
    assert outcome.exit_code == 1
    assert "Excluded: file" in outcome.summary
    assert [row["status"] for row in read_csv(tmp_path / "out" / "merge_log.csv")] == ["excluded"]
    assert read_csv(tmp_path / "out" / "students.csv") == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE encounter_result SET total = 181.25", "Its total score is not between 0 and 100."),
        ("UPDATE encounter_result SET total = 9e999", "Its total score is not between 0 and 100."),
        ("UPDATE encounter_result SET total = 80, cap = 40", "Its total score is above its cap."),
        ("UPDATE encounter_result SET safety_score = -1", "Its safety score is not between 0 and 100."),
        (
            "UPDATE checklist_result SET credit = 17 WHERE item_id = 'A2'",
            "The credit of item A2 is not between 0 and its weight.",
        ),
        (
            "UPDATE checklist_result SET done_at = -5 WHERE item_id = 'A2'",
            "A time of item A2 is negative or not a number.",
        ),
        ("UPDATE encounter SET ended_at = NULL", "It has a verdict but no end."),
    ],
)
def test_an_encounter_that_cannot_be_true_is_excluded_and_leaves_no_score(
    tmp_path: Path,
    key_file: Path,
    write: Callable[..., Path],
    sitting: Callable[..., Any],
    change: str,
    reason: str,
) -> None:
    run_sql(write(tmp_path / "x.db", "x", sitting("A", 70.0)), change)
    outcome = analyze(Request([tmp_path / "x.db"], tmp_path / "out", key_file=key_file, plots=False))
    assert outcome.exit_code == 3
    [entry] = [row for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"]
    [encounter] = read_csv(tmp_path / "out" / "encounters.csv")
    assert (entry["scope"], entry["encounter"], entry["reason"]) == ("encounter", encounter["encounter"], reason)
    assert (encounter["status"], encounter["score_total"]) == ("excluded", "")
    [student] = read_csv(tmp_path / "out" / "students.csv")
    assert (student["encounters_started"], student["score_mean"]) == ("1", "")
    assert read_csv(tmp_path / "out" / "actions.csv") == []
