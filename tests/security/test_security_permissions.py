"""What students write is for their own eyes, whatever the umask."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowthyself_tui.app.crash import explain
from knowthyself_tui.content import Library
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.store.drafts import save_draft
from knowthyself_tui.store.reader import open_copy
from knowthyself_tui.store.spool import Spool
from tests.unit.store.conftest import Sitting

if sys.platform == "win32":
    pytest.skip("Windows keeps other people out by the folder's own list", allow_module_level=True)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def data(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that is still to be made, two folders deep, under this umask."""
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(tmp_path / "new" / "data"))
    monkeypatch.setattr("knowthyself_tui.store.spool.spool_folders", lambda: (tmp_path / "new" / "data" / "spool",))
    before = os.umask(request.param)
    yield tmp_path / "new" / "data"
    os.umask(before)


def assert_private(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        allowed = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == allowed, f"{path} has {oct(path.stat().st_mode)}"


def test_databases_locks_copies_and_drafts_are_the_students_own(data: Path) -> None:
    seat = Desk(Library()).register("p001", "Zoë", None, Plan(("asthma",)))
    save_draft(seat.sitting.session_id, {"line": "half a l"})
    assert Spool(seat.sitting.session_id).keep(Sitting().started())
    assert_private(data.parent)
    seat.recorder.close()
    assert {path.name for path in data.iterdir()} >= {"p001.db", "handin", "drafts", "spool"}
    assert_private(data.parent)


def test_the_file_of_a_class_is_its_owners_own(data: Path) -> None:
    seat = Desk(Library(), data / "class.db").register("p001", "Zoë", None, Plan(("asthma",)))
    seat.recorder.close()
    assert_private(data.parent)


def test_a_crash_report_is_the_students_own(data: Path) -> None:
    explain(ZeroDivisionError())
    assert (data / "crash.txt").exists()
    assert_private(data.parent)


def test_a_crash_report_that_everybody_could_read_is_closed(data: Path) -> None:
    data.mkdir(parents=True)
    (data / "crash.txt").touch(mode=0o666)
    explain(ZeroDivisionError())
    assert stat.S_IMODE((data / "crash.txt").stat().st_mode) == 0o600


def test_a_draft_that_everybody_could_read_is_closed(data: Path) -> None:
    (data / "drafts").mkdir(parents=True)
    for name in ("one.json", "one.part"):
        (data / "drafts" / name).touch(mode=0o666)
    save_draft("one", {"line": "mine"})
    assert stat.S_IMODE((data / "drafts" / "one.json").stat().st_mode) == 0o600


def test_the_copy_that_a_reader_makes_is_its_own(data: Path, sound_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(data))
    with open_copy(sound_file):
        [copy] = data.iterdir()
        assert stat.S_IMODE(copy.stat().st_mode) == 0o700


def test_the_journal_of_a_write_under_way_is_no_more_open_than_the_database(data: Path) -> None:
    seat = Desk(Library()).register("p001", "Zoë", None, Plan(("asthma",)))
    journal = data / "p001.db-journal"
    assert journal.exists()
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    seat.recorder.close()
