"""What the cases beside asthma say: advice by its topic, the noted time, reasons, forms of sugar, parts of limbs."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.domain.rules.matching import counts, passes
from knowthyself_tui.domain.rules.nodes import SlotTest
from knowthyself_tui.domain.timeline import LoggedAct
from knowthyself_tui.language import Context, read


def acts_of(text: str, case: str = "general") -> tuple[Act, ...]:
    return read(text, Context(scenario_id=case)).acts


def said(text: str, intent: str, case: str = "general") -> dict[str, object]:
    """The slots of the line's act with this intent."""
    return dict(next((act.slots for act in acts_of(text, case) if act.intent == intent), {"nothing": text}))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("let her drive", "driving_allowed"),
        ("you can drive home", "driving_allowed"),
        ("she's fine to drive", "driving_allowed"),
        ("don't let her drive", "driving"),
        ("you cannot drive today", "driving"),
        ("you can drive once your sugar has been over 5 for 45 minutes", "driving"),
        ("don't drive for 45 minutes after your sugar is back over 5", "driving"),
        ("let her go back to work", "discharge"),
        ("she can stay at work", "discharge"),
        ("leave him here", "discharge"),
        ("discharge her on scene", "discharge"),
        ("refer to the diabetes team", "referral"),
        ("test your sugar again in an hour", "retest"),
        ("recheck your sugar before bed", "retest"),
        ("don't skip your insulin", "insulin"),
        ("no correction dose", "insulin"),
        ("skip your insulin tonight", "insulin_omit"),
        ("don't take your insulin tonight", "insulin_omit"),
        ("don't take any insulin tonight", "insulin_omit"),
        ("no more insulin tonight", "insulin_omit"),
        ("someone needs to stay with you", "adult"),
        ("Joan, please stay with her", "adult"),
        ("don't leave her alone", "adult"),
        ("eat something starchy", "food"),
        ("take home naloxone kit", "take_home_naloxone"),
        ("call 999 again if it comes back", "worsening"),
        ("stay for observation", "observation"),
        ("carry two epipens with you", "autoinjector"),
    ],
)
def test_advice_says_what_it_is_about(text: str, topic: str) -> None:
    assert said(text, "safety_net_advice", "hypoglycaemia")["topic"] == topic


@pytest.mark.parametrize(
    "text",
    [
        "should I let her drive",
        "can I let her drive?",
        "can she drive home now",
        "when can she drive",
        "is it ok to leave her at home",
        "can I discharge her on scene",
        "should she skip her insulin",
        "did you skip your insulin",
        "don't let her go back to work",
        "don't leave her here",
    ],
)
def test_what_is_asked_or_refused_allows_nothing(text: str) -> None:
    topics = {part for act in acts_of(text) for part in str(act.slots.get("topic", "")).split(",")}
    assert not topics & {"driving_allowed", "discharge", "insulin_omit"}
    assert "session_control" not in {act.intent for act in acts_of(text)}


NOTES = (
    "write the time on the tourniquet",
    "time of tourniquet 10:15",
    "record the time the tourniquet went on",
    "note the time of application",
    "don't forget to write the time",
    "tell everyone the tourniquet went on at 1432",
    "tourniquet on at 10:15, write the time on it",
    "can you write the time on the tourniquet please",
)


@pytest.mark.parametrize("text", NOTES)
def test_a_time_is_noted_without_pressing_or_asking(text: str) -> None:
    (act,) = acts_of(text, "haemorrhage")
    assert (act.intent, act.modality) == ("control_bleeding", "statement")
    assert dict(act.slots) == {"device": "tourniquet", "note_time": True}
    assert (act.executes, act.read_back, act.missing) == (False, None, ())


@pytest.mark.parametrize(
    "text", ["did you write the time on the tourniquet?", "don't bother writing the time on the tourniquet"]
)
def test_a_time_that_is_asked_or_refused_is_not_noted(text: str) -> None:
    assert {act.intent for act in acts_of(text)} <= {"ask_treatment_question", "state_plan"}


def test_a_note_of_the_time_counts_only_where_the_time_is_asked_for() -> None:
    slots: dict[str, SlotValue] = {"device": "tourniquet", "note_time": True}
    note = LoggedAct("a", "t", "control_bleeding", "statement", slots, "noted", 60.0, "initial")
    assert counts(note)
    assert passes(note, [SlotTest(slot="note_time", operator="=", values=(True,))])
    assert not passes(note, [SlotTest(slot="device", operator="=", values=("tourniquet",))])


