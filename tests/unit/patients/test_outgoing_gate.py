"""Whatever a voice answers, only what its cue holds is heard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from knowthyself_tui.domain.scenario.spoken import spoken
from knowthyself_tui.patients import Condition, Cue, Known, Line, Manners, ScriptedPatient, Utterance, cues_for
from knowthyself_tui.patients.base import How, Speaker, Speech
from knowthyself_tui.patients.outgoing import faults, spoken_reply
from tests.unit.patients.scene import STATES, asked

ASKED = asked("ask_allergies")
EMPTY_WORDS = {"came", "suppose", "there"}
"""Words that tell nothing by themselves."""


class Voice:
    """Says what it is told to say."""

    def __init__(self, text: str, used: tuple[str, ...] | None = None, speaker: Speaker = "patient") -> None:
        self.text, self.used, self.speaker = text, used, speaker

    def answer(self, cue: Cue) -> Utterance:
        ids = cue.ids if self.used is None else self.used
        used: tuple[tuple[str, How], ...] = tuple((told_id, "asked") for told_id in ids)
        return Utterance(self.speaker, self.text, used, source="model")


def cue_for(manners: Manners, text: str = "any allergies?", condition: Condition | None = None) -> Cue:
    return cues_for(manners, Line(text, (ASKED,)), condition or Condition(), {})[0]


def reply(manners: Manners, voice: Voice, condition: Condition | None = None, known: Known | None = None) -> Utterance:
    return spoken_reply(voice, manners, cue_for(manners, condition=condition), known or Known())


@pytest.mark.parametrize("text", ["Pollen and dust, and smoke. No medicines.", "Not to medicines, no. Only pollen."])
def test_another_wording_of_the_cue_is_heard(asthma: Manners, text: str) -> None:
    said = reply(asthma, Voice(text))
    assert (said.text, said.source) == (text, "model")
    assert said.used == (("allergies", "asked"),)


@pytest.mark.parametrize(
    "text",
    [
        "No medicines. I was in intensive care once.",
        "No. They put me on a ventilator.",
        "Pollen. And my preventer has run out.",
        "Pollen. It's my asthma.",
        "Pollen. I had a cold.",
        "Pollen. About twenty puffs today.",
        "Pollen. My oxygen is 88.",
        "Pollen, for ninety days.",
        "Pollen. This is life-threatening.",
        "Pollen gives me stridor.",
        "Pollen. I'm on a beta blocker.",
        "Pollen. Dan smokes.",
        "Pollen.\nDan: she was up all night.",
        "Pollen. Narrator: her lips go blue.",
        "Pollen. (her lips turn blue)",
        "Pollen. *faints*",
        "Two blue inhalers on the cushion beside her. You press both: empty.",
        "Pollen. Am I going to be put to sleep?",
        "",
    ],
)
def test_anything_more_is_replaced_by_the_scripted_sentence(asthma: Manners, text: str) -> None:
    said = reply(asthma, Voice(text))
    assert said.text == ScriptedPatient(asthma).answer(cue_for(asthma)).text
    assert said.used == (("allergies", "replaced"),)
    assert said.source == "scripted"


def test_a_fact_that_is_not_in_the_cue_cannot_be_used(asthma: Manners) -> None:
    assert reply(asthma, Voice("No medicines.", used=("allergies", "history"))).used == (("allergies", "replaced"),)
    assert reply(asthma, Voice("No medicines.", used=())).used == (("allergies", "replaced"),)


def test_nobody_answers_for_somebody_else(asthma: Manners) -> None:
    assert reply(asthma, Voice("No medicines.", speaker="bystander")).used == (("allergies", "replaced"),)


def test_a_number_may_be_said_once_it_was_measured(asthma: Manners) -> None:
    text = "Pollen. You said 88."
    assert reply(asthma, Voice(text)).source == "scripted"
    assert reply(asthma, Voice(text), known=Known({"spo2": 88.0})).text == text


def test_speech_is_no_longer_than_breath(asthma: Manners) -> None:
    text = "No medicines set me off but pollen and dust do"
    assert reply(asthma, Voice(text), Condition("words")).source == "scripted"
    assert reply(asthma, Voice("No… medicines… Pollen."), Condition("words")).source == "model"


def test_no_voice_is_asked_for_a_patient_without_words(asthma: Manners) -> None:
    said = reply(asthma, Voice("I am awake!"), Condition("none"))
    assert (said.speaker, said.text) == ("narrator", asthma.scenario.patient.silence[0])


def everything(manners: Manners) -> str:
    scenario = manners.scenario
    return " ".join([text for _, text in spoken(scenario)] + [clue.text for clue in scenario.clues])


def one_by_one(manners: Manners) -> list[str]:
    scenario = manners.scenario
    facts = [fact.patient.full for fact in scenario.facts if fact.patient]
    facts += [fact.bystander.text for fact in scenario.facts if fact.bystander]
    return [*facts, *(clue.text for clue in scenario.clues), *(point.text for point in scenario.teaching_points)]


@pytest.mark.parametrize("lead", [lambda cue: "", lambda cue: next(iter(cue)).saying.full + " "])
@pytest.mark.parametrize("name", ["", "Dan, "])
def test_a_voice_that_blurts_everything_leaks_nothing(asthma: Manners, lead: Callable[[Cue], str], name: str) -> None:
    """Each thing there is to know, alone and after the honest answer, and all of it at once, at every question."""
    leaks = []
    texts = [everything(asthma), *one_by_one(asthma)]
    for fact in asthma.scenario.facts:
        line = Line(name + (fact.about[0] if fact.about else ""), (asked(fact.asked[0]),))
        (cue,) = cues_for(asthma, line, Condition(), {})
        scripted = ScriptedPatient(asthma).answer(cue).text
        for text in texts:
            said = spoken_reply(Voice(lead(cue) + text, speaker=cue.speaker), asthma, cue, Known()).text
            if said != scripted and not tells_no_more(text, cue):
                leaks.append((fact.id, text))
    assert leaks == []


def tells_no_more(text: str, cue: Cue) -> bool:
    """Every word of some length is in the cue's own sayings."""
    own = {word for telling in cue for word in words_of(f"{telling.saying.full} {telling.saying.short}")}
    return {word for word in words_of(text) if len(word) > 3} <= own | EMPTY_WORDS


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


@pytest.mark.parametrize("speech", ["sentences", "phrases", "words", "syllables"])
@pytest.mark.parametrize("state", STATES)
def test_the_scripted_voice_passes_its_own_gate(asthma: Manners, speech: Speech, state: str) -> None:
    condition = Condition(speech, state=state)
    for fact in asthma.scenario.facts:
        for name in ("", "Dan, "):
            line = Line(f"{name}{fact.about[0] if fact.about else ''}", (asked(fact.asked[0]),))
            for told in ({}, {fact.id: 1}, {fact.id: 2, f"bystander:{fact.id}": 2}):
                (cue,) = cues_for(asthma, line, condition, told)
                said = ScriptedPatient(asthma).answer(cue)
                assert list(faults(said, asthma, cue, Known(told=[key.partition("@")[0] for key in told]))) == []
