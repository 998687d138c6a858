"""`knowthyself doctor` as people and programs run it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.commands.doctor import doctor
from knowthyself_tui.doctor import examine as examination
from knowthyself_tui.doctor.check import Check, fine, problem
from knowthyself_tui.doctor.examine import examine
from knowthyself_tui.doctor.report import json_lines, table_lines
from knowthyself_tui.doctor.surroundings import Surroundings
from knowthyself_tui.store.place import Server

SECRET = "sk-ant-abc123-never-shown"


@pytest.fixture(autouse=True)
def _this_machine(machine: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", SECRET)
    key = {**machine.environ, "ANTHROPIC_API_KEY": SECRET}
    monkeypatch.setattr(examination, "Surroundings", lambda: replace(machine, environ=key))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(doctor, arguments, catch_exceptions=False)


def test_a_table_ends_in_a_sum(path: Path) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[-1].startswith("no problems, 1 note, ")
    assert any(line.startswith("NOTE     backups") for line in lines)
    assert any(line.strip().startswith("> Run `knowthyself backup`") for line in lines)


def test_json_has_one_object_a_check_and_nothing_else(path: Path) -> None:
    rows = [json.loads(line) for line in run("--json").output.splitlines()]
    assert {tuple(row) for row in rows} == {("check", "verdict", "text", "remedy")}
    assert {row["verdict"] for row in rows} <= {"fine", "note", "problem"}
    names = {row["check"] for row in rows}
    assert {"Python", "packages", "terminal size", "font", "clock", "settings", "scenarios", "disk", "log"} <= names


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_the_key_is_nowhere_in_the_output(path: Path, arguments: tuple[str, ...]) -> None:
    output = run(*arguments).output
    assert "key for a model" in output
    assert SECRET not in output
    assert SECRET[:10] not in output


def test_a_problem_ends_in_exit_code_1(path: Path) -> None:
    path.write_bytes(b"")
    result = run()
    assert result.exit_code == 1
    assert "PROBLEM  database" in result.output


def test_a_database_of_its_own_folder(path: Path, tmp_path: Path) -> None:
    """The others in the data folder are left alone, but both folders are looked at."""
    other = tmp_path / "other" / "class.db"
    rows = [json.loads(line) for line in run("--json", "--db", str(other)).output.splitlines()]
    disks = [row["text"] for row in rows if row["check"] == "disk"]
    assert [str(other.parent) in disks[0], str(path.parent) in disks[1]] == [True, True]
    assert not any("p001.db" in row["text"] for row in rows)
    assert not other.parent.exists()


def test_settings_that_cannot_be_read_keep_nothing_else_from_being_told(path: Path) -> None:
    (path.parent / "config.toml").write_text("seed = ", encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "PROBLEM  settings" in result.output
    assert "p001.db opens and is whole" in result.output


def test_a_data_folder_that_cannot_be(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", "~nosuchuser/data")
    result = run()
    assert result.exit_code == 1
    assert "PROBLEM  data folder" in result.output
    assert "scenarios" in result.output


def test_a_data_folder_that_never_answers(data: Path, machine: Surroundings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "LONGEST_SECONDS", 1.0)
    monkeypatch.setattr(examination, "_start", lambda _: time.sleep(5))
    before = time.monotonic()
    checks = {check.name: check.verdict for check in examine(None, machine)}
    assert time.monotonic() - before < 4.5
    assert checks["data folder"] == "problem"


def test_a_server_that_is_not_there(data: Path, machine: Surroundings) -> None:
    """Port 1 of this machine refuses at once; without the driver the sentence says how to get it."""
    checks = examine(Server("postgresql://zoe:hidden@127.0.0.1:1/none"), machine)
    (check,) = [check for check in checks if check.name == "database"]
    assert check.verdict == "problem"
    assert check.remedy
    assert "hidden" not in " ".join(json_lines(checks))


def test_many_that_are_fine_are_one_line() -> None:
    checks = [fine("log", f"{number} is fine.") for number in range(4)]
    lines = list(table_lines([*checks, problem("log", "One is not.", "Mend it.")]))
    assert [line.split("log")[1].strip() for line in lines[:2]] == ["4 of them are fine.", "One is not."]
    assert len(list(table_lines(checks[:3]))) == 5


def test_what_files_are_called_cannot_command_the_terminal() -> None:
    lines = [
        *table_lines([Check("a\x1b[2J", "note", "b\x1b]52;c;x\x07\nd", "e\u202e")]),
        *json_lines([fine("x", "\x1b")]),
    ]
    assert not any(character in "".join(lines) for character in "\x1b\x07\n\u202e")


def test_all_fine_is_said_so() -> None:
    assert list(table_lines([fine("a", "b.")]))[-1] == "Nothing is wrong."
