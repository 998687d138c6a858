"""The copy for the instructor, and the chain that shows editing."""

from __future__ import annotations

import sqlite3
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_the_hand_in_copy_is_complete_and_alone(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    copy = recorder.handin().result()
    assert copy == path.parent / "handin" / f"p001-{sitting.session_id}.db"
    assert list(copy.parent.iterdir()) == [copy]
    with open_reader(copy) as theirs, open_reader(path) as ours:
        assert theirs.sitting(sitting.session_id) == ours.sitting(sitting.session_id)
        assert theirs.rows("SELECT * FROM meta") == ours.rows("SELECT * FROM meta")
    connection = sqlite3.connect(copy)
    assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_closing_hands_in_what_was_stored(path: Path, sitting: Sitting) -> None:
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    recorder.close()
    (copy,) = (path.parent / "handin").iterdir()
    with open_copy(copy) as reader:
        assert len(reader.sitting(sitting.session_id).events) == sitting.seq


def test_somebody_who_only_enrolled_is_handed_in_too(path: Path, sitting: Sitting) -> None:
    recorder = Recorder.open(path)
    recorder.enrol(sitting.student).result()
    recorder.close()
    with open_copy(path.parent / "handin" / "p001.db") as reader:
        assert reader.students() == [sitting.student]


def test_opening_without_writing_hands_nothing_in(path: Path) -> None:
    Recorder.open(path).close()
    assert not (path.parent / "handin").exists()


def test_one_changed_byte_in_an_event_is_found(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    turns = [sitting.turn(f"line {n}") for n in range(5)]
    for turn in turns:
        recorder.append(turn).result()
    edited = turns[2].events[0]
    connection = sqlite3.connect(path)
    connection.execute("UPDATE event SET body = replace(body, 'line 2', 'line 9') WHERE id = ?", (edited.id,))
    connection.commit()
    connection.close()
    with open_reader(path) as reader:
        stored = reader.sitting(sitting.session_id)
    broken = verify_chain(stored.events, stored.hashes)
    assert broken is not None
    assert broken.id == edited.id


def test_a_removed_event_and_a_wrong_hash_are_found(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    with open_reader(path) as reader:
        stored = reader.sitting(sitting.session_id)
    events, hashes = stored.events, stored.hashes
    assert verify_chain(events, hashes) is None
    assert verify_chain(events[1:], hashes[1:]) == events[1]
    assert verify_chain(events, (*hashes[:-1], "0" * 64)) == events[-1]
    later = replace(events[1], created_at="2020-01-01T00:00:00.000Z")
    assert verify_chain((events[0], later, *events[2:]), hashes) == later
