"""The same saying with less and less breath."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.scenario.voice import Saying
from knowthyself_tui.patients.base import Speech
from knowthyself_tui.patients.speech import breathe, gasp

ICU = Saying(full="Intensive care, two years ago. They put me on a machine.", short="Yes. Two years ago.", nod="yes")


def test_with_breath_the_whole_sentence_is_said() -> None:
    assert breathe(ICU, "sentences", sex="f") == ICU.full


def test_phrases_have_at_most_five_words_to_a_breath() -> None:
    spoken = breathe(ICU, "phrases", sex="f")
    assert all(len(part.split()) <= 5 for part in spoken.split("…"))
    assert spoken.replace("…", "").split()[:2] == ["Intensive", "care,"]


def test_words_come_two_at_a_time_with_a_nod() -> None:
    spoken = breathe(ICU, "words", sex="f")
    assert spoken.startswith("(nods) ")
    assert all(len(part.split()) <= 2 for part in spoken.removeprefix("(nods) ").split("…"))


def test_when_there_is_hardly_breath_a_nod_must_do() -> None:
    assert breathe(ICU, "syllables", sex="f") == "(nods)"
    assert breathe(Saying(full="No.", short="No.", nod="no"), "syllables", sex="m") == "(shakes his head)"


def test_without_a_nod_a_word_or_two_are_left() -> None:
    assert breathe(Saying(full="Tight band.", short="Tight band round chest."), "syllables", sex="f") == "Tight… band"


@pytest.mark.parametrize("speech", ["none"])
def test_without_consciousness_nothing_is_said(speech: Speech) -> None:
    assert breathe(ICU, speech, sex="f") == ""


def test_no_word_is_lost_to_the_pauses() -> None:
    text = "One two three four five six seven."
    assert gasp(text, 2).replace("…", "").replace(".", "").split() == text.replace(".", "").split()
