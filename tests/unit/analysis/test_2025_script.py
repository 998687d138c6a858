"""What the script of 2025 got wrong, case by case, from databases to the tables, with the right answer."""

from __future__ import annotations

import math
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from knowthyself_tui.errors import UsageError
from tests.unit.analysis.conftest import Played, Sitting, write_database
from tests.unit.analysis.outputs import analysed, primary, read_csv

NOT_NUMBERS = {"nan", "NaN", "inf", "-inf", "None", "NaT", "<NA>"}


def write_scores(folder: Path, arms: Mapping[str, Sequence[float]]) -> Path:
    """One student a score."""
    folder.mkdir(parents=True, exist_ok=True)
    for arm, scores in arms.items():
        for number, score in enumerate(scores):
            code = f"{arm}{number}"
            write_database(folder / f"{code}.db", code, Sitting(arm, [Played(score)]))
    return folder


def spread(mean: float, sd: float, n: int) -> list[float]:
    """n numbers with exactly this mean and standard deviation."""
    steps = [i - (n - 1) / 2 for i in range(n)]
    scale = sd / math.sqrt(sum(step * step for step in steps) / (n - 1))
    return [mean + scale * step for step in steps]


def no_bad_cells(out: Path) -> bool:
    cells = {cell for path in out.glob("*.csv") for row in read_csv(path) for cell in row.values()}
    return not cells & NOT_NUMBERS


def test_an_arm_set_at_allocation_reaches_the_comparison(tmp_path: Path) -> None:
    """20_head_shape: nothing ever set the group, so the comparison could not run."""
    analysed(write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]}), tmp_path / "out")
    assert primary(tmp_path / "out")["estimate"] == "7.5"


def test_unequal_groups_are_compared_by_welch_and_the_denominator_is_named(tmp_path: Path) -> None:
    """01_unequal_n: t = 1.663, p = .1202 and d = 0.657 came out."""
    arms = {"A": spread(80.0, 4.06, 12), "B": spread(71.4, 18.03, 3)}
    analysed(write_scores(tmp_path / "in", arms), tmp_path / "out")
    row = primary(tmp_path / "out")
    assert round(float(row["statistic"]), 2) == 0.82
    assert round(float(row["df"]), 2) == 2.05
    assert float(row["p"]) == pytest.approx(0.497, abs=0.001)
    assert (round(float(row["ci_low"]), 1), round(float(row["ci_high"]), 1)) == (-35.4, 52.6)
    assert float(row["d"]) == pytest.approx(1.074, abs=0.002)
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "t(2.05) = 0.82, p = .496, Mdiff = 8.60, 95% CI [−35.4" in report
    assert "d with the pooled SD = 1.08" in report
    assert "Delacre 2021) = 0.66" in report


@pytest.mark.parametrize(
    ("arms", "reason"),
    [
        ({"A": [80, 80, 80], "B": [60, 60, 60]}, "not estimable (no variance in either arm)"),
        ({"A": [80, 80], "B": [80, 80]}, "not estimable (no variance in either arm)"),
        ({"A": [80], "B": [65]}, "not estimable (fewer than 2 values"),
        ({"A": [80], "B": [60, 65, 70]}, "not estimable (fewer than 2 values"),
        ({"A": [80, 70]}, "not estimable (one arm only: A)"),
        ({"A": [80, 70], "B": [60, 50], "C": [55, 65]}, "not estimable (3 arms: A, B, C"),
    ],
)
def test_what_cannot_be_estimated_gives_a_reason_and_no_verdict(
    tmp_path: Path, arms: dict[str, Sequence[float]], reason: str
) -> None:
    """02_zero_var, 02b, 03_n1_each, 03b_n1_one: t = inf, p = 0, "d = 0.000 Negligible"."""
    outcome = analysed(write_scores(tmp_path / "in", arms), tmp_path / "out")
    row = primary(tmp_path / "out")
    assert row["note"].startswith(reason)
    assert {row[name] for name in ("estimate", "statistic", "p", "g", "d", "ci_low")} == {""}
    assert reason in outcome.summary
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert not any(word in report.lower() for word in ("significant", "negligible", "large effect", "medium effect"))
    assert no_bad_cells(tmp_path / "out")


