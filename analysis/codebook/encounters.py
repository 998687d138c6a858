"""The table of encounters."""

from __future__ import annotations

from .column import Column, Table, category, count, flag, identifier, number, points, seconds, share, text
from .common import CODE, ENCOUNTER, NAME, NO_VERDICT, SCENARIO, STUDENT

STATUSES = ("finished", "left_early", "unscored", "unfinished", "excluded")
COMPETENCES = ("novice", "developing", "competent", "exemplary")
_NOTHING_STORED = "no vital sample"

ENCOUNTERS = Table(
    "encounters",
    "an encounter, also an unfinished one",
    ("encounter",),
    (
        ENCOUNTER,
        STUDENT,
        CODE,
        NAME,
        identifier("encounter_id", "Id in the database", source="encounter.id", identifying=True),
        Column(
            "started_at",
            "Start of the encounter (UTC)",
            "datetime",
            "ratio",
            "encounter.started_at",
            identifying=True,
        ),
        category("arm", "Study arm of the sitting", source="session.arm", missing="no arm was set"),
        flag(
            "challenge_points",
            "Challenge points are on",
            source="session.challenge_points",
            missing="not recorded",
        ),
        Column("sitting", "Number of the sitting", "integer", "ordinal", formula="1 for the student's first, by start"),
        Column("encounter_order", "Number of the encounter", "integer", "ordinal", formula="1 for the student's first"),
        Column(
            "study_day",
            "Day of the study",
            "integer",
            "ratio",
            "encounter.started_at",
            unit="days",
            formula="1 for the UTC day of the first encounter of the cohort",
        ),
        Column("position", "Position in the sitting", "integer", "ordinal", "encounter.position"),
        SCENARIO,
        category("scenario_version", "Scenario version", source="encounter.scenario_version"),
        text("scenario_sha256", "SHA-256 of the scenario", source="encounter.scenario_sha256"),
        category("protocol", "Protocol of doses and names", source="encounter.protocol"),
        category("engine_version", "Version of the body's engine", source="encounter.engine_version"),
        category("app_version", "Version of the program", source="session.app_version", missing="not recorded"),
        category("patient", "Who spoke for the patient", source="session.patient_kind", missing="not recorded"),
        category("model", "Language model", source="session.model", missing="none"),
        text("prompt_hash", "Hash of the model's prompt", source="turn.prompt_hash", missing="none or several"),
        category("language", "Language of the sitting", source="session.language", missing="not recorded"),
        category("status", "How far it came", STATUSES, formula="only finished encounters enter a student's means"),
        category(
            "end_reason",
            "Why it ended",
            ("finished", "time", "arrest", "left"),
            source="encounter.end_reason",
            missing="not ended",
        ),
        seconds(
            "duration_seconds",
            "Scenario time",
            source="encounter.at_ms",
            formula="at_ms / 1000; for an unfinished encounter, as far as it came",
        ),
        seconds("horizon_seconds", "The scenario's longest time", source="encounter.scenario", missing="not readable"),
        flag("complete", "It reached its minimum time", source="encounter_result.complete", missing=NO_VERDICT),
        points(
            "score_total",
            "Score",
            source="encounter_result.total",
            missing=NO_VERDICT,
            formula="60 x checklist_share + 30 x decision_mean + communication + handover, at most score_cap",
        ),
        points(
            "score_cap",
            "Lowest cap of a failed safety gate",
            source="encounter_result.cap",
            missing="no gate failed, or no verdict",
        ),
        share(
            "checklist_share",
            "Share of the checklist",
            source="encounter_result.checklist_share",
            missing=NO_VERDICT,
            formula="sum of credit / sum of weight",
        ),
        share(
            "decision_mean",
            "Mean of the decision points",
            source="encounter_result.decision_mean",
            missing="no decision point could be judged",
            formula="optimal 1, acceptable 0.75, suboptimal 0.4, dangerous 0",
        ),
        points("communication", "Communication", high=5, source="encounter_result.communication", missing=NO_VERDICT),
        points("handover", "Handover", high=5, source="encounter_result.handover", missing=NO_VERDICT),
        category(
            "competence",
            "Competence",
            COMPETENCES,
            ordered=True,
            source="encounter_result.competence",
            missing=NO_VERDICT,
        ),
        flag(
            "pivotal_given", "The pivotal treatment was given", formula="pivotal_seconds is there", missing=NO_VERDICT
        ),
        seconds(
            "pivotal_seconds",
            "Time of the pivotal treatment",
            source="encounter_result.pivotal_at_ms",
            missing="never given (pivotal_given 0), or no verdict",
            formula="pivotal_at_ms / 1000",
        ),
        seconds(
            "without_pivotal_seconds",
            "Time without the pivotal treatment",
            missing=NO_VERDICT,
            formula="the lesser of pivotal_seconds and horizon_seconds; the horizon when it was never given",
        ),
        points("safety_score", "Safety score", source="encounter_result.safety_score", missing=NO_VERDICT),
        count("medication_errors", "Medication errors", source="medication_error", missing=NO_VERDICT),
        count(
            "medication_warnings",
            "Orders amended after a read-back, and equipment errors",
            source="encounter_result.medication_warnings",
            missing=NO_VERDICT,
        ),
        count("dangerous_decisions", "Decisions rated dangerous", source="decision_result", missing=NO_VERDICT),
        count("gates_failed", "Safety gates failed", source="gate_result", missing=NO_VERDICT),
        count("critical_missed", "Critical checklist items not done", source="checklist_result", missing=NO_VERDICT),
        flag("arrested", "The heart stopped", source="state_change.to_state"),
        category("last_state", "Last state of the patient", source="encounter.patient_state", missing="not recorded"),
        count("messages", "Lines that the student typed", source="turn.speaker"),
        count("orders_carried_out", "Acts that were carried out", source="act.status"),
        points("own_estimate", "The student's own estimate of the score", source="estimate.score", missing="not given"),
        number("spo2_min", "Lowest oxygen saturation", "%", source="vital_sample.spo2", missing=_NOTHING_STORED),
        number("sbp_min", "Lowest systolic pressure", "mmHg", source="vital_sample.sbp", missing=_NOTHING_STORED),
        number("hr_max", "Highest heart rate", "1/min", source="vital_sample.hr", missing=_NOTHING_STORED),
        number("gcs_min", "Lowest Glasgow coma score", "points", source="vital_sample.gcs", missing=_NOTHING_STORED),
        seconds(
            "spo2_below_90_seconds",
            "Time with a saturation below 90 %",
            source="vital_sample.spo2",
            missing=_NOTHING_STORED,
            formula="5 s for each sample below 90",
        ),
        text(
            "rule_version", "Version of the scoring rules", source="encounter_result.rule_version", missing=NO_VERDICT
        ),
    ),
    sheet="Encounters",
)
