"""Collecting: each database once and at its fullest, nothing that was collected is lost, and runs can be repeated."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.store.collection.sources import FileSource
from knowthyself_tui.store.connection import connect_to_read
from knowthyself_tui.store.extract import extract
from knowthyself_tui.store.reader import open_copy
from tests.unit.store.collection import EVENTS_OF_A_TURN, actions, collect, copies, edit, events_in, lines, play

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_a_file_is_taken_with_everything_that_the_manifest_says(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "pc1" / "p001.db", sitting)
    before = (source.read_bytes(), source.stat().st_mtime_ns, sorted(source.parent.iterdir()))
    [outcome] = collect(folder, lab)
    assert outcome.action == "new"
    [line] = lines(folder)
    content = (folder / "p001.db").read_bytes()
    assert {name: line[name] for name in line if name not in ("collected_at", "database_uuid", "source_state")} == {
        "file": "p001.db",
        "source": str(source),
        "student_codes": "p001",
        "sittings": "1",
        "complete": "no",
        "events": str(sitting.seq),
        "schema": "1",
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": str(len(content)),
        "verdict": "taken",
        "reason": "",
    }
    assert line["collected_at"].endswith("Z")
    with open_copy(folder / "p001.db") as copy, open_copy(source) as original:
        assert copy.sitting(sitting.session_id) == original.sitting(sitting.session_id)
    assert (source.read_bytes(), source.stat().st_mtime_ns, sorted(source.parent.iterdir())) == before


def test_a_sitting_that_was_played_to_its_end_is_complete(lab: Path, folder: Path, sitting: Sitting) -> None:
    edit(play(lab / "p001.db", sitting), "UPDATE session SET status = 'completed'")
    collect(folder, lab)
    assert lines(folder)[0]["complete"] == "yes"


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no permission bits")
def test_copies_are_for_their_owner_alone(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_an_unchanged_source_is_not_read_again(
    lab: Path, folder: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(lab / "p001.db", sitting)
    collect(folder, lab)
    before = (lines(folder), (folder / "p001.db").stat().st_mtime_ns)
    monkeypatch.setattr(FileSource, "copy", None)
    assert actions(collect(folder, lab)) == ["unchanged"]
    assert (lines(folder), (folder / "p001.db").stat().st_mtime_ns) == before


def test_a_touched_source_is_the_same_still(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    written = (folder / "p001.db").stat().st_mtime_ns
    os.utime(source, ns=(0, source.stat().st_mtime_ns + 5_000_000_000))
    assert actions(collect(folder, lab)) == ["unchanged"]
    assert (folder / "p001.db").stat().st_mtime_ns == written


def test_a_file_that_grew_takes_the_place_of_its_earlier_copy(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    play(source, sitting, turns=3)
    assert actions(collect(folder, lab)) == ["newer"]
    assert copies(folder) == ["p001.db"]
    assert events_in(folder / "p001.db") == sitting.seq
    [line] = lines(folder)
    assert f"{sitting.seq} events for its {sitting.seq - 3 * EVENTS_OF_A_TURN}" in line["reason"]


def test_a_later_vital_sample_is_growth_too(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    play(source, sitting, turns=0, ticks=1)
    assert actions(collect(folder, lab)) == ["newer"]
    assert copies(folder) == ["p001.db"]


def test_a_source_that_went_back_never_replaces_what_it_had(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    early = source.read_bytes()
    play(source, sitting, turns=3)
    collect(folder, lab)
    source.write_bytes(early)
    assert actions(collect(folder, lab)) == ["duplicate"]
    assert actions(collect(folder, lab)) == ["duplicate"]
    assert copies(folder) == ["p001.db"]
    assert events_in(folder / "p001.db") == sitting.seq


def test_copies_that_parted_are_both_kept(lab: Path, folder: Path, sitting: Sitting) -> None:
    source = play(lab / "p001.db", sitting)
    early, seq = source.read_bytes(), sitting.seq
    play(source, sitting)
    collect(folder, lab)
    source.write_bytes(early)
    sitting.seq = seq
    play(source, sitting, turns=2)
    assert actions(collect(folder, lab)) == ["new"]
    first, second = copies(folder)
    assert {events_in(folder / name) for name in (first, second)} == {seq + 4, seq + 8}
    assert [line["verdict"] for line in lines(folder)] == ["taken", "taken"]
    assert any("both are kept" in line["reason"] for line in lines(folder))
    assert actions(collect(folder, lab)) == ["unchanged"]


def test_an_edited_event_is_no_later_copy(lab: Path, folder: Path, sitting: Sitting) -> None:
    """More events, the same ids and hashes, but another text in one: the copy that has the first text stays."""
    source = play(lab / "p001.db", sitting)
    collect(folder, lab)
    original = (folder / "p001.db").read_bytes()
    play(source, sitting)
    edit(source, "UPDATE event SET body = replace(body, 'litres', 'gallons') WHERE kind = 'said' AND seq < 5")
    assert actions(collect(folder, lab)) == ["new"]
    assert len(copies(folder)) == 2
    assert (folder / "p001.db").read_bytes() == original


@pytest.mark.parametrize("ahead", ["own", "handin"])
def test_of_a_file_and_its_hand_in_copies_the_fullest_is_kept(
    lab: Path, folder: Path, sitting: Sitting, ahead: str
) -> None:
    own = play(lab / "p001.db", sitting)
    handin = lab / "handin" / f"p001-{sitting.session_id}.db"
    backup = lab / "backups" / "p001-1.db"
    for place in (handin, backup):
        place.parent.mkdir()
        shutil.copyfile(own, place)
    fullest = {"own": own, "handin": handin}[ahead]
    play(fullest, sitting, turns=2)
    collect(folder, lab)
    assert copies(folder) == ["p001.db"]
    assert events_in(folder / "p001.db") == sitting.seq
    taken, *rest = lines(folder)
    assert (taken["verdict"], taken["source"]) == ("taken", str(fullest))
    assert {line["source"] for line in rest} == {str(own), str(handin), str(backup)} - {str(fullest)}
    assert all(line["verdict"] == "duplicate" and line["file"] == "p001.db" for line in rest)
    assert all("holds all of it" in line["reason"] for line in rest)
    assert set(actions(collect(folder, lab))) == {"unchanged", "duplicate"}


def test_a_damaged_file_is_made_up_for_by_its_hand_in_copy(lab: Path, folder: Path, sitting: Sitting) -> None:
    own = play(lab / "p001.db", sitting)
    handin = lab / "handin" / "p001-x.db"
    handin.parent.mkdir()
    shutil.copyfile(own, handin)
    own.write_bytes(own.read_bytes()[:20_000])
    assert actions(collect(folder, lab)) == ["excluded", "new"]
    assert copies(folder) == ["p001.db"]


def test_two_students_with_one_file_name_are_both_kept(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "pc1" / "data.db", sitting)
    play(lab / "pc2" / "data.db", type(sitting)("p002"))
    assert actions(collect(folder, lab)) == ["new", "new"]
    assert copies(folder) == ["p001.db", "p002.db"]


def test_two_students_with_one_code_are_both_kept_and_told(lab: Path, folder: Path, sitting: Sitting) -> None:
    play(lab / "pc1" / "p001.db", sitting)
    play(lab / "pc2" / "p001.db", type(sitting)("p001"))
    assert actions(collect(folder, lab)) == ["new", "new"]
    assert len(copies(folder)) == 2
    assert any("same student codes" in line["reason"] for line in lines(folder))


def test_another_database_in_the_place_of_one_is_a_new_one(lab: Path, folder: Path, sitting: Sitting) -> None:
    """As when one stick after the other is put in."""
    source = play(lab / "data.db", sitting)
    collect(folder, lab)
    source.unlink()
    play(source, type(sitting)("p002"))
    assert actions(collect(folder, lab)) == ["new"]
    assert copies(folder) == ["p001.db", "p002.db"]


def test_the_parts_of_a_class_file_are_its_copies(lab: Path, folder: Path, sitting: Sitting) -> None:
    whole = lab / "class.db"
    others = [sitting, type(sitting)("p002")]
    for one in others:
        play(whole, one)
    (lab / "handin").mkdir()
    database = connect_to_read(whole)
    for one in others:
        extract(database, one.student.id, lab / "handin" / f"{one.student.code}.db")
    database.close()
    assert actions(collect(folder, lab)) == ["new", "duplicate", "duplicate"]
    assert copies(folder) == ["class.db"]
    assert lines(folder)[0]["student_codes"] == "p001; p002"


def test_a_class_file_takes_the_place_of_its_parts(lab: Path, folder: Path, sitting: Sitting) -> None:
    whole = play(lab / "class.db", sitting)
    play(whole, type(sitting)("p002"))
    (lab / "handin").mkdir()
    database = connect_to_read(whole)
    extract(database, sitting.student.id, lab / "handin" / "p001.db")
    database.close()
    collect(folder, lab / "handin")
    assert copies(folder) == ["p001.db"]
    assert actions(collect(folder, lab)) == ["new", "duplicate"]
    assert copies(folder) == ["class.db"]
