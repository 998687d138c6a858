"""Two questions in one line: the first is answered, the other one is asked back and stays locked."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.patients import Condition
from tests.unit.patients.scene import Scene, asked

TWO = (asked("ask_onset"), asked("ask_allergies"))
LINE = "when did it start and have you any allergies?"


def test_the_first_is_answered_and_the_other_asked_back_in_one_reply(scene: Scene) -> None:
    ((speaker, text),) = scene.say(LINE, *TWO)
    assert speaker == "patient"
    assert scene.ids == ["onset", "reaction:other_question"]
    assert text.endswith("?")
    assert "ollen" not in text


def test_the_locked_half_is_told_when_it_is_asked_alone(scene: Scene) -> None:
    scene.say(LINE, *TWO)
    ((_, text),) = scene.say("any allergies?", TWO[1])
    assert text.startswith("No medicines.")


def test_with_hardly_any_breath_she_answers_in_a_word_or_a_nod_and_asks(scene: Scene) -> None:
    acts = (asked("ask_loc_amnesia"), asked("ask_allergies"))
    ((_, text),) = scene.say("did you pass out, and any allergies?", *acts, condition=Condition("syllables"))
    assert text.startswith("(shakes her head) ")
    assert text.endswith("?")


def test_without_speech_nothing_is_asked_back(scene: Scene) -> None:
    scene.say("Maya, " + LINE, *TWO, condition=Condition("none"))
    assert scene.ids == ["reaction:silence"]


def test_two_questions_about_the_same_are_one(scene: Scene) -> None:
    acts = (asked("ask_onset"), asked("ask_timing"))
    ((_, text),) = scene.say("when did it start, how long has it been?", *acts)
    assert scene.ids == ["onset"]
    assert "?" not in text


def test_that_the_bystander_is_asked_is_no_question_of_its_own(scene: Scene) -> None:
    acts = (Act("ask_collateral", "question", {"addressee": "bystander"}), asked("ask_onset"))
    scene.say("Dan, when did it start?", *acts)
    assert scene.ids == ["onset"]


def test_the_bystander_asks_back_too(scene: Scene) -> None:
    ((speaker, text),) = scene.say("Dan, when did it start and does she have any allergies?", *TWO)
    assert (speaker, scene.ids) == ("bystander", ["onset", "reaction:bystander:other_question"])
    assert text.endswith("?")


@pytest.mark.parametrize("other", ["have you been in hospital?", "are you taking your preventer?"])
def test_a_word_of_the_other_question_does_not_name_a_fact_for_the_first(scene: Scene, other: str) -> None:
    second = asked("ask_pmh" if "hospital" in other else "ask_medications")
    scene.say(f"What is it like? {other}", asked("ask_chief_complaint"), second)
    assert scene.ids == ["complaint", "reaction:other_question"]


def test_questions_back_vary(scene: Scene) -> None:
    heard = [scene.say(LINE, *TWO)[0][1].split(".")[-1] for _ in range(3)]
    assert len(set(heard)) == 3
