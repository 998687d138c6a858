"""What a sitting hands to the store beside its events: samples, snapshots and verdicts. Plain data, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from knowthyself_tui.domain.events import Event

EndReason = Literal["finished", "time", "arrest", "left"]
Rating = Literal["optimal", "acceptable", "suboptimal", "dangerous", "not_evaluated"]
Severity = Literal["minor", "moderate", "severe", "critical"]


@dataclass(frozen=True, slots=True)
class StudentRecord:
    """A person enrolled."""

    id: str
    code: str
    name: str
    email: str | None
    cohort: str | None
    consented_at: str | None
    consent_version: str | None
    registered_at: str


@dataclass(frozen=True, slots=True)
class EncounterRecord:
    """One scenario in a sitting, as it began."""

    id: str
    session_id: str
    position: int
    scenario_id: str
    scenario_version: str
    scenario_sha256: str
    scenario: Mapping[str, Any]
    seed: int
    started_at: str
    engine_version: str
    protocol: str


ENCOUNTER_IDENTITY = (
    "position",
    "scenario_id",
    "scenario_version",
    "scenario_sha256",
    "seed",
    "engine_version",
    "protocol",
)
"""What an encounter is played with, beside its scenario: the log says it, too."""


@dataclass(frozen=True, slots=True)
class VitalSample:
    """The body at one moment of an encounter, true values in display units."""

    encounter_id: str
    at_ms: int
    values: Mapping[str, float | int | None]
    """The channels of `domain.vitals.CHANNELS`."""
    rhythm: str
    state: str
    measured: tuple[str, ...]
    """Channels that the student could see at that moment."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole encounter at one moment: folding the events after it gives the present."""

    encounter_id: str
    at_ms: int
    patient_state: str
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StateChange:
    """The patient's state moved."""

    encounter_id: str
    at_ms: int
    from_state: str
    to_state: str
    cause: str


@dataclass(frozen=True, slots=True)
class ChecklistVerdict:
    """One row of the checklist; a row exists for what was not done, too."""

    id: str
    title: str
    done_at: float | None
    """Scenario second of the first valid act, None when never."""
    target: float | None
    late: float | None
    credit: float
    weight: float
    evidence: tuple[str, ...] = ()
    """Ids of the acts and turns that the verdict rests on."""


@dataclass(frozen=True, slots=True)
class DecisionVerdict:
    """One decision point."""

    id: str
    title: str
    rating: Rating
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """One safety gate: a failed one caps the total."""

    id: str
    title: str
    failed: bool
    cap: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneVerdict:
    """One of the six milestones."""

    id: str
    reached_at: float | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MedicationError:
    """A harmful or wrong order that was carried out."""

    act_id: str
    at: float
    """Scenario second."""
    drug: str
    kind: str
    """contraindicated, wrong_dose, wrong_route or not_indicated."""
    severity: Severity
    reason: str


@dataclass(frozen=True, slots=True)
class EncounterResult:
    """Every verdict of a finished encounter and its sums."""

    encounter_id: str
    rule_version: str
    total: float | None
    cap: float | None
    checklist_share: float
    """0 to 1."""
    decision_mean: float | None
    """0 to 1; None when no decision point could be evaluated."""
    communication: float
    """0 to 5."""
    handover: float
    """0 to 5."""
    competence: str
    pivotal_at: float | None
    safety_score: float
    complete: bool
    checklist: tuple[ChecklistVerdict, ...] = ()
    decisions: tuple[DecisionVerdict, ...] = ()
    gates: tuple[GateVerdict, ...] = ()
    milestones: tuple[MilestoneVerdict, ...] = ()
    medication_errors: tuple[MedicationError, ...] = ()
    medication_warnings: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction stores: all of it or nothing."""

    events: tuple[Event, ...] = ()
    encounter: EncounterRecord | None = None
    samples: tuple[VitalSample, ...] = ()
    snapshot: Snapshot | None = None
    state_changes: tuple[StateChange, ...] = ()
    result: EncounterResult | None = None
    disclosures: tuple[tuple[str, str, str], ...] = field(default=())
    """(turn id, fact id, how) for each fact that a reply used."""
