"""What is asked of each database: one SELECT a kind of row; turns and vital samples are only counted there."""

from __future__ import annotations

from .rows import (
    ActRow,
    AppealRow,
    ChallengeRow,
    ChecklistRow,
    DecisionRow,
    EncounterRow,
    ErrorRow,
    EvidenceRow,
    GateRow,
    MilestoneRow,
    ResultRow,
    SessionRow,
    StudentRow,
    SurveyRow,
    TallyRow,
    WarmupRow,
)

SAMPLE_SECONDS = 5
"""The time that a vital sample stands for."""


def _plain(table: str, fields: tuple[str, ...], order: str = "rowid") -> str:
    return f"SELECT {', '.join(fields)} FROM {table} ORDER BY {order}"


def _slot(name: str, *types: str) -> str:
    """A slot of an act where it is of one of these JSON types, else NULL; what is no JSON has none."""
    kinds = ", ".join(f"'{kind}'" for kind in types)
    return (
        f"CASE WHEN json_valid(slots) AND json_type(slots, '$.{name}') IN ({kinds})"
        f" THEN json_extract(slots, '$.{name}') END"
    )


_ACTS = f"""
SELECT encounter_id, at_ms, intent, modality, status, {_slot("drug", "text")}, CAST({_slot("dose", "integer", "real")}
    AS REAL), {_slot("unit", "text")}, {_slot("route", "text")}, {_slot("device", "text")},
    CAST({_slot("flow", "integer", "real")} AS REAL), patient_state, route, confidence
FROM act ORDER BY rowid
"""
_TALLIES = f"""
WITH
said AS (SELECT encounter_id, count(*) AS messages FROM turn
    WHERE speaker = 'student' AND encounter_id IS NOT NULL GROUP BY encounter_id),
prompted AS (SELECT encounter_id, min(prompt_hash) AS low, max(prompt_hash) AS high FROM turn
    WHERE prompt_hash IS NOT NULL AND encounter_id IS NOT NULL GROUP BY encounter_id),
ordered AS (SELECT encounter_id, count(*) AS orders FROM act WHERE status = 'executed' GROUP BY encounter_id),
dead AS (SELECT encounter_id, count(*) AS arrests FROM state_change WHERE to_state = 'arrest' GROUP BY encounter_id),
own AS (SELECT encounter_id, score FROM estimate GROUP BY encounter_id HAVING created_at = max(created_at)),
body AS (SELECT encounter_id, min(spo2) AS spo2, min(sbp) AS sbp, max(hr) AS hr, min(gcs) AS gcs,
    sum(spo2 < 90) * {SAMPLE_SECONDS}.0 AS hypoxic FROM vital_sample GROUP BY encounter_id)
SELECT e.id, coalesce(said.messages, 0), coalesce(ordered.orders, 0), coalesce(dead.arrests, 0) > 0, own.score,
    CASE WHEN prompted.low = prompted.high THEN prompted.low END, body.spo2, body.sbp, body.hr, body.gcs, body.hypoxic
FROM encounter AS e
LEFT JOIN said ON said.encounter_id = e.id LEFT JOIN prompted ON prompted.encounter_id = e.id
LEFT JOIN ordered ON ordered.encounter_id = e.id LEFT JOIN dead ON dead.encounter_id = e.id
LEFT JOIN own ON own.encounter_id = e.id LEFT JOIN body ON body.encounter_id = e.id
ORDER BY e.rowid
"""

_EVIDENCE = """
WITH verdict AS (
    SELECT encounter_id, item_id, evidence FROM checklist_result
    UNION ALL SELECT encounter_id, item_id, evidence FROM decision_result
    UNION ALL SELECT encounter_id, item_id, evidence FROM gate_result),
line AS (
    SELECT DISTINCT v.encounter_id, v.item_id, t.seq, t.text
    FROM appeal AS a JOIN verdict AS v ON v.encounter_id = a.encounter_id AND v.item_id = a.item_id
    JOIN json_each(CASE WHEN json_valid(v.evidence) THEN v.evidence ELSE '[]' END) AS part
    LEFT JOIN act ON act.id = part.value
    JOIN turn AS t ON t.id = coalesce(act.turn_id, part.value)
    ORDER BY v.encounter_id, v.item_id, t.seq)
SELECT encounter_id, item_id, group_concat(text, ' | ') FROM line GROUP BY encounter_id, item_id
"""

QUERIES: dict[str, tuple[type, str]] = {
    "students": (StudentRow, _plain("student", StudentRow._fields)),
    "sessions": (SessionRow, _plain("session", SessionRow._fields)),
    "encounters": (EncounterRow, _plain("encounter", EncounterRow._fields)),
    "results": (ResultRow, _plain("encounter_result", ResultRow._fields)),
    "checklist": (ChecklistRow, _plain("checklist_result", ChecklistRow._fields)),
    "decisions": (DecisionRow, _plain("decision_result", DecisionRow._fields)),
    "gates": (GateRow, _plain("gate_result", GateRow._fields)),
    "milestones": (MilestoneRow, _plain("milestone_result", MilestoneRow._fields)),
    "errors": (ErrorRow, _plain("medication_error", ErrorRow._fields, "at_ms, rowid")),
    "challenges": (ChallengeRow, _plain("challenge", ChallengeRow._fields, "asked_at_ms, rowid")),
    "warmups": (WarmupRow, _plain("warmup_answer", WarmupRow._fields)),
    "surveys": (SurveyRow, _plain("survey_answer", SurveyRow._fields)),
    "appeals": (AppealRow, _plain("appeal", AppealRow._fields, "created_at, rowid")),
    "evidence": (EvidenceRow, _EVIDENCE),
    "acts": (ActRow, _ACTS),
    "tallies": (TallyRow, _TALLIES),
}
"""By the field of `Contents`: the type of a row, and the SELECT that gives it."""

SCENARIOS = """
SELECT scenario_sha256, scenario FROM encounter
WHERE rowid IN (SELECT min(rowid) FROM encounter GROUP BY scenario_sha256) ORDER BY rowid
"""
"""Each scenario once: it is stored whole with every encounter."""

KEYS: dict[str, tuple[str, ...]] = {
    "students": ("id",),
    "sessions": ("id",),
    "encounters": ("id",),
    "results": ("encounter_id",),
    "checklist": ("encounter_id", "item_id"),
    "decisions": ("encounter_id", "item_id"),
    "gates": ("encounter_id", "item_id"),
    "milestones": ("encounter_id", "item_id"),
    "challenges": ("encounter_id", "challenge_id"),
    "warmups": ("session_id", "question_id"),
    "surveys": ("session_id", "item"),
}
"""What must occur once in each."""

TRACE_SECONDS = 30
TRACED = ("hr", "rr", "spo2", "sbp")
"""The channels that are drawn by arm."""
TRACES = f"""
SELECT encounter_id, at_ms / 1000.0, {", ".join(TRACED)} FROM vital_sample
WHERE at_ms % {1000 * TRACE_SECONDS} = 0 ORDER BY encounter_id, at_ms
"""
"""A sample every half minute: enough for a curve of medians over twenty minutes."""
