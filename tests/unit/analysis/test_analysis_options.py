"""What can be asked for: a plan, ratings, sharing, text, vital signs, codes; and what stays out without it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from knowthyself_tui.analysis.folder import export_into
from knowthyself_tui.cli import cli
from knowthyself_tui.errors import AnalysisError, UsageError
from tests.unit.analysis.conftest import Played, Sitting, write_database
from tests.unit.analysis.outputs import analysed, primary, read_csv, results_of


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four students an arm with two scenarios each, one student still in a sitting, one who left early."""
    folder = tmp_path_factory.mktemp("class") / "in"
    folder.mkdir()
    scores = {"a1": (80, 70), "a2": (60, 66), "a3": (90, 84), "a4": (55, 71), "b1": (50, 52), "b2": (65, 60)}
    scores |= {"b3": (40, 70), "b4": (85, 62)}
    for code, (asthma, opioid) in scores.items():
        first = Played(asthma, decisions=("optimal", "dangerous"), pivotal_at=60.0 + asthma)
        second = Played(opioid, scenario="opioid", pivotal_at=None if opioid < 65 else 200.0)
        sitting = Sitting(code[0].upper(), [first, second], challenge_points=code[0] == "a", queue=("asthma", "opioid"))
        write_database(folder / f"{code}.db", code, sitting)
    write_database(folder / "u.db", "u1", Sitting("A", [Played()]))
    write_database(folder / "e.db", "e1", Sitting("B", [Played(30.0, complete=False, at_ms=60_000)]))
    with closing(sqlite3.connect(folder / "a1.db")) as connection, connection:
        session, encounter = connection.execute("SELECT session_id, id FROM encounter WHERE position = 0").fetchone()
        turn = (
            "t1",
            session,
            encounter,
            800,
            "encounter",
            "student",
            "my name is Zuzana",
            1000,
            "2026-03-02T08:00:00Z",
            1,
        )
        connection.execute(
            "INSERT INTO turn (id, session_id, encounter_id, seq, phase, speaker, text, at_ms, created_at, complete)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            turn,
        )
        connection.execute("UPDATE checklist_result SET evidence = '[\"t1\"]' WHERE item_id = 'A3'")
        connection.execute(
            "INSERT INTO appeal (id, encounter_id, item_id, text, created_at)"
            " VALUES ('p1', ?, 'A3', 'I did that', '2026-03-02T09:00:00Z')",
            (encounter,),
        )
        connection.execute(
            "INSERT INTO note (id, encounter_id, at_ms, text) VALUES ('n', ?, 5000, 'think')", (encounter,)
        )
    return folder


