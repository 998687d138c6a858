"""What mending leaves alone, and what it does where nothing can be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowthyself_tui.errors import ForeignDatabase, NewerDatabase, StoreBusy, StoreError
from knowthyself_tui.store.backup import back_up
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.rescue import salvage
from knowthyself_tui.store.rescue.salvage import mend
from tests.unit.store.damage import all_rows, edit, overwrite


def nothing(content: bytes) -> bytes:
    return b""


def zeros(content: bytes) -> bytes:
    return bytes(len(content))


@pytest.mark.parametrize("spoil", [nothing, zeros])
def test_where_nothing_can_be_read_nothing_is_made(damaged: Path, spoil: Callable[[bytes], bytes]) -> None:
    damaged.write_bytes(spoil(damaged.read_bytes()))
    mending = mend(damaged)
    assert not mending.is_anything
    assert not damaged.exists()
    assert mending.damaged.exists()
    assert "begin anew" in mending.told


def test_an_empty_file_is_filled_from_its_backup(damaged: Path) -> None:
    before = all_rows(damaged)
    back_up(damaged)
    damaged.write_bytes(b"")
    assert "anything that came after is lost" in mend(damaged).told
    kept = all_rows(damaged)
    assert kept.keys() == before.keys()
    assert {key for key, row in kept.items() if row != before[key]} <= {key for key in before if key[0] == "session"}


def test_a_whole_file_is_left_as_it_is(damaged: Path, whole: bytes) -> None:
    with pytest.raises(StoreError, match="is whole"):
        mend(damaged)
    assert damaged.read_bytes() == whole


def test_a_file_in_use_is_left_as_it_is(damaged: Path) -> None:
    content = overwrite(damaged, [1])
    lock = InstanceLock.take(damaged)
    with pytest.raises(StoreBusy):
        mend(damaged)
    lock.release()
    assert damaged.read_bytes() == content


def test_a_newer_file_is_left_as_it_is(damaged: Path) -> None:
    edit(damaged, "PRAGMA user_version = 99")
    content = damaged.read_bytes()
    with pytest.raises(NewerDatabase):
        mend(damaged)
    assert damaged.read_bytes() == content


def test_what_is_not_ours_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("years of work\n" * 1000)
    with pytest.raises(ForeignDatabase):
        mend(path)
    path.unlink()
    edit(path, "CREATE TABLE mine (id); INSERT INTO mine VALUES (1)")
    content = path.read_bytes()
    with pytest.raises(ForeignDatabase):
        mend(path)
    assert path.read_bytes() == content


def test_a_disk_that_fills_up_leaves_the_damaged_file(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    content = overwrite(damaged, [1])
    monkeypatch.setattr(salvage, "sync_file", no_space)
    with pytest.raises(StoreError, match="Free some space"):
        mend(damaged)
    assert damaged.read_bytes() == content
    assert not list(damaged.parent.glob("*mended*"))
