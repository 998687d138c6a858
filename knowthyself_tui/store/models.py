"""Every table as a Peewee model, bound to no database: each query names the database that it runs on.

The field types are those that SQLite and PostgreSQL keep alike: text, 64-bit integers, double precision.

Times are ISO 8601 UTC text, `*_ms` are whole milliseconds of scenario time, other scenario times are seconds.
"""

from __future__ import annotations

import json
from typing import Any

from peewee import BigIntegerField, CompositeKey, DoubleField, ForeignKeyField, Model, TextField


def to_json(value: Any) -> str:
    """The one JSON form of the store: sorted keys, no spaces, no NaN; it reads back to equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class JsonField(TextField):
    """JSON kept as the text that was written, so that every back end gives back the same bytes."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else to_json(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


class FlagField(BigIntegerField):
    """Yes or no as 1 or 0, so that the same SQL counts it on every back end."""

    def db_value(self, value: Any) -> int | None:
        return None if value is None else int(bool(value))

    def python_value(self, value: Any) -> bool | None:
        return None if value is None else bool(value)


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Meta(Table):
    key = TextField(primary_key=True)
    value = TextField()


class Student(Table):
    id = TextField(primary_key=True)
    code = TextField(unique=True)
    name = TextField()
    email = TextField(null=True)
    cohort = TextField(null=True)
    consented_at = TextField(null=True)
    consent_version = TextField(null=True)
    registered_at = TextField()


class Session(Table):
    id = TextField(primary_key=True)
    student = ForeignKeyField(Student, column_name="student_id")
    status = TextField()
    phase = TextField(null=True)
    arm = TextField(null=True)
    arm_source = TextField(null=True)
    challenge_points = FlagField(null=True)
    language = TextField(null=True)
    scenario_queue = JsonField()
    queue_position = BigIntegerField(null=True)
    seed = BigIntegerField(null=True)
    patient_kind = TextField(null=True)
    model = TextField(null=True)
    study = TextField(null=True)
    synthetic = FlagField()
    app_version = TextField(null=True)
    started_at = TextField()
    updated_at = TextField()
    completed_at = TextField(null=True)