@pytest.fixture(scope="module")
def plain(class_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The analysis of the class without any option but the pictures'."""
    out = tmp_path_factory.mktemp("plain") / "out"
    analysed(class_folder, out)
    return out


def test_a_plan_decides_outcome_arms_and_level_and_is_named_by_its_hash(class_folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'title = "Trial 1"\nprimary_outcome = "pivotal_time_mean"\narms = ["B", "A"]\nalpha = 0.1\n'
        "equivalence_bound = 50\n",
        encoding="utf-8",
    )
    analysed(class_folder, tmp_path / "out", plan_file=plan)
    row = primary(tmp_path / "out")
    assert (row["outcome"], row["arm_1"], row["arm_2"], row["ci_level"]) == ("pivotal_time_mean", "B", "A", "90.0")
    assert results_of(tmp_path / "out", "pivotal_time_mean", method="Equivalence (TOST, Welch)")
    assert results_of(tmp_path / "out", "score_mean", family="secondary")
    digest = hashlib.sha256(plan.read_bytes()).hexdigest()
    for name in ("report.md", "report.html", "methods.md"):
        assert digest in (tmp_path / "out" / name).read_text(encoding="utf-8")


def test_a_bound_of_the_command_is_not_called_the_plans(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text("equivalence_bound = 3\n", encoding="utf-8")
    analysed(class_folder, tmp_path / "out", plan_file=tmp_path / "plan.toml", equivalence_bound=5.0)
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "equivalence bound 5 (given with the command, not the plan's)" in report


def test_competence_is_compared_once_a_student(plain: Path) -> None:
    [row] = results_of(plain, "competence")
    assert (row["n_1"], row["n_2"], row["estimate_name"]) == ("4", "4", "Cramer's V")
    assert row["note"].startswith("not estimable"), "everybody was competent"


def test_restricted_means_stand_beside_the_medians(plain: Path) -> None:
    report = (plain / "report.md").read_text(encoding="utf-8")
    row = "| opioid | the pivotal treatment |  | B | 4 | 1 (.25) | not reached | [200, ∞) | 950 [526, 1200] to 1200 |"
    assert row in report, "(200 + 3 x 1,200) / 4, less 1.96 times 750 / sqrt(12); no mean is beyond the end"


def test_without_a_plan_the_report_says_that_there_was_none(plain: Path) -> None:
    assert "There was no analysis plan" in (plain / "report.md").read_text(encoding="utf-8")


def test_a_plan_leaves_out_students_and_scenarios_and_every_one_is_listed(class_folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('exclude_students = [" A1 "]\nexclude_scenarios = ["opioid"]\n', encoding="utf-8")
    outcome = analysed(class_folder, tmp_path / "out", plan_file=plan)
    assert outcome.exit_code == 3
    assert (primary(tmp_path / "out")["n_1"], primary(tmp_path / "out")["n_2"]) == ("3", "4")
    assert primary(tmp_path / "out")["mean_1"] == str((60 + 90 + 55) / 3)
    reasons = [row["reason"] for row in read_csv(tmp_path / "out" / "merge_log.csv") if row["status"] == "excluded"]
    assert reasons.count("The analysis plan leaves this student out.") == 3, "the student and two encounters"
    assert reasons.count("The analysis plan leaves this scenario out.") == 7
    flow = {(row["step"], row["arm"]): row["n"] for row in read_csv(tmp_path / "out" / "flow.csv")}
    assert (flow["excluded", "all"], flow["allocated", "A"], flow["completed", "A"]) == ("1", "4", "3")
    [completion] = results_of(tmp_path / "out", "completion")
    assert completion["note"] == "3 of 4 v 4 of 5"


def test_a_plan_that_names_nobody_is_told_so(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text('exclude_students = ["a11"]\nexclude_scenarios = ["opiod"]\n', encoding="utf-8")
    outcome = analysed(class_folder, tmp_path / "out", plan_file=tmp_path / "plan.toml")
    assert "The plan leaves out what is not in the data: a11, opiod." in outcome.summary


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("primary_outcome = 'luck'", "primary_outcome: is none of score_mean"),
        ("arms = ['A']", "arms: names two different arms"),
        ("alpha = 2", "alpha"),
        ("outcome = 'x'", "outcome"),
        ("= = =", "is no TOML"),
    ],
)
def test_a_plan_that_is_wrong_is_refused_with_the_place(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(problem)):
        analysed(tmp_path, tmp_path / "out", plan_file=tmp_path / "plan.toml")


def test_times_of_those_who_never_acted_are_held_at_the_horizon(plain: Path) -> None:
    """Restricted means by hand: 60 + score for asthma; 200 s or the 1,200 s of the whole case for the other."""
    students = {
        row["score_mean"]: float(row["pivotal_time_mean"])
        for row in read_csv(plain / "students.csv")
        if row["score_mean"]
    }
    assert students["75.0"] == (140 + 200) / 2
    assert students["51.0"] == (110 + 1200) / 2
    [row] = results_of(plain, "pivotal_time_mean", family="secondary")
    assert float(row["mean_1"]) == (140 + 200 + 120 + 200 + 150 + 200 + 115 + 200) / 8
    assert float(row["mean_2"]) == (110 + 1200 + 125 + 1200 + 100 + 200 + 145 + 1200) / 8
    [logrank] = results_of(plain, "time_to_action", scenario="opioid", item="pivotal", method="Log-rank")
    assert (logrank["n_1"], logrank["mean_1"], logrank["mean_2"]) == ("4", "1.0", "0.25")


def test_a_log_rank_test_agrees_with_a_count_by_hand(plain: Path) -> None:
    """All of arm A and one of arm B act at 200 s: of 8 at risk 5 act, 2.5 expected in each arm."""
    [row] = results_of(plain, "time_to_action", scenario="opioid", item="pivotal", method="Log-rank")
    variance = 4 * 4 * 5 * 3 / (8 * 8 * 7)
    assert float(row["statistic"]) == pytest.approx((4 - 2.5) ** 2 / variance)


def test_rates_name_their_events_and_encounters(plain: Path) -> None:
    [row] = results_of(plain, "dangerous_decisions", family="secondary")
    assert row["note"].startswith("4 in 8 v 4 in 8 encounters")
    assert float(row["estimate"]) == 1.0


def test_critical_items_and_open_sittings_reach_the_instructor(plain: Path) -> None:
    page = (plain / "report.html").read_text(encoding="utf-8")
    students = read_csv(plain / "students.csv")
    assert {row["critical_missed"] for row in students if row["score_mean"]} == {"2"}
    [open_one] = [
        row["student"] for row in students if row["encounters_finished"] == "0" and row["in_progress"] == "1"
    ][:1]
    assert "Who needs help" in page
    assert open_one in page[page.index("Still in a sitting") :]
    assert "Salbutamol (asthma)" in page
    assert "Zuzana" not in page


def test_the_shared_report_shows_no_student_and_no_small_cell(class_folder: Path, plain: Path, tmp_path: Path) -> None:
    shared = (plain / "report.md").read_text(encoding="utf-8")
    assert "P-" not in shared.replace("P-value", "")
    assert "| Arm A | <10 |".replace("<", "\\<") in shared
    analysed(class_folder, tmp_path / "out", min_cell=5)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "For the instructor" not in page
    assert "&lt;5" in page
    assert not re.search(r"P-[0-9A-Z]{10}", page)


def test_text_is_written_only_when_asked_for_and_goes_when_it_is_not(class_folder: Path, tmp_path: Path) -> None:
    outcome = analysed(class_folder, tmp_path / "out", with_text=True, vitals=True)
    assert "WITH TEXT" in outcome.summary
    [turn] = [row for row in read_csv(tmp_path / "out" / "turns.csv") if row["speaker"] == "student"]
    assert turn["text"] == "my name is Zuzana"
    [appeal] = read_csv(tmp_path / "out" / "appeals.csv")
    assert (appeal["item"], appeal["verdict"], appeal["appeal"]) == ("A3", "not done", "I did that")
    assert appeal["turns"] == "my name is Zuzana"
    [note] = read_csv(tmp_path / "out" / "notes.csv")
    assert (note["text"], note["at_seconds"]) == ("think", "5.0")
    assert gzip.decompress((tmp_path / "out" / "vitals.csv.gz").read_bytes()).startswith(b"encounter,at_seconds,hr")
    again = analysed(class_folder, tmp_path / "out")
    assert "Removed" in again.summary
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert not left & {"turns.csv", "debrief.csv", "notes.csv", "vitals.csv.gz"}
    assert b"Zuzana" not in b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())


def test_a_file_of_somebody_else_in_the_folder_stays(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.csv").write_text("a", encoding="utf-8")
    own, digest = (
        {"name": "know-thyself-analysis", "created_by": "Know Thyself 0.1.0"},
        hashlib.sha256(b"a").hexdigest(),
    )
    listed = [{"path": path, "hash": f"sha256:{digest}"} for path in ("../in.csv", "/etc/x.csv", 5)]
    changed = {"path": "mine.csv", "hash": f"sha256:{'0' * 64}"}
    others = {
        "name": "survey",
        "created_by": "somebody",
        "resources": [{"path": "mine.csv", "hash": f"sha256:{digest}"}],
    }
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(others), encoding="utf-8")
    with pytest.raises(AnalysisError, match="no analysis wrote"):
        analysed(class_folder, tmp_path / "out")
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps({**own, "resources": [*listed, changed]}), "utf-8")
    (tmp_path / "out" / "download.zip.part").write_bytes(b"half")
    (tmp_path / "in.csv").write_text("a", encoding="utf-8")
    analysed(class_folder, tmp_path / "out")
    assert (tmp_path / "out" / "mine.csv").exists()
    assert (tmp_path / "out" / "download.zip.part").exists()
    assert (tmp_path / "in.csv").exists()


