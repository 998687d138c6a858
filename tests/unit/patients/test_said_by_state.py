"""Each fact has words for every state and every breath, and none of them are of the trade."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from pydantic import ValidationError

from knowthyself_tui.content import Library
from knowthyself_tui.content.library import common_voices, load_file
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.voice import Fact
from knowthyself_tui.errors import ContentError
from knowthyself_tui.locations import bundled
from knowthyself_tui.patients import Condition, Manners
from knowthyself_tui.patients.base import Speech
from knowthyself_tui.patients.quantities import quantities
from knowthyself_tui.patients.speech import breathe
from tests.unit.patients.scene import STATES, Scene, asked

FACTS = Library().load("asthma").scenario.facts
SPEECH: tuple[Speech, ...] = ("sentences", "phrases", "words", "syllables")


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_every_fact_is_said_at_every_breath_and_state(fact: Fact, asthma: Manners) -> None:
    for state, speech in itertools.product(STATES, SPEECH):
        condition = Condition(speech, state=state)
        if fact.patient is not None:
            _, saying = fact.patient.wording(condition.states)
            text = breathe(saying, condition.speech, sex="f")
            assert text.strip()
            assert not asthma.scenario.forbidden_in(text)
            assert not asthma.voices.clinical_in(text)


def test_stable_takes_the_words_of_improving_and_critical_those_of_deteriorating() -> None:
    saying = next(fact for fact in FACTS if fact.id == "talking").patient
    assert saying is not None
    assert saying.wording(Condition(state="stable").states)[0] == "improving"
    complaint = next(fact for fact in FACTS if fact.id == "complaint").patient
    assert complaint is not None
    assert complaint.wording(Condition(state="critical").states)[0] == "deteriorating"


def test_the_severity_out_of_ten_follows_the_state(scene: Scene) -> None:
    words = scene.manners.voices.numbers
    scores = {}
    for state in STATES:
        ((_, text),) = Scene().say("out of ten?", asked("ask_severity"), condition=Condition(state=state))
        scores[state] = min(quantities(text.split(".")[0].split("out of")[0], words))
    assert scores["stable"] < scores["improving"] < scores["initial"] < scores["deteriorating"] == scores["critical"]


def test_a_mood_goes_before_the_state() -> None:
    saying = FACTS[0].patient
    assert saying is not None
    other = saying.model_copy(update={"by_state": {"sharp": saying, "improving": saying}})
    assert other.wording(Condition(state="improving", mood="sharp").states)[0] == "sharp"


def test_a_state_that_does_not_exist_is_an_error_of_the_file() -> None:
    document = Library().load("asthma").document
    first = document["facts"][0]
    wrong = {**first, "patient": {**first["patient"], "by_state": {"imporving": {"full": "a", "short": "a"}}}}
    with pytest.raises(ValidationError, match="there is no state or mood 'imporving'"):
        Scenario.model_validate({**document, "facts": [wrong, *document["facts"][1:]]})


@pytest.mark.parametrize("word", ["stridor", "Beta-Blockers", "cyanosed", "oxygen saturation", "anticoagulants"])
def test_a_word_of_the_trade_in_a_saying_is_an_error_of_the_file(word: str) -> None:
    document = Library().load("asthma").document
    facts = [{**document["facts"][0], "bystander": f"It's her {word}."}, *document["facts"][1:]]
    plain = {**document, "facts": facts, "forbidden_words": []}
    with pytest.raises(ValidationError, match=r"fact identity: .* is a word of the trade"):
        Scenario.model_validate(plain, context={"voices": common_voices()})


def test_loading_a_file_looks_for_words_of_the_trade(tmp_path: Path) -> None:
    folder = tmp_path / "asthma"
    folder.mkdir()
    text = (bundled("scenarios") / "asthma" / "scenario.yaml").read_text("utf-8")
    (folder / "scenario.yaml").write_text(text.replace("Thanks for coming up all those stairs.", "I have cyanosis."))
    with pytest.raises(ContentError, match="cyanosis"):
        load_file(folder / "scenario.yaml")


def test_common_voices_use_lay_words_only() -> None:
    voices = common_voices()
    assert [text for _, text in voices.spoken() if voices.clinical_in(text)] == []
