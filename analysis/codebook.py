"""The one list of columns: it names, orders, types and explains every table that the analysis writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "datetime"]
Level = Literal["id", "nominal", "ordinal", "ratio"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table."""

    table: str
    name: str
    """At most 32 letters, digits and underscores: what SPSS and Stata take."""
    label: str
    type: Type
    level: Level
    source: str
    """table.column of the databases, or "computed"."""
    unit: str = ""
    values: str = ""
    missing: str = ""
    """What an empty cell means; empty when there is none."""
    formula: str = ""
    identifying: bool = False
    """Written only with --identified."""
    first_version: str = "0.1.0"


_STUDENT = "Pseudonym of the student"
_ARM = "Study arm"
_NO_ARM = "no arm was set"
_NO_SCORE = "no finished encounter"

_STUDENTS = (
    Column("students", "student", _STUDENT, "text", "id", "computed", formula="HMAC-SHA256 of student.code"),
    Column("students", "student_code", "Enrolment code", "text", "id", "student.code", identifying=True),
    Column("students", "student_name", "Name", "text", "nominal", "student.name", identifying=True),
    Column(
        "students",
        "registered_at",
        "Time of registration (UTC)",
        "datetime",
        "ratio",
        "student.registered_at",
        identifying=True,
    ),
    Column(
        "students",
        "arm",
        _ARM,
        "text",
        "nominal",
        "session.arm",
        missing="no arm, two arms or an unknown label",
    ),
    Column(
        "students",
        "arm_status",
        "How the arm stands",
        "text",
        "nominal",
        "computed",
        values="allocated; none; two_arms; unknown",
    ),
    Column(
        "students",
        "consented",
        "Consent is recorded",
        "boolean",
        "nominal",
        "student.consented_at",
        values="0 no; 1 yes",
    ),
    Column("students", "sittings", "Sittings begun", "integer", "ratio", "computed", formula="count of session"),
    Column(
        "students",
        "encounters_started",
        "Encounters begun",
        "integer",
        "ratio",
        "computed",
        formula="count of encounters",
    ),
    Column(
        "students",
        "encounters_finished",
        "Encounters finished",
        "integer",
        "ratio",
        "computed",
        formula="count of encounters with status finished",
    ),
    Column(
        "students",
        "score_mean",
        "Mean score",
        "number",
        "ratio",
        "computed",
        unit="points, 0 to 100",
        missing=_NO_SCORE,
        formula="mean of score_total over the student's finished encounters",
    ),
    Column(
        "students",
        "checklist_share_mean",
        "Mean share of the checklist",
        "number",
        "ratio",
        "computed",
        unit="share, 0 to 1",
        missing=_NO_SCORE,
        formula="mean of checklist_share over the student's finished encounters",
    ),
    Column(
        "students",
        "safety_score_mean",
        "Mean safety score",
        "number",
        "ratio",
        "computed",
        unit="points, 0 to 100",
        missing=_NO_SCORE,
        formula="mean of safety_score over the student's finished encounters",
    ),
)