def test_the_list_of_codes_is_for_its_owner_and_lies_elsewhere(class_folder: Path, tmp_path: Path) -> None:
    analysed(class_folder, tmp_path / "out", write_key=tmp_path / "apart" / "codes.csv")
    rows = read_csv(tmp_path / "apart" / "codes.csv")
    students = {row["student"] for row in read_csv(tmp_path / "out" / "students.csv")}
    assert {row["student"] for row in rows} == students
    assert {"a1", "b4", "u1"} <= {row["student_code"] for row in rows}
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "apart" / "codes.csv").stat().st_mode) == 0o600
    analysed(class_folder, tmp_path / "out", write_key=tmp_path / "apart" / "codes.csv")
    with pytest.raises(AnalysisError, match="export folder"):
        analysed(class_folder, tmp_path / "out", write_key=tmp_path / "out" / "codes.csv")
    for taken in (class_folder / "a1.db", tmp_path / "keys" / "key", tmp_path / "apart"):
        before = taken.read_bytes() if taken.is_file() else b""
        with pytest.raises(UsageError, match="is no list of codes"):
            analysed(class_folder, tmp_path / "out", write_key=taken)
        assert not before or taken.read_bytes() == before


def test_ratings_are_matched_and_their_agreement_is_told(class_folder: Path, tmp_path: Path) -> None:
    """Of 8 ratings of A2 (all done by ours) 6 agree; the scores differ by 5 points everywhere."""
    lines = ["student;encounter;item;verdict"]
    scores = {"a1": 80, "a2": 60, "a3": 90, "a4": 55, "b1": 50, "b2": 65, "b3": 40, "b4": 85}
    for number, (code, score) in enumerate(scores.items()):
        lines.append(f"{code};asthma;A2;{'done' if number < 6 else 'not done'}")
        lines.append(f"{code};asthma;A3;{'no' if number % 2 else 'missed'}")
        lines.append(f"{code.upper()};asthma;D1;{'optimal' if number < 7 else 'acceptable'}")
        lines.append(f"{code};asthma;total;{score + 5}")
    lines += ["nobody;asthma;A2;done", "a1;asthma;Z9;done", "a1;asthma;A2;perhaps", ";asthma;A2;done"]
    (tmp_path / "ratings.csv").write_text("\r\n".join(lines), encoding="utf-8-sig")
    analysed(class_folder, tmp_path / "out", ratings_file=tmp_path / "ratings.csv")
    rows = {(row["kind"], row["item"]): row for row in read_csv(tmp_path / "out" / "agreement.csv") if row["scenario"]}
    assert (rows["checklist", "A2"]["n"], rows["checklist", "A2"]["agreement"]) == ("8", "0.75")
    assert rows["checklist", "A3"]["agreement"] == "1.0"
    assert rows["decision", "D1"]["agreement"] == "0.875"
    assert rows["score", ""]["note"] == "the instructor gave +5.00 points on average"
    assert 0.9 < float(rows["score", ""]["coefficient"]) < 1
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    for reason in ("no such encounter", "no such item in that encounter", "the verdict is not understood"):
        assert f"| {reason} | 1 |" in report
    assert "not named clearly enough" in report


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"a,b\n1,2\n", "no column encounter"), (b"\xff\xfe\x00", "no UTF-8"), (None, "cannot be read")],
)
def test_ratings_that_cannot_be_used_are_refused(tmp_path: Path, content: bytes | None, problem: str) -> None:
    if content is not None:
        (tmp_path / "ratings.csv").write_bytes(content)
    with pytest.raises(UsageError, match=problem):
        analysed(tmp_path, tmp_path / "out", ratings_file=tmp_path / "ratings.csv")


