"""A small sitting that makes the batches of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.domain.records import Batch, EncounterRecord, Snapshot, StudentRecord, VitalSample
from knowthyself_tui.store.ids import utc_now_iso, uuid7
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.recorder import Recorder
from tests.postgres import empty_place


class Sitting:
    """Numbers its events as a real sitting does."""

    def __init__(self, code: str = "p001") -> None:
        self.session_id, self.encounter_id = uuid7(), uuid7()
        self.student = StudentRecord(uuid7(), code, "Zoë Åström", None, None, None, None, utc_now_iso())
        self.seq = 0

    def event(self, kind: EventKind, body: Mapping[str, Any] | None = None, *, at_ms: int | None = None) -> Event:
        """The next event; inside the encounter when it has a time."""
        self.seq += 1
        encounter = None if at_ms is None else self.encounter_id
        return Event(uuid7(), self.session_id, encounter, self.seq, kind, at_ms or 0, utc_now_iso(), dict(body or {}))

    def started(self) -> Batch:
        body = {
            "student_id": self.student.id,
            "arm": "A",
            "arm_source": "roster",
            "challenge_points": True,
            "language": "en",
            "scenario_queue": ["asthma", "stemi"],
            "seed": 7,
            "patient_kind": "scripted",
            "model": None,
            "study": "pilot",
            "synthetic": False,
            "app_version": "0.1.0",
            "status": "in_progress",
            "something_else": 1,
        }
        return Batch((self.event("session_started", body), self.event("phase_entered", {"phase": "encounter"})))

    def encounter_started(self) -> Batch:
        record = EncounterRecord(
            self.encounter_id,
            self.session_id,
            0,
            "asthma",
            "1",
            "ab" * 32,
            {"title": "Asthma", "steps": [1, 2.5, None]},
            7,
            utc_now_iso(),
            "1",
            "standard",
        )
        return Batch((self.event("encounter_started", at_ms=0),), encounter=record)

    def turn(self, text: str = "15 litres by non-rebreather", *, at_ms: int = 1000) -> Batch:
        """A line of the student's, its act, what was done, and a finding."""
        said = self.event(
            "said",
            {"speaker": "student", "text": text, "source": "typed", "phase": "encounter"},
            at_ms=at_ms,
        )
        act = {
            "id": uuid7(),
            "intent": "give_oxygen",
            "modality": "request",
            "slots": {"flow_l_min": 15},
            "status": "noted",
            "confidence": 0.9,
            "route": "grammar",
            "patient_state": "initial",
        }
        done = {
            "act_id": act["id"],
            "intent": "give_oxygen",
            "slots": {"flow_l_min": 15, "device": "nrb"},
            "patient_state": "worse",
        }
        finding = {"act_id": act["id"], "topic": "spo2", "text": "SpO2 88 %", "values": {"spo2": 88}}
        return Batch(
            (
                said,
                self.event("understood", {"turn_id": said.id, "acts": [act]}, at_ms=at_ms),
                self.event("carried_out", done, at_ms=at_ms + 500),
                self.event("measured", finding, at_ms=at_ms + 500),
            )
        )

    def tick(self, at_ms: int) -> Batch:
        """A vital sample and a snapshot, as every five seconds."""
        sample = VitalSample(
            self.encounter_id,
            at_ms,
            {"hr": 128, "rr": 32, "spo2": 88, "sbp": None},
            "sinus_tachycardia",
            "initial",
            ("spo2",),
        )
        snapshot = Snapshot(self.encounter_id, at_ms, "initial", {"clock": at_ms / 1000, "body": [0.1, 2]})
        return Batch(samples=(sample,), snapshot=snapshot)

    def begin(self, recorder: Recorder) -> None:
        """Enrols the student and stores everything up to the encounter's start."""
        recorder.enrol(self.student).result()
        recorder.append(self.started()).result()
        recorder.append(self.encounter_started()).result()


@pytest.fixture
def sitting() -> Sitting:
    return Sitting()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "p001.db"


@pytest.fixture
def recorder(path: Path) -> Iterator[Recorder]:
    opened = Recorder.open(path)
    yield opened
    opened.close()


@pytest.fixture(params=["file", "class file", "server"])
def place(request: pytest.FixtureRequest, path: Path) -> Iterator[Place]:
    """Every kind of place that a recorder can write to."""
    if request.param == "server":
        with empty_place() as server:
            yield server
    else:
        yield path.with_name("class.db") if request.param == "class file" else path


@pytest.fixture
def writer(place: Place, path: Path) -> Iterator[Recorder]:
    """A recorder on every kind of place."""
    opened = Recorder.open(place) if place == path else Recorder.open(place, student="p001")
    yield opened
    opened.close()


@pytest.fixture
def make_sitting() -> Callable[..., Sitting]:
    """Sittings of other students."""
    return Sitting


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database with an encounter under way."""
    from tests.unit.store.damage import under_way

    return under_way(tmp_path_factory.mktemp("data") / "p001.db")


@pytest.fixture
def damaged(path: Path, whole: bytes) -> Path:
    """The place of a database that the tests damage before they mend it."""
    path.parent.mkdir()
    path.write_bytes(whole)
    return path


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A folder for the machines of a class."""
    return tmp_path / "lab"


@pytest.fixture
def sound_lab(lab: Path, sitting: Sitting) -> Path:
    """A folder with one sound database in it."""
    from tests.unit.store.collection import play

    return play(lab / "a" / "p001.db", sitting, turns=5).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where is collected."""
    return tmp_path / "collected"
