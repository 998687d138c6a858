"""Mending: what can be read comes over, what does not fit the log does not, and the damaged file is kept."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from knowthyself_tui.store.backup import back_up
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.rescue.pages import PageFile
from knowthyself_tui.store.rescue.salvage import mend
from tests.unit.store.damage import PAGE, TURNS, all_rows, assert_is_sound, edit, leaves_with, overwrite

KEPT = Path(__file__).parent / "data" / "schema_1.db"


def test_a_lost_header_costs_nothing(damaged: Path) -> None:
    before = all_rows(damaged)
    content = bytearray(damaged.read_bytes())
    content[:100] = bytes(100)
    damaged.write_bytes(content)
    mending = mend(damaged)
    assert all_rows(damaged) == before
    assert mending.damaged.read_bytes() == content
    assert mending.damaged.parent == damaged.parent / "set-aside"
    assert mending.rows["event"] == 4 * TURNS + 3
    assert mending.told.startswith("Your file was damaged. Everything")
    assert str(mending.damaged) in mending.told
    assert_is_sound(damaged)


def test_a_really_played_file_without_its_first_page_comes_over_whole(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(KEPT.read_bytes())
    before = all_rows(path)
    overwrite(path, [1])
    mending = mend(path)
    assert all_rows(path) == before
    assert [sitting.is_whole for sitting in mending.sittings] == [True]
    assert "Everything that was stored was brought over" in mending.told
    assert_is_sound(path)


def test_a_lost_page_of_events_cuts_the_sitting_where_it_begins(damaged: Path) -> None:
    before = all_rows(damaged)
    lost = leaves_with(damaged.read_bytes(), b'"topic":"spo2"')[6]
    seqs = [record.values[3] for record in PageFile(damaged.read_bytes()).records(lost)]
    overwrite(damaged, [lost])
    mending = mend(damaged)
    (sitting,) = mending.sittings
    assert sitting.events == min(seqs) - 1
    assert sitting.missing == 4 * TURNS + 3 - sitting.events
    assert sitting.scenario_id == "asthma"
    assert "in asthma) was brought over, what came after is lost" in mending.told
    assert_is_sound(damaged)
    kept = all_rows(damaged)
    assert kept.keys() <= before.keys()
    clock = max(row["at_ms"] for (table, _), row in kept.items() if table == "event")
    assert all(row["at_ms"] <= clock for (table, _), row in kept.items() if table == "vital_sample")
    (encounter,) = [row for (table, _), row in kept.items() if table == "encounter"]
    assert encounter["engine"] is None
    assert encounter["at_ms"] == clock
    assert any(table == "vital_sample" for table, _ in kept)


def test_a_lost_page_of_what_events_give_costs_nothing(damaged: Path) -> None:
    before = all_rows(damaged)
    pages = PageFile(damaged.read_bytes())
    turns = [n for n in range(2, pages.count) if pages.kind(n) == 0x0D and b"typed" in pages.page(n)]
    turns = [n for n in turns if b'"source"' not in pages.page(n)]
    overwrite(damaged, turns)
    assert len(turns) > 1
    mend(damaged)
    assert all_rows(damaged) == before


def test_gaps_are_filled_from_a_backup(damaged: Path) -> None:
    before = all_rows(damaged)
    copy = back_up(damaged)
    edit(copy, "DELETE FROM event WHERE seq > 120; UPDATE session SET status = 'in_progress'")
    overwrite(damaged, leaves_with(damaged.read_bytes(), b'"topic":"spo2"')[2:4])
    mending = mend(damaged)
    assert mending.copies == (copy,)
    assert [sitting.is_whole for sitting in mending.sittings] == [True]
    assert all_rows(damaged) == before


def test_what_was_taken_out_does_not_come_back_from_a_copy(damaged: Path) -> None:
    back_up(damaged)
    edit(damaged, "DELETE FROM vital_sample WHERE at_ms > 5000; UPDATE student SET name = 'new'")
    overwrite(damaged, leaves_with(damaged.read_bytes(), b'"topic":"spo2"')[2:4])
    mend(damaged)
    kept = all_rows(damaged)
    assert max(row["at_ms"] for (table, _), row in kept.items() if table == "vital_sample") <= 5000
    assert [row["name"] for (table, _), row in kept.items() if table == "student"] == ["new"]


def test_half_a_file_does_not_claim_to_be_everything(damaged: Path) -> None:
    content = damaged.read_bytes()
    damaged.write_bytes(content[: len(content) // PAGE * 3 // 4 * PAGE])
    mending = mend(damaged)
    (sitting,) = mending.sittings
    assert 0 < sitting.events < 4 * TURNS + 3
    assert not sitting.is_whole
    assert "came after is lost" in mending.told
    assert_is_sound(damaged)


@pytest.mark.parametrize("column", ["scenario", "engine"])
def test_an_unreadable_document_costs_only_itself(damaged: Path, column: str) -> None:
    edit(damaged, f"UPDATE encounter SET {column} = CAST(x'ff41' AS TEXT); DELETE FROM meta")
    asked = []

    def scenario_of(scenario_id: str, sha256: str) -> dict[str, str]:
        asked.append((scenario_id, sha256))
        return {"title": "the very same"}

    mending = mend(damaged, scenario_of=scenario_of)
    with open_reader(damaged) as reader:
        (encounter,) = reader.sitting(mending.sittings[0].id).encounters
    assert (encounter.snapshot is None) == (column == "engine")
    assert (encounter.record.scenario["title"] == "the very same") == (column == "scenario")
    assert bool(asked) == (column == "scenario")
    assert mending.sittings[0].is_whole


def test_a_scenario_that_is_nowhere_is_told(damaged: Path) -> None:
    edit(damaged, "UPDATE encounter SET scenario = CAST(x'ff41' AS TEXT); DELETE FROM meta")
    mending = mend(damaged)
    assert "can be looked at but not gone on with" in mending.told
    assert mending.sittings[0].without_scenario


def test_a_student_whose_row_is_lost_keeps_the_sitting(damaged: Path, whole: bytes) -> None:
    overwrite(damaged, [1, *leaves_with(whole, "Zoë Åström".encode())])
    mending = mend(damaged)
    assert mending.sittings[0].is_whole or mending.sittings[0].events == 4 * TURNS + 3
    with open_reader(damaged) as reader:
        assert [student.code for student in reader.students()] == ["p001"]
    assert_is_sound(damaged)


def test_a_cut_write_is_rolled_back_before_anything_is_read(damaged: Path) -> None:
    before = all_rows(damaged)
    torn, journal = cut_in_a_write(damaged)
    content = bytearray(torn)
    (leaf, *_) = leaves_with(torn, b"sinus_tachycardia")
    content[(leaf - 1) * PAGE : leaf * PAGE] = b"\xa5" * PAGE
    damaged.write_bytes(content)
    damaged.with_name("p001.db-journal").write_bytes(journal)
    mending = mend(damaged)
    assert mending.damaged.read_bytes() == content
    assert mending.damaged.with_name(f"{mending.damaged.name}-journal").read_bytes() == journal
    assert not damaged.with_name("p001.db-journal").exists()
    lost = before.keys() - all_rows(damaged).keys()
    assert {table for table, _ in lost} == {"vital_sample"}
    assert {key: row for key, row in before.items() if key not in lost} == all_rows(damaged)


def cut_in_a_write(path: Path) -> tuple[bytes, bytes]:
    """The database and its journal as a kill leaves them while a transaction is being written."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = truncate; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
    connection.execute("UPDATE event SET body = body || hex(zeroblob(9000))")
    found = path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert found[0] != path.read_bytes()
    return found


@pytest.mark.parametrize("pages", [1, 5, 20])
def test_pages_of_noise_never_end_in_an_unsound_file(damaged: Path, whole: bytes, pages: int) -> None:
    before = all_rows(damaged)
    for seed in range(6):
        damaged.write_bytes(whole)
        chance = random.Random(seed * 100 + pages)
        overwrite(damaged, chance.sample(range(1, len(whole) // PAGE + 1), pages), seed)
        if contents_of(damaged).is_valid:
            continue
        if mend(damaged).is_anything:
            assert all_rows(damaged).keys() - before.keys() <= {("meta", ("database_uuid",)), ("meta", ("created_by",))}
            assert contents_of(damaged).is_valid
