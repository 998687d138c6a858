"""Codes and ids of anybody's in file names: nothing leaves its folder, and no name is reserved."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowthyself_tui import locations
from knowthyself_tui.content import Library
from knowthyself_tui.errors import KnowThyselfError
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.store.drafts import read_draft, save_draft
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.spool import Spool
from tests.security.databases import run_sql
from tests.unit.store.conftest import Sitting

ELSEWHERE = Path("/knowthyself-elsewhere")
"""A folder that is not there, so that an absolute path can do no harm where it is followed."""

CODES = [
    "../escaped",
    "..\\escaped",
    "C:\\escaped",
    "a/b",
    "CON",
    "nul",
    "LPT9",
    "ends.",
    ".hidden",
    "a:b",
    "x" * 64,
    "é" * 64,
    "🚑",
    "\u202eexe.bd",
    "مريض",
    "\x1b]52;c;x\x07",
    "a\nb",
]
IDS = ["../../escaped", str(ELSEWHERE / "escaped"), "..", "", "x" * 300, "CON", "\x1b[2J", "a\x00b", "🚑"]
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.ASCII)
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder, deep below a folder in which nothing else may appear."""
    folder = tmp_path / "above" / "data"
    monkeypatch.setenv("KNOWTHYSELF_DATA_DIR", str(folder))
    yield folder
    above = {path for path in tmp_path.rglob("*") if folder not in (path, *path.parents)}
    assert above <= {tmp_path / "above", tmp_path / "class"} | set((tmp_path / "class").rglob("*"))
    assert not ELSEWHERE.exists()


def assert_harmless(folder: Path) -> None:
    for path in folder.rglob("*"):
        assert NAME.fullmatch(path.name), path
        assert not RESERVED.fullmatch(path.name), path
        assert len(path.name) < 120


@pytest.mark.parametrize("code", CODES)
def test_a_sitting_of_any_code_stays_in_the_data_folder(data: Path, code: str) -> None:
    seat = Desk(Library()).register(code, "Zoë", None, Plan(("asthma",)))
    save_draft(seat.sitting.session_id, {"line": "half a l"})
    seat.recorder.close()
    assert_harmless(data)
    assert len(list(data.glob("*.db"))) == len(list((data / "handin").iterdir())) == 1


@pytest.mark.parametrize("code", ["../escaped", "CON", "a/b", "\u202eexe.bd"])
def test_a_code_in_a_database_for_a_class_names_its_lock_and_copy_harmlessly(
    data: Path, tmp_path: Path, code: str
) -> None:
    seat = Desk(Library(), tmp_path / "class" / "class.db").register(code, "Zoë", None, Plan(("asthma",)))
    seat.recorder.close()
    assert_harmless(tmp_path / "class")


@pytest.mark.parametrize("code", ["", "   ", "\u200b", "\x9b", "x" * 65, "a" * 100_000])
def test_a_code_that_is_none_is_refused_and_nothing_is_written(data: Path, code: str) -> None:
    with pytest.raises(KnowThyselfError):
        Desk(Library()).register(code, "Zoë", None, Plan(("asthma",)))
    assert not data.exists()


@pytest.mark.parametrize("session_id", IDS)
def test_a_sitting_id_of_a_forged_database_names_no_draft_elsewhere(data: Path, session_id: str) -> None:
    data.mkdir(parents=True)
    save_draft(session_id, {"line": "mine"})
    assert_harmless(data)
    assert len(list((data / "drafts").iterdir())) == 1
    assert read_draft(session_id) == {"line": "mine"}
    save_draft(session_id, {})
    assert read_draft(session_id) == {}


@pytest.mark.parametrize("session_id", IDS)
def test_a_sitting_id_of_a_forged_database_names_no_spool_elsewhere(
    data: Path, session_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowthyself_tui.store.spool.spool_folders", lambda: (data / "spool",))
    spool = Spool(session_id)
    assert spool.keep(Sitting().started())
    assert len(list((data / "spool").iterdir())) == 1
    assert_harmless(data)
    assert spool.bring_in(lambda _: None) == 1


@pytest.mark.parametrize("session_id", [identity for identity in IDS if "\x00" not in identity])
def test_a_sitting_id_of_a_forged_database_names_no_hand_in_copy_elsewhere(data: Path, session_id: str) -> None:
    path, sitting = data / "p001.db", Sitting()
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    recorder.let_go()
    quoted = session_id.replace("'", "''")
    run_sql(path, f"PRAGMA foreign_keys = 0; UPDATE session SET id = '{quoted}'; UPDATE student SET code = '../../x'")
    recorder = Recorder.open(path)
    copy = recorder.handin().result()
    recorder.let_go()
    assert copy.parent == data / "handin"
    assert_harmless(data)


def test_a_code_never_makes_a_name_longer_than_any_disk_takes() -> None:
    longest = max(len(os.fsencode(locations.safe_name(code))) for code in [*CODES, "é" * 10_000, "🚑" * 10_000])
    assert longest + len("-00000000-0000-0000-0000-000000000000.part") < 143


def test_the_last_resort_of_a_lost_file_stays_beside_it(tmp_path: Path) -> None:
    from knowthyself_tui.session.rescue import new_place

    lost = tmp_path / "p001.db"
    lost.touch()
    for session_id in IDS:
        assert new_place(lost, session_id).parent == tmp_path
