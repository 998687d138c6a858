"""`knowthyself run`: what comes out, what is stored, and what happens with wrong input."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.command import SCRIPTS, rows

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_untreated_patient_ends_in_arrest_on_the_fact_sheets_course(command: Run) -> None:
    out = rows(command("run", "asthma", "--json"))
    states = {row["to"]: row["t"] for row in out if row["kind"] == "state"}
    assert abs(states["deteriorating"] - 300) <= 120
    assert abs(states["critical"] - 620) <= 120
    assert abs(states["arrest"] - 960) <= 120
    assert out[-1]["kind"] == "result"
    assert out[-1]["state"] == "arrest"
    assert out[-1]["competence"] == "novice"


def test_the_scenarios_page_names_the_minutes_of_the_untreated_course(command: Run) -> None:
    page = (SCRIPTS.parents[2] / "scenarios" / "asthma" / "README.md").read_text("utf-8")
    out = rows(command("run", "asthma", "--json"))
    told = dict(re.findall(r"`(\w+)` at\s+(\d+:\d\d)", page))
    assert told.keys() == {"deteriorating", "critical", "arrest"}
    for state, clock in told.items():
        minutes, seconds = map(int, clock.split(":"))
        assert abs(60 * minutes + seconds - next(row["t"] for row in out if row.get("to") == state)) <= 2


def test_the_optimal_course_gets_her_better(command: Run) -> None:
    out = rows(command("run", "asthma", "--json", "--script", str(SCRIPTS / "asthma_optimal.txt")))
    result = out[-1]
    assert result["state"] in ("improving", "stable")
    assert not any(gate["failed"] for gate in result["gates"])
    assert result["total"] > 80
    assert result["medication_errors"] == []


def test_vitals_come_at_contact_and_every_five_seconds_with_the_contracts_names(command: Run) -> None:
    out = rows(command("run", "asthma", "--json", "--until", "01:00"))
    vitals = [row for row in out if row["kind"] == "vitals"]
    assert [row["t"] for row in vitals] == [5.0 * step for step in range(13)]
    assert list(vitals[0]) == [
        "t", "kind", "hr", "rr", "spo2", "sbp", "dbp", "etco2_kpa", "gcs", "temp_c", "glucose_mmol_l", "rhythm",
        "state",
    ]  # fmt: skip
    assert vitals[0]["state"] == "initial"


def test_the_first_values_are_the_fact_sheets(command: Run) -> None:
    first = rows(command("run", "asthma", "--json", "--until", "00:05"))[0]
    assert abs(first["hr"] - 128) <= 12
    assert abs(first["rr"] - 32) <= 5
    assert abs(first["spo2"] - 88) <= 3
    assert abs(first["sbp"] - 138) <= 12
    assert abs(first["etco2_kpa"] - 3.3) <= 0.8
    assert first["gcs"] >= 14


def test_in_arrest_rates_are_zero_and_pressures_nothing(command: Run) -> None:
    last = [row for row in rows(command("run", "asthma", "--json")) if row["kind"] == "vitals"][-1]
    assert (last["hr"], last["rr"], last["sbp"], last["dbp"]) == (0, 0, None, None)


def test_the_same_seed_and_script_give_the_same_bytes_but_for_ids(command: Run) -> None:
    arguments = ("run", "asthma", "--json", "--script", str(SCRIPTS / "asthma_optimal.txt"))
    first, second = (re.sub(r"[0-9a-f-]{36}", "ID", command(*arguments).stdout) for _ in range(2))
    assert first == second


def test_nothing_is_written_without_a_database_or_a_student(command: Run, tmp_path: Path) -> None:
    rows(command("run", "asthma", "--json", "--until", "00:10"))
    assert not (tmp_path / "data").exists()


def test_a_students_run_is_a_complete_database(command: Run, tmp_path: Path) -> None:
    out = rows(command("run", "asthma", "--json", "--student", "s1", "--arm", "A", "--until", "10:00"))
    with closing(sqlite3.connect(tmp_path / "data" / "s1.db")) as database:
        (status, arm) = database.execute("select status, arm from session").fetchone()
        (samples,) = database.execute("select count(*) from vital_sample").fetchone()
        (items,) = database.execute("select count(*) from checklist_result").fetchone()
        (total,) = database.execute("select total from encounter_result").fetchone()
    assert (status, arm, samples) == ("completed", "A", 121)
    assert items == len(out[-1]["checklist"])
    assert total == out[-1]["total"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["run", "nothing"], 1, "can be played"),
        (["run", "../../etc"], 1, "can be played"),
        (["run", "asthma", "--script", "no-such-file"], 2, "cannot be read"),
        (["run", "asthma", "--until", "soon"], 2, "is not a time"),
        (["run", "asthma", "--db", "ftp://somewhere"], 2, "ftp databases cannot be used"),
        (["run"], 2, "Missing argument"),
        (["analyze", "no-such-folder", "--out", "out"], 2, "no-such-folder"),
    ],
)
def test_wrong_input_is_one_sentence_and_an_exit_code(command: Run, arguments: list[str], code: int, says: str) -> None:
    done = command(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_foreign_file_is_refused_and_left_as_it_was(command: Run, tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    path.write_text("not a database at all")
    done = command("run", "asthma", "--db", str(path), "--until", "00:05")
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert path.read_text() == "not a database at all"


def test_nasty_text_is_harmless(command: Run) -> None:
    script = "\n".join(
        ["[b]x[/b]", "[/b]", "\x1b[31mred\x1b]52;c;aGk=\x07", "x" * 5000, "\u202eabc", "=1+1", "'; drop table"]
    )
    out = rows(command("run", "asthma", "--json", "--script", "-", "--until", "02:00", text=script))
    said = [row["text"] for row in out if row["kind"] == "turn" and row["speaker"] == "student"]
    assert len(said) == 7
    assert not any("\x1b" in text or "\u202e" in text for text in said)
    assert not any(row["kind"] == "act" and row["status"] == "executed" for row in out)


def test_understand_answers_every_line_as_json(command: Run) -> None:
    asked = [
        {"id": "1", "text": "salbutamol 5mg neb", "scenario": "asthma"},
        {"id": "2", "text": "", "scenario": "general"},
    ]
    out = rows(command("understand", "--jsonl", text="\n".join(json.dumps(row) for row in asked)))
    assert [row["id"] for row in out] == ["1", "2"]
    assert out[0]["acts"][0]["executes"] is True
    assert not any(act["executes"] for act in out[1]["acts"])


def test_the_bundled_scenarios_validate(command: Run) -> None:
    done = command("scenarios", "validate")
    assert (done.returncode, done.stderr) == (0, "")
