"""A played sitting verifies clean, also when it was killed and taken up again; whatever is changed in it is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.session.verify import Verification
from knowthyself_tui.store.models import TABLES, Event, JsonField, Meta, Table
from knowthyself_tui.store.sitting_rows import key_columns
from tests.unit.session.played import Player, links, play_everything, tampering, verified

NOT_IN_THE_LOG = {
    "student": {"name", "email", "cohort", "registered_at"},
    "session": {"updated_at"},
    "medication_error": {"id"},
    "appeal": {"answer", "answered_at"},
}
ALONE = ("encounter", "event")
"""Tables that the log is played again from: one change at a time. In the others one of each is changed together."""


def covered(table: type[Table]) -> list[str]:
    left_out = NOT_IN_THE_LOG.get(table._meta.table_name, set())
    return [field.column_name for field in table._meta.sorted_fields if field.column_name not in left_out]


def rounds() -> list[list[tuple[type[Table], str]]]:
    """What is changed in one go; all of them together are every covered column of every table."""
    together = [table for table in TABLES if table is not Meta and table._meta.table_name not in ALONE]
    longest = max(len(covered(table)) for table in together)
    mixed = [[(table, covered(table)[i]) for table in together if i < len(covered(table))] for i in range(longest)]
    alone = [[(table, name)] for table in TABLES if table._meta.table_name in ALONE for name in covered(table)]
    return [*mixed, *alone]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("played") / "class.db"
    return path, play_everything(path)


@pytest.fixture
def copied(played: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy to tamper with."""
    return Path(shutil.copy(played[0], tmp_path / "class.db")), played[1]


def changed(column: Any, value: Any) -> Any:
    """Another value of the same type."""
    if column.column_name == "seq":
        return value + 1000
    if isinstance(column, JsonField):
        document = {} if value is None else json.loads(value)
        if isinstance(document, list):
            document = [*document, "x"]
        else:
            name = max(document, default="x", key=str)
            document = {**document, name: "x"}
        return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if value is None:
        return 1 if column.field_type in ("BIGINT", "DOUBLE") else "x"
    return f"{value}x" if isinstance(value, str) else value + 1


