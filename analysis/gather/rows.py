"""The rows that are read: field names are columns, annotations are the types that a file must keep to."""

from __future__ import annotations

from typing import Any, NamedTuple


class StudentRow(NamedTuple):
    id: str
    code: str
    name: str
    cohort: str | None
    consented_at: str | None
    registered_at: str


class SessionRow(NamedTuple):
    id: str
    student_id: str
    status: str
    arm: str | None
    arm_source: str | None
    challenge_points: bool | None
    language: str | None
    scenario_queue: str
    patient_kind: str | None
    model: str | None
    study: str | None
    synthetic: bool
    app_version: str | None
    started_at: str


class EncounterRow(NamedTuple):
    id: str
    session_id: str
    position: int
    scenario_id: str
    scenario_version: str
    scenario_sha256: str
    protocol: str
    engine_version: str
    started_at: str
    ended_at: str | None
    end_reason: str | None
    at_ms: int
    patient_state: str | None


class ResultRow(NamedTuple):
    encounter_id: str
    total: float | None
    cap: float | None
    checklist_share: float | None
    decision_mean: float | None
    communication: float | None
    handover: float | None
    competence: str
    pivotal_at_ms: int | None
    safety_score: float | None
    medication_warnings: int
    complete: bool
    rule_version: str


class ChecklistRow(NamedTuple):
    encounter_id: str
    item_id: str
    title: str
    done_at: float | None
    target: float | None
    credit: float
    weight: float


class DecisionRow(NamedTuple):
    encounter_id: str
    item_id: str
    title: str
    rating: str


class GateRow(NamedTuple):
    encounter_id: str
    item_id: str
    title: str
    failed: bool
    cap: float


class MilestoneRow(NamedTuple):
    encounter_id: str
    item_id: str
    reached_at: float | None


class ErrorRow(NamedTuple):
    encounter_id: str
    at_ms: int
    drug: str
    kind: str
    severity: str
    reason: str


class ChallengeRow(NamedTuple):
    encounter_id: str
    challenge_id: str
    asked_at_ms: int
    question: str
    answer: str | None
    skipped: bool | None


class WarmupRow(NamedTuple):
    session_id: str
    question_id: str
    position: int | None
    question: str
    answer: str | None
    follow_ups: str | None


class SurveyRow(NamedTuple):
    session_id: str
    item: str
    value: str | None


class AppealRow(NamedTuple):
    encounter_id: str
    item_id: str | None
    text: str
    answer: str | None


class TallyRow(NamedTuple):
    """What SQL counts for an encounter, so that neither turns nor vital samples are read one by one."""

    id: str
    messages: int
    orders_carried_out: int
    arrested: int
    own_estimate: float | None
    prompt_hash: str | None
    """The one prompt of the encounter's replies; None when there is none or several."""
    spo2_min: float | None
    sbp_min: float | None
    hr_max: float | None
    gcs_min: float | None
    spo2_below_90_seconds: float | None


class ActRow(NamedTuple):
    encounter_id: str
    at_ms: int
    intent: str
    modality: str | None
    status: str
    drug: str | None
    dose: float | None
    dose_unit: str | None
    route: str | None
    device: str | None
    flow_l_min: float | None
    patient_state: str | None
    read_by: str | None
    confidence: float | None


class TurnRow(NamedTuple):
    session_id: str
    encounter_id: str | None
    seq: int
    phase: str | None
    speaker: str
    at_ms: int
    source: str | None
    text: str


class NoteRow(NamedTuple):
    encounter_id: str
    at_ms: int
    text: str


class EvidenceRow(NamedTuple):
    """The lines that an appealed verdict rests on."""

    encounter_id: str
    item_id: str
    text: str


class Contents(NamedTuple):
    """All rows of one database that everybody's analysis needs, each table in the order of its writing."""

    students: list[StudentRow]
    sessions: list[SessionRow]
    encounters: list[EncounterRow]
    results: list[ResultRow]
    checklist: list[ChecklistRow]
    decisions: list[DecisionRow]
    gates: list[GateRow]
    milestones: list[MilestoneRow]
    errors: list[ErrorRow]
    challenges: list[ChallengeRow]
    warmups: list[WarmupRow]
    surveys: list[SurveyRow]
    appeals: list[AppealRow]
    evidence: list[EvidenceRow]
    acts: list[ActRow]
    tallies: list[TallyRow]

    def acts_only(self) -> Contents:
        """The acts without anything else."""
        nothing: list[Any] = [[] for _ in self]
        return Contents(*nothing)._replace(acts=self.acts)

    def without_sessions(self, gone: set[str]) -> Contents:
        """The same without these sittings and all that belongs to them; the students stay."""
        left = {row.id for row in self.encounters if row.session_id not in gone}

        def stays(row: Any) -> bool:
            if isinstance(row, StudentRow):
                return True
            if isinstance(row, SessionRow):
                return row.id not in gone
            if isinstance(row, EncounterRow | TallyRow):
                return row.id in left
            return row.encounter_id in left if hasattr(row, "encounter_id") else row.session_id not in gone

        kept: list[Any] = [[row for row in rows if stays(row)] for rows in self]
        return Contents(*kept)
