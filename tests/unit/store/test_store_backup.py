"""Backups beside a database: made when something changed, the newest five kept, never in anybody's way."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.errors import DamagedDatabase
from knowthyself_tui.store import backup, copies
from knowthyself_tui.store.backup import back_up, backups_of, rotate_backups
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.copies import stamp
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def full(path: Path, sitting: Sitting) -> Path:
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    recorder.close()
    return path


def go_on(path: Path, sitting: Sitting) -> None:
    recorder = Recorder.open(path)
    recorder.append(sitting.turn()).result()
    recorder.close()


def test_a_backup_is_complete_private_and_alone(full: Path, sitting: Sitting) -> None:
    made = back_up(full)
    assert made.parent == full.parent / "backups"
    assert list(made.parent.iterdir()) == [made]
    assert contents_of(made) == contents_of(full)
    assert contents_of(made).events == sitting.seq
    if sys.platform != "win32":
        assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_nothing_is_made_where_nothing_changed(full: Path) -> None:
    assert rotate_backups(full) is None
    Recorder.open(full).close()
    assert rotate_backups(full) is None
    assert len(backups_of(full)) == 1


def test_each_change_makes_a_backup_and_five_stay(full: Path, sitting: Sitting) -> None:
    held = []
    for _ in range(7):
        go_on(full, sitting)
        assert rotate_backups(full) is None
        held.append(sitting.seq)
    assert [contents_of(file).events for file in backups_of(full)] == held[-5:]


def test_a_sample_alone_is_a_change(full: Path, sitting: Sitting) -> None:
    rotate_backups(full)
    recorder = Recorder.open(full)
    recorder.append(sitting.tick(5000)).result()
    recorder.close()
    rotate_backups(full)
    assert len(backups_of(full)) == 2


def test_names_follow_each_other_also_when_the_clock_was_set_back() -> None:
    ahead = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y%m%dT%H%M%SZ")
    following = stamp(after=ahead)
    assert following > ahead
    assert stamp(after=following) > following
    assert stamp(after="20200101T000000Z") < ahead


def test_the_newest_stays_the_newest_after_the_clock_was_set_back(full: Path, sitting: Sitting) -> None:
    first = back_up(full)
    first.rename(first.with_name("p001-20991231T235959Z.db"))
    go_on(full, sitting)
    rotate_backups(full)
    assert contents_of(backups_of(full)[-1]).events == sitting.seq
    assert rotate_backups(full) is None
    assert len(backups_of(full)) == 2


def test_the_backups_of_another_student_are_not_counted(full: Path) -> None:
    other = full.with_name("p001-b.db")
    shutil.copy(full, other)
    theirs = [back_up(other) for _ in range(6)]
    for _ in range(6):
        back_up(full)
    rotate_backups(full)
    assert len(backups_of(full)) == 5
    assert backups_of(other) == theirs


def test_a_full_disk_is_told_and_leaves_nothing_behind(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(copies, "sync_file", no_space)
    told = rotate_backups(full)
    assert told is not None
    assert told.startswith("No backup could be made")
    assert "Free some space" in told
    assert list((full.parent / "backups").iterdir()) == []


def test_a_damaged_copy_never_gets_a_name(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoil(source: sqlite3.Connection, part: Path) -> None:
        real(source, part)
        content = bytearray(part.read_bytes())
        content[4096 * 3 : 4096 * 4] = b"\xa5" * 4096
        part.write_bytes(content)

    real = copies.copy_pages
    monkeypatch.setattr(copies, "copy_pages", spoil)
    with pytest.raises(DamagedDatabase):
        back_up(full)
    assert backups_of(full) == []


def test_a_damaged_database_pushes_no_good_backup_out(full: Path) -> None:
    good = [back_up(full) for _ in range(5)]
    content = bytearray(full.read_bytes())
    content[-4096:] = b"\xa5" * 4096
    full.write_bytes(content)
    told = rotate_backups(full)
    assert told is not None
    assert "damaged" in told
    assert backups_of(full) == good


def test_a_damaged_backup_is_followed_by_a_good_one(full: Path) -> None:
    back_up(full).write_bytes(b"torn")
    assert rotate_backups(full) is None
    assert contents_of(backups_of(full)[-1]).is_valid


def test_a_missing_database_is_nothing_to_back_up(path: Path) -> None:
    assert rotate_backups(path) is None
    assert not path.parent.exists()


def test_a_write_that_was_cut_is_not_in_the_backup(full: Path, tmp_path: Path, sitting: Sitting) -> None:
    torn = cut_in_a_write(full, tmp_path / "torn" / "p001.db")
    before = torn.read_bytes()
    made = back_up(torn)
    assert contents_of(made).events == sitting.seq
    assert torn.read_bytes() == before


def cut_in_a_write(path: Path, target: Path) -> Path:
    """The files as a kill leaves them while a transaction is being written."""
    target.parent.mkdir()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = truncate")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM turn")
    connection.execute("UPDATE event SET body = body || hex(zeroblob(20000))")
    for ending in ("", "-journal"):
        shutil.copy(path.with_name(path.name + ending), target.with_name(target.name + ending))
    connection.execute("ROLLBACK")
    connection.close()
    assert target.with_name(target.name + "-journal").stat().st_size > 512
    return target


def test_the_folder_can_be_chosen(full: Path, tmp_path: Path) -> None:
    made = backup.back_up(full, tmp_path / "stick")
    assert made.parent == tmp_path / "stick"
    assert not (full.parent / "backups").exists()
