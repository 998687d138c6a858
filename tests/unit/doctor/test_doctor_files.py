"""What lies around the databases."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowthyself_tui.doctor.files import (
    check_backups,
    check_journal,
    check_leftovers,
    check_lonely_journals,
    check_set_aside,
    check_spool,
)
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.locations import spool_folders
from knowthyself_tui.store.backup import back_up
from knowthyself_tui.store.copies import set_aside
from knowthyself_tui.store.spool import Spool
from tests.unit.store.conftest import Sitting

NOW = datetime.now(UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "p001.db"
    path.write_bytes(b"x")
    return path


def test_a_journal_of_a_cut_write(database: Path) -> None:
    journal = database.with_name("p001.db-journal")
    journal.touch()
    assert check_journal(database, is_open=False).verdict == "fine"
    journal.write_bytes(b"pages")
    assert check_journal(database, is_open=False).verdict == "note"
    assert check_journal(database, is_open=True).verdict == "fine"


def test_a_log_of_another_journal_mode(database: Path) -> None:
    database.with_name("p001.db-wal").write_bytes(b"pages")
    assert check_journal(database, is_open=False).verdict == "note"


def test_a_journal_without_its_database_is_a_problem(database: Path) -> None:
    database.with_name("p001.db-journal").write_bytes(b"pages")
    assert list(check_lonely_journals(database.parent)) == []
    database.unlink()
    (check,) = check_lonely_journals(database.parent)
    assert check.verdict == "problem"
    assert "p001.db" in check.remedy


def test_backups_are_counted_and_dated(path: Path) -> None:
    written = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert check_backups(path, written).verdict == "note"
    back_up(path)
    assert check_backups(path, written).verdict == "fine"
    weeks_later = f"{NOW + timedelta(days=9):%Y-%m-%dT%H:%M:%SZ}"
    late = check_backups(path, weeks_later)
    assert late.verdict == "note"
    assert "8 days" in late.sentence or "9 days" in late.sentence


def test_a_database_that_nobody_began_needs_no_backup(database: Path) -> None:
    assert check_backups(database, None).verdict == "fine"


def test_what_was_set_aside(path: Path) -> None:
    assert check_set_aside(path.parent).verdict == "fine"
    aside = set_aside(path)
    check = check_set_aside(path.parent)
    assert check.verdict == "note"
    assert aside.name in check.sentence


def test_turns_that_wait(data: Path, sitting: Sitting) -> None:
    assert [check.verdict for check in check_spool(spool_folders())] == ["fine"]
    spool = Spool(sitting.session_id)
    assert spool.keep(sitting.started())
    assert spool.keep(sitting.encounter_started())
    (check,) = check_spool(spool_folders())
    assert check.verdict == "note"
    assert check.sentence.startswith("2 turns")


def test_turns_that_no_longer_fitted(data: Path, sitting: Sitting) -> None:
    spool = Spool(sitting.session_id)
    spool.keep(sitting.started())

    def refuse(_: Batch) -> None:
        raise ValueError("another sitting")

    spool.bring_in(refuse)
    (check,) = check_spool(spool_folders())
    assert check.verdict == "note"
    assert "fit" in check.sentence


@pytest.mark.parametrize(
    "name", ["p001.db.part", "p001.db.part-journal", "handin/p001-x.part", "backups/p001.part", "drafts/x.part"]
)
def test_parts_are_left_over_once_they_are_old(tmp_path: Path, name: str) -> None:
    part = tmp_path / name
    part.parent.mkdir(exist_ok=True)
    part.touch()
    assert check_leftovers(tmp_path, NOW).verdict == "fine"
    old = (NOW - timedelta(minutes=5)).timestamp()
    os.utime(part, (old, old))
    check = check_leftovers(tmp_path, NOW)
    assert check.verdict == "note"
    assert part.name in check.sentence


def test_folders_of_our_own_are_left_over_too(tmp_path: Path) -> None:
    (tmp_path / ".knowthyself-probe-abc").mkdir()
    (tmp_path / ".knowthyself-copy-abc").mkdir()
    check = check_leftovers(tmp_path, NOW + timedelta(hours=1))
    assert check.sentence.startswith("2 ")
