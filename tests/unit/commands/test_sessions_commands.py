"""`knowthyself sessions` as people give it, on a sitting that was really played."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.commands.sessions import sessions
from knowthyself_tui.errors import StoreBusy, StoreError, UsageError
from knowthyself_tui.store.recorder import Recorder
from tests.unit.session.played import NAME, Player, tampering


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Student p001's own file in a data folder."""
    path = tmp_path_factory.mktemp("data") / "p001.db"
    player = Player(path)
    for line in ("NRB at 15 litres", "sats?", "salbutamol 5mg neb"):
        player.say(line, 20)
    player.finish()
    return path, player.seat.sitting.session_id


@pytest.fixture
def data(played: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with that file."""
    folder = tmp_path / "data"
    shutil.copytree(played[0].parent, folder)
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(folder))
    return folder


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(sessions, arguments, input=text)


def error_of(result: Result, kind: type[Exception]) -> str:
    assert isinstance(result.exception, kind), result.output
    return str(result.exception)


def test_list_shows_each_sitting_once(data: Path, played: tuple[Path, str]) -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == 2
    for text in (played[1][:8], "p001", NAME, "completed", "asthma", "p001.db"):
        assert text in lines[1]


def test_list_as_json_has_the_whole_id(data: Path, played: tuple[Path, str]) -> None:
    row = json.loads(run("list", "--json").stdout)
    assert (row["id"], row["code"], row["scenarios"]) == (played[1], "p001", ["asthma"])
    assert 0 < row["score"] < 100


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_listed(data: Path) -> None:
    (data / "broken.db").write_bytes(b"nothing of ours" * 100)
    result = run("list")
    assert result.exit_code == 3
    assert "broken.db" in result.stderr
    assert "p001" in result.stdout


def test_an_empty_folder_has_no_sittings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path))
    assert run("list").stdout == "No sittings.\n"
    assert "no sitting to verify" in error_of(run("verify"), StoreError)


@pytest.mark.parametrize("beginning", ["zzzz", ""])
def test_an_unknown_id_is_told(data: Path, beginning: str) -> None:
    assert "No sitting has an id" in error_of(run("show", beginning), UsageError)


def test_an_ambiguous_id_is_told(data: Path, played: tuple[Path, str]) -> None:
    player = Player(data / "p002.db", "p002")
    player.seat.recorder.close()
    assert "2 sittings have ids" in error_of(run("show", played[1][:3]), UsageError)


def test_the_same_sitting_in_two_files_is_told(data: Path, played: tuple[Path, str]) -> None:
    shutil.copy(data / "p001.db", data / "copy.db")
    assert "say which one with --db" in error_of(run("show", played[1]), UsageError)
    assert run("show", played[1], "--db", str(data / "copy.db")).exit_code == 0


def test_show_reads_like_a_transcript(data: Path, played: tuple[Path, str]) -> None:
    text = run("show", played[1][:20]).stdout
    for part in (
        "00:20  student: sats?",
        "[oxygen 15 L/min non-rebreather: executed]",
        "finding: SpO2",
        "the student left the patient",
        "Went well: Oxygen came early.",
        "Own estimate: 55 of 100",
        "Total ",
    ):
        assert part in text


def test_export_is_one_document_with_a_version(data: Path, played: tuple[Path, str]) -> None:
    document = json.loads(run("export", played[1]).stdout)
    assert (document["format"], document["version"]) == ("knowthyself-sitting", 1)
    [encounter] = document["encounters"]
    assert document["student"]["name"] == NAME
    assert [turn["text"] for turn in document["turns"] if turn["speaker"] == "student"][1] == "sats?"
    assert encounter["vitals"][0]["measured"] == []
    assert encounter["reflection"][0]["score"] == 55.0
    assert encounter["result"]["checklist"]
    assert "scenario" not in encounter


def test_an_anonymous_export_has_no_name_and_no_address(data: Path, played: tuple[Path, str]) -> None:
    for form in ((), ("--text",)):
        text = run("export", played[1], "--anonymous", *form).stdout
        assert "p001" in text
        assert NAME not in text
        assert "zoe@example.org" not in text


def test_export_never_replaces_a_file_silently(data: Path, played: tuple[Path, str], tmp_path: Path) -> None:
    out = tmp_path / "sitting.json"
    assert run("export", played[1], "--out", str(out)).exit_code == 0
    out.write_text("mine")
    assert "--force" in error_of(run("export", played[1], "--out", str(out)), UsageError)
    assert out.read_text() == "mine"
    assert run("export", played[1], "--out", str(out), "--force").exit_code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["version"] == 1


def test_score_puts_recomputed_beside_stored(data: Path, played: tuple[Path, str]) -> None:
    assert run("score", played[1]).stdout.splitlines()[-1].startswith("0 of ")
    with tampering(data / "p001.db") as connection:
        connection.execute("UPDATE encounter_result SET total = 99.5")
    result = run("score", played[1])
    assert result.exit_code == 1
    [line] = [line for line in result.stdout.splitlines() if "DIFFERENT" in line]
    assert line.startswith("encounter_result.total: stored 99.5, recomputed ")


def test_verify_says_what_is_wrong(data: Path) -> None:
    fine = run("verify")
    assert (fine.exit_code, fine.stdout.split()[0]) == (0, "fine")
    with tampering(data / "p001.db") as connection:
        connection.execute("UPDATE turn SET text = 'I gave \x1b[2Joxygen' WHERE text = 'sats?'")
    wrong = run("verify")
    assert wrong.exit_code == 1
    assert "turn (id=" in wrong.stdout
    assert "recomputed 'sats?'" in wrong.stdout
    assert "\x1b" not in wrong.stdout
    [difference] = json.loads(run("verify", "--json").stdout)["differences"]
    assert (difference["table"], difference["column"], difference["recomputed"]) == ("turn", "text", "sats?")


def test_verify_accepts_a_code_that_was_changed_here_and_no_other(data: Path) -> None:
    assert run("recode", "P001", " p010 ").exit_code == 0
    assert run("verify").exit_code == 0
    with tampering(data / "p010.db") as connection:
        connection.execute("UPDATE student SET code = 'p011'")
    assert "student" in run("verify").stdout


def test_a_code_that_nobody_has_is_told(data: Path) -> None:
    assert "Nobody has the code p9" in error_of(run("recode", "p9", "p8"), StoreError)
    assert "Nobody has the code p9" in error_of(run("withdraw", "p9", "--yes"), StoreError)


def test_a_withdrawal_asks_for_the_code(data: Path) -> None:
    result = run("withdraw", "p001", text="p01\n")
    assert result.exit_code == 1
    assert "nothing was removed" in result.stderr
    assert (data / "p001.db").exists()


def test_a_withdrawal_takes_the_file_and_the_copies(data: Path, played: tuple[Path, str]) -> None:
    drafts = data / "drafts"
    drafts.mkdir()
    (drafts / f"{played[1]}.json").write_text("{}")
    result = run("withdraw", "P001", text="p001\n")
    assert result.exit_code == 0, result.output
    assert "1 sitting and 1 encounter" in result.stdout
    assert [path.name for path in data.rglob("*") if "p001" in path.name or played[1] in path.name] == []
    assert run("list").stdout == "No sittings.\n"


def test_a_student_at_work_cannot_be_withdrawn(data: Path) -> None:
    recorder: Any = Recorder.open(data / "p001.db")
    assert "open in another window" in error_of(run("withdraw", "p001", "--yes"), StoreBusy)
    recorder.close()
