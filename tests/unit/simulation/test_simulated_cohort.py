"""A whole folder: the same bytes for the same seed, synthetic, verified, and whole or not there."""

from __future__ import annotations

import hashlib
import re
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from knowthyself_tui.errors import KnowThyselfError, UsageError
from knowthyself_tui.simulation.cohort import simulate
from knowthyself_tui.simulation.study import Study
from knowthyself_tui.store.models import TABLES
from tests.unit.session.played import links, verified
from tests.unit.simulation.conftest import STUDENTS, rows_of, study_of

SESSION = "SELECT id, status, arm_source, study, synthetic, patient_kind FROM session"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_a_folder_holds_one_closed_file_a_student_and_nothing_else(cohort: Path) -> None:
    assert list(digests(cohort)) == ["SIM-0001.db", "SIM-0002.db"]
    for path in cohort.iterdir():
        assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]


def test_every_sitting_is_synthetic_and_finished_as_the_application_finishes_it(cohort: Path) -> None:
    for path in cohort.iterdir():
        ((_, *columns),) = rows_of(path, SESSION)
        assert columns == ["completed", "simulated", "simulation", 1, "scripted"]
        assert rows_of(path, "SELECT code FROM student") == [(path.stem,)]
        for table in ("turn", "act", "vital_sample", "checklist_result", "decision_result", "estimate", "performance"):
            assert rows_of(path, f"SELECT COUNT(*) FROM {table}") > [(0,)]


def test_a_file_verifies(cohort: Path) -> None:
    path = cohort / "SIM-0001.db"
    ((session_id, *_),) = rows_of(path, SESSION)
    assert verified(path, session_id).differences == ()
    assert not links(path)


def test_another_run_in_more_processes_gives_the_same_bytes(cohort: Path, tmp_path: Path) -> None:
    assert len(list(simulate(study_of(), STUDENTS, tmp_path, jobs=2))) == STUDENTS
    assert digests(tmp_path) == digests(cohort)


def test_no_time_and_no_id_is_of_today(cohort: Path) -> None:
    path = cohort / "SIM-0001.db"
    tables = [table._meta.table_name for table in TABLES]
    values = [value for name in tables for row in rows_of(path, f'SELECT * FROM "{name}"') for value in row]
    texts = [value for value in values if isinstance(value, str)]
    times = [text for text in texts if TIME.match(text)]
    ids = [uuid.UUID(text) for text in texts if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)]
    assert len(times) > 100
    assert {text[:10] for text in times} == {"2025-09-01"}
    assert {(one.version, one.int >> 80 >> 24) for one in ids} == {(7, ids[0].int >> 80 >> 24)}


def test_a_folder_with_databases_is_refused_and_stays_as_it_is(cohort: Path) -> None:
    before = digests(cohort)
    with pytest.raises(UsageError, match="holds databases already"):
        list(simulate(study_of(seed=2), 1, cohort.parent, jobs=1))
    assert digests(cohort) == before


def test_what_is_stopped_leaves_no_part_of_a_cohort(tmp_path: Path, unplayed: list[Study]) -> None:
    with closing(simulate(study_of(), STUDENTS, tmp_path, jobs=1)) as played:
        next(played)
        assert list(tmp_path.iterdir()) == [tmp_path / "SIM-0001.db"]
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowthyself_tui.store.reproducible.os.replace", full)
    with pytest.raises(KnowThyselfError, match="No space is left"):
        list(simulate(study_of(), 1, tmp_path, jobs=1))
    assert list(tmp_path.iterdir()) == []