def change_one(path: Path, table: type[Table], name: str) -> None:
    """Changes a column of a row in the middle of its table."""
    title = table._meta.table_name
    with tampering(path) as connection:
        rows = connection.execute(f'SELECT rowid, "{name}" FROM "{title}" ORDER BY rowid').fetchall()
        rowid, value = rows[len(rows) // 2]
        new = changed(table._meta.columns[name], value)
        connection.execute(f'UPDATE "{title}" SET "{name}" = ? WHERE rowid = ?', (new, rowid))


LINKS = ("session_id", "encounter_id", "turn_id")
"""Columns that say whose a row is: one that points elsewhere is missing here."""


def named(verification: Verification) -> set[tuple[str, str]]:
    return {(one.table, one.column.split(".")[0].split("[")[0]) for one in verification.differences}


def test_a_sitting_that_was_killed_and_taken_up_again_is_clean(played: tuple[Path, str]) -> None:
    verification = verified(*played)
    assert verification.differences == ()
    assert verification.is_replayed
    assert verification.notes == ()
    assert links(played[0]) == []


def test_every_table_has_rows_to_tamper_with(played: tuple[Path, str]) -> None:
    with tampering(played[0]) as connection:
        for table in TABLES:
            [number] = connection.execute(f'SELECT count(*) FROM "{table._meta.table_name}"').fetchone()
            assert number, table


@pytest.mark.slow
@pytest.mark.parametrize("changes", rounds(), ids=lambda changes: f"{changes[0][0].__name__}.{changes[0][1]}")
def test_one_changed_value_is_named(copied: tuple[Path, str], changes: list[tuple[type[Table], str]]) -> None:
    for table, name in changes:
        change_one(copied[0], table, name)
    verification = verified(*copied)
    for table, name in changes:
        title = table._meta.table_name
        is_key = table is Event or name in key_columns(table) or name in LINKS
        wanted = {one.column.split(".")[0].split("[")[0] for one in verification.differences if one.table == title}
        assert wanted if is_key else name in wanted, (title, name)


@pytest.mark.parametrize("table", ["turn", "act", "vital_sample", "finding", "gate_result", "disclosure", "event"])
def test_a_deleted_row_is_missing(copied: tuple[Path, str], table: str) -> None:
    with tampering(copied[0]) as connection:
        connection.execute(f'DELETE FROM "{table}" WHERE rowid = (SELECT min(rowid) + 3 FROM "{table}")')
    assert (table, "missing") in {(one.table, one.what) for one in verified(*copied).differences}


def test_a_log_that_is_gone_is_named(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        connection.execute("DELETE FROM event")
    [found] = verified(*copied).differences
    assert found.what == "the whole log of the sitting is missing"


def test_an_added_row_is_named(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        columns = "hr, rr, spo2, sbp, dbp, etco2_kpa, temp_c, gcs, glucose_mmol_l, rhythm, state, measured"
        connection.execute(
            f"INSERT INTO vital_sample (encounter_id, at_ms, {columns})"
            f" SELECT encounter_id, at_ms + 1, {columns} FROM vital_sample WHERE at_ms = 5000"
        )
    [difference] = verified(*copied).differences
    assert (difference.table, difference.what) == ("vital_sample", "added")
    assert "at_ms=5001" in difference.row


def test_two_rows_that_changed_places_are_named(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        for start, target in ((5000, -1), (60000, 5000), (-1, 60000)):
            connection.execute("UPDATE vital_sample SET at_ms = ? WHERE at_ms = ?", (target, start))
    rows = {one.row.split("at_ms=")[1] for one in verified(*copied).differences}
    assert rows == {"5000", "60000"}


def test_two_events_that_changed_places_break_the_chain(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        for start, target in ((7, -1), (8, 7), (-1, 8)):
            connection.execute("UPDATE event SET seq = ? WHERE seq = ?", (target, start))
    assert ("event", "hash") in named(verified(*copied))


def test_a_last_event_that_is_gone_leaves_rows_that_nothing_gives(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        connection.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    found = named(verified(*copied))
    assert ("session", "status") in found
    assert ("session", "completed_at") in found
    assert any(table == "performance" for table, _ in found)


def test_a_changed_hash_is_told_from_a_changed_event(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        connection.execute("UPDATE event SET hash = 'x' WHERE seq = 9")
    [difference] = verified(*copied).differences
    assert difference.row.endswith("seq=9")
    assert difference.column == "hash"


def test_the_stored_and_the_recomputed_value_are_given(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        [stored] = connection.execute("SELECT spo2 FROM vital_sample WHERE at_ms = 30000").fetchone()
        connection.execute("UPDATE vital_sample SET spo2 = 99.5 WHERE at_ms = 30000")
    [difference] = verified(*copied).differences
    assert (difference.stored, difference.recomputed) == (99.5, stored)
    assert "at_ms=30000" in str(difference)


@pytest.mark.parametrize("column", ["seq", "at_ms"])
def test_a_giant_number_ends_soon(copied: tuple[Path, str], column: str) -> None:
    with tampering(copied[0]) as connection:
        connection.execute(f"UPDATE event SET {column} = 1000000000000000 WHERE seq = 9")
    assert any(one.table == "event" for one in verified(*copied).differences)


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"acts": 1}', '{"acts":[{}]}'])
def test_a_log_that_cannot_be_read_is_a_finding(copied: tuple[Path, str], text: str) -> None:
    with tampering(copied[0]) as connection:
        connection.execute("UPDATE event SET body = ? WHERE kind = 'understood'", (text,))
    assert any(one.table == "event" for one in verified(*copied).differences)


def test_rows_that_point_at_nothing_are_found(copied: tuple[Path, str]) -> None:
    with tampering(copied[0]) as connection:
        connection.execute("UPDATE note SET encounter_id = 'nowhere'")
    assert any("nowhere" in line for line in links(copied[0]))


def test_an_unfinished_sitting_is_verified_as_far_as_it_got(tmp_path: Path) -> None:
    player = Player(tmp_path / "class.db")
    player.say("NRB at 15 litres", 61.3)
    player.store(player.seat.sitting.pause())
    player.resume()
    player.say("sats?", 47.2)
    player.seat.recorder.close()
    path, session_id = tmp_path / "class.db", player.seat.sitting.session_id
    assert verified(path, session_id).differences == ()
    with tampering(path) as connection:
        connection.execute("DELETE FROM vital_sample WHERE at_ms = (SELECT max(at_ms) FROM vital_sample)")
    assert [(one.table, one.what) for one in verified(path, session_id).differences] == [("vital_sample", "missing")]


def test_a_state_that_moved_between_two_samples_outlives_a_kill(tmp_path: Path) -> None:
    """Nothing that was stored may be played again otherwise: the snapshot comes with the change."""
    player = Player(tmp_path / "class.db")
    encounter = player.seat.sitting.encounter
    assert encounter is not None
    moved_ms = player.wait_until_worse()
    player.resume()
    taken_up = player.seat.sitting.encounter
    assert taken_up is not None
    assert taken_up.state.at_ms >= moved_ms
    assert taken_up.state.patient_state == encounter.state.patient_state
    player.say("salbutamol 5mg neb", 30)
    player.finish()
    assert verified(tmp_path / "class.db", player.seat.sitting.session_id).differences == ()


def test_a_log_of_another_engine_is_checked_by_its_chain_only(
    copied: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowthyself_tui.session.rebuild.ENGINE_VERSION", "other")
    with tampering(copied[0]) as connection:
        connection.execute("UPDATE vital_sample SET spo2 = 1")
    verification = verified(*copied)
    assert verification.differences == ()
    assert not verification.is_replayed
    assert "only the hash chain" in verification.notes[0]


def test_verdicts_of_other_rules_are_not_covered(copied: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowthyself_tui.session.sitting.SCORING_VERSION", "2")
    monkeypatch.setattr("knowthyself_tui.session.verify.SCORING_VERSION", "2")
    verification = verified(*copied)
    assert verification.differences == ()
    assert any("other rules" in note for note in verification.notes)


def test_what_an_older_log_does_not_say_is_not_covered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_first_version(record: Any) -> dict[str, Any]:
        return {"seed": record.seed, "scenario_sha256": record.scenario_sha256}

    monkeypatch.setattr("knowthyself_tui.session.encounter._identity", as_first_version)
    player = Player(tmp_path / "class.db")
    player.say("NRB at 15 litres", 20)
    player.finish()
    verification = verified(tmp_path / "class.db", player.seat.sitting.session_id)
    assert verification.differences == ()
    assert any("engine_version" in note and "not covered" in note for note in verification.notes)
