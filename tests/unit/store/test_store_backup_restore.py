"""Bringing a copy back: the most complete one, in the place of what is set aside first."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.errors import StoreBusy, StoreError
from knowthyself_tui.store.backup import back_up
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.restore import best_of, candidates, restore

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def full(path: Path, sitting: Sitting) -> Path:
    """A database with two backups and a hand-in copy, each of another state."""
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.close()
    for _ in range(2):
        back_up(path)
        recorder = Recorder.open(path)
        recorder.append(sitting.turn()).result()
        recorder.close()
    return path


def test_the_most_complete_copy_comes_first(full: Path, sitting: Sitting) -> None:
    found = candidates(full)
    assert [one.contents.events for one in found] == [sitting.seq, sitting.seq - 4, sitting.seq - 8]
    assert [one.kind for one in found] == ["hand-in copy", "backup", "backup"]
    assert all(one.contents.codes == ("p001",) and one.contents.sittings == 1 for one in found)
    assert best_of(found) == found[0]


def test_a_copy_that_cannot_be_relied_on_comes_last_and_says_why(full: Path) -> None:
    best = candidates(full)[0].path
    connection = sqlite3.connect(best)
    connection.execute("UPDATE event SET body = '{}' WHERE seq = 5")
    connection.commit()
    connection.close()
    last = candidates(full)[-1]
    assert last.path == best
    assert "breaks off before event 5" in last.contents.trouble
    assert best_of(candidates(full)) != last


def test_copies_of_others_are_no_candidates(full: Path) -> None:
    shutil.copy(full, full.with_name("p002.db"))
    connection = sqlite3.connect(full.with_name("p002.db"))
    connection.execute("UPDATE meta SET value = 'another' WHERE key = 'database_uuid'")
    connection.commit()
    connection.close()
    back_up(full.with_name("p002.db"))
    shutil.copy(full.with_name("p002.db"), full.parent / "handin" / "p002.db")
    assert len(candidates(full)) == 3


def test_a_lost_database_is_found_by_its_name(full: Path, sitting: Sitting) -> None:
    full.unlink()
    best = best_of(candidates(full))
    assert best is not None
    assert restore(full, best.path) is None
    assert contents_of(full).events == sitting.seq


def test_what_was_there_is_set_aside_with_its_journal(full: Path, sitting: Sitting) -> None:
    before = full.read_bytes()
    full.with_name("p001.db-journal").write_bytes(b"half a journal")
    oldest = candidates(full)[-1].path
    aside = restore(full, oldest)
    assert aside is not None
    assert aside.parent == full.parent / "set-aside"
    assert aside.read_bytes() == before
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"half a journal"
    assert not full.with_name("p001.db-journal").exists()
    assert contents_of(full).events == sitting.seq - 8
    assert oldest.exists()


def test_two_restores_in_one_second_set_two_files_aside(full: Path) -> None:
    best = candidates(full)[0].path
    assert len({restore(full, best), restore(full, best)}) == 2
    assert len(list((full.parent / "set-aside").iterdir())) == 2


@pytest.mark.parametrize("student", [None, "p007"], ids=["one student's", "one of many"])
def test_a_database_in_use_is_left_alone(full: Path, student: str | None) -> None:
    before = full.read_bytes()
    lock = InstanceLock.take(full, student)
    with pytest.raises(StoreBusy):
        restore(full, candidates(full)[0].path)
    lock.release()
    assert full.read_bytes() == before
    assert not (full.parent / "set-aside").exists()


def test_a_source_that_is_damaged_changes_nothing(full: Path, tmp_path: Path) -> None:
    before = full.read_bytes()
    torn = tmp_path / "torn.db"
    torn.write_bytes(before[: len(before) // 2])
    with pytest.raises(StoreError):
        restore(full, torn)
    assert full.read_bytes() == before
    assert not list(full.parent.glob("*restored*"))


def test_the_journal_of_a_lost_database_is_not_played_into_the_copy(full: Path) -> None:
    best = candidates(full)[0].path
    full.unlink()
    full.with_name("p001.db-journal").write_bytes(b"of the lost one")
    with pytest.raises(StoreError, match="Move it away"):
        restore(full, best)
    assert not full.exists()


def test_the_restored_database_can_be_gone_on_with(full: Path, sitting: Sitting) -> None:
    restore(full, candidates(full)[0].path)
    recorder = Recorder.open(full)
    recorder.append(sitting.turn()).result()
    recorder.close()
    assert contents_of(full).events == sitting.seq