@pytest.mark.parametrize(
    "text",
    [
        "loosen the tourniquet",
        "release the tourniquet",
        "slacken the tourniquet off",
        "let some blood through",
        "let some blood through the tourniquet",
        "loosen it every ten minutes to let blood through",
        "loosen the windlass",
        "take the tourniquet off for a minute",
    ],
)
def test_loosening_stops_the_tourniquet(text: str) -> None:
    held = said(text, "hold_or_cancel", "haemorrhage")
    assert (held["target_intent"], held["device"]) == ("control_bleeding", "tourniquet")


@pytest.mark.parametrize(
    "text",
    [
        "should I loosen the tourniquet?",
        "should I let some blood through?",
        "don't loosen the tourniquet",
        "never loosen a tourniquet",
        "don't let any blood through",
        "leave the tourniquet on",
        "check the tourniquet",
    ],
)
def test_what_asks_or_keeps_stops_nothing(text: str) -> None:
    assert "hold_or_cancel" not in {act.intent for act in acts_of(text, "haemorrhage")}
    assert not any(act.executes for act in acts_of(text, "haemorrhage"))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("tourniquet on the left calf", "calf"),
        ("tourniquet just above the knee", "thigh"),
        ("tourniquet below the knee", "calf"),
        ("tourniquet over the knee joint", "knee"),
        ("tourniquet on the ankle", "ankle"),
        ("put the tourniquet directly over the wound", "wound"),
        ("tourniquet above the wound", None),
    ],
)
def test_a_tourniquet_says_where(text: str, region: str | None) -> None:
    assert said(text, "control_bleeding").get("region") == region


@pytest.mark.parametrize("text", ["use his belt as a tourniquet", "tie the belt round his thigh", "tighten the belt"])
def test_a_belt_is_no_tourniquet(text: str) -> None:
    assert said(text, "control_bleeding")["device"] == "belt"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no GTN because he took viagra last night", "pde5_inhibitor"),
        ("hold the GTN, he's had sildenafil", "pde5_inhibitor"),
        ("don't give GTN, his pressure is too low", "low_bp"),
        ("no morphine, BP 80 systolic", "low_bp"),
        ("no nitrates, RV infarct", "right_ventricular_infarct"),
        ("no aspirin because he's allergic", "allergy"),
        ("no beta blocker because he's bradycardic", "bradycardic"),
        ("don't give GTN yet", None),
    ],
)
def test_a_refusal_keeps_its_reason(text: str, reason: str | None) -> None:
    assert said(text, "hold_or_cancel", "stemi").get("reason") == reason


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("RV is involved", "right_ventricular_infarct"),
        ("inferior STEMI with RV involvement", "stemi,right_ventricular_infarct"),
        ("cardiogenic shock", "cardiogenic_shock"),
        ("he's lost about two litres, class 3 shock", "haemorrhagic_shock"),
        ("major haemorrhage", "haemorrhagic_shock"),
        ("her sugar is low", "hypoglycaemia"),
        ("BM is low", "hypoglycaemia"),
        ("opioid toxicity", "opioid_overdose"),
        ("Cushing's triad", "raised_icp"),
        ("he's herniating", "raised_icp"),
        ("still fitting after 5 minutes, this is status", "convulsive_status_epilepticus"),
    ],
)
def test_an_impression_names_the_condition(text: str, condition: str) -> None:
    (act,) = acts_of(text)
    assert (act.intent, act.slots["condition"]) == ("state_impression", condition)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("give her diet coke", "sugar_free"),
        ("coke zero", "sugar_free"),
        ("give her a chocolate bar", "chocolate"),
        ("glass of milk", "milk"),
        ("200ml of orange juice", "drink"),
        ("two tubes of glucogel", "gel"),
        ("3 glucose tablets", "tablets"),
        ("five jelly babies", "sweets"),
    ],
)
def test_sugar_by_mouth_has_a_form(text: str, form: str) -> None:
    order = said(text, "give_drug", "hypoglycaemia")
    assert (order["drug"], order["form"]) == ("glucose_oral", form)


