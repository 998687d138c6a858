"""The contract of a voice: it gets the facts that this turn unlocked and phrases them; it never sees anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from knowthyself_tui.domain.scenario.voice import Fact, Saying

Speech = Literal["sentences", "phrases", "words", "syllables", "none"]
How = Literal["asked", "volunteered", "reaction"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What one person may say in answer to one line."""

    speaker: Literal["patient", "bystander"]
    speech: Speech
    facts: tuple[Fact, ...] = ()
    sayings: tuple[tuple[str, Saying], ...] = ()
    """(key, saying) of reactions, answers of not knowing, and worries."""
    told: Mapping[str, int] = field(default_factory=dict)
    """How often each key has been voiced before."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, and which facts it used: the ledger's entry."""

    speaker: Literal["patient", "bystander", "narrator"]
    text: str
    used: tuple[tuple[str, How], ...] = ()
    source: str = "scripted"


class PatientVoice(Protocol):
    """A voice for the people of a scenario."""

    def answer(self, cue: Cue) -> Utterance:
        """Phrase the cue in character; only what the cue holds may be said."""
