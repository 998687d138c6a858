"""Reading rules: the grammar, and errors that say where and what would be right."""

from __future__ import annotations

import math

import pytest

from knowthyself_tui.domain.rules import RuleError, check, check_acts, parse, parse_acts
from knowthyself_tui.domain.rules.nodes import (
    Acts,
    Both,
    Compare,
    Either,
    First,
    Member,
    Not,
    Number,
    SlotTest,
    StateAt,
    Sum,
    Term,
    Value,
    Word,
)


def first(name: str) -> First:
    return First(Acts((Term(name),)), Number(1.0))


def test_and_binds_tighter_than_or() -> None:
    rule = parse("T(oxygen) < 1 OR T(suction) < 2 AND T(iv) < 3")
    assert isinstance(rule, Either)
    assert isinstance(rule.items[1], Both)


def test_parentheses_override_precedence() -> None:
    rule = parse("(T(oxygen) < 1 OR T(suction) < 2) AND T(iv) < 3")
    assert isinstance(rule, Both)
    assert isinstance(rule.items[0], Either)


def test_keywords_and_functions_are_read_in_any_case() -> None:
    assert parse("t(oxygen) < inf and not n(suction) > 1") == parse("T(oxygen) < INF AND NOT N(suction) > 1")


def test_sums_run_from_left_to_right() -> None:
    assert parse("T(oxygen) + 5 - 2") == Sum(False, Sum(True, first("oxygen"), Number(5)), Number(2))


def test_a_chain_of_comparisons_means_each_of_them() -> None:
    assert parse("0.1 <= T(oxygen) <= 0.4") == Both(
        (
            Compare("<=", Number(0.1), first("oxygen")),
            Compare("<=", first("oxygen"), Number(0.4)),
        )
    )


def test_before_is_short_for_comparing_two_firsts() -> None:
    assert parse("BEFORE(oxygen, suction)") == Compare("<", first("oxygen"), first("suction"))


def test_printed_comparison_signs_are_read_like_typed_ones() -> None:
    assert parse("T(oxygen) ≤ 5 AND T(suction) ≥ 2") == parse("T(oxygen)<=5 AND T(suction)>=2")


def test_route_in_is_a_value_though_in_is_a_keyword() -> None:
    acts = parse_acts("naloxone{route in {IN, IM}} OR naloxone{route=IN}")
    assert acts.terms[0].tests == (SlotTest("route", "in", ("IN", "IM")),)
    assert acts.terms[1].tests == (SlotTest("route", "=", ("IN",)),)


def test_values_may_be_numbers_truths_and_quoted_text() -> None:
    (term,) = parse_acts("give_drug{concentration='1:1000', dose=5, repeat=true}").terms
    assert [test.values[0] for test in term.tests] == ["1:1000", 5.0, True]


def test_an_act_may_carry_a_condition_on_its_moment() -> None:
    (term,) = parse_acts("midazolam{dose_mg>=5, while V(spo2) < 94 OR STATE() in {critical}}").terms
    assert term.during == Either(
        (
            Compare("<", Value("spo2"), Number(94)),
            Member(StateAt(), ("critical",)),
        )
    )


def test_states_and_findings_are_compared_with_codes() -> None:
    assert parse("STATE(END) = arrest").right == Word("arrest")  # type: ignore[attr-defined]  # a comparison
    assert parse("FINDING(air_entry, END) != poor").right == Word("poor")  # type: ignore[attr-defined]  # a comparison


def test_not_in_is_the_opposite_of_in() -> None:
    assert parse("STATE(END) not in {stable}") == Not(parse("STATE(END) in {stable}"))


