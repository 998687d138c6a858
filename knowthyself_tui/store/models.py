"""Every table as a Peewee model, bound to no database: each query names the database that it runs on.

Times are ISO 8601 UTC text, `*_ms` are whole milliseconds of scenario time, other scenario times are seconds.
"""

from __future__ import annotations

import json
from typing import Any

from peewee import (
    BooleanField,
    CompositeKey,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def to_json(value: Any) -> str:
    """The one JSON form of the store: sorted keys, no spaces, no NaN; it reads back to equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


class JsonField(TextField):
    """JSON kept as the text that was written, so that every back end gives back the same bytes."""

    def db_value(self, value: Any) -> str | None:
        return None if value is None else to_json(value)

    def python_value(self, value: Any) -> Any:
        return None if value is None else json.loads(value)


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
    challenge_points = BooleanField(null=True)
    language = TextField(null=True)
    scenario_queue = JsonField()
    queue_position = IntegerField(null=True)
    seed = IntegerField(null=True)
    patient_kind = TextField(null=True)
    model = TextField(null=True)
    study = TextField(null=True)
    synthetic = BooleanField()
    app_version = TextField(null=True)
    started_at = TextField()
    updated_at = TextField()
    completed_at = TextField(null=True)


class Encounter(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    position = IntegerField()
    scenario_id = TextField()
    scenario_version = TextField()
    scenario_sha256 = TextField()
    scenario = JsonField()
    seed = IntegerField()
    started_at = TextField()
    ended_at = TextField(null=True)
    end_reason = TextField(null=True)
    at_ms = IntegerField()
    patient_state = TextField(null=True)
    engine = JsonField(null=True)
    engine_at_ms = IntegerField(null=True)
    engine_version = TextField()
    protocol = TextField()

    class Meta:
        indexes = ((("session", "position"), True),)


class Event(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", null=True)
    seq = IntegerField()
    kind = TextField()
    body = JsonField()
    at_ms = IntegerField()
    created_at = TextField()
    hash = TextField()

    class Meta:
        indexes = ((("session", "seq"), True),)


class Turn(Table):
    id = TextField(primary_key=True)
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", null=True)
    seq = IntegerField()
    phase = TextField(null=True)
    speaker = TextField()
    text = TextField()
    at_ms = IntegerField()
    created_at = TextField()
    complete = BooleanField()
    source = TextField(null=True)
    input_tokens = IntegerField(null=True)
    output_tokens = IntegerField(null=True)
    cache_read_tokens = IntegerField(null=True)
    latency_ms = IntegerField(null=True)
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
    at_ms = IntegerField()
    patient_state = TextField(null=True)
    confidence = FloatField(null=True)
    route = TextField(null=True)

    class Meta:
        indexes = ((("encounter", "at_ms"), False),)


class VitalSample(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    at_ms = IntegerField()
    hr = FloatField(null=True)
    rr = FloatField(null=True)
    spo2 = FloatField(null=True)
    sbp = FloatField(null=True)
    dbp = FloatField(null=True)
    etco2_kpa = FloatField(null=True)
    temp_c = FloatField(null=True)
    gcs = FloatField(null=True)
    glucose_mmol_l = FloatField(null=True)
    rhythm = TextField()
    state = TextField()
    measured = JsonField()

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms")


class Finding(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    act = ForeignKeyField(Act, column_name="act_id", null=True)
    at_ms = IntegerField()
    topic = TextField()
    text = TextField()

    class Meta:
        indexes = ((("encounter", "at_ms"), False),)


class Note(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    at_ms = IntegerField()
    text = TextField()


class StateChange(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", index=False)
    at_ms = IntegerField()
    from_state = TextField()
    to_state = TextField()
    cause = TextField()

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms", "from_state", "to_state")


class Challenge(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    challenge_id = TextField()
    asked_at_ms = IntegerField()
    question = TextField()
    answer = TextField(null=True)
    answered_at_ms = IntegerField(null=True)
    skipped = BooleanField(null=True)


class MedicationError(Table):
    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    act = ForeignKeyField(Act, column_name="act_id")
    at_ms = IntegerField()
    drug = TextField()
    kind = TextField()
    severity = TextField()
    reason = TextField()


class EncounterResult(Table):
    encounter = ForeignKeyField(Encounter, column_name="encounter_id", primary_key=True)
    total = FloatField(null=True)
    cap = FloatField(null=True)
    checklist_share = FloatField(null=True)
    decision_mean = FloatField(null=True)
    communication = FloatField(null=True)
    handover = FloatField(null=True)
    competence = TextField()
    pivotal_at_ms = IntegerField(null=True)
    safety_score = FloatField(null=True)
    medication_warnings = IntegerField()
    complete = BooleanField()
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
    done_at = FloatField(null=True)
    target = FloatField(null=True)
    late = FloatField(null=True)
    credit = FloatField()
    weight = FloatField()


class DecisionResult(Verdict):
    title = TextField()
    rating = TextField()


class GateResult(Verdict):
    title = TextField()
    failed = BooleanField()
    cap = FloatField()


class MilestoneResult(Verdict):
    reached_at = FloatField(null=True)


class Performance(Table):
    session = ForeignKeyField(Session, column_name="session_id", primary_key=True)
    total_messages = IntegerField()
    total_seconds = FloatField()
    scenarios_completed = IntegerField()
    overall_score = FloatField(null=True)
    optimal = IntegerField(null=True)
    acceptable = IntegerField(null=True)
    suboptimal = IntegerField(null=True)
    dangerous = IntegerField(null=True)
    actions_completed = IntegerField(null=True)
    actions_missed = IntegerField(null=True)
    medication_errors = IntegerField(null=True)
    medication_warnings = IntegerField(null=True)
    safety_score = FloatField(null=True)
    patterns = JsonField(null=True)


class WarmupAnswer(Table):
    session = ForeignKeyField(Session, column_name="session_id", index=False)
    question_id = TextField()
    position = IntegerField(null=True)
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
    at_ms = IntegerField()
    parameter = TextField()
    priority = TextField(null=True)
    answered_at_ms = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("encounter", "at_ms", "parameter")


class Estimate(Table):
    """The student's own judgement of an encounter, before the debrief shows any verdict."""

    id = TextField(primary_key=True)
    encounter = ForeignKeyField(Encounter, column_name="encounter_id")
    score = FloatField(null=True)
    seconds = FloatField(null=True)
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