_ENCOUNTERS = (
    Column(
        "encounters",
        "encounter",
        "Encounter",
        "text",
        "id",
        "computed",
        formula="pseudonym and running number",
    ),
    Column("encounters", "student", _STUDENT, "text", "id", "computed"),
    Column("encounters", "student_code", "Enrolment code", "text", "id", "student.code", identifying=True),
    Column("encounters", "student_name", "Name", "text", "nominal", "student.name", identifying=True),
    Column("encounters", "encounter_id", "Id in the database", "text", "id", "encounter.id", identifying=True),
    Column(
        "encounters",
        "started_at",
        "Start of the encounter (UTC)",
        "datetime",
        "ratio",
        "encounter.started_at",
        identifying=True,
    ),
    Column("encounters", "arm", "Study arm of the sitting", "text", "nominal", "session.arm", missing=_NO_ARM),
    Column(
        "encounters",
        "sitting",
        "Number of the sitting",
        "integer",
        "ordinal",
        "computed",
        formula="1 for the student's first sitting, by start",
    ),
    Column(
        "encounters",
        "study_day",
        "Day of the study",
        "integer",
        "ratio",
        "encounter.started_at",
        unit="days",
        formula="1 for the UTC day of the first encounter of the cohort",
    ),
    Column("encounters", "position", "Position in the sitting", "integer", "ordinal", "encounter.position"),
    Column("encounters", "scenario", "Scenario", "text", "nominal", "encounter.scenario_id"),
    Column("encounters", "scenario_version", "Scenario version", "text", "nominal", "encounter.scenario_version"),
    Column(
        "encounters",
        "scenario_sha256",
        "SHA-256 of the scenario",
        "text",
        "nominal",
        "encounter.scenario_sha256",
    ),
    Column(
        "encounters",
        "patient",
        "Who spoke for the patient",
        "text",
        "nominal",
        "session.patient_kind",
        missing="not recorded",
    ),
    Column(
        "encounters",
        "status",
        "How far it came",
        "text",
        "nominal",
        "computed",
        values="finished; left_early; unscored; unfinished; excluded",
        formula="only finished encounters enter a student's means",
    ),
    Column(
        "encounters",
        "end_reason",
        "Why it ended",
        "text",
        "nominal",
        "encounter.end_reason",
        values="finished; time; arrest; left",
        missing="not ended",
    ),
    Column(
        "encounters",
        "duration_seconds",
        "Scenario time",
        "number",
        "ratio",
        "encounter.at_ms",
        unit="s",
        formula="at_ms / 1000; for an unfinished encounter, as far as it came",
    ),
    Column(
        "encounters",
        "complete",
        "It reached its minimum time",
        "boolean",
        "nominal",
        "encounter_result.complete",
        values="0 no; 1 yes",
        missing="no verdict",
    ),
    Column(
        "encounters",
        "score_total",
        "Score",
        "number",
        "ratio",
        "encounter_result.total",
        unit="points, 0 to 100",
        missing="no verdict",
        formula="60 x checklist_share + 30 x decision_mean + communication + handover, at most score_cap",
    ),
    Column(
        "encounters",
        "score_cap",
        "Lowest cap of a failed safety gate",
        "number",
        "ratio",
        "encounter_result.cap",
        unit="points, 0 to 100",
        missing="no gate failed, or no verdict",
    ),
    Column(
        "encounters",
        "checklist_share",
        "Share of the checklist",
        "number",
        "ratio",
        "encounter_result.checklist_share",
        unit="share, 0 to 1",
        missing="no verdict",
        formula="sum of credit / sum of weight",
    ),
    Column(
        "encounters",
        "decision_mean",
        "Mean of the decision points",
        "number",
        "ratio",
        "encounter_result.decision_mean",
        unit="share, 0 to 1",
        missing="no decision point could be judged",
        formula="optimal 1, acceptable 0.75, suboptimal 0.4, dangerous 0",
    ),
    Column(
        "encounters",
        "competence",
        "Competence",
        "text",
        "ordinal",
        "encounter_result.competence",
        values="novice; developing; competent; exemplary",
        missing="no verdict",
    ),
    Column(
        "encounters",
        "pivotal_seconds",
        "Time of the pivotal treatment",
        "number",
        "ratio",
        "encounter_result.pivotal_at_ms",
        unit="s",
        missing="never given (censored at duration_seconds), or no verdict",
        formula="pivotal_at_ms / 1000",
    ),
    Column(
        "encounters",
        "safety_score",
        "Safety score",
        "number",
        "ratio",
        "encounter_result.safety_score",
        unit="points, 0 to 100",
        missing="no verdict",
    ),
    Column(
        "encounters",
        "rule_version",
        "Version of the scoring rules",
        "text",
        "nominal",
        "encounter_result.rule_version",
        missing="no verdict",
    ),
)

