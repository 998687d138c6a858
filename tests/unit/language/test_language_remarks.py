"""Descriptions that name a procedure, things let go, and looks or calls that are asked about or refused."""

from __future__ import annotations

from typing import Any

import pytest

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language import Context, read

SCENE = Context(scenario_id="asthma")


def carried_out(text: str) -> list[Act]:
    return [act for act in read(text, SCENE).acts if act.executes and act.is_treatment]


@pytest.mark.parametrize(
    "line",
    [
        "he smoked it off foil",
        "she's in her dressing gown",
        "her lips are blue in the corners",
        "she went blue in the face",
        "he is in recovery from heroin",
        "we will wrap up now",
        "she sat up all night",
        "I can see a blanket on the floor",
        "his shirt collar is soaked",
        "shock is my main worry",
        "the bandage is soaked through",
        "her pads are soaked",
        "she's toast",
        "he's down on his back",
        "bag on the floor",
        "ambu is in the bag",
        "compressions hurt he said",
        "he injects IV",
        "there's an orange in the fruit bowl",
        "flat battery in the monitor",
        "to hospital by taxi last time",
        "12-lead and get it sent to the cath lab",
        "keep the NRB on between nebs",
    ],
)
def test_a_description_treats_nobody(line: str) -> None:
    assert carried_out(line) == []


@pytest.mark.parametrize("line", ["flumazenil 200 mcg IV for them blues he took", "naloxone 400mcg IM for the blues"])
def test_what_an_order_is_for_is_no_order(line: str) -> None:
    assert [act.intent for act in carried_out(line)] == ["give_drug"]


@pytest.mark.parametrize(
    "line", ["she is tired bag her", "suction please she's gurgling", "her sats are dropping sit her up"]
)
def test_an_order_without_a_comma_before_it_is_still_one(line: str) -> None:
    assert len(carried_out(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "slacken the tourniquet a bit",
        "loosen the tourniquet",
        "ease off the tourniquet now",
        "let the tourniquet down",
        "back off the tourniquet a touch",
        "unclip the collar",
    ],
)
def test_letting_go_of_a_device_holds_it(line: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.modality) == ("hold_or_cancel", "negated")
    assert "device" in act.slots


@pytest.mark.parametrize(
    "line",
    [
        "should we wait 5 minutes?",
        "should we wait 5 minutes",
        "should I call for backup?",
        "should I check her blood pressure?",
        "do we need a 12 lead?",
        "do we need a 12 lead",
        "shall I take her temp",
        "is it worth doing a 12 lead",
        "should we pre-alert resus?",
        "should I end the case?",
        "would it help to check her sugar?",
        "do I need to look at her pupils?",
        "should I ask about allergies",
        "should I give salbutamol and put her on 15 litres NRB",
        "shouldn't she be on oxygen already?",
    ],
)
def test_whether_to_do_something_is_a_question(line: str) -> None:
    assert {(act.intent, act.modality) for act in read(line).acts} == {("ask_treatment_question", "question")}


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("don't take her blood pressure", "measure_bp"),
        ("no need for a 12 lead", "ecg_12lead"),
        ("we don't need backup", "call_backup"),
        ("don't call HEMS", "call_backup"),
        ("don't pre-alert yet", "prealert"),
    ],
)
def test_a_refused_look_or_call_is_held(line: str, target: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.modality, dict(act.slots)) == ("hold_or_cancel", "negated", {"target_intent": target})


@pytest.mark.parametrize("line", ["don't wait 5 minutes", "do not end the scenario"])
def test_time_and_the_case_do_not_move_when_that_is_refused(line: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.modality) == ("session_control", "negated")


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("can I listen to your chest please", "auscultate_chest"),
        ("can I get a BP", "measure_bp"),
        ("don't forget to check her BP", "measure_bp"),
        ("why don't we get a 12 lead", "ecg_12lead"),
    ],
)
def test_a_polite_request_is_still_one(line: str, intent: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.modality) == (intent, "request")


@pytest.mark.parametrize("line", ["ok if i help?", "is it ok if I help you", "is it okay to help you"])
def test_asking_to_help_is_asking_for_consent(line: str) -> None:
    assert [act.intent for act in read(line).acts] == ["seek_consent"]


@pytest.mark.parametrize(
    ("line", "slots"),
    [
        ("increase the oxygen", {"action": "increase"}),
        ("turn it up", {"action": "increase"}),
        ("turn the O2 down", {"action": "reduce"}),
        ("wean the oxygen", {"action": "reduce"}),
        ("titrate to 94-98", {"action": "titrate", "target_spo2_min": 94, "target_spo2_max": 98}),
        ("titrate oxygen to 88-92%", {"action": "titrate", "target_spo2_min": 88, "target_spo2_max": 92}),
    ],
)
def test_running_oxygen_is_changed_by_an_action(line: str, slots: dict[str, Any]) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.executes, dict(act.slots)) == ("give_oxygen", True, slots)


@pytest.mark.parametrize(
    "line",
    ["don't stop bagging", "don't stop the oxygen", "never take that collar off", "don't take the mask off"],
)
def test_a_refusal_to_stop_stops_nothing(line: str) -> None:
    acts = read(line).acts
    assert not any(act.executes or act.intent == "hold_or_cancel" for act in acts)


@pytest.mark.parametrize(
    "line",
    [
        "someone put a tourniquet on him already",
        "my neighbour bandaged it with a towel",
        "he swallowed 300mg aspirin before you came",
        "I've a line in the left arm",
        "no shock advised",
    ],
)
def test_what_somebody_did_before_is_not_done_again(line: str) -> None:
    assert carried_out(line) == []


@pytest.mark.parametrize("line", ["turn off the oxygen", "stop the oxygen", "take the oxygen off"])
def test_oxygen_that_is_turned_off_is_held(line: str) -> None:
    (act,) = read(line).acts
    assert (act.intent, act.slots["target_intent"]) == ("hold_or_cancel", "give_oxygen")
