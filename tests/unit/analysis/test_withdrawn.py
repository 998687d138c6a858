"""Who withdrew stays out, whatever older copies were collected."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from knowthyself_tui.analysis.cli import Request, analyze
from knowthyself_tui.cli import cli

Make = Callable[..., Any]


def students_in(out: Path) -> int:
    with (out / "students.csv").open(encoding="utf-8", newline="") as stream:
        return len(list(csv.DictReader(stream)))


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))


def withdraw(database: Path, code: str) -> None:
    done = CliRunner().invoke(cli, ["sessions", "withdraw", code, "--db", str(database), "--yes"])
    assert done.exit_code == 0, done.output


def test_an_older_copy_of_a_class_does_not_bring_a_student_back(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    write(now / "class.db", "s1", sitting("A", 70.0))
    write(now / "class.db", "s2", sitting("B", 40.0))
    before.mkdir()
    shutil.copy(now / "class.db", before / "old.db")
    withdraw(now / "class.db", "s1")
    assert analyze(Request([now, before], tmp_path / "out", key_file=key_file, plots=False)).exit_code == 0
    assert students_in(tmp_path / "out") == 1


def test_an_older_copy_of_ones_own_file_does_not_either(
    tmp_path: Path, key_file: Path, write: Make, sitting: Make
) -> None:
    now, before = tmp_path / "now", tmp_path / "before"
    write(now / "s1.db", "s1", sitting("A", 70.0))
    write(now / "s2.db", "s2", sitting("B", 40.0))
    before.mkdir()
    shutil.copy(now / "s1.db", before / "old.db")
    withdraw(now / "s1.db", "s1")
    assert not (now / "s1.db").exists()
    assert analyze(Request([now, before], tmp_path / "out", key_file=key_file, plots=False)).exit_code == 0
    assert students_in(tmp_path / "out") == 1


def test_a_collected_part_of_a_class_stays_out_when_its_student_withdrew(tmp_path: Path, key_file: Path) -> None:
    database, collected = tmp_path / "class.db", tmp_path / "collected"
    for code in ("s1", "s2"):
        done = CliRunner().invoke(cli, ["run", "asthma", "--until", "00:20", "--student", code, "--db", str(database)])
        assert done.exit_code == 0, done.output
    shutil.copytree(tmp_path / "handin", collected)
    withdraw(database, "s1")
    assert analyze(Request([database, collected], tmp_path / "out", key_file=key_file, plots=False)).exit_code == 0
    assert students_in(tmp_path / "out") == 1
