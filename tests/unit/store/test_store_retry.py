"""A batch is stored whole or not at all, and storing it again is harmless."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import DamagedDatabase, StoreError, StoreFull
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.faults import store_error
from knowthyself_tui.store.reader import open_reader, verify_chain
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting

TABLES = ("event", "turn", "act", "finding", "vital_sample", "encounter", "session")


def counts(path: Path) -> dict[str, int]:
    with open_reader(path) as reader:
        return {table: reader.rows(f"SELECT COUNT(*) AS n FROM {table}")[0]["n"] for table in TABLES}


def test_the_same_batch_twice_is_stored_once(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    recorder.enrol(sitting.student).result()
    batches = [sitting.started(), sitting.encounter_started(), sitting.turn(), sitting.tick(5000)]
    for batch in batches:
        recorder.append(batch).result()
    once = counts(path)
    for batch in batches:
        recorder.append(batch).result()
    assert counts(path) == once


def test_a_lost_batch_may_come_again_with_later_events(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    first, second = sitting.turn(), sitting.turn()
    recorder.append(first).result()
    recorder.append(Batch((*first.events, *second.events))).result()
    with open_reader(path) as reader:
        stored = reader.sitting(sitting.session_id)
    assert stored.events[-8:] == (*first.events, *second.events)
    assert verify_chain(stored.events, stored.hashes) is None


def test_another_event_in_a_taken_place_is_refused(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    recorder.append(sitting.turn()).result()
    before = counts(path)
    sitting.seq -= 4
    with pytest.raises(StoreError, match="other content"):
        recorder.append(sitting.turn()).result()
    assert counts(path) == before


def test_a_gap_in_the_log_is_refused_until_the_missing_batch_came(
    recorder: Recorder, path: Path, sitting: Sitting
) -> None:
    sitting.begin(recorder)
    before = counts(path)
    missing, later = sitting.turn(), sitting.turn()
    with pytest.raises(StoreError, match="cannot follow"):
        recorder.append(later).result()
    assert counts(path) == before
    recorder.append(missing).result()
    recorder.append(later).result()
    assert counts(path)["event"] == before["event"] + 8


def test_a_reference_to_nothing_is_refused_and_leaves_nothing(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    before = counts(path)
    body = {"act_id": "no such act", "topic": "spo2", "text": "88"}
    good = sitting.turn()
    bad = Batch((*good.events, sitting.event("measured", body, at_ms=2000)))
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        recorder.append(bad).result()
    assert counts(path) == before
    recorder.append(good).result()
    assert counts(path)["turn"] == 1


@pytest.mark.parametrize("value", [float("nan"), object(), "\ud800", 1 << 70])
def test_a_value_that_cannot_be_stored_is_told_and_leaves_nothing(
    recorder: Recorder, path: Path, sitting: Sitting, value: object
) -> None:
    sitting.begin(recorder)
    before = counts(path)
    batch = sitting.turn()
    said = replace(batch.events[0], body={**batch.events[0].body, "latency_ms": value})
    with pytest.raises(StoreError):
        recorder.append(Batch((said, *batch.events[1:]))).result()
    assert counts(path) == before
    recorder.append(batch).result()


def test_a_full_disk_is_told_and_the_batch_goes_in_when_space_is_back(
    recorder: Recorder, path: Path, sitting: Sitting
) -> None:
    sitting.begin(recorder)
    before = counts(path)
    _limit_pages(recorder, to_present_size=True)
    batch = sitting.turn("x" * 5000)
    big = Batch((*batch.events, *[sitting.event("note_written", {"text": "y" * 5000}, at_ms=1) for _ in "1234"]))
    with pytest.raises(StoreFull, match="No space is left"):
        recorder.append(big).result()
    assert counts(path) == before
    _limit_pages(recorder, to_present_size=False)
    recorder.append(big).result()
    assert counts(path)["event"] == before["event"] + 8


def test_a_commit_whose_outcome_got_lost_is_safely_repeated(
    recorder: Recorder, path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting.begin(recorder)
    batch = sitting.turn()
    database: Any = recorder._database
    commit = database.commit

    def commits_and_fails() -> None:
        commit()
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
        raise error

    monkeypatch.setattr(database, "commit", commits_and_fails)
    with pytest.raises(StoreError, match="reports an error"):
        recorder.append(batch).result()
    assert recorder._database is None
    recorder.append(batch).result()
    recorder.append(sitting.turn()).result()
    with open_reader(path) as reader:
        stored = reader.sitting(sitting.session_id)
    assert [event.seq for event in stored.events] == list(range(1, sitting.seq + 1))
    assert verify_chain(stored.events, stored.hashes) is None


def test_the_reason_is_found_behind_the_error_that_hides_it() -> None:
    reason = sqlite3.DatabaseError("malformed")
    reason.sqlite_errorname = "SQLITE_CORRUPT_INDEX"
    hiding = sqlite3.OperationalError("cannot rollback - no transaction is active")
    hiding.sqlite_errorname = "SQLITE_ERROR"
    hiding.__context__ = reason
    wrapped = RuntimeError("outer")
    wrapped.__cause__ = hiding
    assert isinstance(store_error(wrapped, Path("x.db")), DamagedDatabase)


def test_a_moved_file_stops_the_writing_until_it_is_back(recorder: Recorder, path: Path, sitting: Sitting) -> None:
    sitting.begin(recorder)
    elsewhere = path.with_name("elsewhere.db")
    path.rename(elsewhere)
    batch = sitting.turn()
    with pytest.raises(StoreError, match="was moved"):
        recorder.append(batch).result()
    with pytest.raises(StoreError, match="is not there"):
        recorder.append(batch).result()
    assert not path.exists()
    elsewhere.rename(path)
    recorder.append(batch).result()
    assert counts(path)["turn"] == 1


def test_a_replaced_file_is_never_written(path: Path, sitting: Sitting) -> None:
    recorder, other = Recorder.open(path), path.with_name("other.db")
    sitting.begin(recorder)
    Recorder.open(other).close()
    other.replace(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="was moved"):
        recorder.append(sitting.turn()).result()
    with pytest.raises(StoreError, match="was replaced"):
        recorder.append(sitting.turn()).result()
    with pytest.raises(StoreError, match="was replaced"):
        recorder.close()
    assert path.read_bytes() == before


def test_a_closed_recorder_says_so(recorder: Recorder, sitting: Sitting) -> None:
    recorder.close()
    recorder.close()
    with pytest.raises(StoreError, match="was closed"):
        recorder.append(sitting.started()).result()


def _limit_pages(recorder: Recorder, *, to_present_size: bool) -> None:
    def limit() -> None:
        assert recorder._database is not None
        connection = connection_of(recorder._database)
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if to_present_size else 1 << 30
        connection.execute(f"PRAGMA max_page_count = {pages}")

    recorder._submit(limit).result()
