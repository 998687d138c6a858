"""Whatever lies beside a database under the name of its journal: no reader waits for it or is fooled by it."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.reader import open_copy, open_reader
from tests.security.databases import CODE, analysed, read_copy, read_in_place, run_sql
from tests.security.in_time import in_time

ENDINGS = ("-journal", "-wal", "-shm")
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def a_fifo(path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(path)


def a_folder(path: Path) -> None:
    path.mkdir()


def noise(path: Path) -> None:
    path.write_bytes(b"\xa5" * 50_000)


def a_beginning_of_a_journal(path: Path) -> None:
    path.write_bytes(JOURNAL_MAGIC + b"\xff" * 504 + b"\x00" * 20_000)


def far_too_large(path: Path) -> None:
    path.touch()
    os.truncate(path, 300_000_000)


def a_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


BESIDE = [a_folder, noise, a_beginning_of_a_journal, far_too_large]
if sys.platform != "win32":
    BESIDE += [a_fifo, a_link_to_a_device]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("put", BESIDE, ids=lambda put: put.__name__)
def test_a_copy_is_read_soon_and_leaves_both_files(sound: Path, put: Callable[[Path], None], ending: str) -> None:
    beside = sound.with_name(sound.name + ending)
    put(beside)
    before = (sound.read_bytes(), beside.lstat().st_size, beside.lstat().st_mtime_ns)
    with suppress(StoreError):
        in_time(lambda: read_copy(sound))
    assert (sound.read_bytes(), beside.lstat().st_size, beside.lstat().st_mtime_ns) == before
    assert sorted(sound.parent.iterdir()) == [sound, beside]


@pytest.mark.parametrize("put", BESIDE, ids=lambda put: put.__name__)
def test_the_analysis_ends_soon(sound: Path, put: Callable[[Path], None]) -> None:
    import knowthyself_tui.analysis.export.workbook  # noqa: F401  (half a second that is no part of the answer)

    put(sound.with_name(sound.name + "-journal"))
    assert in_time(lambda: analysed(sound)).exit_code in (0, 1)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("put", BESIDE, ids=lambda put: put.__name__)
def test_a_reader_in_place_ends_soon_and_leaves_the_database(
    sound: Path, put: Callable[[Path], None], ending: str
) -> None:
    put(sound.with_name(sound.name + ending))
    before = sound.read_bytes()
    with suppress(StoreError):
        in_time(lambda: read_in_place(sound))
    assert sound.read_bytes() == before


@pytest.mark.parametrize("opener", [open_reader, open_copy])
def test_a_write_ahead_log_of_a_program_that_died_is_read(sound: Path, opener: Callable[..., object]) -> None:
    with closing(sqlite3.connect(sound, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = wal")
        other.execute("UPDATE student SET name = 'late'")
        copies = {file.name: file.read_bytes() for file in sound.parent.iterdir()}
    for name, content in copies.items():
        (sound.parent / name).write_bytes(content)
    with opener(sound) as reader:  # type: ignore[attr-defined]  # both are context managers
        assert [(student.code, student.name) for student in reader.students()] == [(CODE, "late")]


def test_a_journal_of_another_database_does_not_pass_for_this_ones(sound: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    run_sql(other, "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM t")
        journal = Path(f"{other}-journal").read_bytes()
    sound.with_name(sound.name + "-journal").write_bytes(journal)
    before = sound.read_bytes()
    with suppress(StoreError), open_copy(sound) as reader:
        assert [student.code for student in reader.students()] == [CODE]
    assert sound.read_bytes() == before