def test_sum_takes_routes_and_a_window() -> None:
    rule = parse("SUM(salbutamol, {NEB, INH}, 2, END)")
    assert rule == parse("SUM( salbutamol,{NEB,INH},2,END )")
    assert rule.routes == ("NEB", "INH")  # type: ignore[attr-defined]  # a total


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("T(oxygen", 8, "')'"),
        ("T(oxygen) <", 11, "a time, a number or a condition"),
        ("T(oxygen) 5", 10, "AND, OR"),
        ("T()", 2, "an act"),
        ("TT(oxygen)", 0, "did you mean 'T"),
        ("Q9(oxygen)", 0, "known are"),
        ("T(oxygen{flow})", 13, "flow=…"),
        ("T(oxygen{})", 9, "a slot"),
        ("T(oxygen{flow in 3})", 17, "'{'"),
        ("STATE(END) not stable", 15, "IN"),
        ("T(oxygen) < 1:1000", 12, "quotes"),
        ("T(give_drug{dose=})", 17, "a value"),
        ("AFTER(oxygen)", 12, "','"),
        ("V(5, END)", 2, "the name of a value"),
        ("ON(and, END)", 3, "a treatment"),
    ],
)
def test_what_cannot_be_read_says_where_and_what_would_be_right(text: str, position: int, hint: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse(text)
    assert caught.value.position == position
    assert hint in str(caught.value)
    assert str(caught.value).endswith(f"(at character {position + 1})")


LETS = {
    "treated": parse("T(salbutamol)"),
    "bad": parse("T(oxygen) > 5"),
    "nebs": parse_acts("salbutamol{route=NEB} OR ipratropium"),
    "loop": parse("loop + 1"),
    "ring": parse_acts("ring OR oxygen"),
    "total": parse("SUM(naloxone)"),
    "heard": parse("FINDING(wheeze, END)"),
}


@pytest.mark.parametrize(
    "text",
    [
        "T(salbutamol{route in {NEB, INH}, dose_mg>=2.5}) <= 5",
        "T(benzodiazepine) = INF AND N(beta_blocker) = 0 AND T(sedative) > 3 AND T(steroid) < END",
        "T(jaw_thrust) < 2 AND T(mils) < 1 AND T(tourniquet) <= 3 AND T(IV) < 9",
        "T(oxygen) <= T(treated) + 5 AND bad AND heard",
        "T(nebs{dose_mg>1}) < 4 AND N(nebs OR oxygen, 0, 5) >= 2",
        "0.1 <= total <= 0.4",
        "DUR(V(spo2) < 90 AND NOT ON(oxygen), 2, END) > 5",
        "DUR(V(fev1_percent) >= INITIAL(fev1_percent) + 8) > 1",
        "WHEN(STATE() = critical, 3) < INF AND ON(infusion:adrenaline, END)",
        "FINDING(air_entry, 5) in {poor, silent} AND FINDING(spo2, 5) < 92 AND 3 < FINDING(rr, 5)",
        "SAID(target_spo2_min>=94, target_spo2_max<=98)",
        "SUM(give_fluids) >= 1000 OR SUM(morphine, {IV}) > 10",
        "T(salbutamol, 3) < 10 AND T2(salbutamol) < ALL(5, T(oxygen)) AND ANY(3, END) < 4",
        "N(give_drug{class=beta_blocker, state!=arrest}) > 0",
        "T(hold_or_cancel{target_intent=control_bleeding}) = INF",
    ],
)
def test_rules_that_make_sense_pass(text: str) -> None:
    check(parse(text), lets=LETS)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("T(salbutmol) < 5", "did you mean 'salbutamol'"),
        ("T(nebz) < 5", "did you mean 'nebs'"),
        ("T(give_drug{drug=salbutmol}) < 5", "'salbutmol' is no drug"),
        ("T(give_oxygen{device=nasal_canula}) < 5", "did you mean 'nasal_cannula'"),
        ("T(give_drug{class=betablocker}) < 5", "did you mean 'beta_blocker'"),
        ("T(oxygen{dose_mg>1}) < 5", "give_oxygen has no slot 'dose_mg'"),
        ("T(nebs{flow>1}) < 5", "give_drug has no slot 'flow'"),
        ("T(oxygen{flow>high}) < 5", "needs a number"),
        ("T(salbutamol{route=NEBULISED}) < 5", "is no route"),
        ("T(oxygen)", "a time alone is no condition"),
        ("5", "expected a condition"),
        ("NOT T(oxygen)", "a time alone is no condition"),
        ("T(oxygen) < N(oxygen)", "cannot be compared with another kind"),
        ("T(oxygen) + N(oxygen) < 4", "cannot be added"),
        ("T(oxygen) < bad", "cannot be compared with a condition"),
        ("V(spo2) < 90", "V(spo2, END)"),
        ("ON(oxygen)", "ON(oxygen, END)"),
        ("STATE() = stable", "STATE(END)"),
        ("FINDING(spo2) < 90", "FINDING(spo2, END)"),
        ("V(sats, END) < 90", "no value of the body"),
        ("ON(oxigen, END)", "did you mean 'oxygen'"),
        ("ON(infusion:adrenalin, END)", "did you mean 'adrenaline'"),
        ("FINDING(airentry, END) = poor", "did you mean 'air_entry'"),
        ("STATE(END) = stabel", "did you mean 'stable'"),
        ("STATE(END) in {stabel}", "did you mean 'stable'"),
        ("STATE(END) < stable", "compare a state"),
        ("STATE(END) = 4", "compare a state"),
        ("FINDING(air_entry, END) < poor", "code 'poor'"),
        ("FINDING(air_entry, END) = STATE(END)", "compare a state"),
        ("FINDING(spo2, END) < (T(oxygen) < 5)", "a finding cannot be compared with a condition"),
        ("T(oxygen) in {early}", "is never 'early'"),
        ("bad in {yes}", "a condition is in no set"),
        ("spo2 < 90", "write V(spo2, t)"),
        ("oxygen < 5", "write T(oxygen)"),
        ("traeted < 5", "did you mean 'treated'"),
        ("nebs < 5", "is a pattern of acts"),
        ("T(treated{dose_mg>1}) < 5", "is a time, not an act"),
        ("T(treated OR oxygen) < 5", "is a time, not an act"),
        ("T(bad) < 5", "expected a time"),
        ("loop < 5", "defined by itself"),
        ("T(ring) < 5", "defined by itself"),
        ("T(oxygen, 0) < 5", "whole number from 1"),
        ("T(oxygen, 1.5) < 5", "whole number from 1"),
        ("SUM(oxygen) > 5", "adds up drugs"),
        ("SUM(salbutamol OR give_fluids) > 5", "adds up drugs"),
        ("SUM(salbutamol, {NEBS}) > 5", "is no route"),
        ("SAID(target_spo>94)", "is no slot"),
        ("DUR(T(oxygen)) > 5", "a time alone"),
        ("WHEN(5) > 5", "expected a condition"),
        ("INITIAL(sats) > 4", "no value of the body"),
        ("AFTER(oxygen, N(oxygen)) < 5", "expected a time"),
        ("ALL(5, bad) < 5", "expected a time"),
    ],
)
def test_rules_that_make_no_sense_are_refused(text: str, hint: str) -> None:
    with pytest.raises(RuleError, match=r"at character \d+") as caught:
        check(parse(text), lets=LETS)
    assert hint in str(caught.value)


