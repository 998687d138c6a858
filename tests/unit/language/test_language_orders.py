"""Drugs, doses, units, routes, devices and several orders in a line."""

from __future__ import annotations

from typing import Any

import pytest

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.dosing import dose_mg
from knowthyself_tui.language import read


def orders_of(text: str) -> list[Act]:
    return [act for act in read(text).acts if act.is_treatment]


def the_order(text: str) -> Act:
    (act,) = orders_of(text)
    return act


@pytest.mark.parametrize(
    ("text", "drug", "milligrams", "route"),
    [
        ("salbutamol 5mg neb", "salbutamol", 5, "NEB"),
        ("five of salbutamol via nebuliser", "salbutamol", 5, "NEB"),
        ("ventolin ten puffs via spacer", "salbutamol", 1, "INH"),
        ("atrovent 500 micrograms nebulised", "ipratropium", 0.5, "NEB"),
        ("ipratropium 0.5 neb", "ipratropium", 0.5, "NEB"),
        ("half a milligram of ipratropium nebulised", "ipratropium", 0.5, "NEB"),
        ("0.5 mL of 1 in 1000 adrenaline IM", "adrenaline", 0.5, "IM"),
        ("half a mil of 1:1000 adrenaline im", "adrenaline", 0.5, "IM"),
        ("adrenaline point five mg IM", "adrenaline", 0.5, "IM"),
        ("epi 500 IM", "adrenaline", 0.5, "IM"),
        ("naloxone 400 IM", "naloxone", 0.4, "IM"),
        ("narcan one point eight IN", "naloxone", 1.8, "IN"),
        ("solu-cortef 100mg iv", "hydrocortisone", 100, "IV"),
        ("mag sulph two grams over twenty minutes", "magnesium_sulfate", 2000, "IV"),
        ("MgSO4 2g IV", "magnesium_sulfate", 2000, "IV"),
        ("prednisolone 40 by mouth", "prednisolone", 40, "PO"),
        ("aspirin 300 chewed", "aspirin", 300, "PO"),
        ("TXA 1 gram slow IV", "tranexamic_acid", 1000, "IV"),
        ("10% glucose 150 ml iv", "glucose_iv", 15_000, "IV"),
        ("GTN 2 sprays under the tongue", "gtn", 0.8, "SL"),
        ("salbutamol 1,000 mcg via spacer", "salbutamol", 1, "INH"),
    ],
)
def test_a_complete_order_is_carried_out_with_its_dose(text: str, drug: str, milligrams: float, route: str) -> None:
    act = the_order(text)
    assert act.executes, act
    assert act.slots["drug"] == drug
    assert act.slots["route"] == route
    assert dose_mg(act.slots) == pytest.approx(milligrams)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("salbutamol", ("dose", "route")),
        ("give salbutamol neb", ("dose",)),
        ("adrenaline 0.5mg", ("route",)),
        ("adrenaline IM", ("dose",)),
        ("steroids please", ("drug", "dose", "route")),
        ("give meds", ("drug", "dose", "route")),
        ("give oxygen", ("device", "flow")),
        ("nasal cannula please", ("flow",)),
        ("oxygen 4 litres", ("device",)),
        ("give some fluids", ("volume",)),
        ("adrenaline 0.5 mL IM", ("concentration",)),
        ("salbutamol 2.5 to 5 mg neb", ("dose",)),
    ],
)
def test_an_incomplete_order_says_what_it_lacks(text: str, missing: tuple[str, ...]) -> None:
    act = the_order(text)
    assert act.missing == missing
    assert not act.executes


@pytest.mark.parametrize(
    "text",
    [
        "salbutamol 50mg neb",
        "ipratropium 5mg neb",
        "magnesium 20g IV",
        "hydrocortisone 1g IV",
        "adrenaline 5mg IM",
        "salbutamol 5mg IV",
        "salbutamol 0.5mg neb",
    ],
)
def test_a_dose_out_of_range_is_read_back(text: str) -> None:
    act = the_order(text)
    assert act.read_back
    assert not act.executes


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("salbutamol 5mg IM", "salbutamol cannot be given IM"),
        ("prednisolone 40mg IV", "prednisolone cannot be given IV"),
        ("aminophylline 250mg IV", "aminophylline is not carried"),
        ("give xylocortin 5mg IV", "xylocortin is not carried"),
    ],
)
def test_what_cannot_be_done_is_refused(text: str, refusal: str) -> None:
    act = the_order(text)
    assert act.refusal == refusal
    assert not act.executes


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("15 litres via non-rebreather", {"device": "non_rebreather", "flow": 15}),
        ("NRB at fifteen", {"device": "non_rebreather", "flow": 15}),
        ("2 litres on nasal specs", {"device": "nasal_cannula", "flow": 2}),
        ("28% venturi", {"device": "venturi_28", "flow": 4}),
        (
            "NRB 15 lpm target 94-98",
            {"device": "non_rebreather", "flow": 15, "target_spo2_min": 94, "target_spo2_max": 98},
        ),
        ("swap the nasal cannula for a non rebreather at 15", {"device": "non_rebreather", "flow": 15}),
    ],
)
def test_oxygen_orders_have_device_flow_and_target(text: str, slots: dict[str, Any]) -> None:
    act = the_order(text)
    assert act.intent == "give_oxygen"
    assert act.executes
    assert {name: act.slots.get(name) for name in slots} == slots


