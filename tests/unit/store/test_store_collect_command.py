"""`knowthyself collect`: what it prints and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.cli import cli
from knowthyself_tui.commands.collect import collect
from knowthyself_tui.errors import UsageError
from tests.unit.store.collection import copies, play

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "collected"


@pytest.fixture
def source(tmp_path: Path, sitting: Sitting) -> Path:
    return play(tmp_path / "lab" / "p001.db", sitting)


def run(*arguments: Path | str) -> Result:
    return CliRunner().invoke(collect, [str(argument) for argument in arguments])


def test_all_taken(source: Path, folder: Path) -> None:
    done = run(source.parent, "--into", folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"p001.db: {source}",
        f"1 in {folder} (1 new, 0 newer, 0 unchanged); 0 duplicate, 0 excluded.",
    ]
    again = run(source.parent, "--into", folder)
    assert again.exit_code == 0
    assert again.stdout == f"1 in {folder} (0 new, 0 newer, 1 unchanged); 0 duplicate, 0 excluded.\n"


def test_taken_with_exclusions(source: Path, folder: Path) -> None:
    (source.parent / "bad.db").write_text("x")
    done = run(source.parent, source.parent / "gone", "--into", folder)
    assert done.exit_code == 3
    assert f"not collected: {source.parent / 'gone'}: It is not there." in done.stdout
    assert f"not collected: {source.parent / 'bad.db'}: It is no database" in done.stdout
    assert copies(folder) == ["p001.db"]
    assert run(source.parent, "--into", folder).exit_code == 3


def test_nothing_taken(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "bad.db").touch()
    assert run(tmp_path / "bad.db", "--into", folder).exit_code == 1


def test_nothing_found_makes_no_folder(tmp_path: Path, folder: Path) -> None:
    assert run(tmp_path / "gone", "--into", folder).exit_code == 1
    assert not folder.exists()


def test_a_folder_inside_a_source_is_wrong_usage(source: Path) -> None:
    done = run(source.parent, "--into", source.parent / "out")
    assert isinstance(done.exception, UsageError)
    assert done.exception.exit_code == 2
    assert not (source.parent / "out").exists()


def test_without_folder_or_source_is_wrong_usage(source: Path, folder: Path) -> None:
    assert run(source).exit_code == 2
    assert run("--into", folder).exit_code == 2


def test_json_lines(source: Path, folder: Path) -> None:
    (source.parent / "bad.db").write_text("x")
    done = run(source.parent, source.parent / "gone", "--into", folder, "--json")
    assert done.exit_code == 3
    gone, bad, taken, sums = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["action"] for row in (gone, bad, taken)] == ["excluded", "excluded", "new"]
    assert (taken["file"], taken["student_codes"], taken["sittings"]) == ("p001.db", "p001", 1)
    assert sums == {
        "kind": "sums", "folder": str(folder), "new": 1, "newer": 0, "unchanged": 0, "duplicate": 0, "excluded": 2,
    }  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such name")
def test_nothing_that_a_terminal_would_obey_is_printed(source: Path, folder: Path) -> None:
    source.rename(source.with_name("\x1b]0;x\x07\u202e.db"))
    done = run(source.parent, "--into", folder)
    assert done.exit_code == 0
    assert not set(done.stdout) & {"\x1b", "\x07", "\u202e"}


def test_the_collected_folder_can_be_analysed(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    runner = CliRunner()
    for code in ("p001", "p002"):
        database = str(tmp_path / "lab" / code / "x.db")
        done = runner.invoke(cli, ["run", "asthma", "--until", "01:00", "--student", code, "--db", database])
        assert done.exit_code == 0, done.output
    assert run(tmp_path / "lab", "--into", folder).exit_code == 0
    assert copies(folder) == ["p001.db", "p002.db"]
    done = runner.invoke(cli, ["analyze", str(folder), "--out", str(tmp_path / "report")])
    assert done.exit_code == 0, done.output
    assert "2 found, 2 analysed" in done.output
