"""The commands `backup` and `restore`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from knowthyself_tui.commands.backup import backup, restore
from knowthyself_tui.errors import StoreBusy, StoreError, UsageError
from knowthyself_tui.locations import DATA_FOLDER_VARIABLE
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def full(path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(path.parent))
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.close()
    return path


def go_on(path: Path, sitting: Sitting) -> None:
    """More is stored than any copy has."""
    recorder = Recorder.open(path)
    recorder.append(sitting.turn()).result()
    recorder.let_go()


def run(command: object, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=answer)  # type: ignore[arg-type]


def test_every_database_is_backed_up(full: Path, sitting: Sitting) -> None:
    done = run(backup, "--json")
    assert done.exit_code == 0
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["database"] == str(full)
    assert (row["students"], row["sittings"], row["events"], row["verdict"]) == (["p001"], 1, sitting.seq, "fine")
    assert contents_of(Path(row["backup"])).events == sitting.seq


def test_one_that_fails_is_told_and_the_others_are_made(full: Path) -> None:
    full.with_name("p002.db").write_text("no database")
    done = run(backup)
    assert done.exit_code == 3
    assert "p002.db is no database" in done.stderr
    assert f"{full.parent / 'backups'}" in done.stdout
    assert run(backup, "--student", "p002").exit_code == 1


def test_a_folder_of_choice(full: Path, tmp_path: Path) -> None:
    assert run(backup, "--student", "P001", "--to", str(tmp_path / "stick")).exit_code == 0
    assert len(list((tmp_path / "stick").glob("p001-*.db"))) == 1


def test_nothing_to_back_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_FOLDER_VARIABLE, str(tmp_path))
    assert isinstance(run(backup).exception, StoreError)


def test_a_server_is_left_to_its_own_tools(full: Path) -> None:
    failed = run(backup, "--db", "postgresql://me@host/class").exception
    assert isinstance(failed, UsageError)
    assert "pg_dump" in str(failed)


def test_the_list_shows_copies_and_changes_nothing(full: Path) -> None:
    run(backup)
    before = {file: file.read_bytes() for file in full.parent.rglob("*.db")}
    done = run(restore, "--student", "p001", "--list")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 2
    assert "hand-in copy" in done.stdout
    assert "backup" in done.stdout
    assert "fine" in done.stdout
    assert {file: file.read_bytes() for file in full.parent.rglob("*.db")} == before


def test_a_lost_database_comes_back_without_a_question(full: Path, sitting: Sitting) -> None:
    full.unlink()
    done = run(restore, "--student", "p001")
    assert done.exit_code == 0, done.output
    assert contents_of(full).events == sitting.seq


def test_fewer_events_need_a_yes(full: Path, sitting: Sitting) -> None:
    run(backup)
    go_on(full, sitting)
    before = full.read_bytes()
    for answer in ("n\n", ""):
        refused = run(restore, "--student", "p001", answer=answer)
        assert refused.exit_code == 1
        assert f"It holds {sitting.seq - 4} events, the present file holds {sitting.seq}" in refused.output
        assert full.read_bytes() == before
    done = run(restore, "--student", "p001", "--yes")
    assert done.exit_code == 0
    assert f"the present file holds {sitting.seq}" in done.output
    assert contents_of(full).events == sitting.seq - 4
    (aside,) = (full.parent / "set-aside").glob("*.db")
    assert aside.read_bytes() == before


def test_a_file_of_choice_of_another_student_needs_a_yes(full: Path, tmp_path: Path) -> None:
    from tests.unit.store.conftest import Sitting

    other, path = Sitting("p009"), tmp_path / "other" / "p009.db"
    recorder = Recorder.open(path)
    other.begin(recorder)
    recorder.append(other.turn()).result()
    recorder.close()
    refused = run(restore, "--student", "p001", "--from", str(path), answer="n\n")
    assert refused.exit_code == 1
    assert "p009 instead of p001" in refused.output
    assert contents_of(full).codes == ("p001",)


def test_a_damaged_database_is_mended(full: Path, sitting: Sitting) -> None:
    content = bytearray(full.read_bytes())
    content[:100] = bytes(100)
    full.write_bytes(content)
    done = run(restore, "--student", "p001")
    assert done.exit_code == 0, done.output
    assert "Everything that was stored was brought over" in done.output
    assert contents_of(full).events == sitting.seq


def test_a_database_in_use_and_a_missing_choice_are_told(full: Path) -> None:
    lock = InstanceLock.take(full)
    assert isinstance(run(restore, "--student", "p001").exception, StoreBusy)
    lock.release()
    full.with_name("p002.db").write_bytes(full.read_bytes())
    assert isinstance(run(restore).exception, UsageError)
    assert isinstance(run(restore, "--student", "p003").exception, StoreError)