def test_an_error_inside_a_named_rule_is_found_by_the_rule_that_uses_it() -> None:
    with pytest.raises(RuleError, match="salbutmol"):
        check(parse("late"), lets={"late": parse("T(salbutmol) > 5")})


def test_a_moment_rule_uses_the_values_of_the_body_by_name_and_nothing_else() -> None:
    check(parse("gcs < 9 or rr < 10 or not spo2 >= 75 or gcs in {3}"), expect="moment")
    check(parse("fev1_percent >= initial(fev1_percent) + 8 and V(spo2) >= 92"), expect="moment")
    for text, hint in (("sats < 9", "value of the body"), ("T(oxygen) < 3", "only use the body's values")):
        with pytest.raises(RuleError, match=hint):
            check(parse(text), expect="moment")


def test_each_place_takes_its_kind_of_rule() -> None:
    check(parse("T(oxygen) + 5"), expect="time")
    check(parse("N(oxygen)"), expect="number")
    check(parse("NOT ON(ventilation)"), expect="act condition")
    for text, kind in (("N(oxygen)", "time"), ("T(oxygen) < 5", "number"), ("N(oxygen)", "time or condition")):
        with pytest.raises(RuleError):
            check(parse(text), expect=kind)  # type: ignore[arg-type]  # words of the literal
    for text in ("T(oxygen)", "T(oxygen) < 5"):
        check(parse(text), expect="time or condition")
    for text in ("T(oxygen)", "N(oxygen)", "T(oxygen) < 5"):
        check(parse(text), expect="any")
    with pytest.raises(RuleError):
        check(parse("STATE(END)"), expect="any")


def test_patterns_are_checked_on_their_own_too() -> None:
    check_acts(parse_acts("ring OR oxygen"), lets={"ring": parse_acts("suction")})
    with pytest.raises(RuleError, match="did you mean 'suction'"):
        check_acts(parse_acts("oxygen OR sucktion"))


def test_infinity_is_written_inf() -> None:
    assert parse("INF") == Number(math.inf)
