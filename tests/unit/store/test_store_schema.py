"""The tables that other programs rely on, and how a new file begins."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.schema import APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION

CONTRACT = {
    "student": "id code name email cohort consented_at consent_version registered_at",
    "session": "id student_id status phase arm arm_source challenge_points language scenario_queue"
    " queue_position seed patient_kind model study synthetic app_version started_at updated_at completed_at",
    "encounter": "id session_id position scenario_id scenario_version scenario_sha256 scenario seed started_at"
    " ended_at end_reason at_ms patient_state engine engine_version protocol",
    "event": "id session_id encounter_id seq kind body at_ms created_at hash",
    "turn": "id session_id encounter_id seq phase speaker text at_ms created_at complete source input_tokens"
    " output_tokens cache_read_tokens latency_ms prompt_hash",
    "act": "id turn_id encounter_id intent modality slots status at_ms patient_state confidence route",
    "vital_sample": "encounter_id at_ms hr rr spo2 sbp dbp etco2_kpa temp_c gcs glucose_mmol_l rhythm state measured",
    "finding": "id encounter_id act_id at_ms topic text",
    "note": "id encounter_id at_ms text",
    "state_change": "encounter_id at_ms from_state to_state cause",
    "challenge": "id encounter_id challenge_id asked_at_ms question answer answered_at_ms skipped",
    "medication_error": "id encounter_id act_id at_ms drug kind severity reason",
    "encounter_result": "encounter_id total cap checklist_share decision_mean communication handover competence"
    " pivotal_at_ms safety_score complete rule_version",
    "checklist_result": "encounter_id item_id evidence rule_version done_at target late credit weight",
    "decision_result": "encounter_id item_id evidence rule_version rating",
    "gate_result": "encounter_id item_id evidence rule_version failed cap",
    "milestone_result": "encounter_id item_id evidence rule_version reached_at",
    "performance": "session_id total_messages total_seconds scenarios_completed overall_score optimal acceptable"
    " suboptimal dangerous actions_completed actions_missed medication_errors medication_warnings safety_score"
    " patterns",
    "warmup_answer": "session_id question_id position question answer follow_ups answered_at",
    "survey_answer": "session_id item value",
    "disclosure": "turn_id fact_id how",
    "alarm": "encounter_id at_ms parameter priority answered_at_ms",
    "estimate": "id encounter_id score seconds went_well change",
    "appeal": "id encounter_id text answer",
    "plan": "id session_id text",
    "meta": "key value",
}
ADDED = {"encounter": {"engine_at_ms"}, "encounter_result": {"medication_warnings"}}


@pytest.fixture
def connection(path: Path) -> sqlite3.Connection:
    Recorder.open(path).close()
    return sqlite3.connect(path)


def test_the_tables_and_columns_are_those_of_the_contract(connection: sqlite3.Connection) -> None:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == set(CONTRACT)
    for table, columns in CONTRACT.items():
        found = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        assert set(columns.split()) <= found, table
        if table in ("session", "event", "turn", "act", "vital_sample", "finding", *ADDED):
            assert found == set(columns.split()) | ADDED.get(table, set())
    connection.close()


def test_every_table_is_strict_and_every_reference_is_a_foreign_key(connection: sqlite3.Connection) -> None:
    listed = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    assert {name for name, strict in listed if strict} == set(CONTRACT)
    for table, columns in CONTRACT.items():
        references = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        wanted = {"student_id", "session_id", "encounter_id", "turn_id", "act_id"} & set(columns.split())
        assert references == wanted, table
    connection.close()


def test_a_new_file_is_marked_as_ours_and_private(connection: sqlite3.Connection, path: Path) -> None:
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    meta = dict(connection.execute("SELECT key, value FROM meta"))
    assert meta.keys() == {"schema_version", "database_uuid", "created_by"}
    assert meta["schema_version"] == str(SCHEMA_VERSION)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    connection.close()


def test_two_sittings_cannot_share_a_position_in_the_log(connection: sqlite3.Connection) -> None:
    insert = (
        "INSERT INTO event (id, session_id, seq, kind, body, at_ms, created_at, hash)"
        " VALUES (?, 's', 1, 'said', '{}', 0, '', '')"
    )
    connection.execute(insert, ("a",))
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(insert, ("b",))
    connection.close()


def test_migrations_are_numbered_without_gaps() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, SCHEMA_VERSION + 1))
