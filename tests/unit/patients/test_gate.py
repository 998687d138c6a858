"""The gate decides what may be said; the scripted voice says that and nothing else."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from knowthyself_tui.content import Library
from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.patients import Condition, Line, Manners, ScriptedPatient, cues_for

WORDS = Condition("words")


def ask(manners: Manners, text: str, *acts: Act, told: dict[str, int] | None = None) -> list[str]:
    """The ids that a line unlocks."""
    return [told_id for cue in cues_for(manners, Line(text, acts), WORDS, told or {}) for told_id in cue.ids]


def test_an_open_question_unlocks_the_general_facts_only(asthma: Manners) -> None:
    assert ask(asthma, "any medical problems?", Act("ask_pmh", "question")) == ["history", "worry:tube"]


def test_a_question_that_names_something_unlocks_just_that(asthma: Manners) -> None:
    told = {"worry:tube": 1}
    assert ask(asthma, "ever been in intensive care?", Act("ask_pmh", "question"), told=told) == ["intensive_care"]


def test_what_nobody_knows_is_not_invented(asthma: Manners) -> None:
    act = Act("ask_symptoms", "question", {"symptom": "double_vision"})
    assert ask(asthma, "any double vision?", act) == ["reaction:unknown"]


def test_a_statement_that_asks_nothing_unlocks_nothing(asthma: Manners) -> None:
    assert ask(asthma, "I am putting a probe on", Act("measure_spo2")) == []


def test_the_bystander_answers_what_is_asked_of_him(asthma: Manners) -> None:
    line = Line("Dan, has she been in intensive care?", (Act("ask_collateral", "question"), Act("ask_pmh", "question")))
    (cue,) = cues_for(asthma, line, Condition("none"), {})
    assert cue.speaker == "bystander"
    assert "intensive_care" in [fact.id for fact in cue.facts]


def test_an_unconscious_patient_does_not_speak(asthma: Manners) -> None:
    cue = cues_for(asthma, Line("any allergies?", (Act("ask_allergies", "question"),)), Condition("none"), {})[0]
    said = ScriptedPatient(asthma).answer(cue)
    assert (said.speaker, said.text, said.used) == (
        "narrator",
        asthma.scenario.patient.silence[0],
        (("reaction:silence", "asked"),),
    )


def test_a_worry_comes_once(asthma: Manners) -> None:
    line = Line("you're in good hands", (Act("reassure", "statement"),))
    first = cues_for(asthma, line, WORDS, {})
    again = cues_for(asthma, line, WORDS, {"worry:put_to_sleep": 1})
    assert "worry:put_to_sleep" in first[0].ids
    assert "worry:put_to_sleep" not in again[0].ids


def test_a_fact_told_before_is_marked_as_said(asthma: Manners) -> None:
    line = Line("any allergies?", (Act("ask_allergies", "question"),))
    (cue,) = cues_for(asthma, line, Condition(), {"allergies": 1})
    assert ScriptedPatient(asthma).answer(cue).text.startswith("Like I said.")


def test_a_saying_that_gives_the_diagnosis_away_is_an_error_of_the_file() -> None:
    document = Library().load("asthma").document
    facts = [{**document["facts"][0], "bystander": "It's her silent chest."}, *document["facts"][1:]]
    with pytest.raises(ValidationError, match="fact identity: 'silent chest' is one of the forbidden_words"):
        Scenario.model_validate({**document, "facts": facts})
    asthma = Library().load("asthma").scenario
    assert asthma.forbidden_in("A Silent Chest, and stridor.") == ["silent chest", "stridor"]


@pytest.mark.parametrize("text", ["Dan, what has happened?", "what happened, Dan?", "and dan what did you see"])
def test_calling_the_bystander_by_name_asks_him(asthma: Manners, text: str) -> None:
    (cue,) = cues_for(asthma, Line(text, (Act("ask_chief_complaint", "question"),)), WORDS, {})
    assert (cue.speaker, [fact.id for fact in cue.facts]) == ("bystander", ["complaint"])


def test_speaking_about_the_bystander_does_not(asthma: Manners) -> None:
    (cue,) = cues_for(asthma, Line("does Dan smoke in here?", (Act("ask_social_family", "question"),)), WORDS, {})
    assert cue.speaker == "patient"