class Encounter(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    position = BigIntegerField()
    scenario_id = TextField()
    scenario_version = TextField()
    scenario_sha256 = TextField()
    scenario = JsonField()
    seed = BigIntegerField()
    started_at = TextField()
    ended_at = TextField(null=True)
    end_reason = TextField(null=True)
    at_ms = BigIntegerField()
    patient_state = TextField(null=True)
    engine = JsonField(null=True)
    engine_at_ms = BigIntegerField(null=True)
    engine_version = TextField()
    protocol = TextField()

    class Meta:
        indexes = ((("session", "position"), True),)


class Event(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", null=True)
    seq = BigIntegerField()
    kind = TextField()
    body = JsonField()
    at_ms = BigIntegerField()
    created_at = TextField()
    hash = TextField()

    class Meta:
        indexes = ((("session", "seq"), True),)


class Turn(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", null=True)
    seq = BigIntegerField()
    phase = TextField(null=True)
    speaker = TextField()
    text = TextField()
    at_ms = BigIntegerField()
    created_at = TextField()
    complete = FlagField()
    source = TextField(null=True)
    input_tokens = BigIntegerField(null=True)
    output_tokens = BigIntegerField(null=True)
    cache_read_tokens = BigIntegerField(null=True)
    latency_ms = BigIntegerField(null=True)
    prompt_hash = TextField(null=True)

    class Meta:
        indexes = ((("session", "seq"), True),)


class Act(Table):
    id = TextField(primary_key=True)
    turn = ForeignKeyField(Turn, column_name="turn_id")
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    intent = TextField()
    modality = TextField(null=True)
    slots = JsonField()
    status = TextField()
    at_ms = BigIntegerField()
    patient_state = TextField(null=True)
    confidence = DoubleField(null=True)
    route = TextField(null=True)

    class Meta:
        indexes = ((("encounter", "at_ms"), False),)


class VitalSample(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    at_ms = BigIntegerField()
    hr = DoubleField(null=True)
    rr = DoubleField(null=True)
    spo2 = DoubleField(null=True)
    sbp = DoubleField(null=True)
    dbp = DoubleField(null=True)
    etco2_kpa = DoubleField(null=True)
    temp_c = DoubleField(null=True)
    gcs = DoubleField(null=True)
    glucose_mmol_l = DoubleField(null=True)
    rhythm = TextField()
    state = TextField()
    measured = JsonField()

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms")


class Finding(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    act = ForeignKeyField(Act, column_name="act_id", null=True)
    at_ms = BigIntegerField()
    topic = TextField()
    text = TextField()

    class Meta:
        indexes = ((("encounter", "at_ms"), False),)


class Note(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    at_ms = BigIntegerField()
    text = TextField()


class StateChange(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    at_ms = BigIntegerField()
    from_state = TextField()
    to_state = TextField()
    cause = TextField()

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms", "from_state", "to_state")


class Challenge(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    challenge_id = TextField()
    asked_at_ms = BigIntegerField()
    question = TextField()
    answer = TextField(null=True)
    answered_at_ms = BigIntegerField(null=True)
    skipped = FlagField(null=True)


class MedicationError(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    act = ForeignKeyField(Act, column_name="act_id")
    at_ms = BigIntegerField()
    drug = TextField()
    kind = TextField()
    severity = TextField()
    reason = TextField()


class EncounterResult(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", primary_key=True)
    total = DoubleField(null=True)
    cap = DoubleField(null=True)
    checklist_share = DoubleField(null=True)
    decision_mean = DoubleField(null=True)
    communication = DoubleField(null=True)
    handover = DoubleField(null=True)
    competence = TextField()
    pivotal_at_ms = BigIntegerField(null=True)
    safety_score = DoubleField(null=True)
    medication_warnings = BigIntegerField()
    complete = FlagField()
    rule_version = TextField()


class Verdict(Table):
    """What the four verdict tables share: one row an item, also for what was not done."""

    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    item_id = TextField()
    evidence = JsonField()
    rule_version = TextField()

    class Meta:
        primary_key = CompositeKey("encounter", "item_id")


class ChecklistResult(Verdict):
    title = TextField()
    done_at = DoubleField(null=True)
    target = DoubleField(null=True)
    late = DoubleField(null=True)
    credit = DoubleField()
    weight = DoubleField()


class DecisionResult(Verdict):
    title = TextField()
    rating = TextField()


class GateResult(Verdict):
    title = TextField()
    failed = FlagField()
    cap = DoubleField()


class MilestoneResult(Verdict):
    reached_at = DoubleField(null=True)


class Performance(Table):
    session = ForeignKeyField(Session, column_name="session_id", primary_key=True)
    total_messages = BigIntegerField()
    total_seconds = DoubleField()
    scenarios_completed = BigIntegerField()
    overall_score = DoubleField(null=True)
    optimal = BigIntegerField(null=True)
    acceptable = BigIntegerField(null=True)
    suboptimal = BigIntegerField(null=True)
    dangerous = BigIntegerField(null=True)
    actions_completed = BigIntegerField(null=True)
    actions_missed = BigIntegerField(null=True)
    medication_errors = BigIntegerField(null=True)
    medication_warnings = BigIntegerField(null=True)
    safety_score = DoubleField(null=True)
    patterns = JsonField(null=True)


class WarmupAnswer(Table):
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    question_id = TextField()
    position = BigIntegerField(null=True)
    question = TextField()
    answer = TextField(null=True)
    follow_ups = JsonField(null=True)
    answered_at = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("session", "question_id")


class SurveyAnswer(Table):
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    item = TextField()
    value = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("session", "item")


class Disclosure(Table):
    turn = ForeignKeyField(Turn, column_name="turn_id", index=False)
    fact_id = TextField()
    how = TextField()

    class Meta:
        primary_key = CompositeKey("turn", "fact_id", "how")


class Alarm(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    at_ms = BigIntegerField()
    parameter = TextField()
    priority = TextField(null=True)
    answered_at_ms = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms", "parameter")


class Estimate(Table):
    """The student's own judgement of an encounter, before the debrief shows any verdict."""

    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    score = DoubleField(null=True)
    seconds = DoubleField(null=True)
    went_well = TextField(null=True)
    change = TextField(null=True)
    created_at = TextField()


class Appeal(Table):
    """A verdict that the student challenges, and the instructor's answer."""

    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    item_id = TextField(null=True)
    text = TextField()
    created_at = TextField()
    answer = TextField(null=True)
    answered_at = TextField(null=True)


class Plan(Table):
    """What the student will do differently next time."""

    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id")
    text = TextField()
    created_at = TextField()


TABLES: tuple[type[Table], ...] = (
    Meta,
    Student,
    Session,
    Encounter,
    Event,
    Turn,
    Act,
    VitalSample,
    Finding,
    Note,
    StateChange,
    Challenge,
    MedicationError,
    EncounterResult,
    ChecklistResult,
    DecisionResult,
    GateResult,
    MilestoneResult,
    Performance,
    WarmupAnswer,
    SurveyAnswer,
    Disclosure,
    Alarm,
    Estimate,
    Appeal,
    Plan,
)
"""Every table, parents before children: rows inserted in this order never point at what is not there yet."""