def test_slices_are_portions_of_starch() -> None:
    assert said("two slices of toast", "give_drug") | {"dose": 20, "unit": "g"} == said(
        "two slices of toast", "give_drug"
    )
    assert said("four slices of toast", "give_drug")["dose"] == 40
    assert said("50g of toast", "give_drug")["dose"] == 50


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("can she swallow", "swallow"),
        ("check gag reflex", "swallow"),
        ("try a sip of water", "swallow"),
        ("any drooling", "swallow"),
        ("is the uvula swollen", "uvula"),
        ("look at her tongue", "tongue"),
        ("look in her mouth", "mouth"),
        ("any hoarseness", "voice"),
    ],
)
def test_a_look_at_the_airway_says_where(text: str, region: str) -> None:
    (act,) = acts_of(text)
    assert (act.intent, act.slots["region"]) == ("check_airway", region)


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("hold her down", "instruct_patient", {"instruction": "restrain"}),
        ("restrain her arms", "instruct_patient", {"instruction": "restrain"}),
        ("Carol, could you wait in the hall for a minute?", "instruct_patient", {"instruction": "wait_outside"}),
        ("could you wait outside for 5 minutes please", "instruct_patient", {"instruction": "wait_outside"}),
        ("force her mouth open", "manage_airway", {"device": "bite_block"}),
        ("give him his antacid", "give_drug", {"drug": "antacid"}),
        ("gaviscon 10ml", "give_drug", {"drug": "antacid"}),
        ("pull the bit of disc out", "remove_trigger_hazard", {"target": "foreign_body"}),
        ("turn the grinder off at the wall", "remove_trigger_hazard", {"target": "power_tool"}),
        ("sharps bin the needle", "remove_trigger_hazard", {"target": "needle"}),
        ("move the furniture away", "remove_trigger_hazard", {"target": "furniture"}),
        ("take her to the stroke unit", "move_transport", {"destination": "stroke_unit"}),
        ("sit him back with his legs up", "position_patient", {"position": "semi_recumbent_legs_raised"}),
        ("raise his left leg", "position_patient", {"position": "leg_elevated"}),
        ("aim for a systolic of 80 to 90", "state_plan", {"target": "systolic"}),
        ("titrate to a radial pulse", "state_plan", {"target": "radial_pulse"}),
        ("permissive hypotension", "state_plan", {"target": "permissive_hypotension"}),
        ("keep his CO2 at 4.7 to 5.3", "state_plan", {"target": "etco2"}),
        ("recheck the bleeding", "reassess", {"focus": "wound"}),
        ("BM again", "reassess", {"focus": "bgl"}),
        ("check the tourniquet", "reassess", {"focus": "tourniquet"}),
        ("look at the wound", "examine_region", {"region": "wound"}),
        ("check the sensor on her arm", "examine_region", {"region": "sensor"}),
        ("have you got an epipen", "ask_medications", {"drug": "adrenaline"}),
    ],
)
def test_words_of_the_other_cases_are_read(text: str, intent: str, slots: dict[str, str]) -> None:
    found = said(text, intent, "stemi")
    assert {name: found.get(name) for name in slots} == slots
    assert "session_control" not in {act.intent for act in acts_of(text, "stemi")}


@pytest.mark.parametrize(
    "text",
    [
        "don't hold her down",
        "Under no circumstances are we to restrain her.",
        "never put anything between her teeth",
        "should I put something between her teeth?",
        "should we hold her down?",
        "if she thrashes hold her down",
    ],
)
def test_nobody_is_held_down_or_forced_by_a_refusal_or_question(text: str) -> None:
    acts = acts_of(text, "status_epilepticus")
    assert not any(act.executes for act in acts)
    assert all(act.slots.get("instruction") != "restrain" for act in acts)


@pytest.mark.parametrize(
    "line",
    [
        "is the pain the same",
        "limbs - does he move both sides the same",
        "is his breathing the same",
        "has the swelling gone down on both sides the same",
        "does it look the same",
    ],
)
def test_the_same_in_a_question_repeats_no_drug(line: str) -> None:
    morphine = decide(Act("give_drug", "request", {"drug": "morphine", "dose": 2.5, "unit": "mg", "route": "IV"}))
    reading = read(line, Context(scenario_id="stemi", recent=(morphine,)))
    assert not any(act.intent == "give_drug" and act.executes for act in reading.acts)


@pytest.mark.parametrize("line", ["give the same again", "same again please", "same dose again", "the same once more"])
def test_the_same_again_repeats_the_drug(line: str) -> None:
    morphine = decide(Act("give_drug", "request", {"drug": "morphine", "dose": 2.5, "unit": "mg", "route": "IV"}))
    reading = read(line, Context(scenario_id="stemi", recent=(morphine,)))
    assert any(act.intent == "give_drug" and act.slots.get("drug") == "morphine" for act in reading.acts)


@pytest.mark.parametrize(
    ("line", "rate"),
    [("bag him 10 a min keep co2 4.7 to 5.3", 10), ("bag her at 12, aim for 4.5 to 5 kPa", 12)],
)
def test_a_carbon_dioxide_is_no_rate(line: str, rate: float) -> None:
    (act,) = [act for act in read(line, Context()).acts if act.intent == "ventilate_bvm"]
    assert act.slots["rate"] == rate


@pytest.mark.parametrize("line", ["is she still fitting", "has the seizure stopped", "is he still jerking"])
def test_a_fit_can_be_asked_about(line: str) -> None:
    assert any(act.slots.get("focus") == "seizure" for act in read(line, Context()).acts)


def test_what_happened_is_heard_as_students_write_it() -> None:
    assert [act.intent for act in read("what happend", Context()).acts] == ["ask_chief_complaint"]
