"""Many files, one truth: copies, students at several computers, two arms, synthetic sittings."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.analysis.cli import Request, analyze
from knowthyself_tui.analysis.gather.pseudonyms import pseudonym
from knowthyself_tui.errors import StoreError
from tests.unit.analysis.outputs import read_csv

Make = Callable[..., Any]


def scores_of(out: Path) -> list[dict[str, str]]:
    """The mean score of each arm."""
    return [row for row in read_csv(out / "arms.csv") if row["outcome"] == "score_mean"]


def log_of(out: Path) -> dict[str, tuple[str, str]]:
    """Status and reason of each file, by its name."""
    rows = [row for row in read_csv(out / "merge_log.csv") if row["scope"] == "file"]
    return {Path(row["path"]).name: (row["status"], row["reason"]) for row in rows}


def test_the_hand_in_copy_beside_the_live_file_counts_once_and_loses_nothing(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    write(tmp_path / "in" / "s1.db", "s1", sitting("A", 70.0), keep_handin=True)
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert sorted(status for status, _ in log_of(tmp_path / "out").values()) == ["analysed", "duplicate"]
    assert len(read_csv(tmp_path / "out" / "encounters.csv")) == 1
    assert outcome.exit_code == 0


def test_the_fuller_copy_counts_whatever_its_name(tmp_path: Path, key_file: Path, write: Make, sitting: Make) -> None:
    folder = tmp_path / "in"
    write(folder / "z.db", "s1", sitting("A", 70.0))
    shutil.copy(folder / "z.db", folder / "a.db")
    shutil.copy(folder / "z.db", folder / "b.db")
    with closing(sqlite3.connect(folder / "a.db")) as connection, connection:
        connection.execute("DELETE FROM encounter_result")
        connection.execute("DELETE FROM checklist_result")
        connection.execute("DELETE FROM event WHERE kind = 'encounter_ended'")
    outcome = analyze(Request([folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert log_of(tmp_path / "out") == {
        "a.db": ("duplicate", "A copy of F002, which holds all of it."),
        "b.db": ("analysed", ""),
        "z.db": ("duplicate", "The same file as F002."),
    }
    assert [row["score_total"] for row in read_csv(tmp_path / "out" / "encounters.csv")] == ["70.0"]
    assert outcome.exit_code == 0


def test_a_copy_that_went_its_own_way_is_excluded_and_says_how_much_it_holds(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    folder = tmp_path / "in"
    write(folder / "a.db", "s1", sitting("A", 70.0))
    shutil.copy(folder / "a.db", folder / "b.db")
    write(folder / "a.db", "s1", sitting("A", 80.0, 60.0))
    write(folder / "b.db", "s1", sitting("A", 10.0))
    outcome = analyze(Request([folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert log_of(tmp_path / "out") == {
        "a.db": ("analysed", ""),
        "b.db": ("excluded", "It parted from F001, which holds more, but lacks 3 entries of this one."),
    }
    [student] = read_csv(tmp_path / "out" / "students.csv")
    assert float(student["score_mean"]) == 70.0
    assert outcome.exit_code == 3


def test_a_copy_that_changes_during_the_analysis_is_excluded_and_stops_nothing(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(path: Path) -> set[str]:
        raise StoreError(f"{path} is not there.")

    write(tmp_path / "in" / "s1.db", "s1", sitting("A", 70.0), keep_handin=True)
    monkeypatch.setattr("knowthyself_tui.analysis.gather.merge.event_ids", vanish)
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert sorted(status for status, _ in log_of(tmp_path / "out").values()) == ["analysed", "excluded"]
    assert outcome.exit_code == 3


def test_a_damaged_live_file_is_replaced_by_its_hand_in_copy(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    live = write(tmp_path / "in" / "s1.db", "s1", sitting("A", 70.0), keep_handin=True)
    live.write_bytes(live.read_bytes()[: live.stat().st_size // 2])
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", key_file=key_file, plots=False))
    assert [row["score_total"] for row in read_csv(tmp_path / "out" / "encounters.csv")] == ["70.0"]
    assert outcome.exit_code == 3


def test_one_student_at_two_computers_is_one_student(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    write(tmp_path / "in" / "one.db", "Žofia7", sitting("A", 80.0))
    write(tmp_path / "in" / "two.db", " Z\u030cOFIA7 ", sitting("a ", 60.0, 40.0))
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", key_file=key_file, plots=False))
    [student] = read_csv(tmp_path / "out" / "students.csv")
    assert (student["arm"], student["sittings"], float(student["score_mean"])) == ("A", "2", 60.0)
    encounters = read_csv(tmp_path / "out" / "encounters.csv")
    assert [row["encounter"] for row in encounters] == [f"{student['student']}-{n}" for n in (1, 2, 3)]
    assert [row["sitting"] for row in encounters] == ["1", "2", "2"]
    joined = [row for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["scope"] == "student"]
    assert [(row["file"], row["status"], row["student"]) for row in joined] == [
        ("F001", "analysed", student["student"]),
        ("F002", "analysed", student["student"]),
    ]
    assert outcome.exit_code == 0


@pytest.mark.parametrize(
    ("arms", "status", "reason"),
    [
        (("A", "B"), "two_arms", "Sittings in two arms"),
        (("the first group", "the first group"), "unknown", "An arm label that is no short word"),
    ],
)
def test_a_student_of_two_arms_or_of_an_unknown_one_is_named_and_in_no_arm(
    tmp_path: Path,
    key_file: Path,
    write: Make,
    sitting: Make,
    arms: tuple[str, str],
    status: str,
    reason: str,
) -> None:
    write(tmp_path / "in" / "x.db", "x", sitting(arms[0], 90.0), sitting(arms[1], 10.0))
    write(tmp_path / "in" / "y.db", "y", sitting("A", 70.0))
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", key_file=key_file, plots=False))
    [entry] = [row for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"]
    [student] = [row for row in read_csv(tmp_path / "out" / "students.csv") if row["arm_status"] == status]
    assert (entry["scope"], entry["student"]) == ("student", student["student"])
    assert entry["reason"] == f"{reason}: not in the table of arms."
    assert (student["arm"], float(student["score_mean"])) == ("", 50.0)
    assert [(row["arm"], row["n"], row["mean"]) for row in scores_of(tmp_path / "out")] == [("A", "1", "70.0")]
    assert student["student"] in outcome.summary
    assert outcome.exit_code == 3


def test_three_arms_and_no_arm_are_described_as_they_are(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    for code, arm in {"a": "A", "b": "B", "c": "C", "n": None}.items():
        write(tmp_path / "in" / f"{code}.db", code, sitting(arm, 50.0))
    analyze(Request([tmp_path / "in"], tmp_path / "out", key_file=key_file, plots=False))
    assert [row["arm"] for row in scores_of(tmp_path / "out")] == ["A", "B", "C", "(none)"]


def test_synthetic_sittings_never_stand_beside_real_ones(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    folder = tmp_path / "in"
    write(folder / "bot.db", "bot", sitting("A", 10.0, synthetic=True))
    write(folder / "mixed.db", "m", sitting("A", 60.0), sitting("A", 0.0, synthetic=True))
    write(folder / "real.db", "r", sitting("A", 80.0))
    outcome = analyze(Request([folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    students = {row["student_code"]: row["score_mean"] for row in read_csv(tmp_path / "out" / "students.csv")}
    assert students == {"m": "60.0", "r": "80.0"}
    excluded = [row for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"]
    assert [(Path(row["path"]).name, row["scope"], row["reason"]) for row in excluded] == [
        ("bot.db", "file", "Synthetic, and real sittings were given too."),
        ("mixed.db", "sitting", "1 synthetic sitting(s) beside real ones."),
    ]
    assert "SYNTHETIC" not in outcome.summary
    assert outcome.exit_code == 3


def test_only_synthetic_sittings_are_analysed_and_marked_everywhere(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    write(tmp_path / "in" / "bot.db", "bot", sitting("A", 10.0, synthetic=True))
    outcome = analyze(Request([tmp_path / "in"], tmp_path / "out", key_file=key_file, plots=False))
    assert outcome.exit_code == 0
    assert outcome.summary.startswith("SYNTHETIC")
    assert "SYNTHETIC" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")


def test_a_sitting_that_two_different_databases_hold_counts_once(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    folder = tmp_path / "in"
    write(folder / "a.db", "s1", sitting("A", 70.0))
    shutil.copy(folder / "a.db", folder / "b.db")
    with closing(sqlite3.connect(folder / "b.db")) as connection, connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'database_uuid'")
        connection.execute("UPDATE event SET id = 'another' WHERE kind = 'encounter_ended'")
    outcome = analyze(Request([folder], tmp_path / "out", key_file=key_file, plots=False))
    assert len(read_csv(tmp_path / "out" / "encounters.csv")) == 1
    assert outcome.exit_code == 3


def test_one_students_part_beside_the_whole_adds_nothing_and_loses_nothing(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    folder = tmp_path / "in"
    write(folder / "class.db", "s1", sitting("A", 70.0))
    shutil.copy(folder / "class.db", folder / "part.db")
    write(folder / "class.db", "s2", sitting("B", 40.0))
    with closing(sqlite3.connect(folder / "part.db")) as connection, connection:
        connection.execute("UPDATE meta SET value = 'of one student' WHERE key = 'database_uuid'")
    outcome = analyze(Request([folder], tmp_path / "out", identified=True, key_file=key_file, plots=False))
    assert log_of(tmp_path / "out")["part.db"] == ("duplicate", "A part of F001, which holds all of it.")
    assert len(read_csv(tmp_path / "out" / "encounters.csv")) == 2
    assert outcome.exit_code == 0


def test_rows_in_a_journal_beside_the_file_are_read_and_the_folder_stays_as_it_was(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    source = write(tmp_path / "made" / "s1.db", "s1", sitting("A", 70.0))
    folder = tmp_path / "in"
    folder.mkdir()
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE encounter_result SET total = 42")
        for suffix in ("", "-wal"):
            shutil.copy(source.with_name(source.name + suffix), folder)
    names = sorted(path.name for path in folder.iterdir())
    analyze(Request([folder], tmp_path / "out", key_file=key_file, plots=False))
    assert [row["score_total"] for row in read_csv(tmp_path / "out" / "encounters.csv")] == ["42.0"]
    assert sorted(path.name for path in folder.iterdir()) == names == ["s1.db", "s1.db-wal"]


def test_a_pseudonym_depends_on_key_study_and_code() -> None:
    key = bytes(range(32))
    assert pseudonym(key, "", "s1") == "P-YBDNDK5N92"
    assert len({pseudonym(key, "", "s1"), pseudonym(key, "x", "s1"), pseudonym(key[::-1], "", "s1")}) == 3
