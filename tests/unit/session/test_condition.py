"""How able the patient is to speak comes from the body: breath, consciousness, state and mood."""

from __future__ import annotations

from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.session.dialogue import condition_of


def with_mood(**mood: object) -> EncounterState:
    document = {**Library().load("asthma").document, "moods": [mood]}
    return EncounterState.begin(Scenario.model_validate(document), 1)


def test_at_first_she_is_clear_and_short_of_breath(player: Any) -> None:
    condition = condition_of(player.encounter.state)
    assert (condition.speech, condition.verbal, condition.state, condition.mood) == ("words", 5, "initial", None)


def test_as_she_fails_speech_and_consciousness_go(player: Any) -> None:
    seen = []
    for seconds in range(0, 1000, 20):
        player.wait(seconds - player.encounter.state.at_ms / 1000)
        seen.append(condition_of(player.encounter.state).verbal)
    assert seen == sorted(seen, reverse=True)
    assert condition_of(player.encounter.state).is_voiceless


@pytest.mark.parametrize(("when", "verbal"), [("spo2 < 95", 4), ("spo2 > 99", 5)])
def test_a_mood_that_holds_limits_the_verbal_score(when: str, verbal: int) -> None:
    condition = condition_of(with_mood(name="muddled", when=when, verbal=4))
    assert condition.verbal == verbal
    assert condition.mood == ("muddled" if verbal == 4 else None)
