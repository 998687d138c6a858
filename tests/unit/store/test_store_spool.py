"""Batches that wait on another disk: whole, in order, stored once, and never mixed up with somebody else's."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import StoreFull
from knowthyself_tui.store import spool as module
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.spool import Spool

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    found = (tmp_path / "first", tmp_path / "second")
    monkeypatch.setattr(module, "spool_folders", lambda: found)
    return found


def test_what_is_set_aside_comes_back_equal(folders: tuple[Path, Path], sitting: Sitting) -> None:
    spool = Spool(sitting.session_id)
    batches = [sitting.started(), sitting.encounter_started(), sitting.turn("naïve 🫁\n“two”"), sitting.tick(5000)]
    assert all(spool.keep(batch) for batch in batches)
    found: list[Batch] = []
    assert spool.bring_in(found.append) == 4
    assert found == batches
    assert spool.bring_in(found.append) == 0


def test_it_goes_in_once_however_often_it_is_brought(
    folders: tuple[Path, Path], writer: Recorder, sitting: Sitting
) -> None:
    sitting.begin(writer)
    first, second = sitting.turn(), sitting.turn()
    writer.append(first).result()
    spool = Spool(sitting.session_id)
    for batch in (first, second):
        spool.keep(batch)
    assert spool.bring_in(lambda batch: writer.append(batch).result()) == 2


def test_the_next_folder_is_used_when_the_first_cannot_be(folders: tuple[Path, Path], sitting: Sitting) -> None:
    folders[0].write_text("a file where the folder should be")
    assert Spool(sitting.session_id).keep(sitting.started())
    assert [path.name for path in folders[1].iterdir()] == [f"{sitting.session_id}.jsonl"]


def test_a_line_that_was_cut_is_left_out_and_the_others_come(folders: tuple[Path, Path], sitting: Sitting) -> None:
    spool = Spool(sitting.session_id)
    spool.keep(sitting.started())
    path = folders[0] / f"{sitting.session_id}.jsonl"
    with path.open("ab") as stream:
        stream.write(path.read_bytes()[:40])
    found: list[Batch] = []
    assert spool.bring_in(found.append) == 1


def test_a_write_that_fails_in_the_middle_leaves_no_half_line(
    folders: tuple[Path, Path], sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(sitting.session_id)
    spool.keep(sitting.started())
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:30]))
    assert not spool.keep(sitting.encounter_started())
    monkeypatch.undo()
    path = folders[0] / f"{sitting.session_id}.jsonl"
    assert path.read_bytes().count(b"\n") == 1
    assert path.read_bytes().endswith(b"\n")


def test_a_spool_that_no_longer_fits_is_kept_and_named(
    folders: tuple[Path, Path], recorder: Recorder, sitting: Sitting
) -> None:
    sitting.begin(recorder)
    sitting.seq += 5
    spool = Spool(sitting.session_id)
    spool.keep(sitting.turn())
    assert spool.bring_in(lambda batch: recorder.append(batch).result()) == 0
    assert [path.suffix for path in folders[0].iterdir()] == [module.REFUSED]


def test_a_disk_that_is_still_full_leaves_the_spool_where_it_is(folders: tuple[Path, Path], sitting: Sitting) -> None:
    spool = Spool(sitting.session_id)
    spool.keep(sitting.started())

    def full(_: Batch) -> None:
        raise StoreFull("No space.")

    with pytest.raises(StoreFull):
        spool.bring_in(full)
    assert spool.bring_in(lambda _: None) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_folder_that_somebody_put_there_is_not_used(
    folders: tuple[Path, Path], sitting: Sitting, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folders[0].symlink_to(elsewhere)
    assert Spool(sitting.session_id).keep(sitting.started())
    assert list(elsewhere.iterdir()) == []
