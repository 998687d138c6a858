"""A server's records as files: one database a student, the same that the student's own file would be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from knowthyself_tui.cli import cli
from knowthyself_tui.store.extract import extract_all
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.postgres import empty_place

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_every_student_of_a_server_becomes_a_file(tmp_path: Path, sitting: Sitting) -> None:
    other = type(sitting)("Zoë/../x")
    with empty_place() as server:
        for one in (sitting, other):
            recorder = Recorder.open(server, student=one.student.code)
            one.begin(recorder)
            recorder.append(one.turn()).result()
            recorder.let_go()
        paths = extract_all(server, tmp_path)
        assert all(path.parent == tmp_path for path in paths)
        for one, path in zip((sitting, other), sorted(paths), strict=True):
            with open_copy(path) as copy, open_reader(server) as reader:
                assert copy.sitting(one.session_id) == reader.sitting(one.session_id)
                assert len(copy.rows("SELECT * FROM finding")) == 1


def test_analyze_reads_a_server_as_it_reads_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    runner = CliRunner()
    with empty_place() as server:
        for code in ("p1", "p2"):
            done = runner.invoke(cli, ["run", "asthma", "--until", "01:00", "--student", code, "--db", server.url])
            assert done.exit_code == 0, done.output
        done = runner.invoke(cli, ["analyze", server.url, "--out", str(tmp_path / "report")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "report" / "results.xlsx").is_file()
    copies = sorted(path.name[:2] for path in (tmp_path / "data" / "handin").iterdir())
    assert copies == ["p1", "p2"]
    again = runner.invoke(cli, ["analyze", str(tmp_path / "data" / "handin"), "--out", str(tmp_path / "again")])
    assert again.exit_code == 0, again.output
    students = [(tmp_path / name / "students.csv").read_bytes() for name in ("report", "again")]
    assert students[0] == students[1]


def test_a_server_is_collected_student_by_student_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "data"))
    runner = CliRunner()

    def collect(url: str) -> list[str]:
        done = runner.invoke(cli, ["collect", url, "--into", str(tmp_path / "all"), "--json"])
        assert done.exit_code == 0, done.output
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        return [row["action"] for row in rows if row["kind"] == "source"]

    with empty_place() as server:
        for code in ("p1", "p2"):
            runner.invoke(cli, ["run", "asthma", "--until", "00:20", "--student", code, "--db", server.url])
        assert collect(server.url) == ["new", "new"]
        assert collect(server.url) == ["unchanged", "unchanged"]
        runner.invoke(cli, ["run", "asthma", "--until", "00:20", "--student", "p2", "--db", server.url])
        assert collect(server.url) == ["unchanged", "newer"]
        done = runner.invoke(cli, ["collect", re.sub(r":\d+/", ":1/", server.url), "--into", str(tmp_path / "none")])
    assert done.exit_code == 1