def test_spellings_of_one_arm_are_one_arm_and_nobody_vanishes(tmp_path: Path) -> None:
    """04/15 groups: five spellings became groups of their own, or vanished."""
    folder = tmp_path / "in"
    folder.mkdir()
    labels = {"s1": "A", "s2": "A ", "s3": "a", "s4": "Group B", "s5": "B", "s6": None, "s7": "arm of the lab!"}
    for code, label in labels.items():
        write_database(folder / f"{code}.db", code, Sitting("A", [Played(60.0)]))
        with closing(sqlite3.connect(folder / f"{code}.db")) as connection, connection:
            connection.execute("UPDATE session SET arm = ?", (label,))
    analysed(folder, tmp_path / "out")
    students = read_csv(tmp_path / "out" / "students.csv")
    assert sorted((row["arm"], row["arm_status"]) for row in students) == [
        ("", "none"),
        ("", "unknown"),
        *[("A", "allocated")] * 3,
        *[("B", "allocated")] * 2,
    ]
    flow = {row["step"]: row["n"] for row in read_csv(tmp_path / "out" / "flow.csv") if row["arm"] == "all"}
    assert (flow["registered"], flow["allocated"], flow["unknown_arm"]) == ("7", "5", "1")
    assert [row["scope"] for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"] == [
        "student"
    ]


def test_a_missing_score_is_missing_and_not_zero(tmp_path: Path) -> None:
    """05_missing_score: one student without a result made the mean of arm B 65.2."""
    folder = write_scores(tmp_path / "in", {"A": [70, 80, 90], "B": [80, 81, 83, 82]})
    write_database(folder / "b9.db", "b9", Sitting("B", [Played(50.0, judged=False)]))
    analysed(folder, tmp_path / "out")
    row = primary(tmp_path / "out")
    assert (row["n_2"], row["mean_2"]) == ("4", "81.5")
    [arm] = [
        row for row in read_csv(tmp_path / "out" / "arms.csv") if (row["outcome"], row["arm"]) == ("score_mean", "B")
    ]
    assert (arm["n"], arm["missing"], arm["mean"]) == ("4", "1", "81.5")
    assert [row["status"] for row in read_csv(tmp_path / "out" / "encounters.csv")].count("unscored") == 1


def test_who_only_registered_is_counted_as_that(tmp_path: Path) -> None:
    """07_registered_only: such a file gave a row with score 0."""
    folder = write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]})
    write_database(folder / "r.db", "r")
    outcome = analysed(folder, tmp_path / "out")
    assert "5 registered, 4 with a score" in outcome.summary
    assert "1 registered only" in outcome.summary
    assert [row["score_mean"] for row in read_csv(tmp_path / "out" / "students.csv")].count("") == 1


def test_a_student_with_two_files_is_one_row(tmp_path: Path) -> None:
    """06_dup_student: two records of one student became four, and n = 5 of two people."""
    folder = write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]})
    write_database(folder / "again.db", "A0", Sitting("A", [Played(90.0)]))
    analysed(folder, tmp_path / "out")
    students = read_csv(tmp_path / "out" / "students.csv")
    assert len(students) == 4
    assert sorted(float(row["score_mean"]) for row in students) == [60, 75, 80, 80]
    assert (primary(tmp_path / "out")["n_1"], primary(tmp_path / "out")["n_2"]) == ("2", "2")


