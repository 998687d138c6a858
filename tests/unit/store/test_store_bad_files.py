"""Files that are not what they should be: each ends in a sentence, unread or unchanged."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.errors import (
    DamagedDatabase,
    ForeignDatabase,
    KnowThyselfError,
    NewerDatabase,
    StoreError,
)
from knowthyself_tui.store import guard
from knowthyself_tui.store.reader import open_copy, open_reader
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


@pytest.fixture
def full(path: Path, sitting: Sitting) -> Path:
    """A database with a sitting in it."""
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    for _ in range(40):
        recorder.append(sitting.turn()).result()
    recorder.close()
    return path


def edit(path: Path, script: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(script)
    connection.close()


def edit_schema(path: Path, script: str) -> None:
    edit(path, f"PRAGMA writable_schema = 1; {script}; PRAGMA writable_schema = 0;")


def refused(path: Path, kind: type[KnowThyselfError]) -> None:
    """Recorder, reader and copy all refuse the file with this error, which names it, and leave it as it is."""
    before = path.read_bytes() if path.is_file() else b""
    for attempt in (Recorder.open, lambda p: open_reader(p).__enter__(), lambda p: open_copy(p).__enter__()):
        with pytest.raises(kind) as caught:
            attempt(path)
        assert str(path) in str(caught.value)
        assert str(caught.value).endswith(".")
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_an_empty_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    refused(path, DamagedDatabase)


def test_a_text_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("code,name\n" * 500)
    refused(path, ForeignDatabase)


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    refused(path, ForeignDatabase)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a fifo")
def test_a_fifo_is_refused_without_waiting_for_it(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    refused(path, ForeignDatabase)


def test_another_programs_database_is_refused_and_unchanged(path: Path) -> None:
    path.parent.mkdir()
    edit(path, "PRAGMA journal_mode = wal; CREATE TABLE mine (id); INSERT INTO mine VALUES (1)")
    refused(path, ForeignDatabase)


def test_a_newer_database_is_refused(full: Path) -> None:
    edit(full, "PRAGMA user_version = 999")
    refused(full, NewerDatabase)


def test_a_truncated_file_is_refused(full: Path) -> None:
    full.write_bytes(full.read_bytes()[: full.stat().st_size // 2])
    refused(full, DamagedDatabase)


def test_a_page_of_noise_is_found(full: Path) -> None:
    content = bytearray(full.read_bytes())
    content[-4096:] = b"\xa5" * 4096
    full.write_bytes(content)
    refused(full, DamagedDatabase)


def test_a_lost_header_is_refused(full: Path) -> None:
    content = bytearray(full.read_bytes())
    content[:100] = bytes(100)
    full.write_bytes(content)
    refused(full, ForeignDatabase)


def test_a_missing_file_is_told_to_a_reader_and_not_made(path: Path) -> None:
    path.parent.mkdir()
    for opener in (open_reader, open_copy):
        with pytest.raises(StoreError, match="is not there"):
            opener(path).__enter__()
    assert not path.exists()


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE note; CREATE VIEW note AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
        " SELECT x AS id FROM n",
        "CREATE TRIGGER t AFTER UPDATE ON session BEGIN DELETE FROM turn; END",
        "CREATE TABLE extra (id TEXT)",
        "DROP TABLE note; CREATE TABLE note (id TEXT, encounter_id TEXT, at_ms INTEGER,"
        " text TEXT AS (hex(zeroblob(200000000))))",
        "DROP TABLE note; CREATE TABLE note (id TEXT, encounter_id TEXT, at_ms INTEGER, text TEXT)",
        "CREATE VIRTUAL TABLE search USING fts5(text)",
    ],
    ids=["endless view", "trigger", "extra table", "generated column", "not strict", "virtual table"],
)
def test_a_schema_that_is_not_ours_is_refused_at_once(full: Path, script: str) -> None:
    edit(full, script)
    began = time.monotonic()
    refused(full, ForeignDatabase)
    assert time.monotonic() - began < 2


def broken_json(path: Path) -> None:
    edit(path, "UPDATE event SET body = '{' WHERE seq = 3")


def deep_json(path: Path) -> None:
    edit(path, f"UPDATE event SET body = '{'[' * 100_000}' WHERE seq = 3")


def list_for_object(path: Path) -> None:
    edit(path, "UPDATE encounter SET scenario = '[]'")


def unknown_kind(path: Path) -> None:
    edit(path, "UPDATE event SET kind = 'exploded' WHERE seq = 3")


def bad_utf8(path: Path) -> None:
    edit(path, "UPDATE student SET name = CAST(x'ff41' AS TEXT)")


def lost_student(path: Path) -> None:
    edit(path, "PRAGMA foreign_keys = 0; DELETE FROM student")


def text_as_number(path: Path) -> None:
    edit_schema(
        path,
        "UPDATE sqlite_master SET sql = replace(sql, '\"seq\" INTEGER', '\"seq\" TEXT') WHERE name = 'event'",
    )
    edit(path, "UPDATE event SET seq = 'three' WHERE seq = 3")
    edit_schema(
        path,
        "UPDATE sqlite_master SET sql = replace(sql, '\"seq\" TEXT', '\"seq\" INTEGER') WHERE name = 'event'",
    )


def snapshot_without_time(path: Path) -> None:
    edit(path, "UPDATE encounter SET engine = '{}', engine_at_ms = NULL")


def huge_text(path: Path) -> None:
    edit(path, "UPDATE event SET body = hex(zeroblob(15000000)) WHERE seq = 3")


@pytest.mark.parametrize(
    "spoil",
    [
        broken_json,
        deep_json,
        list_for_object,
        unknown_kind,
        bad_utf8,
        lost_student,
        text_as_number,
        snapshot_without_time,
        huge_text,
    ],
)
def test_values_that_are_not_ours_end_in_a_sentence(
    full: Path, sitting: Sitting, spoil: Callable[[Path], None]
) -> None:
    spoil(full)
    for opener in (open_reader, open_copy):
        with pytest.raises(StoreError) as caught, opener(full) as reader:
            reader.sitting(sitting.session_id)
        assert str(full) in str(caught.value)


def test_statistics_that_a_tool_left_are_no_reason_to_refuse(full: Path) -> None:
    edit(full, "ANALYZE")
    with open_reader(full) as reader:
        assert len(reader.students()) == 1
    Recorder.open(full).close()


def test_a_database_without_its_identity_is_not_written(full: Path) -> None:
    edit(full, "DELETE FROM meta WHERE key = 'database_uuid'")
    with pytest.raises(DamagedDatabase, match="lost its identity"):
        Recorder.open(full)


def test_a_queue_that_is_no_list_is_told(full: Path) -> None:
    edit(full, "UPDATE session SET scenario_queue = '7'")
    with open_reader(full) as reader, pytest.raises(StoreError):
        reader.sessions()


def test_a_query_that_never_ends_is_stopped(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.Deadline.__init__, "__defaults__", (0.2,))
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"
    with open_reader(full) as reader:
        with pytest.raises(StoreError, match="took too long"):
            reader.rows(endless)
        assert reader.rows("SELECT COUNT(*) AS n FROM student") == [{"n": 1}]


def test_a_reader_cannot_write(full: Path) -> None:
    with open_reader(full) as reader, pytest.raises(StoreError):
        reader.rows("DELETE FROM turn")


def test_a_file_beyond_the_limit_is_left_alone(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILE_LIMIT_BYTES", 1000)
    with pytest.raises(ForeignDatabase, match="larger than"):
        open_copy(full).__enter__()


def test_a_journal_that_names_another_file_is_not_used(full: Path) -> None:
    thesis = full.with_name("thesis.txt")
    thesis.write_text("years of work")
    name = str(thesis).encode()
    tail = len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + bytes.fromhex("d9d505f920a163d7")
    journal = full.with_name(full.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504) + name + tail)
    with pytest.raises(StoreError, match="names another file"):
        open_copy(full).__enter__()
    assert thesis.read_text() == "years of work"


def test_a_copy_leaves_the_folder_as_it_is(full: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in full.parent.iterdir()}
    with open_copy(full) as reader:
        assert len(reader.sessions()) == 1
    assert {file: file.stat().st_mtime_ns for file in full.parent.iterdir()} == before
