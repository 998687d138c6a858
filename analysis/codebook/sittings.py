"""Tables of what happens around the encounters, and of what people typed."""

from __future__ import annotations

from .column import Column, Table, category, count, flag, identifier, number, seconds, text
from .common import ARM, ENCOUNTER, STUDENT, WHERE

CHALLENGES = Table(
    "challenges",
    "a challenge point that was put to a student",
    ("encounter", "challenge"),
    (
        *WHERE,
        identifier("challenge", "Challenge point", source="challenge.challenge_id"),
        seconds("asked_seconds", "When it was asked", source="challenge.asked_at_ms"),
        flag("answered", "It was answered", formula="an answer is there and it was not skipped"),
        flag("skipped", "It was skipped", source="challenge.skipped", missing="not recorded"),
        text("question", "Question", source="challenge.question", free_text=True),
        text("answer", "Answer", source="challenge.answer", free_text=True, missing="none"),
    ),
    sheet="Challenges",
)
WARMUP = Table(
    "warmup",
    "a question of the coach",
    ("student", "sitting", "question_id"),
    (
        STUDENT,
        ARM,
        Column("sitting", "Number of the sitting", "integer", "ordinal"),
        identifier("question_id", "Question of the bank", source="warmup_answer.question_id"),
        Column("position", "Position", "integer", "ordinal", "warmup_answer.position", missing="not recorded"),
        flag("answered", "It was answered", source="warmup_answer.answer"),
        count("follow_ups", "Follow-up questions", source="warmup_answer.follow_ups"),
        count("answer_characters", "Length of the answer", source="warmup_answer.answer"),
        text("question", "Question", source="warmup_answer.question", free_text=True),
        text("answer", "Answer", source="warmup_answer.answer", free_text=True, missing="none"),
    ),
    sheet="Warm-up",
)
SURVEY = Table(
    "survey",
    "an item of the survey",
    ("student", "sitting", "item"),
    (
        STUDENT,
        ARM,
        Column("sitting", "Number of the sitting", "integer", "ordinal"),
        identifier("item", "Item", source="survey_answer.item"),
        number("rating", "Answer on a scale", source="survey_answer.value", missing="none, or an answer in words"),
        text("value", "Answer as it was given", source="survey_answer.value", free_text=True, missing="none"),
    ),
    sheet="Survey",
)
APPEALS = Table(
    "appeals",
    "a verdict that a student challenged",
    ("encounter", "number"),
    (
        *WHERE,
        Column("number", "Running number in the encounter", "integer", "ordinal"),
        identifier("item", "Item", source="appeal.item_id", missing="the encounter as a whole"),
        text("verdict", "Our verdict", missing="no such item"),
        flag("answered", "The instructor answered", source="appeal.answer"),
        text("appeal", "What the student wrote", source="appeal.text", free_text=True),
        text("turns", "The lines that the verdict rests on", source="turn.text", free_text=True, missing="none"),
        text("answer", "The instructor's answer", source="appeal.answer", free_text=True, missing="none"),
    ),
    sheet="Appeals",
)
TURNS = Table(
    "turns",
    "something that was said",
    ("student", "sitting", "number"),
    (
        STUDENT,
        ENCOUNTER,
        Column("sitting", "Number of the sitting", "integer", "ordinal"),
        Column("number", "Running number in the sitting", "integer", "ordinal", "turn.seq"),
        category("phase", "Phase of the sitting", source="turn.phase", missing="not recorded"),
        category("speaker", "Who spoke", source="turn.speaker"),
        seconds("at_seconds", "Scenario time", source="turn.at_ms", formula="at_ms / 1000"),
        category("source", "Where the words came from", source="turn.source", missing="not recorded"),
        text("text", "Text", source="turn.text", free_text=True),
    ),
)
DEBRIEF = Table("debrief", "a line of a debrief", TURNS.key, TURNS.columns)
NOTES = Table(
    "notes",
    "a note that a student wrote",
    ("encounter", "number"),
    (
        *WHERE,
        Column("number", "Running number in the encounter", "integer", "ordinal"),
        seconds("at_seconds", "Scenario time", source="note.at_ms", formula="at_ms / 1000"),
        text("text", "Text", source="note.text", free_text=True),
    ),
)
