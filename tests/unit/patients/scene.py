"""Lines said to the people of a scenario without an encounter around them."""

from __future__ import annotations

from functools import cache
from typing import Any

from knowthyself_tui.content import Library
from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.patients import Condition, Line, Manners, ScriptedPatient, cues_for

STATES = ("initial", "improving", "stable", "deteriorating", "critical")


@cache
def usual() -> Manners:
    return Manners(Library().load("asthma").scenario, Library().narration().voices)


def changed(changes: dict[str, Any]) -> Manners:
    """The asthma scenario with other parts."""
    document = {**Library().load("asthma").document, **changes}
    return Manners(Scenario.model_validate(document), Library().narration().voices)


class Scene:
    """Lines said to the people of one scenario, and what they answer, counted as the encounter counts."""

    def __init__(self, changes: dict[str, Any] | None = None) -> None:
        self.manners = usual() if changes is None else changed(changes)
        self.told: dict[str, int] = {}
        self.ids: list[str] = []
        """What the last line disclosed."""

    def say(self, text: str, *acts: Act, condition: Condition | None = None) -> list[tuple[str, str]]:
        """(speaker, text) of every answer to a line."""
        voice = ScriptedPatient(self.manners)
        heard: list[tuple[str, str]] = []
        self.ids = []
        for cue in cues_for(self.manners, Line(text, acts), condition or Condition(), self.told):
            said = voice.answer(cue)
            heard.append((said.speaker, said.text))
            for told_id, _ in said.used:
                key = cue.key_of(told_id)
                self.told[key] = self.told.get(key, 0) + 1
                self.ids.append(told_id)
        return heard


def asked(intent: str, **slots: str) -> Act:
    return Act(intent, "question", slots)
