"""Scoring whole runs of the asthma scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowthyself_tui.domain.records import EncounterResult
from knowthyself_tui.domain.timeline import LoggedAct
from knowthyself_tui.scoring import heard_elements

Judge = Callable[[Any], EncounterResult]
Make = Callable[..., Any]


def rating(result: EncounterResult, point: str) -> str:
    return next(verdict.rating for verdict in result.decisions if verdict.id == point)


def rechecked(run: Any) -> Any:
    return run.drug(3, "salbutamol", 5, "mg", "NEB").act(7, "measure_spo2")


def failed(result: EncounterResult) -> set[str]:
    return {gate.id for gate in result.gates if gate.failed}


def gives(drug: str) -> Callable[[LoggedAct], bool]:
    return lambda act: act.slots.get("drug") == drug


def test_the_optimal_run_earns_everything(judged: Judge, optimal: Make) -> None:
    result = judged(optimal())
    assert [row.id for row in result.checklist if row.credit < row.weight] == []
    assert {verdict.rating for verdict in result.decisions} == {"optimal"}
    assert failed(result) == set()
    assert result.checklist_share == pytest.approx(1)
    assert result.decision_mean == 1
    assert (result.communication, result.handover) == (5, 5)
    assert result.total == pytest.approx(100)
    assert (result.competence, result.cap, result.safety_score) == ("exemplary", None, 100)
    assert all(milestone.reached_at is not None for milestone in result.milestones)
    assert result.pivotal_at == 180
    assert (result.encounter_id, result.rule_version, result.complete) == ("e1", "1", True)


def test_verdicts_carry_seconds_and_the_acts_they_rest_on(judged: Judge, optimal: Make) -> None:
    rows = {row.id: row for row in judged(optimal()).checklist}
    assert (rows["A2"].done_at, rows["A2"].target, rows["A2"].late) == (60, 180, 360)
    assert (rows["A10"].target, rows["A10"].late) == (480, 660)
    assert rows["A1"].evidence == ("a1", "a2", "a3")
    assert rows["A5"].evidence == ("f1",)


def test_doing_nothing_earns_nothing_and_every_row_is_there(judged: Judge, empty: Make) -> None:
    result = judged(empty(20).becomes(6, "deteriorating").becomes(12, "critical"))
    assert len(result.checklist) == 12
    assert all(row.done_at is None and row.credit == 0 for row in result.checklist)
    assert result.total == 0
    assert {"G1", "G4"} <= failed(result)
    assert rating(result, "D1") == "dangerous"
    assert {rating(result, point) for point in ("D2", "D3", "D4")} == {"not_evaluated"}
    assert result.competence == "novice"
    assert result.pivotal_at is None
    assert all(milestone.reached_at is None for milestone in result.milestones)


def test_late_acts_earn_half_and_too_late_ones_nothing(judged: Judge, empty: Make) -> None:
    def credit(minute: float) -> float:
        run = empty().act(minute, "give_oxygen", device="non_rebreather", flow=15)
        row = next(row for row in judged(run).checklist if row.id == "A2")
        return row.credit / row.weight

    assert [credit(minute) for minute in (3, 3.1, 6, 6.1)] == [1, 0.5, 0.5, 0]


def test_a_row_that_does_not_apply_gives_its_weight_to_the_others(judged: Judge, optimal: Make) -> None:
    run = optimal().body(7, spo2=95.0).told(7.5, air_entry="reduced")
    run.findings = [finding for finding in run.findings if finding.values.get("air_entry") != "poor"]
    result = judged(run)
    rows = {row.id: row for row in result.checklist}
    assert "A11" not in rows
    assert sum(row.weight for row in result.checklist) == pytest.approx(100)
    assert rows["A3"].weight == pytest.approx(18 * 100 / 92)
    assert result.checklist_share == pytest.approx(1)


@pytest.mark.parametrize(
    ("gate", "cap", "change"),
    [
        ("G1", 40, lambda run: run.without(gives("salbutamol"))),
        ("G2", 40, lambda run: run.drug(6, "midazolam", 5, "mg", "IV")),
        ("G2", 40, lambda run: run.body(7, spo2=95.0).drug(10, "ketamine", 20, "mg", "IV").body(12, rr=11.0)),
        ("G3", 40, lambda run: run.drug(6, "metoprolol", 5, "mg", "IV")),
        ("G4", 50, lambda run: run.runs(5).body(5, spo2=85.0).body(10, spo2=85.0)),
        ("G5", 30, lambda run: run.body(6, gcs=8.0)),
        ("G6", 40, lambda run: run.drug(6, "adrenaline", 100, "mcg", "IV")),
        ("G7", 60, lambda run: run.drug(6, "salbutamol", 5, "mg", "IV")),
        ("G8", 60, lambda run: run.act(6, "move_transport", mode="walk")),
    ],
)  # fmt: skip
def test_each_gate_caps_the_total(judged: Judge, optimal: Make, gate: str, cap: float, change: Any) -> None:
    result = judged(change(optimal()))
    assert failed(result) == {gate}
    assert result.cap == cap
    assert result.total is not None
    assert result.total <= cap
    verdict = next(one for one in result.gates if one.id == gate)
    assert bool(verdict.evidence) is (gate in {"G2", "G3", "G6", "G7", "G8"})


def test_the_lowest_cap_wins(judged: Judge, optimal: Make) -> None:
    run = optimal().drug(6, "salbutamol", 5, "mg", "IV").drug(6, "metoprolol", 5, "mg", "IV")
    assert (judged(run).cap, judged(run).total) == (40, 40)


def test_treatment_in_cardiac_arrest_is_no_error(judged: Judge, empty: Make) -> None:
    run = (
        empty().becomes(5, "arrest").drug(6, "adrenaline", 1, "mg", "IV").act(6, "position_patient", position="supine")
    )
    result = judged(run)
    assert "G6" not in failed(result)
    assert result.medication_errors == ()


def test_sedation_with_ventilation_in_progress_and_good_saturation_passes_the_gate(
    judged: Judge, optimal: Make
) -> None:
    run = optimal().body(11, spo2=96.0).runs(11, "oxygen", "ventilation").drug(12, "ketamine", 20, "mg", "IV")
    run.body(13, rr=10.0)
    result = judged(run)
    assert "G2" not in failed(result)
    assert [error.severity for error in result.medication_errors] == ["critical"]


@pytest.mark.parametrize(
    ("level", "change"),
    [
        ("exemplary", lambda run: run),
        ("competent", lambda run: run.drug(6, "aspirin", 300, "mg", "PO")),
        ("competent", lambda run: run.becomes(2, "deteriorating").becomes(9, "stable")),
        ("developing", lambda run: run.becomes(2, "critical").becomes(9, "improving")),
        ("developing", lambda run: run.act(6, "move_transport", mode="walk")),
        ("developing", lambda run: run.becomes(10, "initial")),
        ("novice", lambda run: run.becomes(10, "critical")),
        ("novice", lambda run: run.becomes(10, "arrest").becomes(12, "improving")),
        ("novice", lambda run: run.drug(6, "metoprolol", 5, "mg", "IV")),
        ("novice", lambda run: run.without(gives("salbutamol"))),
        (
            "novice",
            lambda run: run.act(6, "move_transport", mode="walk").drug(6, "salbutamol", 5, "mg", "IV"),
        ),
    ],
)
def test_competence_follows_the_patients_state(judged: Judge, optimal: Make, level: str, change: Any) -> None:
    assert judged(change(optimal())).competence == level


def test_an_arrest_that_ended_the_encounter_is_novice(judged: Judge, optimal: Make) -> None:
    run = optimal()
    run.end_reason = "arrest"
    assert judged(run).competence == "novice"


def test_puffs_are_pivotal_once_oxygen_runs(judged: Judge, empty: Make) -> None:
    run = empty().drug(2, "salbutamol", 6, "puffs", "INH").runs(4, "oxygen")
    assert judged(run).pivotal_at == 240
    assert judged(empty().drug(2, "salbutamol", 2, "puffs", "INH").runs(4, "oxygen")).pivotal_at is None


@pytest.mark.parametrize(
    ("change", "point", "expected"),
    [
        (lambda run: run.drug(7, "salbutamol", 5, "mg", "NEB"), "D1", "acceptable"),
        (lambda run: run.drug(9, "salbutamol", 5, "mg", "NEB"), "D1", "suboptimal"),
        (lambda run: run.drug(11, "salbutamol", 5, "mg", "NEB"), "D1", "suboptimal"),
        (lambda run: run, "D1", "dangerous"),
        (lambda run: run, "D2", "optimal"),
        (lambda run: run.body(8, spo2=97.0).act(9, "give_oxygen", action="increase", flow=15), "D2", "acceptable"),
        (lambda run: run.body(8, spo2=97.0), "D2", "acceptable"),
        (lambda run: run.body(8, spo2=97.0).act(9, "give_oxygen", device="simple_mask", flow=5), "D2", "optimal"),
        (lambda run: run.runs(3), "D2", "dangerous"),
        (lambda run: rechecked(run), "D3", "suboptimal"),
        (lambda run: rechecked(run).drug(12, "magnesium_sulfate", 2, "g", "IV"), "D3", "acceptable"),
        (lambda run: rechecked(run).drug(9, "magnesium_sulfate", 2, "g", "IV"), "D3", "optimal"),
        (lambda run: rechecked(run).body(6, spo2=95.0), "D3", "optimal"),
        (lambda run: run.act(3, "auscultate_chest").becomes(8, "critical"), "D3", "dangerous"),
        (lambda run: run.act(9, "move_transport", mode="walk"), "D4", "dangerous"),
        (lambda run: run.act(9, "move_transport", mode="carry_chair"), "D4", "acceptable"),
        (lambda run: run.act(9, "move_transport", mode="stretcher"), "D4", "suboptimal"),
    ],
)  # fmt: skip
def test_decision_points(judged: Judge, empty: Make, change: Any, point: str, expected: str) -> None:
    run = empty().act(2, "give_oxygen", device="non_rebreather", flow=15).runs(2, "oxygen")
    assert rating(judged(change(run)), point) == expected


def test_the_suboptimal_rests_on_what_was_looked_at(judged: Judge, empty: Make) -> None:
    run = empty().act(2, "give_oxygen", device="non_rebreather", flow=15).drug(9, "salbutamol", 5, "mg", "NEB")
    verdict = next(one for one in judged(run).decisions if one.id == "D1")
    assert verdict.evidence == ("a1", "a2")


def test_without_a_decision_to_judge_the_rest_is_scaled(judged: Judge, empty: Make) -> None:
    run = empty(3).act(1, "greet_introduce").act(1, "seek_consent").act(1, "scene_safety")
    result = judged(run)
    assert result.decision_mean is None
    expected = (60 * result.checklist_share + result.communication + result.handover) * 100 / 70
    assert result.total == pytest.approx(expected)
    assert 0 < expected < 40


def test_medication_errors_name_the_order_its_kind_and_why(judged: Judge, optimal: Make) -> None:
    run = optimal().drug(6, "furosemide", 40, "mg", "IV").act(7, "position_patient", position="supine")
    run.act(7.5, "chest_procedure", device="needle_decompression").act(7.6, "ventilate_bvm", rate=24)
    run.act(1.2, "give_oxygen", device="nasal_cannula", flow=2)
    run.act(8, "give_fluids", fluid="hartmanns", volume=1, volume_unit="L")
    errors = judged(run).medication_errors
    assert [(error.drug, error.kind, error.severity) for error in errors] == [
        ("oxygen", "wrong_dose", "moderate"),
        ("furosemide", "not_indicated", "minor"),
        ("supine", "contraindicated", "severe"),
        ("needle_decompression", "not_indicated", "severe"),
        ("ventilate_bvm", "wrong_dose", "severe"),
        ("hartmanns", "not_indicated", "minor"),
    ]
    assert all(error.reason.endswith(".") for error in errors)


def test_an_order_that_matches_twice_is_one_error_of_the_worse_kind(judged: Judge, optimal: Make) -> None:
    run = optimal().act(6, "give_drug", drug="salbutamol", dose=50, unit="mg", route="NEB", read_back_confirmed=True)
    run.act(7, "give_drug", drug="paracetamol", dose=4, unit="g", route="PO", read_back_confirmed=True)
    errors = judged(run).medication_errors
    assert [(error.drug, error.kind, error.severity) for error in errors] == [
        ("salbutamol", "wrong_dose", "moderate"),
        ("paracetamol", "wrong_dose", "moderate"),
    ]
    assert "ten times" in errors[0].reason
    assert "read back" in errors[1].reason


def test_needle_decompression_is_right_when_the_trachea_was_found_deviated(judged: Judge, optimal: Make) -> None:
    run = optimal().told(7, trachea="deviated").act(7.5, "chest_procedure", device="needle_decompression")
    assert judged(run).medication_errors == ()


def test_near_misses_and_corrections_are_warnings(judged: Judge, optimal: Make) -> None:
    run = optimal().act(6, "give_oxygen", device="nasal_cannula", flow=6, corrected=True)
    run.act(7, "give_drug", drug="salbutamol", dose=5, unit="mg", route="NEB", amended=True)
    result = judged(run)
    assert result.medication_warnings == 2
    assert result.medication_errors == ()


def test_safety_loses_by_severity_and_never_falls_below_nothing(judged: Judge, optimal: Make) -> None:
    run = optimal().drug(6, "aspirin", 300, "mg", "PO")
    assert judged(run).safety_score == 95
    assert judged(run.drug(6, "ipratropium", 5, "mg", "NEB")).safety_score == 80
    assert judged(run.drug(6, "metoprolol", 5, "mg", "IV")).safety_score == 40
    assert judged(run.drug(6, "morphine", 5, "mg", "IV").drug(6, "insulin", 5, "units", "IV")).safety_score == 0


def test_explaining_must_come_before_the_first_treatment(judged: Judge, optimal: Make) -> None:
    run = optimal().without(lambda act: act.intent == "explain_plan")
    assert judged(run).communication == 4
    assert judged(run.act(2, "explain_plan")).communication == 4


def test_handover_is_heard_in_its_own_turns_only(judged: Judge, empty: Make) -> None:
    run = empty().says("28 year old female with life threatening asthma", phase="encounter")
    assert judged(run).handover == 0
    run.acts.append(LoggedAct("x", "h1", "handover", "statement", {}, "noted", 900.0, "initial"))
    assert judged(run).handover == pytest.approx(5 * 2 / 15)


def test_handover_is_heard_through_case_signs_endings_and_numbers(judgement: Any, empty: Make) -> None:
    def heard(text: str) -> set[str]:
        return set(heard_elements(judgement.handover, empty().says(text).timeline()))

    assert "problem" in heard("LIFE-THREATENING  asthmatic attack")
    assert "oxygen_saturation" in heard("SpO₂ 88%")
    assert "oxygen_saturation" not in heard("sats were low")
    assert "extrication" not in heard("armchairs everywhere")
    assert "other_treatment" in heard("then steroids")
    assert heard("") == set()


UNRELATED = ("small_talk", "measure_temp", "measure_bgl", "check_pupils", "ask_coach", "off_topic", "keep_warm")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(intent=st.sampled_from(UNRELATED), minute=st.floats(0, 15), from_optimal=st.booleans())
def test_an_unrelated_act_never_changes_a_verdict(
    judged: Judge, optimal: Make, empty: Make, intent: str, minute: float, from_optimal: bool
) -> None:
    make = optimal if from_optimal else empty
    plain, more = judged(make()), judged(make().act(minute, intent))
    assert more == plain


ORDERS = st.tuples(
    st.floats(0, 15),
    st.sampled_from(
        [
            ("give_oxygen", {"device": "non_rebreather", "flow": 15}),
            ("give_oxygen", {"device": "nasal_cannula", "flow": 2}),
            ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}),
            ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "IV"}),
            ("give_drug", {"drug": "midazolam", "dose": 5, "unit": "mg", "route": "IV"}),
            ("give_drug", {"drug": "ipratropium", "dose": 5, "unit": "mg", "route": "NEB"}),
            ("auscultate_chest", {}),
            ("greet_introduce", {}),
            ("move_transport", {"mode": "walk"}),
            ("move_transport", {"mode": "carry_chair"}),
        ]
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    orders=st.lists(ORDERS, max_size=8),
    states=st.lists(
        st.tuples(st.floats(0, 15), st.sampled_from(["improving", "critical", "arrest", "stable"])), max_size=3
    ),
)
def test_any_run_scores_within_its_bounds(judged: Judge, empty: Make, orders: Any, states: Any) -> None:
    run = empty()
    for minute, state in sorted(states):
        run.becomes(minute, state)
    for minute, (intent, slots) in orders:
        run.act(minute, intent, **slots)
    result = judged(run)
    assert result.total is not None
    assert 0 <= result.total <= min(100, 100 if result.cap is None else result.cap)
    assert 0 <= result.checklist_share <= 1 + 1e-9
    assert 0 <= result.safety_score <= 100
    assert sum(row.weight for row in result.checklist) == pytest.approx(100)
    known = {act.id for act in run.acts} | {finding.id for finding in run.findings}
    evidence = [row.evidence for row in result.checklist] + [point.evidence for point in result.decisions]
    evidence += [gate.evidence for gate in result.gates]
    assert {one for ids in evidence for one in ids} <= known
