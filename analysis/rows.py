"""The rows that are read: field names are columns, annotations are the types that a file must keep to."""

from __future__ import annotations

from typing import NamedTuple


class StudentRow(NamedTuple):
    id: str
    code: str
    name: str
    consented_at: str | None
    registered_at: str


class SessionRow(NamedTuple):
    id: str
    student_id: str
    status: str
    arm: str | None
    patient_kind: str | None
    study: str | None
    synthetic: bool
    started_at: str


class EncounterRow(NamedTuple):
    id: str
    session_id: str
    position: int
    scenario_id: str
    scenario_version: str
    scenario_sha256: str
    started_at: str
    ended_at: str | None
    end_reason: str | None
    at_ms: int


class ResultRow(NamedTuple):
    encounter_id: str
    total: float | None
    cap: float | None
    checklist_share: float | None
    decision_mean: float | None
    competence: str
    pivotal_at_ms: int | None
    safety_score: float | None
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


class Contents(NamedTuple):
    """All rows of one database, each table in the order of its keys."""

    students: list[StudentRow]
    sessions: list[SessionRow]
    encounters: list[EncounterRow]
    results: list[ResultRow]
    checklist: list[ChecklistRow]

    def without_sessions(self, session_ids: set[str]) -> Contents:
        """The same without these sittings and all that belongs to them; the students stay."""
        encounters = [row for row in self.encounters if row.session_id not in session_ids]
        left = {row.id for row in encounters}
        return Contents(
            self.students,
            [row for row in self.sessions if row.id not in session_ids],
            encounters,
            [row for row in self.results if row.encounter_id in left],
            [row for row in self.checklist if row.encounter_id in left],
        )
