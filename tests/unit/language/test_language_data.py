"""The data files: known intents, ids of the formulary, patterns that compile; and what acts carry besides intents."""

from __future__ import annotations

from typing import Any

import pytest

from knowthyself_tui.domain.formulary import DEVICES, DRUGS, FLUIDS, POSITIONS
from knowthyself_tui.language import read
from knowthyself_tui.language.grammar import ABSORBED, grammar
from knowthyself_tui.language.resources import load_yaml
from tests.train_backoff import example_lines

INTENTS = set(load_yaml("intents.yaml"))
NOT_APPLIED = {"mask", "carry_chair", "stretcher"}


def test_there_are_eighty_intents_and_each_has_examples() -> None:
    assert len(INTENTS) == 80
    assert set(example_lines()) == INTENTS


def test_every_pattern_compiles_and_belongs_to_an_intent() -> None:
    for pattern in grammar().patterns:
        assert pattern.intent in INTENTS | {ABSORBED}, pattern.source
        assert pattern.regex.pattern


def test_every_position_a_pattern_sets_is_known() -> None:
    positions = {p.slots["position"] for p in grammar().patterns if "position" in p.slots}
    assert positions <= POSITIONS


def test_every_name_in_the_lexicon_is_in_the_formulary() -> None:
    lexicon: dict[str, dict[str, Any]] = load_yaml("lexicon.yaml")
    assert set(lexicon["drug"]) <= set(DRUGS)
    assert set(lexicon["device"]) - NOT_APPLIED <= set(DEVICES)
    assert set(lexicon["fluid"]) <= set(FLUIDS)


def test_no_name_stands_for_two_things() -> None:
    names = [
        str(phrase)
        for entities in load_yaml("lexicon.yaml").values()
        for phrases in entities.values()
        for phrase in phrases
    ]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_most_example_lines_are_read_as_their_intent() -> None:
    """Every eighth of them: the whole reading may differ from the label where a line says more than one thing."""
    examples = [(intent, line) for intent, lines in example_lines().items() for line in lines][::8]
    right = [intent in {act.intent for act in read(line).acts} for intent, line in examples]
    assert sum(right) / len(right) >= 0.96


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("ever been on a ventilator", "ask_pmh", {"topic": "icu_ventilation"}),
        ("do you know your best peak flow", "ask_pmh", {"topic": "peak_flow_best"}),
        ("have you used your blue inhaler", "ask_self_treatment", {"drug": "salbutamol"}),
        ("do you take a preventer", "ask_medications", {"class": "preventer"}),
        ("do you smoke", "ask_social_family", {"topic": "smoking"}),
        ("any chest pain", "ask_symptoms", {"symptom": "chest_pain"}),
        (
            "this is life threatening asthma",
            "state_impression",
            {"condition": "asthma", "severity": "life_threatening"},
        ),
        ("she has a silent chest", "state_impression", {"finding": "silent_chest"}),
        ("get HEMS running", "call_backup", {"resource": "hems"}),
        ("second crew please", "call_backup", {"resource": "crew"}),
        ("carry chair down the stairs", "move_transport", {"mode": "carry_chair"}),
        ("take her to hospital on blue lights", "move_transport", {"mode": "emergency", "destination": "hospital"}),
        ("lean forward for me", "position_patient", {"position": "tripod"}),
        ("skip forward five minutes", "session_control", {"command": "advance", "minutes": 5}),
        ("wait 90 seconds", "session_control", {"command": "advance", "minutes": 1.5}),
        ("end the case", "session_control", {"command": "end"}),
        ("pre-alert resus", "prealert", {"destination": "ed_resus"}),
        ("SBAR: situation 28 year old with asthma", "handover", {"format": "SBAR"}),
        ("grey cannula in the left ACF", "vascular_access", {"gauge": 16, "site": "left_acf"}),
        ("bag her at 10 a minute", "ventilate_bvm", {"rate": 10}),
        ("hold the salbutamol", "hold_or_cancel", {"target_intent": "give_drug", "drug": "salbutamol"}),
        ("check her pulse", "check_circulation", {"metric": "hr"}),
    ],
)
def test_acts_carry_their_slots(text: str, intent: str, slots: dict[str, Any]) -> None:
    (act,) = read(text).acts
    assert act.intent == intent
    assert {name: act.slots.get(name) for name in slots} == slots


@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "?"])
def test_nothing_is_unintelligible(text: str) -> None:
    assert [act.intent for act in read(text).acts] == ["unintelligible"]


def test_an_unsure_reading_offers_labelled_choices() -> None:
    reading = read("could the windows be looked after by you Maya")
    assert len(reading.choices) <= 3
    assert all(label and not act.executes for label, act in reading.choices)
