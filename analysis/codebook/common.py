"""Columns that many tables share."""

from __future__ import annotations

from .column import Column, category, identifier, text

STUDENT = identifier("student", "Pseudonym of the student", formula="keyed HMAC-SHA256 of student.code")
ENCOUNTER = identifier("encounter", "Encounter", formula="pseudonym and running number")
CODE = identifier("student_code", "Enrolment code", source="student.code", identifying=True)
NAME = text("student_name", "Name", source="student.name", identifying=True)
ARM = category("arm", "Study arm of the sitting", source="session.arm", missing="no arm was set")
SCENARIO = category("scenario", "Scenario", source="encounter.scenario_id")
WHERE: tuple[Column, ...] = (ENCOUNTER, STUDENT, ARM, SCENARIO)
"""What every row that belongs to an encounter begins with."""

NO_VERDICT = "no verdict"
NO_SCORE = "no finished encounter"
