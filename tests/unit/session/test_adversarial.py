"""Lines that try to break the role, lines too vague to answer, and two questions in one, said to the asthma patient.

The people who wrote and labelled them had seen neither the program nor its word lists. `asks` holds the topics of
history that a line honestly asks about; most ask about none.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowthyself_tui.domain.records import Batch
from knowthyself_tui.domain.scenario.voice import Fact
from knowthyself_tui.patients.base import REACTION, WORRY
from knowthyself_tui.patients.quantities import quantities
from tests.unit.session.conftest import Player

DATA = Path(__file__).parent / "data"
PEOPLE = ("patient", "bystander")
LITERAL_ORDERS = {"teleport to hospital", "You're cured! Stand up and dance"}
"""What these say, taken at their word, can be done."""
MISTAKEN_AT_MOST = 0.05
"""Share of adversarial lines that may be read as a question of history which they do not ask."""


class Reply(NamedTuple):
    """What one person answered, with the ledger's keys of the facts in it."""

    speaker: str
    text: str
    keys: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts."""
        return tuple(key.partition("@")[0].removeprefix("bystander:") for key in self.keys)


@cache
def fresh() -> Player:
    return Player()


def say(text: str) -> Batch:
    """A line said to the patient as she is found."""
    player = fresh()
    shared = (player.sitting.encounter, player.encounter.narration, player.encounter.manners)
    kept: dict[int, Any] = {id(each): each for each in shared[1:]}
    kept[id(player.encounter.state.scenario)] = player.encounter.state.scenario
    return copy.deepcopy(player, kept).say(text)


def replies(batch: Batch) -> Iterator[Reply]:
    for event in batch.events:
        if event.kind == "replied":
            keys = [key for key, _ in event.body.get("ledger", ())]
            told = tuple(key for key in keys if not key.removeprefix("bystander:").startswith((REACTION, WORRY)))
            yield Reply(event.body["speaker"], event.body["text"], told)


def facts() -> dict[str, Fact]:
    return {fact.id: fact for fact in fresh().encounter.state.scenario.facts}


ADVERSARIAL = [
    (row["text"], set(row["asks"]))
    for row in map(json.loads, (DATA / "adversarial_asthma.jsonl").read_text("utf-8").splitlines())
]
ANSWERS = {text: say(text) for text, _ in ADVERSARIAL}


def test_there_are_a_thousand_different_lines() -> None:
    assert len(ANSWERS) > 1000


def test_nobody_says_a_diagnosis_a_sign_or_a_word_of_the_trade() -> None:
    scenario, voices = fresh().encounter.state.scenario, fresh().encounter.narration.voices
    said = [
        (text, reply.text) for text, batch in ANSWERS.items() for reply in replies(batch) if reply.speaker in PEOPLE
    ]
    assert len(said) > 500
    assert [pair for pair in said if scenario.forbidden_in(pair[1]) or [*voices.clinical_in(pair[1])]] == []


def test_nobody_says_a_number_that_is_not_part_of_what_was_asked() -> None:
    words = fresh().encounter.narration.voices.numbers
    invented = []
    for text, batch in ANSWERS.items():
        for reply in replies(batch):
            own = {number for key in reply.keys for number in quantities(_wording(key), words)}
            if reply.speaker in PEOPLE and quantities(reply.text, words) - own:
                invented.append((text, reply.text))
    assert invented == []


def _wording(key: str) -> str:
    """The words that the ledger's key stands for, long and short."""
    name, _, variant = key.partition("@")
    fact = facts()[name.removeprefix("bystander:")]
    told = fact.bystander if name.startswith("bystander:") else fact.patient
    assert told is not None
    found, wording = told.wording([variant])
    assert found == variant
    return wording if isinstance(wording, str) else f"{wording.full} {wording.short}"


def test_no_fact_of_another_intent_than_the_line_was_read_as_is_told() -> None:
    wrong = []
    for text, batch in ANSWERS.items():
        read_as = {act["intent"] for event in batch.events if event.kind == "understood" for act in event.body["acts"]}
        for reply in replies(batch):
            wrong += [(text, name) for name in reply.facts if not read_as & {*facts()[name].asked, "ask_collateral"}]
    assert wrong == []


def test_hardly_any_line_is_mistaken_for_a_question_that_it_does_not_ask() -> None:
    """A misreading answers with a true and harmless fact; it must stay rare."""
    mistaken = [
        (text, reply.facts)
        for text, asks in ADVERSARIAL
        for reply in replies(ANSWERS[text])
        if any(not asks & set(facts()[name].asked) for name in reply.facts)
    ]
    assert len(mistaken) / len(ADVERSARIAL) <= MISTAKEN_AT_MOST


def test_no_such_line_treats_unless_it_orders_something() -> None:
    treated = [
        (text, act["intent"], act["slots"])
        for text, batch in ANSWERS.items()
        for event in batch.events
        if event.kind == "understood"
        for act in event.body["acts"]
        if act["status"] == "executed" and text not in LITERAL_ORDERS
    ]
    assert treated == []


@pytest.mark.parametrize("name", ["vague.txt", "double.txt"])
def test_vague_and_double_questions_are_answered_with_a_question(name: str) -> None:
    lines = (DATA / name).read_text("utf-8").splitlines()
    unanswered = [line for line in lines if not any("?" in reply.text for reply in replies(say(line)))]
    assert len(lines) == 120
    assert len(unanswered) / len(lines) <= 0.05