def test_the_command_takes_patterns_and_every_option(class_folder: Path, tmp_path: Path) -> None:
    arguments = ["analyze", str(class_folder / "a*.db"), str(class_folder / "b?.db"), "--out", str(tmp_path / "out")]
    arguments += ["--key", str(tmp_path / "key"), "--no-plots", "--excel-csv", "--min-cell", "3"]
    done = CliRunner().invoke(cli, [*arguments, "--equivalence-bound", "5"])
    assert done.exit_code == 0, done.output
    assert "Files: 8 found, 8 analysed" in done.output
    assert (tmp_path / "out" / "students.excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert results_of(tmp_path / "out", "score_mean", method="Equivalence (TOST, Welch)")
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "An equivalence bound of 5 was given with the command." in report
    for wrong in (["--equivalence-bound", "-1"], ["--min-cell", "-1"], ["--equivalence-bound", "nan"]):
        assert CliRunner().invoke(cli, [*arguments, *wrong]).exit_code == 2


def test_a_pre_test_and_the_appendix_add_their_rows(class_folder: Path, tmp_path: Path) -> None:
    """The adjusted difference by least squares on arm and pre-test."""
    means = {"a1": 75, "a2": 63, "a3": 87, "a4": 63, "b1": 51, "b2": 62.5, "b3": 55, "b4": 73.5}
    before = {"a1": 7, "a2": 5, "a3": 8, "a4": 4, "b1": 6, "b2": 7, "b3": 3, "b4": 9}
    lines = ["Value,Student", *(f"{value},{code.upper()}" for code, value in before.items())]
    design = np.array([[1.0, code[0] == "a", before[code]] for code in means])
    adjusted = np.linalg.lstsq(design, np.array(list(means.values())), rcond=None)[0][1]
    (tmp_path / "before.csv").write_text("\n".join(lines), encoding="utf-8")
    analysed(class_folder, tmp_path / "out", baseline_file=tmp_path / "before.csv", appendix=True)
    [row] = results_of(tmp_path / "out", "score_mean", method="ANCOVA with the pre-test")
    assert (row["n_1"], row["n_2"]) == ("4", "4")
    assert float(row["estimate"]) == pytest.approx(adjusted)
    acted = results_of(tmp_path / "out", "cumulative_incidence", scenario="opioid", item="pivotal treatment")
    assert {row["arm_1"]: row["estimate"] for row in acted} == {"A": "1.0", "B": "0.25"}
    assert len(results_of(tmp_path / "out", "dangerous_decisions", method="Negative binomial (NB2)")) == 1


@pytest.mark.parametrize("lines", ["student,value\na1,x", "student,value\na1,1\nA1,2", "student,value\na1,inf"])
def test_a_pre_test_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, lines: str) -> None:
    (tmp_path / "before.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError, match="Line"):
        analysed(tmp_path, tmp_path / "out", baseline_file=tmp_path / "before.csv")


def test_two_analyses_in_one_folder_do_not_mix(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with export_into(tmp_path / "out"), pytest.raises(AnalysisError, match="Another analysis is writing"):
        analysed(class_folder, tmp_path / "out")
    assert analysed(class_folder, tmp_path / "out").exit_code == 0


def test_a_file_that_no_analysis_wrote_is_not_replaced(class_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "students.csv").write_text("my roster", encoding="utf-8")
    with pytest.raises(AnalysisError, match="no analysis wrote"):
        analysed(class_folder, tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"students.csv", ".analysis.lock"}
    assert (tmp_path / "out" / "students.csv").read_text(encoding="utf-8") == "my roster"
