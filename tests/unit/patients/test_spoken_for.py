"""Who answers for a patient who cannot, or who is a child."""

from __future__ import annotations

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.patients import Condition
from tests.unit.patients.scene import Scene, asked

SILENT = Condition("none", verbal=1)


def spoken_for(**patient: object) -> Scene:
    document = Library().load("asthma").document
    return Scene(
        {
            "bystander": {**document["bystander"], "speaks_for_patient": True},
            "patient": {**document["patient"], **patient},
        }
    )


def test_a_spouse_answers_for_an_adult_who_cannot_speak() -> None:
    heard = spoken_for().say("any allergies?", asked("ask_allergies"), condition=SILENT)
    assert [speaker for speaker, _ in heard] == ["bystander"]


def test_a_spouse_leaves_an_adult_who_can_speak_to_answer() -> None:
    heard = spoken_for().say("any allergies?", asked("ask_allergies"))
    assert [speaker for speaker, _ in heard] == ["patient"]


def test_a_parent_always_answers_for_a_child() -> None:
    heard = spoken_for(age_years=6).say("any allergies?", asked("ask_allergies"))
    assert [speaker for speaker, _ in heard] == ["bystander"]


def test_whoever_speaks_for_the_patient_tells_only_what_is_in_their_column() -> None:
    scene = spoken_for()
    scene.say("are you on the pill?", asked("ask_medications"), condition=SILENT)
    assert scene.ids == ["reaction:bystander:unknown"]


def test_a_housemate_offers_once_to_be_asked(scene: Scene) -> None:
    first = scene.say("any allergies?", asked("ask_allergies"), condition=SILENT)
    again = scene.say("any allergies?", asked("ask_allergies"), condition=SILENT)
    assert [speaker for speaker, _ in first] == ["narrator", "bystander"]
    assert [speaker for speaker, _ in again] == ["narrator"]


@pytest.mark.parametrize("text", ["Maya, any allergies?", "any allergies, Maya?"])
def test_a_question_to_the_patient_by_name_gets_silence_only(scene: Scene, text: str) -> None:
    heard = scene.say(text, asked("ask_allergies"), condition=SILENT)
    assert [speaker for speaker, _ in heard] == ["narrator"]
