"""Files of every schema version open, upgrade and read to the same content."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peewee import Database

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import ForeignDatabase, NewerDatabase, StoreError
from knowthyself_tui.store import schema
from knowthyself_tui.store.backup import backups_of
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.restore import restore
from knowthyself_tui.store.schema import Migration
from knowthyself_tui.store.upgrade import upgrade

DATA = Path(__file__).parent / "data"
KEPT = sorted(DATA.glob("schema_*.db"))
Add = Callable[[Callable[[Database], None]], None]


@pytest.fixture
def old(path: Path) -> Path:
    """The kept file of version 1."""
    path.parent.mkdir()
    shutil.copy(DATA / "schema_1.db", path)
    return path


@pytest.fixture
def add_migration(monkeypatch: pytest.MonkeyPatch) -> Iterator[Add]:
    """Makes this program one version newer."""

    def add(apply: Callable[[Database], None]) -> None:
        number = schema.SCHEMA_VERSION + 1
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, Migration(number, "made up", apply)))
        monkeypatch.setattr(schema, "SCHEMA_VERSION", number)
        schema.shape_of_version.cache_clear()

    yield add
    schema.shape_of_version.cache_clear()


def add_column(database: Database) -> None:
    execute(database, "ALTER TABLE note ADD COLUMN mood TEXT")


def version_of(path: Path) -> tuple[int, str]:
    connection = sqlite3.connect(path)
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    (text,) = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    connection.close()
    return number, text


def test_there_is_a_kept_file_of_every_version() -> None:
    assert [file.name for file in KEPT] == [f"schema_{migration.number}.db" for migration in schema.MIGRATIONS]


@pytest.mark.parametrize("kept", KEPT, ids=lambda file: str(file.stem))
def test_a_kept_file_reads_to_what_was_written_then(kept: Path, path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(kept, path)
    upgrade(path)
    expected = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    with open_reader(path) as reader:
        for table, rows in expected["rows"].items():
            assert reader.rows(f'SELECT COUNT(*) AS n FROM "{table}"') == [{"n": rows}], table
        for session, seq, head in expected["heads"]:
            stored = reader.sitting(session)
            assert (len(stored.events), stored.last_hash) == (seq, head)
            assert verify_chain(stored.events, stored.hashes) is None
        assert [(student.code, student.name) for student in reader.students()] == [("p001", "Zoë Åström")]
    Recorder.open(path).close()


def test_a_file_of_this_version_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    assert upgrade(old) is None
    assert old.read_bytes() == before
    assert backups_of(old) == []


def test_an_older_file_is_backed_up_and_then_upgraded(old: Path, add_migration: Add) -> None:
    before = contents_of(old)
    add_migration(add_column)
    backup = upgrade(old)
    assert backups_of(old) == [backup]
    assert backup is not None
    assert backup.name.endswith("-before-schema-2.db")
    assert version_of(backup) == (1, "1")
    assert version_of(old) == (2, "2")
    assert contents_of(old) == before == contents_of(backup)
    with open_reader(old) as reader:
        assert reader.rows("SELECT mood FROM note") == []
    Recorder.open(old).close()
    assert upgrade(old) is None


def test_nobody_reads_while_the_steps_are_made(old: Path, add_migration: Add) -> None:
    seen = []

    def look(database: Database) -> None:
        add_column(database)
        if database.database == ":memory:":
            return
        other = sqlite3.connect(old, timeout=0)
        with pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("SELECT COUNT(*) FROM event").fetchone()
        other.close()
        seen.append(caught.value.sqlite_errorname)

    add_migration(look)
    upgrade(old)
    assert seen == ["SQLITE_BUSY"]


def test_a_step_that_fails_leaves_the_file_exactly_as_it_was(old: Path, add_migration: Add) -> None:
    def fail(database: Database) -> None:
        add_column(database)
        execute(database, "UPDATE turn SET text = 'lost'")
        raise RuntimeError("the step went wrong")

    before = old.read_bytes()
    add_migration(fail)
    with pytest.raises(StoreError, match="went wrong"):
        upgrade(old)
    assert old.read_bytes() == before
    assert version_of(old) == (1, "1")
    assert len(backups_of(old)) == 1


def test_a_backup_of_before_comes_back_in_the_newest_version(old: Path, add_migration: Add) -> None:
    add_migration(add_column)
    backup = upgrade(old)
    assert backup is not None
    restore(old, backup)
    assert version_of(old) == (2, "2")
    assert version_of(backup) == (1, "1")


def test_a_file_that_is_not_what_it_says_is_not_upgraded(old: Path, add_migration: Add) -> None:
    connection = sqlite3.connect(old)
    connection.execute("CREATE TABLE extra (id TEXT)")
    connection.close()
    before = old.read_bytes()
    add_migration(add_column)
    with pytest.raises(ForeignDatabase):
        upgrade(old)
    assert old.read_bytes() == before
    assert backups_of(old) == []


def test_a_newer_file_is_left_alone(old: Path) -> None:
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerDatabase):
        upgrade(old)
