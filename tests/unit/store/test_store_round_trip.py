"""What is appended is what is read, event by event and row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.domain.records import (
    Batch,
    ChecklistVerdict,
    DecisionVerdict,
    EncounterResult,
    GateVerdict,
    MedicationError,
    MilestoneVerdict,
    StateChange,
)
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_a_sitting_comes_back_as_it_was_appended(writer: Recorder, place: Place, sitting: Sitting) -> None:
    writer.enrol(sitting.student).result()
    batches = [sitting.started(), sitting.encounter_started(), sitting.turn("naïve “quotes” 🫁")]
    for batch in [*batches, sitting.tick(5000)]:
        writer.append(batch).result()
    with open_reader(place) as reader:
        stored = reader.sitting(sitting.session_id)
    assert stored.events == tuple(event for batch in batches for event in batch.events)
    assert stored.student == sitting.student
    assert stored.session.scenario_queue == ("asthma", "stemi")
    assert stored.session.challenge_points is True
    assert stored.session.synthetic is False
    assert stored.encounters[0].record == batches[1].encounter
    assert stored.encounters[0].snapshot == sitting.tick(5000).snapshot
    assert verify_chain(stored.events, stored.hashes) is None
    assert stored.last_hash == stored.hashes[-1]


def test_a_turn_writes_its_readable_rows(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    batch = sitting.turn("O2 please", at_ms=3000)
    writer.append(batch).result()
    with open_reader(place) as reader:
        (turn,) = reader.rows("SELECT * FROM turn")
        (act,) = reader.rows("SELECT * FROM act")
        (finding,) = reader.rows("SELECT * FROM finding")
    assert (turn["id"], turn["seq"], turn["text"]) == (batch.events[0].id, batch.events[0].seq, "O2 please")
    assert (turn["complete"], turn["at_ms"], turn["phase"]) == (1, 3000, "encounter")
    assert (act["turn_id"], act["status"], act["at_ms"]) == (turn["id"], "executed", 3000)
    assert (act["patient_state"], act["slots"]) == ("worse", '{"device":"nrb","flow_l_min":15}')
    assert (finding["id"], finding["act_id"]) == (batch.events[3].id, act["id"])


def test_a_cut_reply_is_stored_as_cut_with_its_disclosures(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    body = {
        "speaker": "patient",
        "text": "I can't…",
        "source": "scripted",
        "phase": "encounter",
        "complete": False,
        "latency_ms": 12,
    }
    reply = sitting.event("replied", body, at_ms=2000)
    writer.append(Batch((reply,), disclosures=((reply.id, "onset", "asked"),))).result()
    with open_reader(place) as reader:
        (turn,) = reader.rows("SELECT complete, latency_ms, input_tokens FROM turn")
        disclosures = reader.rows("SELECT * FROM disclosure")
    assert turn == {"complete": 0, "latency_ms": 12, "input_tokens": None}
    assert disclosures == [{"turn_id": reply.id, "fact_id": "onset", "how": "asked"}]


def test_a_sample_keeps_what_could_not_be_measured_as_missing(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    writer.append(sitting.tick(5000)).result()
    writer.append(sitting.tick(5000)).result()
    with open_reader(place) as reader:
        (sample,) = reader.rows("SELECT * FROM vital_sample")
    assert (sample["hr"], sample["sbp"], sample["gcs"]) == (128, None, None)
    assert sample["measured"] == '["spo2"]'


def test_an_older_snapshot_never_replaces_a_newer_one(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    writer.append(sitting.tick(10_000)).result()
    writer.append(sitting.tick(5000)).result()
    with open_reader(place) as reader:
        (encounter,) = reader.sitting(sitting.session_id).encounters
    assert encounter.snapshot == sitting.tick(10_000).snapshot
    assert encounter.at_ms == 10_000


def test_a_finished_encounter_has_a_row_for_every_verdict(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    turn = sitting.turn()
    writer.append(turn).result()
    writer.append(_ending(sitting, turn.events[1].body["acts"][0]["id"])).result()
    writer.append(Batch((sitting.event("session_ended", {"status": "completed"}),))).result()
    with open_reader(place) as reader:
        assert reader.rows("SELECT item_id, done_at FROM checklist_result ORDER BY item_id") == [
            {"item_id": "A1", "done_at": 61.0},
            {"item_id": "A2", "done_at": None},
        ]
        (gate,) = reader.rows("SELECT failed, cap, evidence FROM gate_result")
        assert gate == {"failed": 1, "cap": 50.0, "evidence": '["x"]'}
        assert reader.rows("SELECT at_ms FROM medication_error") == [{"at_ms": 12_500}]
        assert reader.rows("SELECT item_id, reached_at FROM milestone_result") == [
            {"item_id": "M1", "reached_at": None}
        ]
        (change,) = reader.rows("SELECT * FROM state_change")
        (done,) = reader.rows("SELECT * FROM performance")
        (encounter,) = reader.sitting(sitting.session_id).encounters
        assert reader.unfinished() == []
    assert change["to_state"] == "worse"
    assert (encounter.end_reason, encounter.at_ms, encounter.patient_state) == ("finished", 90_000, "improving")
    assert (done["overall_score"], done["safety_score"], done["total_seconds"]) == (50.0, 80.0, 90.0)
    assert (done["actions_completed"], done["actions_missed"], done["optimal"]) == (1, 1, 1)
    assert (done["dangerous"], done["medication_errors"], done["medication_warnings"]) == (0, 1, 2)
    assert (done["total_messages"], done["scenarios_completed"]) == (1, 1)


def test_judging_again_replaces_the_verdicts_whole(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    turn = sitting.turn()
    writer.append(turn).result()
    ending = _ending(sitting, turn.events[1].body["acts"][0]["id"])
    writer.append(ending).result()
    writer.append(ending).result()
    with open_reader(place) as reader:
        assert reader.rows("SELECT COUNT(*) AS n FROM medication_error") == [{"n": 1}]
        assert reader.rows("SELECT COUNT(*) AS n FROM checklist_result") == [{"n": 2}]


def test_a_sitting_without_a_judged_encounter_has_missing_scores(
    writer: Recorder, place: Place, sitting: Sitting
) -> None:
    writer.enrol(sitting.student).result()
    writer.append(sitting.started()).result()
    writer.append(Batch((sitting.event("session_ended", {"status": "abandoned"}),))).result()
    with open_reader(place) as reader:
        (done,) = reader.rows("SELECT * FROM performance")
        (session,) = reader.sessions()
    assert (session.status, session.completed_at is not None) == ("abandoned", True)
    assert done["total_messages"] == 0
    assert {done[name] for name in ("overall_score", "optimal", "actions_missed", "medication_errors")} == {None}


def test_what_no_encounter_could_be_judged_on_is_missing_not_zero(
    writer: Recorder, place: Place, sitting: Sitting
) -> None:
    sitting.begin(writer)
    turn = sitting.turn()
    writer.append(turn).result()
    ending = _ending(sitting, turn.events[1].body["acts"][0]["id"])
    assert ending.result is not None
    writer.append(replace(ending, result=replace(ending.result, decisions=(), checklist=()))).result()
    writer.append(Batch((sitting.event("session_ended", {"status": "completed"}),))).result()
    with open_reader(place) as reader:
        (done,) = reader.rows("SELECT optimal, dangerous, actions_missed, medication_errors FROM performance")
    assert done == {"optimal": None, "dangerous": None, "actions_missed": None, "medication_errors": 1}


def test_every_phase_of_a_sitting_has_its_readable_rows(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    event = sitting.event
    events = (
        event("consent_given", {"version": "2", "text_sha256": "00"}),
        event("warmup_asked", {"question_id": "w1", "position": 0, "question": "Ready?"}),
        event("warmup_answered", {"question_id": "w1", "answer": "Yes", "follow_ups": ["Sure?"]}),
        event("challenge_asked", {"challenge_id": "c1", "question": "Why?"}, at_ms=1000),
        event("challenge_answered", {"challenge_id": "c1", "answer": "Because", "skipped": False}, at_ms=1000),
        event("alarm_raised", {"parameter": "spo2", "priority": "high"}, at_ms=2000),
        event("alarm_answered", {"parameter": "spo2"}, at_ms=2500),
        event("note_written", {"text": "tight chest"}, at_ms=3000),
        event("phase_entered", {"phase": "briefing", "position": 1}),
        event("paused"),
        event("resumed"),
        event("encounter_ended", {"reason": "time"}, at_ms=4000),
        event("estimate_given", {"encounter_id": sitting.encounter_id, "score": 60, "seconds": 90}),
        event("appeal_made", {"encounter_id": sitting.encounter_id, "item_id": "A1", "text": "I did"}),
        event("plan_written", {"text": "Measure first"}),
        event("survey_answered", {"item": "q1", "value": 4}),
        event("survey_answered", {"item": "q1", "value": 5}),
    )
    writer.append(Batch(events)).result()
    with open_reader(place) as reader:

        def one(sql: str) -> list[object]:
            (row,) = reader.rows(sql)
            return list(row.values())

        assert one("SELECT consent_version, consented_at IS NULL FROM student") == ["2", 0]
        assert one("SELECT answer, follow_ups FROM warmup_answer") == ["Yes", '["Sure?"]']
        assert one("SELECT answer, answered_at_ms, skipped FROM challenge") == ["Because", 1000, 0]
        assert one("SELECT at_ms, answered_at_ms, priority FROM alarm") == [2000, 2500, "high"]
        assert one("SELECT text FROM note") == ["tight chest"]
        assert one("SELECT status, phase, queue_position FROM session") == ["in_progress", "briefing", 1]
        assert one("SELECT score, seconds, went_well FROM estimate") == [60.0, 90.0, None]
        assert one("SELECT item_id, text FROM appeal") == ["A1", "I did"]
        assert one("SELECT text FROM plan") == ["Measure first"]
        assert one("SELECT value FROM survey_answer") == ["5"]


def test_the_start_screen_learns_what_is_unfinished(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    writer.append(sitting.tick(15_000)).result()
    with open_reader(place) as reader:
        (unfinished,) = reader.unfinished()
        assert reader.find_student("P001") == sitting.student
        assert reader.find_student("p002") is None
        with pytest.raises(StoreError, match="holds no sitting"):
            reader.sitting("nothing")
    assert (unfinished.session_id, unfinished.student_code) == (sitting.session_id, "p001")
    assert (unfinished.scenario_id, unfinished.at_ms, unfinished.phase) == ("asthma", 15_000, "encounter")


def test_enrolling_a_code_again_keeps_its_id_and_its_consent(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    writer.append(Batch((sitting.event("consent_given", {"version": "1"}),))).result()
    again = type(sitting)().student
    writer.enrol(again).result()
    with open_reader(place) as reader:
        (student,) = reader.students()
    assert student.id == sitting.student.id
    assert student.registered_at == sitting.student.registered_at
    assert student.consent_version == "1"


def _ending(sitting: Sitting, act_id: str) -> Batch:
    result = EncounterResult(
        encounter_id=sitting.encounter_id,
        rule_version="1",
        total=50.0,
        cap=50.0,
        checklist_share=0.5,
        decision_mean=1.0,
        communication=3.0,
        handover=4.0,
        competence="competent",
        pivotal_at=12.5,
        safety_score=80.0,
        complete=True,
        checklist=(
            ChecklistVerdict("A1", "Oxygen", 61.0, 180.0, 300.0, 16.0, 16.0, (act_id,)),
            ChecklistVerdict("A2", "Salbutamol", None, 180.0, None, 0.0, 16.0),
        ),
        decisions=(DecisionVerdict("D1", "First drug", "optimal"),),
        gates=(GateVerdict("G1", "No beta blocker", True, 50.0, ("x",)),),
        milestones=(MilestoneVerdict("M1", None),),
        medication_errors=(MedicationError(act_id, 12.5, "oxygen", "wrong_dose", "minor", "too little"),),
        medication_warnings=2,
    )
    ended = sitting.event("encounter_ended", {"reason": "finished", "patient_state": "improving"}, at_ms=90_000)
    change = StateChange(sitting.encounter_id, 60_000, "initial", "worse", "untreated")
    return Batch((ended,), state_changes=(change,), result=result)