@pytest.mark.parametrize("content", [b"{broken", b"\xef\xbb\xbf{}", b"[1, 2]", b'{"performance": null}'])
def test_a_file_that_is_no_database_stops_nothing(tmp_path: Path, content: bytes) -> None:
    """08, 08b, 09: one such file, and there was no output for anybody."""
    folder = write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]})
    (folder / "bad.db").write_bytes(content * 200)
    outcome = analysed(folder, tmp_path / "out")
    assert outcome.exit_code == 3
    assert primary(tmp_path / "out")["estimate"] == "7.5"
    [entry] = [row for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"]
    assert entry["scope"] == "file"
    assert entry["reason"].startswith("It is no database of Know Thyself")


def test_a_value_that_is_not_a_number_has_the_same_n_everywhere(tmp_path: Path) -> None:
    """14, 14b: a NaN left the test but stayed in the n of the table."""
    folder = write_scores(tmp_path / "in", {"A": [70, 80, 90], "B": [60, 75, 81]})
    with closing(sqlite3.connect(folder / "A2.db")) as connection, connection:
        connection.execute("UPDATE encounter_result SET total = ?", (math.nan,))
    analysed(folder, tmp_path / "out")
    arms = {row["arm"]: row for row in read_csv(tmp_path / "out" / "arms.csv") if row["outcome"] == "score_mean"}
    assert (primary(tmp_path / "out")["n_1"], arms["A"]["n"], arms["A"]["missing"]) == ("2", "2", "1")
    rows = [row for row in read_csv(tmp_path / "out" / "tests.csv") if row["family"] == "robustness"]
    robust = [row["n_1"] for row in rows if row["method"] != "Bounds for missing students"]
    assert set(robust) == {"2"}


def test_a_long_text_is_whole_in_its_csv_and_never_in_the_workbook(tmp_path: Path) -> None:
    """10_long_cell: 40,000 characters were cut without a word, and the whole text was nowhere."""
    folder = tmp_path / "in"
    folder.mkdir()
    write_database(folder / "a.db", "a", Sitting("A", [Played(70.0)]))
    text = "x" * 39_990 + "the end"
    with closing(sqlite3.connect(folder / "a.db")) as connection, connection:
        [session] = connection.execute("SELECT id FROM session").fetchone()
        connection.execute(
            "INSERT INTO turn (id, session_id, seq, phase, speaker, text, at_ms, created_at, complete)"
            " VALUES ('t', ?, 900, 'debrief', 'student', ?, 0, '2026-03-02T09:00:00Z', 1)",
            (session, text),
        )
    analysed(folder, tmp_path / "out", with_text=True)
    [row] = read_csv(tmp_path / "out" / "debrief.csv")
    assert row["text"] == text
    sheets = load_workbook(tmp_path / "out" / "results.xlsx").sheetnames
    assert not {"Turns", "Debrief"} & set(sheets)
    assert all(len(name) <= 31 for name in sheets)


def test_times_are_iso_in_utc_and_durations_are_seconds(tmp_path: Path) -> None:
    """13_timestamps: one row mixed ISO, epoch milliseconds and "93 minutes 27 seconds"."""
    analysed(write_scores(tmp_path / "in", {"A": [70]}), tmp_path / "out", identified=True)
    [student] = read_csv(tmp_path / "out" / "students.csv")
    [encounter] = read_csv(tmp_path / "out" / "encounters.csv")
    assert student["registered_at"] == "2026-03-01T07:00:00Z"
    assert encounter["started_at"] == "2026-03-02T08:00:00Z"
    assert (encounter["duration_seconds"], encounter["pivotal_seconds"]) == ("900.0", "125.0")


def test_a_place_without_data_is_no_success(tmp_path: Path) -> None:
    """17_cwd: "No student data found. Exiting." with return code 0."""
    (tmp_path / "in").mkdir()
    assert analysed(tmp_path / "in", tmp_path / "out").exit_code == 1
    with pytest.raises(UsageError):
        analysed(tmp_path / "nowhere", tmp_path / "out")


def test_a_console_of_an_old_windows_gets_its_summary(tmp_path: Path) -> None:
    """18: a UnicodeEncodeError at the first emoji."""
    write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]})
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "KNOWTHYSELF_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "knowthyself_tui", "analyze", str(tmp_path / "in"), "--no-plots"]
    command += ["--out", str(tmp_path / "out"), "--key", str(tmp_path / "key")]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Arm A: n 2" in done.stdout


def test_the_order_of_the_files_changes_nothing(tmp_path: Path) -> None:
    """order: rows came in the order of the directory."""
    from knowthyself_tui.analysis.cli import Request, analyze

    folder = write_scores(tmp_path / "in", {"A": [70, 80], "B": [60, 75]})
    paths = sorted(folder.glob("*.db"))
    outs = []
    for number, order in enumerate((paths, paths[::-1], paths[2:] + paths[:2])):
        out = tmp_path / f"out{number}"
        analyze(Request(order, out, plots=False, key_file=tmp_path / "key"))
        outs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert outs[0] == outs[1] == outs[2]
