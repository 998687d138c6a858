"""Every sentence of a debrief can be traced to its turns."""

from __future__ import annotations

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.debrief import Debrief
from knowthyself_tui.domain.records import StudentRecord
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.sitting import Plan, Sitting

LINES = [
    (5, "scene safe?"),
    (10, "hi Maya, I'm Sam, is it ok if I help you?"),
    (60, "listen to the chest"),
    (400, "NRB at 15 litres"),
    (410, "salbutamol 5mg neb"),
    (500, "metoprolol 5mg IV"),
]


def new_sitting() -> Sitting:
    student = StudentRecord("student", "s1", "Zoë", None, None, None, None, "2026-01-01T00:00:00.000Z")
    sitting = Sitting(student, Plan(("asthma",)), SessionLog("session"), Library())
    sitting.begin()
    sitting.start_encounter()
    return sitting


@pytest.fixture(scope="module")
def sitting() -> Sitting:
    sitting = new_sitting()
    encounter = sitting.encounter
    assert encounter is not None
    for seconds, text in LINES:
        sitting.keep(encounter.advance_to(1000 * seconds))
        sitting.keep(encounter.say(text))
    sitting.keep(encounter.advance_to(700_000))
    sitting.end_encounter("finished")
    return sitting


@pytest.fixture(scope="module")
def debrief(sitting: Sitting) -> Debrief:
    return sitting.debrief()


def test_what_was_done_in_time_is_sustained_with_minute_and_words(debrief: Debrief) -> None:
    (heard,) = [statement for statement in debrief.sustain if statement.id == "A4"]
    (evidence,) = heard.evidence
    assert evidence.words == "listen to the chest"
    assert evidence.at_seconds == 60
    assert "SpO2" in evidence.vitals


def test_late_and_missing_items_are_told_apart(debrief: Debrief) -> None:
    texts = {statement.id: statement.text for statement in debrief.improve}
    assert "late" in texts["A3"]
    assert "not done" in texts["A8"]


def test_a_failed_gate_names_the_order_that_failed_it(debrief: Debrief) -> None:
    (gate,) = [statement for statement in debrief.improve if statement.id == "G3"]
    assert [evidence.words for evidence in gate.evidence] == ["metoprolol 5mg IV"]


def test_no_statement_points_outside_the_log(sitting: Sitting, debrief: Debrief) -> None:
    turns = {event.id: event for event in sitting.events if event.kind == "said"}
    for statement in (*debrief.sustain, *debrief.improve):
        for evidence in statement.evidence:
            assert turns[evidence.turn_id].body["text"] == evidence.words


def test_only_what_was_not_done_has_no_evidence(debrief: Debrief) -> None:
    for statement in (*debrief.sustain, *debrief.improve):
        if not statement.evidence:
            assert "not done" in statement.text or statement.id.startswith(("D", "G")), statement


def test_the_same_log_gives_the_same_debrief(sitting: Sitting, debrief: Debrief) -> None:
    assert sitting.debrief() == debrief


def test_an_order_that_the_end_overtook_was_never_given() -> None:
    """A drug ordered ten seconds before the end is still being drawn up: it earns nothing."""
    cut = new_sitting()
    assert cut.encounter is not None
    cut.keep(cut.encounter.advance_to(60_000))
    cut.keep(cut.encounter.say("salbutamol 5mg neb"))
    cut.keep(cut.encounter.advance_to(70_000))
    cut.end_encounter("left")
    assert [event.kind for event in cut.events if event.kind in ("carried_out", "cancelled")] == ["cancelled"]
    assert {row.id: row.credit for row in cut.debrief().result.checklist}["A3"] == 0
