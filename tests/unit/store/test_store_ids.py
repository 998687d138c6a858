"""Ids, the wall clock, and the promises that the connection was asked for."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowthyself_tui.errors import StoreError
from knowthyself_tui.store import connection
from knowthyself_tui.store.connection import connection_of
from knowthyself_tui.store.ids import utc_now_iso, uuid7
from knowthyself_tui.store.recorder import Recorder


def test_an_id_is_a_uuid_of_version_7_that_begins_with_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(uuid7())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000
    assert len({uuid7() for _ in range(5000)}) == 5000


def test_the_wall_clock_is_utc_text() -> None:
    written = utc_now_iso()
    assert written.endswith("Z")
    assert abs(datetime.fromisoformat(written) - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_writer_has_the_pragmas_that_its_promise_rests_on(recorder: Recorder) -> None:
    def ask() -> dict[str, object]:
        assert recorder._database is not None
        driver = connection_of(recorder._database)
        names = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check", "busy_timeout")
        return {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert recorder._submit(ask).result() == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 30_000,
    }


def test_a_pragma_that_was_not_taken_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection._WRITING, "synchronous", "exrta")
    with pytest.raises(StoreError, match="synchronous"):
        Recorder.open(path)
