"""How the people of one scenario speak: their own ways where the file gives them, the common ones elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.voice import Bystander, Reaction, Saying
from knowthyself_tui.domain.scenario.voices import Voices
from knowthyself_tui.patients.locked import Locks

T = TypeVar("T")

_WORDS = {"f": {"she": "she", "her": "her", "his": "her"}, "m": {"she": "he", "her": "him", "his": "his"}}


class Manners:
    """One scenario with the common voices behind it."""

    def __init__(self, scenario: Scenario, voices: Voices) -> None:
        self.scenario = scenario
        self.voices = voices
        patient, bystander = scenario.patient, scenario.bystander
        self._filled = {"name": patient.call_name, "bystander": bystander.name if bystander else ""}
        self._filled |= _WORDS[patient.sex]
        reactions = {reaction.intent: reaction for reaction in voices.patient.reactions}
        self._reactions = reactions | {reaction.intent: reaction for reaction in patient.reactions}

    @cached_property
    def locks(self) -> Locks:
        """What must not be heard before it is asked for."""
        return Locks(self.scenario, self.voices)

    def fill(self, text: str) -> str:
        """A common text with this scenario's names."""
        for name, word in self._filled.items():
            text = text.replace(f"{{{name}}}", word)
        return text

    def reaction(self, intent: str) -> Reaction | None:
        """How the patient reacts to an act that asks for no fact."""
        return self._reactions.get(intent)

    def narrated(self, name: str, times: int) -> str:
        """What the narrator says of a patient without words: "silence" or "sounds"."""
        own: Sequence[str] = getattr(self.scenario.patient, name)
        return self.fill(turn_of(own or getattr(self.voices.patient, name), times))

    def patient_saying(self, name: str, times: int) -> Saying:
        """The wording that is due of "unknown", "confused", "stray" or "other_question"."""
        own: Sequence[Saying] = getattr(self.scenario.patient, name)
        common: Sequence[Saying] = getattr(self.voices.patient, name)
        return turn_of(own or common, times)

    def bystander_text(self, person: Bystander, name: str, times: int) -> str:
        """The wording that is due of "unknown", "other_question", "heard" or of a reaction to an intent."""
        common = self.voices.bystander
        if name == "unknown" and person.unknown:
            return turn_of(person.unknown, times)
        if name in ("unknown", "other_question", "heard"):
            text = turn_of(getattr(common, name), times)
        else:
            text = turn_of(person.reactions.get(name) or common.reactions[name], times)
        return self.fill(text.replace("{bystander}", person.name))

    def bystander_reacts_to(self, person: Bystander, intent: str) -> bool:
        """Whether this person reacts to this intent."""
        return intent in person.reactions or intent in self.voices.bystander.reactions


def turn_of(forms: Sequence[T], times: int) -> T:
    """The form that is due after so many uses; the forms go round."""
    return forms[times % len(forms)]
