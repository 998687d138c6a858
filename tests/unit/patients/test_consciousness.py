"""What is left of speech as consciousness goes: clear, confused, stray words, sounds, nothing."""

from __future__ import annotations

import pytest

from knowthyself_tui.patients import Condition
from tests.unit.patients.scene import Scene, asked

HISTORY = ("ask_pmh", "ask_allergies", "ask_medications", "ask_onset", "ask_self_treatment", "ask_social_family")


def test_a_clear_patient_answers(scene: Scene) -> None:
    scene.say("any allergies?", asked("ask_allergies"), condition=Condition(verbal=5))
    assert scene.ids == ["allergies"]


@pytest.mark.parametrize("intent", HISTORY)
def test_a_confused_patient_tells_no_history(scene: Scene, intent: str) -> None:
    heard = scene.say("tell me", asked(intent), condition=Condition(verbal=4))
    assert scene.ids == ["reaction:confused"]
    assert heard[0][0] == "patient"


def test_a_confused_patient_still_says_what_it_feels_like_and_who_she_is(scene: Scene) -> None:
    scene.say("what does it feel like?", asked("ask_quality"), condition=Condition(verbal=4))
    assert scene.ids == ["quality"]
    ((_, text),) = scene.say("what's your name?", asked("ask_identity"), condition=Condition(verbal=4))
    assert "Maya" in text
    assert "twenty" not in text


def test_confused_answers_vary(scene: Scene) -> None:
    texts = [scene.say("any allergies?", asked("ask_allergies"), condition=Condition(verbal=4)) for _ in range(4)]
    assert len({str(text) for text in texts}) == 4


@pytest.mark.parametrize("intent", ["ask_pmh", "ask_quality", "ask_identity"])
def test_a_patient_with_stray_words_tells_nothing(scene: Scene, intent: str) -> None:
    ((speaker, text),) = scene.say("tell me", asked(intent), condition=Condition(verbal=3))
    assert (speaker, scene.ids) == ("patient", ["reaction:stray"])
    assert len(text.split()) <= 2


def test_a_patient_with_sounds_only_is_told_by_the_narrator(scene: Scene) -> None:
    heard = scene.say("Maya, any allergies?", asked("ask_allergies"), condition=Condition("syllables", verbal=2))
    assert [speaker for speaker, _ in heard] == ["narrator"]
    assert scene.ids == ["reaction:sounds"]


@pytest.mark.parametrize("condition", [Condition("none"), Condition("none", 2), Condition(verbal=1)])
def test_without_consciousness_or_breath_there_is_silence(scene: Scene, condition: Condition) -> None:
    heard = scene.say("Maya, any allergies?", asked("ask_allergies"), condition=condition)
    assert [speaker for speaker, _ in heard] == ["narrator"]
    assert scene.ids == ["reaction:silence"]
