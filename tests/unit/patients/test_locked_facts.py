"""A reply never holds anything of a fact that its line did not unlock."""

from __future__ import annotations

import itertools

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.scenario.voice import Fact
from knowthyself_tui.patients import Condition
from tests.unit.patients.scene import STATES, Scene, asked

FACTS = Library().load("asthma").scenario.facts


def wordings(fact: Fact) -> set[str]:
    texts = set() if fact.bystander is None else {fact.bystander.text, *fact.bystander.by_state.values()}
    if fact.patient is not None:
        texts |= {saying.full for saying in (fact.patient, *fact.patient.by_state.values())}
    return texts


def runs(text: str, length: int = 4) -> set[tuple[str, ...]]:
    """Distinctive phrases: so many words in a row."""
    words = [word.strip(".,?!…") for word in text.casefold().split()]
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
@pytest.mark.parametrize("name", ["", "Dan, "])
def test_a_reply_holds_no_phrase_of_a_locked_fact(fact: Fact, name: str) -> None:
    for state, verbal in itertools.product(STATES, (5, 4, 3)):
        scene = Scene()
        text = f"{name}{fact.about[0] if fact.about else ''}"
        heard = scene.say(text, asked(fact.asked[0]), condition=Condition(state=state, verbal=verbal))
        said = set().union(*(runs(each) for _, each in heard))
        told = {each for other in FACTS if other.id in scene.ids for text in wordings(other) for each in runs(text)}
        for other in FACTS:
            if other.id not in scene.ids:
                assert not (said - told) & {each for text in wordings(other) for each in runs(text)}, other.id


@pytest.mark.parametrize("intent", ["measure_spo2", "give_oxygen", "examine_region", "state_plan", "prealert"])
def test_what_asks_nobody_unlocks_nothing(scene: Scene, intent: str) -> None:
    assert scene.say("do it now", asked(intent)) == []
