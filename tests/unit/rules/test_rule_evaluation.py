"""Evaluating rules over hand-made timelines."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowthyself_tui.domain.rules import Evaluator, Result, RuleError, evaluate, moment, parse, parse_acts
from knowthyself_tui.domain.rules.compare import add, compares
from knowthyself_tui.domain.timeline import Timeline

Make = Callable[..., Any]


def value(text: str, timeline: Timeline, **lets: str) -> object:
    return evaluate(parse(text), timeline, {name: parse(rule) for name, rule in lets.items()}).value


@pytest.mark.parametrize(
    ("left", "operator", "right", "holds"),
    [
        (math.inf, "<=", 5.0, False),
        (math.inf, ">", 10.0, True),
        (math.inf, "=", math.inf, True),
        (math.inf, "!=", math.inf, False),
        (math.inf, "<=", math.inf, False),
        (math.inf, ">=", math.inf, False),
        (math.inf, "<", math.inf, False),
        (3.0, "<", math.inf, True),
        (3.0, "<=", math.inf, True),
        (math.inf, ">=", 3.0, True),
        (61 / 60 + 5, "<=", 361 / 60, True),
        (361 / 60, "<", 61 / 60 + 5, False),
        (361 / 60, ">", 61 / 60 + 5, False),
        (0.1 + 0.2, "=", 0.3, True),
        (None, "<", 5.0, False),
        (5.0, "!=", None, False),
        (None, "=", None, False),
        ("poor", "=", "poor", True),
        ("poor", "!=", "silent", True),
        ("poor", "<", "silent", False),
        ("poor", "!=", 5.0, False),
        (True, "=", 1.0, False),
        (True, "=", True, True),
    ],
)
def test_comparisons_with_never_unknown_and_codes(left: Any, operator: str, right: Any, holds: bool) -> None:
    assert compares(left, operator, right) is holds


def test_never_plus_anything_is_never_and_taking_never_away_is_unknown() -> None:
    assert add(math.inf, True, 5.0) == math.inf
    assert add(math.inf, False, 5.0) == math.inf
    assert add(5.0, False, math.inf) is None
    assert add(math.inf, False, math.inf) is None
    assert add(None, True, 5.0) is None


def test_the_first_second_and_third_time_of_an_act(story: Make) -> None:
    line = story().act(3, "suction").act(7, "suction").act(9.5, "suction").timeline()
    assert value("T(suction)", line) == 3
    assert value("T2(suction)", line) == 7
    assert value("T(suction, 3)", line) == 9.5
    assert value("T(suction, 4)", line) == math.inf
    assert value("AFTER(suction, 7)", line) == 7
    assert value("AFTER(suction, T(suction) + 1)", line) == 7
    assert value("AFTER(suction, T(oxygen))", line) == math.inf


def test_acts_that_were_asked_back_refused_cancelled_or_only_planned_do_not_count(story: Make) -> None:
    line = story()
    for status in ("clarify", "refused", "cancelled", "noted"):
        line.act(1, "give_oxygen", status=status)
    line.act(2, "give_oxygen", modality="negated").act(3, "give_oxygen", modality="question")
    line.act(4, "give_oxygen", conditional=True)
    assert value("T(oxygen)", line.timeline()) == math.inf
    assert value("T(oxygen)", line.act(5, "give_oxygen").timeline()) == 5


def test_questions_and_statements_count_when_noted(story: Make) -> None:
    line = story().act(1, "ask_pmh", status="noted", modality="question", topic="icu_ventilation")
    line.act(2, "state_impression", status="noted", modality="statement", severity="life_threatening")
    line.act(3, "hold_or_cancel", status="noted", modality="negated", target_intent="control_bleeding")
    assert value("T(ask_pmh)", line.timeline()) == 1
    assert value("T(state_impression{severity=life_threatening})", line.timeline()) == 2
    assert value("T(hold_or_cancel{target_intent=control_bleeding})", line.timeline()) == 3


def test_shorthand_means_drug_class_device_and_oxygen(story: Make) -> None:
    line = story().drug(1, "salbutamol", 5, "mg", "NEB").drug(2, "midazolam", 5, "mg", "IM")
    line.act(3, "manage_airway", device="jaw_thrust").act(4, "give_oxygen", device="non_rebreather")
    line.act(0.5, "ask_treatment_question", status="noted", drug="salbutamol", device="jaw_thrust")
    line.act(0.6, "hold_or_cancel", status="noted", modality="negated", drug="midazolam")
    timeline = line.timeline()
    assert value("T(salbutamol)", timeline) == 1
    assert value("T(benzodiazepine)", timeline) == 2
    assert value("T(sedative)", timeline) == 2
    assert value("T(beta_blocker)", timeline) == math.inf
    assert value("T(jaw_thrust)", timeline) == 3
    assert value("T(oxygen)", timeline) == 4
    assert value("T(give_drug{class=benzodiazepine})", timeline) == 2


def test_slot_tests_and_alternatives(story: Make) -> None:
    line = story().act(1, "give_oxygen", device="nasal_cannula", flow=2).drug(2, "salbutamol", 5, "mg", "NEB")
    line.act(3, "give_oxygen", device="non_rebreather", flow=15)
    timeline = line.timeline()
    assert value("T(give_oxygen{device=non_rebreather, flow>=10})", timeline) == 3
    assert value("T(give_oxygen{device!=nasal_cannula})", timeline) == 3
    assert value("T(give_oxygen{device in {venturi, non_rebreather}} OR salbutamol{route=NEB})", timeline) == 2
    assert value("T(give_oxygen{target_spo2_min>=90})", timeline) == math.inf
    assert value("T(give_oxygen{action!=stop})", timeline) == math.inf


def test_one_slot_can_name_several_values(story: Make) -> None:
    line = story().act(1, "ask_medications", status="noted", modality="question", **{"class": "inhaler,insulin"})
    assert value("T(ask_medications{class=insulin})", line.timeline()) == 1
    assert value("T(ask_medications{class!=insulin})", line.timeline()) == math.inf


@pytest.mark.parametrize(
    ("drug", "dose", "unit", "more", "milligrams"),
    [
        ("salbutamol", 5, "mg", {}, 5),
        ("ipratropium", 500, "mcg", {}, 0.5),
        ("magnesium_sulfate", 2, "g", {}, 2000),
        ("salbutamol", 6, "puffs", {}, 0.6),
        ("adrenaline", 0.5, "mL", {"concentration": "1:1000"}, 0.5),
        ("adrenaline", 10, "mL", {"concentration": "1:10000"}, 1),
    ],
)
def test_doses_are_added_in_milligrams(
    story: Make, drug: str, dose: float, unit: str, more: dict[str, str], milligrams: float
) -> None:
    line = story().drug(1, drug, dose, unit, "IV", **more).drug(12, drug, dose, unit, "IM", **more)
    timeline = line.timeline()
    assert value(f"SUM({drug})", timeline) == pytest.approx(2 * milligrams)
    assert value(f"SUM({drug}, {{IV}})", timeline) == pytest.approx(milligrams)
    assert value(f"SUM({drug}, 10)", timeline) == pytest.approx(milligrams)
    assert value(f"SUM({drug}, {{IM}}, 0, 10)", timeline) == 0
    assert value(f"T({drug}{{dose_mg>={milligrams}}})", timeline) == 1


def test_fluids_are_added_in_millilitres_and_doses_without_a_mass_not_at_all(story: Make) -> None:
    line = story().act(1, "give_fluids", fluid="hartmanns", volume=250, volume_unit="mL")
    line.act(2, "give_fluids", fluid="hartmanns", volume=1, volume_unit="L").act(3, "give_fluids", volume=True)
    line.act(4, "give_fluids", volume=1, volume_unit="bag").drug(5, "insulin", 10, "units", "SC")
    assert value("SUM(give_fluids)", line.timeline()) == 1250
    assert value("N(give_fluids{volume_ml>=1000})", line.timeline()) == 1
    assert value("SUM(insulin)", line.timeline()) == 0


def test_puffs_are_counted_only_for_puffs(story: Make) -> None:
    line = story().drug(1, "salbutamol", 5, "mg", "NEB").drug(2, "salbutamol", 4, "puffs", "INH")
    assert value("T(salbutamol{puffs>=4})", line.timeline()) == 2


def test_counting_in_a_window_includes_both_ends(story: Make) -> None:
    timeline = story().act(2, "suction").act(5, "suction").act(9, "suction").timeline()
    assert value("N(suction)", timeline) == 3
    assert value("N(suction, 2, 5)", timeline) == 2
    assert value("N(suction, 2.1)", timeline) == 2
    assert value("N(suction, T(oxygen))", timeline) == 0


def test_values_and_states_at_a_minute(story: Make) -> None:
    timeline = story(10).spell(4, 6, state="critical", spo2=70.0).timeline()
    assert value("V(spo2, 3)", timeline) == 97
    assert value("V(spo2, 4)", timeline) == 70
    assert value("STATE(5) = critical", timeline) is True
    assert value("STATE(END) in {initial, stable}", timeline) is True
    assert value("V(spo2, INF) < 100", timeline) is False
    assert value("V(spo2, 10.1) < 100", timeline) is False
    assert value("STATE(INF) = initial", timeline) is False
    assert value("NOT STATE(INF) = initial", timeline) is True


def test_what_cannot_be_measured_makes_a_comparison_false(story: Make) -> None:
    timeline = story(4).spell(1, 3, spo2=None).timeline()
    assert value("V(spo2, 2) < 90", timeline) is False
    assert value("V(spo2, 2) >= 0", timeline) is False
    assert value("DUR(V(spo2) < 90)", timeline) == 0
    assert value("V(temp_c, 2) > 0", timeline) is False


def test_duration_counts_the_seconds_for_which_a_condition_held(story: Make) -> None:
    timeline = story(10).spell(2, 5, spo2=85.0).spell(4, 8, "oxygen").spell(9, 9.5, spo2=80.0).timeline()
    assert value("DUR(V(spo2) < 90)", timeline) == pytest.approx(3.5)
    assert value("DUR(V(spo2) < 90 AND NOT ON(oxygen))", timeline) == pytest.approx(2.5)
    assert value("DUR(V(spo2) < 90, 4)", timeline) == pytest.approx(1.5)
    assert value("DUR(V(spo2) < 90, 0, 3)", timeline) == pytest.approx(1)
    assert value("DUR(V(spo2) < 90, T(oxygen))", timeline) == 0
    assert value("DUR(STATE() = initial)", timeline) == pytest.approx(10)
    assert value("DUR(V(spo2) > V(spo2, 2))", timeline) == pytest.approx(6.5)


def test_when_gives_the_first_moment_that_a_condition_held(story: Make) -> None:
    timeline = story(10).spell(2, 4, spo2=85.0).spell(6, 7, spo2=85.0).timeline()
    assert value("WHEN(V(spo2) < 90)", timeline) == 2
    assert value("WHEN(V(spo2) < 90, 3.015)", timeline) == pytest.approx(3.015)
    assert value("WHEN(V(spo2) < 90, 5)", timeline) == 6
    assert value("WHEN(V(spo2) < 50)", timeline) == math.inf
    assert value("WHEN(V(spo2) < 90, INF)", timeline) == math.inf


def test_treatments_run_at_a_moment_and_an_infusion_of_any_drug_is_an_infusion(story: Make) -> None:
    timeline = story(10).spell(2, 4, "infusion:adrenaline").timeline()
    assert value("ON(infusion, 3)", timeline) is True
    assert value("ON(infusion:adrenaline, 3)", timeline) is True
    assert value("ON(infusion:insulin, 3)", timeline) is False
    assert value("ON(infusion, 5)", timeline) is False
    assert value("ON(infusion, INF)", timeline) is False


def test_the_latest_telling_of_a_finding_counts_and_the_untold_is_never_true(story: Make) -> None:
    line = story().told(2, "auscultate_chest", air_entry="poor").told(6, "auscultate_chest", air_entry="reduced")
    timeline = line.told(7, "measure_spo2", spo2=91.0).told(9, "measure_spo2", spo2=None).timeline()
    assert value("FINDING(air_entry, 1) = poor", timeline) is False
    assert value("FINDING(air_entry, 1) != poor", timeline) is False
    assert value("FINDING(air_entry, 2) in {poor, silent}", timeline) is True
    assert value("FINDING(air_entry, END) = poor", timeline) is False
    assert value("FINDING(spo2, 8) < 92 AND 92 > FINDING(spo2, 8)", timeline) is True
    assert value("FINDING(spo2, 9) < 92", timeline) is False
    assert value("FINDING(spo2, 6)", timeline) is False
    assert value("FINDING(auscultate_chest, 2)", timeline) is True
    assert value("WHEN(FINDING(spo2) AND FINDING(air_entry))", timeline) == 7


def test_said_hears_statements_and_orders_but_no_questions(story: Make) -> None:
    line = story().act(1, "ask_treatment_question", modality="question", status="noted", target="x")
    line.act(3, "give_oxygen", target_spo2_min=94, target_spo2_max=98)
    timeline = line.timeline()
    assert value("SAID(target_spo2_min>=94, target_spo2_max<=98)", timeline) is True
    assert value("SAID(target_spo2_min>=95)", timeline) is False
    assert value("SAID(target=x)", timeline) is False
    assert value("WHEN(SAID(target_spo2_min=94))", timeline) == 3


def test_the_moment_of_an_act_can_be_asked_for(story: Make) -> None:
    line = (
        story().drug(2, "morphine", 5, "mg", "IV", state="initial").drug(6, "morphine", 5, "mg", "IV", state="arrest")
    )
    timeline = line.spell(5, 8, "ventilation", spo2=80.0).timeline()
    assert value("T(morphine{while V(spo2) < 94})", timeline) == 6
    assert value("T(morphine{while NOT ON(ventilation)})", timeline) == 2
    assert value("N(morphine{state!=arrest})", timeline) == 1


def test_latest_and_earliest_of_several_times(story: Make) -> None:
    timeline = story().act(2, "give_oxygen").act(5, "suction").timeline()
    assert value("ALL(T(oxygen), T(suction), 3)", timeline) == 5
    assert value("ANY(T(oxygen), T(suction), T(handover))", timeline) == 2
    assert value("ALL(T(oxygen), T(handover))", timeline) == math.inf
    assert value("ANY(T(handover), T(prealert))", timeline) == math.inf
    assert value("ANY(5 - INF, 9 - INF)", timeline) == math.inf
    assert value("T(oxygen, 1) + 1", timeline) == 3


def test_names_stand_for_rules_patterns_and_times(story: Make) -> None:
    timeline = story().drug(2, "salbutamol", 5, "mg", "NEB").drug(8, "salbutamol", 5, "mg", "IV").timeline()
    lets = {
        "neb": parse_acts("salbutamol{route=NEB}"),
        "strong_neb": parse_acts("neb{dose_mg>=5}"),
        "first": parse("T(neb)"),
        "soon": parse("first <= 3"),
    }
    assert evaluate(parse("T(first) + 1"), timeline, lets).value == 3
    assert evaluate(parse("N(strong_neb)"), timeline, lets).value == 1
    assert evaluate(parse("soon AND soon"), timeline, lets).value is True
    assert evaluate(parse("DUR(soon)"), timeline, lets).minutes == 20
    with pytest.raises(RuleError, match="nothing is called"):
        evaluate(parse("later"), timeline, lets)


def test_local_names_are_added_without_touching_the_shared_ones(story: Make) -> None:
    shared = Evaluator(story().act(2, "suction").timeline(), {"a": parse("T(suction)")})
    local = shared.with_lets({"b": parse("a + 1")})
    assert local.result(parse("b")).value == 3
    with pytest.raises(RuleError):
        shared.result(parse("b"))


def test_evidence_is_the_acts_and_findings_in_the_order_of_the_log(story: Make) -> None:
    line = story().act(9, "suction", name="late").act(1, "give_oxygen", name="early")
    line.told(5, "measure_spo2", spo2=88.0)
    timeline = line.timeline()
    rule = parse("FINDING(spo2, END) < 90 AND T(suction) > 5 AND T(oxygen) < 2")
    assert evaluate(rule, timeline).evidence == ("early", "f1", "late")
    assert evaluate(parse("N(suction OR oxygen)"), timeline).evidence == ("early", "late")
    assert evaluate(parse("ALL(T(suction), T(oxygen), T(prealert))"), timeline).evidence == ("early", "late")
    assert evaluate(parse("ANY(T(suction), T(oxygen))"), timeline).evidence == ("early",)
    assert evaluate(parse("AFTER(suction, T(oxygen))"), timeline).evidence == ("early", "late")
    assert evaluate(parse("V(spo2, T(oxygen)) > 90"), timeline).evidence == ("early",)
    assert evaluate(parse("T(prealert) = INF"), timeline).evidence == ()


def test_evidence_of_a_junction_is_what_decided_it(story: Make) -> None:
    timeline = story().act(1, "give_oxygen", name="o").act(9, "suction", name="s").timeline()
    assert evaluate(parse("T(oxygen) < 5 AND T(suction) < 5"), timeline) == Result(False, ("s",))
    assert evaluate(parse("T(oxygen) < 5 OR T(suction) < 5"), timeline) == Result(True, ("o",))
    assert evaluate(parse("T(oxygen) > 5 OR T(suction) < 5"), timeline) == Result(False, ("o", "s"))
    assert evaluate(parse("NOT T(suction) < 5"), timeline) == Result(True, ("s",))


def test_a_result_reads_as_a_time_or_a_truth() -> None:
    assert Result(4.0).minutes == 4
    assert Result(True).minutes == math.inf
    assert Result(None).minutes == math.inf
    assert Result(True).holds
    assert not Result(None).holds
    assert not Result(1.0).holds


def test_before_needs_the_first_one_to_have_happened(story: Make) -> None:
    timeline = story().act(2, "give_oxygen").timeline()
    assert value("BEFORE(oxygen, suction)", timeline) is True
    assert value("BEFORE(suction, oxygen)", timeline) is False
    assert value("BEFORE(suction, prealert)", timeline) is False


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("gcs < 9 or rr < 10 or spo2 < 75", False),
        ("spo2 < 90", True),
        ("fev1_percent >= initial(fev1_percent) + 8 and V(spo2) >= 80", True),
        ("fev1_percent - 8 > initial(fev1_percent)", True),
        ("not etco2_kpa < 4", True),
        ("etco2_kpa < 4 or map > 0", False),
        ("gcs in {14, 15}", True),
    ],
)
def test_moment_rules_look_at_values_and_what_they_were_at_first(text: str, holds: bool) -> None:
    values = {"gcs": 15.0, "rr": 30.0, "spo2": 88.0, "fev1_percent": 40.0, "etco2_kpa": None}
    assert moment(parse(text), values, {"fev1_percent": 30.0}) is holds


def test_a_moment_rule_cannot_look_into_the_log() -> None:
    with pytest.raises(RuleError, match="means nothing"):
        moment(parse("T(oxygen) < 5"), {}, {})


@given(st.floats(0, 1200), st.floats(0, 20))
def test_one_more_minute_never_brings_a_time_within_a_limit(seconds: float, limit: float) -> None:
    minute = seconds / 60
    if compares(minute + 1, "<=", limit):
        assert compares(minute, "<=", limit)
    assert compares(minute, "<=", limit) is not compares(minute, ">", limit)


def test_a_value_can_be_compared_with_what_it_was_at_contact(story: Make) -> None:
    timeline = story(10).spell(2, 5, spo2=85.0).timeline()
    assert value("DUR(V(spo2) < INITIAL(spo2) - 10)", timeline) == pytest.approx(3)
    assert value("V(temp_c, 3) > INITIAL(temp_c)", timeline) is False


def test_what_comes_after_an_unknown_time_is_unknown(story: Make) -> None:
    timeline = story().act(3, "suction").timeline()
    assert value("AFTER(suction, 5 - INF)", timeline) is None
    assert value("AFTER(suction, 5 - INF) < 100", timeline) is False
