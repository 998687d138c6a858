"""What is said about one database."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowthyself_tui.doctor.check import Check
from knowthyself_tui.doctor.database import check_copy, check_database, check_version
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.schema import SCHEMA_VERSION
from tests.unit.store.conftest import Sitting

NOW = datetime.now(UTC) + timedelta(hours=2)
"""Later than anything that the tests store, however long after the collection they run."""


def found(path: Path, now: datetime = NOW) -> dict[str, Check]:
    return {check.name: check for check in check_database(path, now)}


def contents(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def change(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(sql)
    connection.close()


def test_a_database_as_a_student_leaves_it_is_fine(path: Path) -> None:
    checks = found(path)
    assert {name: check.verdict for name, check in checks.items()} == {
        "in use": "fine",
        "journal": "fine",
        "database": "fine",
        "log": "fine",
        "backups": "note",
        "hand-in copy": "fine",
    }
    assert "7 entries" in checks["log"].sentence


def test_looking_changes_nothing(path: Path) -> None:
    before = contents(path.parent)
    found(path)
    assert contents(path.parent) == before


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert found(tmp_path / "p.db")["database"].verdict == "note"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + b"x" * 5000, b"a letter"])
def test_what_is_no_database_is_a_problem(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "p.db"
    file.write_bytes(content)
    check = found(file)["database"]
    assert check.verdict == "problem"
    assert check.remedy
    assert file.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    change(tmp_path / "p.db", "CREATE TABLE other (x)")
    assert "no database of Know Thyself" in found(tmp_path / "p.db")["database"].sentence


def test_a_folder_in_the_place_of_a_database(tmp_path: Path) -> None:
    (tmp_path / "p.db").mkdir()
    assert found(tmp_path / "p.db")["database"].verdict == "problem"


def test_a_newer_database_is_a_problem_and_left_alone(path: Path) -> None:
    change(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = contents(path.parent)
    assert found(path)["database"].verdict == "problem"
    assert contents(path.parent) == before


def test_an_older_database_will_be_upgraded() -> None:
    older = check_version("p.db", 1, newest=2)
    assert older is not None
    assert older.verdict == "note"
    assert "backup" in older.remedy
    assert check_version("p.db", 2, newest=2) is None


def test_damage_inside_is_found(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    assert [check.verdict for check in check_database(path, NOW) if check.name == "database"] == ["problem"]


def test_a_log_that_was_changed_is_found(path: Path) -> None:
    change(path, "UPDATE event SET at_ms = at_ms + 1 WHERE seq = 4")
    check = found(path)["log"]
    assert check.verdict == "problem"
    assert "entry 4" in check.sentence
    assert "sessions verify" in check.remedy


def test_a_database_in_use(recorder: Recorder, data: Path) -> None:
    path = data / "p001.db"
    checks = found(path)
    assert checks["in use"].verdict == "note"
    assert "p001.db.lock" in checks["in use"].sentence
    assert checks["database"].verdict == "fine"
    assert "End the program" in checks["hand-in copy"].remedy


def test_a_student_of_a_class_file_is_seen_to_be_in_it(path: Path) -> None:
    lock = InstanceLock.take(path, "p002")
    try:
        assert "p001.db.p002.lock" in found(path)["in use"].sentence
    finally:
        lock.release()


def test_only_locks_are_asked_for(path: Path) -> None:
    """The gate of a class file and copies with longer names are no locks."""
    for name in ("p001.db.gate", "p001.db.part"):
        (path.parent / name).touch()
    before = contents(path.parent)
    assert found(path)["in use"].verdict == "fine"
    assert contents(path.parent) == before


def test_looking_lets_the_lock_go_again(path: Path) -> None:
    found(path)
    InstanceLock.take(path).release()


def test_a_write_that_was_cut_is_told_and_not_mended(path: Path, tmp_path: Path) -> None:
    """A copy of the files in the middle of a write is what a power cut leaves."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE more AS SELECT hex(randomblob(200000)) AS x")
    cut = tmp_path / "cut"
    cut.mkdir()
    for ending in ("", "-journal"):
        shutil.copyfile(path.with_name(path.name + ending), cut / f"p001.db{ending}")
    connection.execute("ROLLBACK")
    connection.close()
    before = contents(cut)
    checks = found(cut / "p001.db")
    assert checks["journal"].verdict == "note"
    assert checks["database"].verdict == "fine"
    assert contents(cut) == before


def test_a_hand_in_copy_that_lags_behind(path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Recorder, "_handin", lambda _: Path())
        again = Recorder.open(path)
        again.append(sitting.turn(at_ms=9000)).result()
        again.close()
    check = found(path)["hand-in copy"]
    assert check.verdict == "note"
    assert "lacks the last 4 of 11" in check.sentence


def test_a_hand_in_copy_that_is_missing_or_damaged(path: Path) -> None:
    (copy,) = (path.parent / "handin").glob("*.db")
    copy.write_bytes(b"not a database")
    assert found(path)["hand-in copy"].verdict == "note"
    copy.unlink()
    assert found(path)["hand-in copy"].verdict == "note"


@pytest.mark.parametrize(("copied", "verdict"), [(None, "note"), (4, "note"), (5, "fine"), (6, "fine")])
def test_a_copy_with_as_much_or_more_is_complete(copied: int | None, verdict: str) -> None:
    assert check_copy(Path("handin/p.db"), 5, copied, is_open=False).verdict == verdict


def test_a_database_that_another_program_does_not_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowthyself_tui.doctor.database._BUSY_MS", 50)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    check = found(path)["database"]
    connection.close()
    assert check.verdict == "problem"
    assert "Another program is using" in check.sentence


def test_a_clock_that_was_set_back(path: Path) -> None:
    assert "clock" not in found(path)
    assert found(path, NOW - timedelta(days=1))["clock"].verdict == "note"
