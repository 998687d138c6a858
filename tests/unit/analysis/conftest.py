"""Writes small databases through the recorder, as the application does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import (
    Batch,
    ChecklistVerdict,
    DecisionVerdict,
    EncounterRecord,
    EncounterResult,
    StudentRecord,
)
from knowthyself_tui.store.ids import uuid7
from knowthyself_tui.store.recorder import Recorder

ITEMS = (
    ChecklistVerdict("A1", "Scene safety", done_at=12.5, target=60.0, late=None, credit=10.0, weight=10.0),
    ChecklistVerdict("A2", "Oxygen", done_at=61.0, target=180.0, late=300.0, credit=16.0, weight=16.0),
    ChecklistVerdict("A3", "Salbutamol", done_at=None, target=300.0, late=None, credit=0.0, weight=20.0),
)


@dataclass(frozen=True)
class Played:
    """One encounter of a test; without a total it was begun and never ended."""

    total: float | None = None
    complete: bool = True
    cap: float | None = None
    day: str = "2026-03-02"
    at_ms: int = 900_000
    scenario: str = "asthma"
    pivotal_at: float | None = 125.0
    judged: bool = True
    """False: it ended, and no verdict was stored."""
    decisions: Sequence[str] = ()
    """Ratings of D1, D2 …"""
    checklist: Sequence[ChecklistVerdict] = ITEMS
    maximum_minutes: float = 20.0


@dataclass(frozen=True)
class Sitting:
    arm: str | None = "A"
    encounters: Sequence[Played] = ()
    synthetic: bool = False
    study: str | None = None
    challenge_points: bool | None = None
    status: str = "completed"
    """`in_progress` leaves it open."""
    queue: Sequence[str] = ("asthma",)


@dataclass
class Log:
    """Numbers the events of one sitting."""

    session_id: str
    events: list[Event] = field(default_factory=list)

    def add(self, kind: Any, day: str, encounter: str | None = None, at_ms: int = 0, **body: Any) -> Event:
        seq = len(self.events) + 1
        event = Event(uuid7(), self.session_id, encounter, seq, kind, at_ms, f"{day}T08:00:{seq:02}.000Z", body)
        self.events.append(event)
        return event


def _record_sitting(recorder: Recorder, student_id: str, sitting: Sitting) -> None:
    log = Log(uuid7())
    day = sitting.encounters[0].day if sitting.encounters else "2026-03-02"
    start = log.add(
        "session_started",
        day,
        student_id=student_id,
        arm=sitting.arm,
        patient_kind="scripted",
        study=sitting.study,
        synthetic=sitting.synthetic,
        scenario_queue=list(sitting.queue),
        challenge_points=sitting.challenge_points,
    )
    recorder.append(Batch(events=(start,))).result()
    for position, played in enumerate(sitting.encounters):
        _record_encounter(recorder, log, position, played)


def _record_encounter(recorder: Recorder, log: Log, position: int, played: Played) -> None:
    identity = uuid7()
    record = EncounterRecord(
        id=identity,
        session_id=log.session_id,
        position=position,
        scenario_id=played.scenario,
        scenario_version="1.0",
        scenario_sha256=sha256(played.scenario.encode()).hexdigest(),
        scenario={
            "title": f"The case {played.scenario}",
            "maximum_minutes": played.maximum_minutes,
            "judgement": {"checklist": [{"id": "A3", "tier": "critical"}, {"id": "A1", "tier": "important"}]},
        },
        seed=1,
        started_at=f"{played.day}T08:{position:02}:00.000Z",
        engine_version="1",
        protocol="p",
    )
    begun = log.add("encounter_started", played.day, identity)
    recorder.append(Batch(events=(begun,), encounter=record)).result()
    if played.total is None:
        return
    reason = "finished" if played.complete else "left"
    ended = log.add("encounter_ended", played.day, identity, played.at_ms, reason=reason)
    if not played.judged:
        recorder.append(Batch(events=(ended,))).result()
        return
    result = EncounterResult(
        encounter_id=identity,
        rule_version="1",
        total=played.total,
        cap=played.cap,
        checklist_share=26 / 46,
        decision_mean=0.75,
        communication=4.0,
        handover=5.0,
        competence="competent",
        pivotal_at=played.pivotal_at,
        safety_score=100.0,
        complete=played.complete,
        checklist=tuple(played.checklist),
        decisions=tuple(
            DecisionVerdict(f"D{number}", f"Decision {number}", rating)  # type: ignore[arg-type]
            for number, rating in enumerate(played.decisions, start=1)
        ),
    )
    recorder.append(Batch(events=(ended,), result=result)).result()


def write_database(
    path: Path,
    code: str,
    *sittings: Sitting,
    name: str = "Zuzana Nováková",
    keep_handin: bool = False,
) -> Path:
    """One student's file, closed as the application closes it."""
    recorder = Recorder.open(path)
    student = StudentRecord(
        id=str(uuid5(NAMESPACE_OID, code)),
        code=code,
        name=name,
        email=f"{code}@example.org",
        cohort=None,
        consented_at="2026-03-01T07:00:00.000Z",
        consent_version="1",
        registered_at="2026-03-01T07:00:00.000Z",
    )
    recorder.enrol(student).result()
    for sitting in sittings:
        _record_sitting(recorder, student.id, sitting)
    recorder.close()
    if not keep_handin:
        shutil.rmtree(path.parent / "handin", ignore_errors=True)
    return path


def write_cohort(folder: Path) -> Path:
    """Ten students: four with a score in each arm, one who only registered, one who finished nothing.

    Student means: A 75, 60, 90, 55; B 50, 65, 50, 85 (b4 left a second encounter early).
    """
    folder.mkdir(parents=True, exist_ok=True)
    arms = {
        "a1": ("A", [Played(80.0), Played(70.0)]),
        "a2": ("A", [Played(60.0, cap=60.0)]),
        "a3": ("A", [Played(90.0)]),
        "a4": ("A", [Played(55.0)]),
        "b1": ("B", [Played(50.0)]),
        "b2": ("B", [Played(65.0, day="2026-03-05")]),
        "b3": ("B", [Played(40.0), Played(60.0)]),
        "b4": ("B", [Played(85.0), Played(10.0, complete=False, at_ms=60_000)]),
        "u1": ("A", [Played()]),
    }
    for code, (arm, encounters) in arms.items():
        write_database(folder / f"{code}.db", code, Sitting(arm, encounters))
    write_database(folder / "r1.db", "r1")
    return folder


@pytest.fixture(scope="session")
def cohort_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cohort(tmp_path_factory.mktemp("cohort") / "collected")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "analysis.key"


Writer = Callable[..., Path]


@pytest.fixture(scope="session")
def write() -> Writer:
    return write_database


@pytest.fixture(scope="session")
def sitting() -> Callable[..., Sitting]:
    """A sitting in an arm with one finished encounter for each total given."""

    def make(arm: str | None, *totals: float, **attributes: Any) -> Sitting:
        return Sitting(arm, [Played(total) for total in totals], **attributes)

    return make
