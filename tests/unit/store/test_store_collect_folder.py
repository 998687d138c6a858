"""The folder of copies: nothing in it that is not ours is touched, whatever happened to it since the last run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.errors import StoreBusy, StoreFull, UsageError
from knowthyself_tui.store.collection.collect import collecting
from knowthyself_tui.store.collection.sources import FileSource
from tests.unit.store.collection import actions, collect, copies, lines, play

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_a_file_of_somebody_else_is_never_overwritten(lab: Path, folder: Path, sitting: Sitting) -> None:
    folder.mkdir()
    (folder / "P001.db").write_text("mine")
    play(lab / "p001.db", sitting)
    assert actions(collect(folder, lab)) == ["new"]
    assert (folder / "P001.db").read_text() == "mine"
    assert len(copies(folder)) == 2
    assert actions(collect(folder, lab)) == ["unchanged"]


def test_a_stray_journal_keeps_its_name_from_being_used(lab: Path, folder: Path, sitting: Sitting) -> None:
    folder.mkdir()
    (folder / "p001.db-journal").write_bytes(b"x" * 600)
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    assert not (folder / "p001.db").exists()
    assert len(copies(folder)) == 2


def test_a_copy_with_a_journal_beside_it_is_not_replaced(lab: Path, folder: Path, sitting: Sitting) -> None:
    """The journal of whoever opened the copy would be played into the new one."""
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    before = (folder / "p001.db").read_bytes()
    (folder / "p001.db-journal").touch()
    play(source, sitting)
    assert actions(collect(folder, lab)) == ["new"]
    assert (folder / "p001.db").read_bytes() == before
    assert len(copies(folder)) == 3


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_out_of_the_folder_is_no_copy(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    folder.mkdir()
    (folder / "p001.db").symlink_to(source)
    [outcome] = collect(folder, lab)
    assert outcome.entry.file != "p001.db"
    assert not (folder / outcome.entry.file).is_symlink()


def test_what_a_cut_run_left_is_found_again(lab: Path, folder: Path, sitting: Sitting) -> None:
    """The copy had its name, the manifest was not written yet."""
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    (folder / "manifest.csv").unlink()
    left = folder / ".knowthyself-copy-x"
    left.mkdir()
    (left / "copy").touch()
    assert actions(collect(folder, lab)) == ["new"]
    assert copies(folder) == ["p001.db"]


def test_a_copy_that_was_taken_away_is_made_again(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    (folder / "p001.db").unlink()
    assert actions(collect(folder, lab)) == ["new"]
    assert copies(folder) == ["p001.db"]
    assert [line["verdict"] for line in lines(folder)] == ["taken"]


def test_a_copy_that_is_gone_is_no_longer_told_of(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "p001.db", sitting)
    shutil.copyfile(lab / "p001.db", lab / "same.db")
    play(lab / "p002.db", type(sitting)("p002"))
    collect(folder, lab)
    (folder / "p001.db").unlink()
    collect(folder, lab / "p002.db")
    assert [line["file"] for line in lines(folder)] == ["p002.db"]


def test_a_copy_that_was_spoilt_is_left_and_made_anew(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    (folder / "p001.db").write_text("spoilt")
    assert actions(collect(folder, lab)) == ["new"]
    assert (folder / "p001.db").read_text() == "spoilt"
    assert sorted(line["verdict"] for line in lines(folder)) == ["changed", "taken"]
    assert actions(collect(folder, lab)) == ["unchanged"]


def test_a_copy_that_was_played_on_is_not_lost(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    seq = sitting.seq
    play(folder / "p001.db", sitting)
    sitting.seq = seq
    play(source, sitting)
    collect(folder, lab)
    assert len(copies(folder)) == 2


def test_a_run_that_ends_early_still_writes_its_manifest(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    run = collecting(folder)
    run.__enter__().take(FileSource(source))
    assert not run.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [line["file"] for line in lines(folder)] == ["p001.db"]


def test_a_manifest_without_space_leaves_the_earlier_one(
    lab: Path, folder: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    before = (folder / "manifest.csv").read_bytes()
    play(source, sitting)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("knowthyself_tui.store.collection.manifest.sync_file", full)
        with pytest.raises(StoreFull, match="collected"):
            collect(folder, lab)
    assert (folder / "manifest.csv").read_bytes() == before
    assert actions(collect(folder, lab)) == ["unchanged"]
    assert copies(folder) == ["p001.db"]
    assert lines(folder)[0]["events"] == str(sitting.seq)


def test_one_run_at_a_time(folder: Path) -> None:
    with collecting(folder), pytest.raises(StoreBusy, match="Another program is collecting"), collecting(folder):
        pass


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(UsageError, match="is not a folder"), collecting(tmp_path / "x"):
        pass


def test_every_copy_reaches_the_disk_before_it_has_its_name(
    lab: Path, folder: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(lab / "p001.db", sitting)
    folder.mkdir()
    steps: list[str] = []
    rename = os.replace

    def note_rename(source: Path, target: Path) -> None:
        steps.append(f"rename {target.name}")
        rename(source, target)

    monkeypatch.setattr(os, "replace", note_rename)
    monkeypatch.setattr("os.fsync", lambda descriptor: steps.append("fsync"))
    collect(folder, lab)
    named = steps.index("rename p001.db")
    listed = steps.index("rename manifest.csv")
    assert steps[:named] == ["fsync"]
    assert steps[named + 1 : listed] == (["fsync"] if os.name == "nt" else ["fsync", "fsync"])