def test_several_orders_keep_their_own_doses() -> None:
    salbutamol, oxygen = orders_of("salbutamol 5mg neb, NRB at 15")
    assert (salbutamol.slots["drug"], salbutamol.slots["dose"], salbutamol.executes) == ("salbutamol", 5, True)
    assert (oxygen.slots["device"], oxygen.slots["flow"], oxygen.executes) == ("non_rebreather", 15, True)


def test_a_route_said_last_counts_for_the_drugs_before_it() -> None:
    acts = orders_of("salbutamol 5mg and ipratropium 500mcg neb")
    assert [(act.slots["drug"], act.slots["dose"], act.slots["route"]) for act in acts] == [
        ("salbutamol", 5, "NEB"),
        ("ipratropium", 500, "NEB"),
    ]
    assert all(act.executes for act in acts)


def test_oxygen_that_drives_a_nebuliser_is_no_order_of_its_own() -> None:
    act = the_order("salbutamol 5mg neb driven by 8 litres of oxygen")
    assert (act.slots["drug"], act.slots["flow"]) == ("salbutamol", 8)


def test_orders_and_questions_share_a_line() -> None:
    acts = read("sit her up, 15L NRB and what's her pulse?").acts
    assert [(act.intent, act.executes) for act in acts] == [
        ("position_patient", True),
        ("give_oxygen", True),
        ("check_circulation", False),
    ]


@pytest.mark.parametrize(
    ("typed", "drug"),
    [
        ("salbutimol", "salbutamol"),
        ("ventalin", "salbutamol"),
        ("ipratropriam", "ipratropium"),
        ("hydrocortizone", "hydrocortisone"),
        ("adrenalyn", "adrenaline"),
        ("magnesum", "magnesium_sulfate"),
    ],
)
def test_a_misspelt_drug_is_understood(typed: str, drug: str) -> None:
    assert the_order(f"give {typed}").slots["drug"] == drug


def test_a_word_between_two_drugs_becomes_a_question() -> None:
    reading = read("midazepam 10mg IV")
    (act,) = reading.acts
    assert not act.executes
    assert "drug" in act.missing
    assert {label for label, _ in reading.choices} == {"diazepam", "midazolam"}


def test_brand_and_generic_names_read_the_same() -> None:
    pairs = [("ventolin", "salbutamol"), ("atrovent", "ipratropium"), ("solu-cortef", "hydrocortisone")]
    for brand, generic in pairs:
        for line in ("{} 5mg IV", "no {}", "should I give {}?", "are you on {}"):
            assert read(line.format(brand)).acts == read(line.format(generic)).acts


def test_diluent_and_duration_are_no_dose() -> None:
    act = the_order("mag 2 grams in 100ml saline over 20 minutes IV")
    assert (act.slots["dose"], act.slots["unit"], act.slots["over_minutes"]) == (2, "g", 20)
    assert act.executes


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("5 of ventolin nebbed", "NEB"),
        ("salbutamol, nebulised, 5 mg", "NEB"),
        ("not IV, the salbutamol wants to be nebulised, 5 mg", "NEB"),
        ("salbutamol 5mg in the nebuliser", "NEB"),
        ("naloxone 400 micrograms into the deltoid", "IM"),
        ("stick 500mcg of adrenaline in his outer thigh", "IM"),
        ("buccolam 10mg between her cheek and gum", "BUCCAL"),
        ("stesolid 10mg up the back passage", "PR"),
        ("naloxone 2mg up the left nostril", "IN"),
        ("GTN 2 sprays beneath the tongue", "SL"),
        ("hydrocortisone 100 mg through his cannula", "IV"),
        ("hydrocortisone 100mg down the line", "IV"),
    ],
)
def test_a_route_in_plain_words_is_the_route(text: str, route: str) -> None:
    act = the_order(text)
    assert (act.slots["route"], act.executes) == (route, True)


def test_pain_in_a_thigh_is_no_route() -> None:
    act = the_order("morphine 5mg for the pain in his thigh")
    assert act.missing == ("route",)


@pytest.mark.parametrize(
    "text", ["CAT on the left leg", "get the CAT on high and tight", "whack another CAT on above it"]
)
def test_a_cat_on_a_limb_is_a_tourniquet(text: str) -> None:
    assert the_order(text).slots["device"] == "tourniquet"


@pytest.mark.parametrize("text", ["move the cat out of the room", "is that your cat", "the cat is on the bed"])
def test_a_cat_in_the_room_is_none(text: str) -> None:
    assert orders_of(text) == []


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("let her stay hunched forward", "tripod"),
        ("keep her leaning on the table", "tripod"),
        ("thirty degrees head up", "head_up_30"),
        ("head up thirty degrees", "head_up_30"),
    ],
)
def test_positions_are_known_in_any_order_of_words(text: str, position: str) -> None:
    act = the_order(text)
    assert (act.slots["position"], act.executes) == (position, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("salbutamol 50mg neb", "That is about ten times the usual dose of 2.5 to 5 mg."),
        ("ipratropium 5mg neb", "That is about ten times the usual dose of 0.5 mg."),
        ("salbutamol 0.25mg neb", "That is about a tenth of the usual dose of 2.5 to 5 mg."),
        ("salbutamol 10mg neb", "That is more than the usual dose of 2.5 to 5 mg."),
        ("hydrocortisone 50mg IV", "That is less than the usual dose of 100 to 200 mg."),
        ("magnesium 2g neb", "The usual guidance has no dose of magnesium sulfate nebulised."),
        ("5 litres of saline", "A bolus of 5000 mL is unusual."),
    ],
)
def test_a_read_back_gives_its_reason_in_a_sentence(text: str, reason: str) -> None:
    assert the_order(text).read_back == reason
