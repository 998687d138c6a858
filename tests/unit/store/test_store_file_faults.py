"""What befalls the file under an open recorder: told in a sentence, nothing half stored, and work goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import DamagedDatabase, StoreError, StoreFull
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.faults import store_error
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.counts import counts

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


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


def _limit_pages(recorder: Recorder, *, to_present_size: bool) -> None:
    def limit() -> None:
        assert recorder._database is not None
        connection = connection_of(recorder._database)
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if to_present_size else 1 << 30
        connection.execute(f"PRAGMA max_page_count = {pages}")

    recorder._submit(limit).result()