_ACTIONS = (
    Column("actions", "encounter", "Encounter", "text", "id", "computed"),
    Column("actions", "student", _STUDENT, "text", "id", "computed"),
    Column("actions", "arm", "Study arm of the sitting", "text", "nominal", "session.arm", missing=_NO_ARM),
    Column("actions", "scenario", "Scenario", "text", "nominal", "encounter.scenario_id"),
    Column("actions", "item", "Checklist item", "text", "id", "checklist_result.item_id"),
    Column("actions", "title", "What it asks for", "text", "nominal", "checklist_result.title"),
    Column(
        "actions",
        "done",
        "It was done",
        "boolean",
        "nominal",
        "checklist_result.done_at",
        values="0 no; 1 yes",
        formula="1 when done_at is set; what was left out is a row with 0",
    ),
    Column(
        "actions",
        "done_seconds",
        "When it was done",
        "number",
        "ratio",
        "checklist_result.done_at",
        unit="s",
        missing="not done (censored at the encounter's duration_seconds)",
    ),
    Column(
        "actions",
        "target_seconds",
        "Target time",
        "number",
        "ratio",
        "checklist_result.target",
        unit="s",
        missing="no target",
    ),
    Column("actions", "credit", "Credit given", "number", "ratio", "checklist_result.credit", unit="weight"),
    Column("actions", "weight", "Weight of the item", "number", "ratio", "checklist_result.weight", unit="weight"),
)

_TOO_FEW = "not estimable, see note"
_ARMS = (
    Column("arms", "arm", _ARM, "text", "nominal", "session.arm", values="a label, or (none)"),
    Column("arms", "n", "Students with a score", "integer", "ratio", "computed"),
    Column("arms", "missing", "Students without a score", "integer", "ratio", "computed"),
    Column(
        "arms",
        "mean",
        "Mean of the students' mean scores",
        "number",
        "ratio",
        "computed",
        unit="points, 0 to 100",
        missing=_TOO_FEW,
        formula="unit of analysis: the student",
    ),
    Column(
        "arms",
        "sd",
        "Standard deviation",
        "number",
        "ratio",
        "computed",
        unit="points",
        missing=_TOO_FEW,
        formula="n - 1 in the denominator",
    ),
    Column("arms", "median", "Median", "number", "ratio", "computed", unit="points, 0 to 100", missing=_TOO_FEW),
    Column("arms", "min", "Lowest", "number", "ratio", "computed", unit="points, 0 to 100", missing=_TOO_FEW),
    Column("arms", "max", "Highest", "number", "ratio", "computed", unit="points, 0 to 100", missing=_TOO_FEW),
    Column(
        "arms",
        "note",
        "What is not estimable, and why",
        "text",
        "nominal",
        "computed",
        missing="all is estimable",
    ),
)

_MERGE_LOG = (
    Column(
        "merge_log",
        "scope",
        "What the row is about",
        "text",
        "nominal",
        "computed",
        values="file; student; sitting; encounter",
    ),
    Column(
        "merge_log",
        "status",
        "What became of it",
        "text",
        "nominal",
        "computed",
        values="analysed; duplicate (nothing is lost); excluded",
    ),
    Column("merge_log", "reason", "Why", "text", "nominal", "computed", missing="nothing to say"),
    Column("merge_log", "file", "Number of the file, in the order of the paths", "text", "id", "computed"),
    Column("merge_log", "student", _STUDENT, "text", "id", "computed", missing="not about one student"),
    Column("merge_log", "encounter", "Encounter", "text", "id", "computed", missing="not about one encounter"),
    Column(
        "merge_log",
        "sha256",
        "SHA-256 of the file",
        "text",
        "id",
        "computed",
        missing="the file could not be read, or the row is not about a file",
        formula="as it was found, without its journals",
    ),
    Column("merge_log", "path", "Where the file was found", "text", "nominal", "computed", identifying=True),
)

COLUMNS: tuple[Column, ...] = (*_STUDENTS, *_ENCOUNTERS, *_ACTIONS, *_ARMS, *_MERGE_LOG)
CODEBOOK_FIELDS = (
    "table",
    "name",
    "label",
    "type",
    "unit",
    "values",
    "missing",
    "level",
    "source",
    "formula",
    "first_version",
)
"""The columns of the codebook itself."""


def columns(table: str, *, identified: bool) -> list[Column]:
    """The columns of a table in their order, with those that identify people only when asked for."""
    return [column for column in COLUMNS if column.table == table and (identified or not column.identifying)]


def codebook_rows(*, identified: bool) -> list[tuple[str, ...]]:
    """One row for each column that is written."""
    written = [column for column in COLUMNS if identified or not column.identifying]
    return [tuple(str(getattr(column, field)) for field in CODEBOOK_FIELDS) for column in written]
