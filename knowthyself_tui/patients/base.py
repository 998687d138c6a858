"""The contract of a voice: it gets what this line unlocked, already chosen for speaker and state, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from knowthyself_tui.domain.scenario.voice import Saying

Speech = Literal["sentences", "phrases", "words", "syllables", "none"]
How = Literal["asked", "volunteered", "replaced"]
Speaker = Literal["patient", "bystander", "narrator"]

BYSTANDER = "bystander:"
WORRY = "worry:"
REACTION = "reaction:"

FALLBACK_STATES = {"stable": "improving", "arrest": "critical", "critical": "deteriorating"}
"""State to the one whose wording it takes when it has none of its own."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How able the patient is to speak at this moment, and which wordings fit."""

    speech: Speech = "sentences"
    """What breath allows."""
    verbal: int = 5
    """Verbal score: 5 clear, 4 confused, 3 stray words, 2 sounds, 1 nothing."""
    state: str = "initial"
    mood: str | None = None

    @property
    def is_voiceless(self) -> bool:
        """No words at all, for want of breath or consciousness."""
        return self.speech == "none" or self.verbal <= 2

    @property
    def states(self) -> tuple[str, ...]:
        """Keys of `by_state` that fit, the best first."""
        names = [self.mood] if self.mood else []
        state: str | None = self.state
        while state is not None:
            names.append(state)
            state = FALLBACK_STATES.get(state)
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing that may be said in this turn."""

    id: str
    """As in the scenario's list of what can be disclosed."""
    saying: Saying
    key: str
    """Under which it is counted: the same fact in another state or from another person is not a repetition."""
    times: int = 0
    """How often it has been said before."""

    @property
    def how(self) -> How:
        return "volunteered" if self.id.startswith(WORRY) else "asked"


@dataclass(frozen=True, slots=True)
class Cue:
    """What one person may say in answer to one line, in this order."""

    speaker: Speaker
    speech: Speech
    facts: tuple[Telling, ...] = ()
    reactions: tuple[Telling, ...] = ()
    """Reactions, answers of not knowing, questions back, a worry."""
    name: str = ""
    """Of a bystander, where there may be several."""

    def __iter__(self) -> Iterator[Telling]:
        return iter((*self.facts, *self.reactions))

    @property
    def ids(self) -> list[str]:
        return [telling.id for telling in self]

    def key_of(self, told_id: str) -> str:
        """The key under which an id of this cue is counted."""
        return next(telling.key for telling in self if telling.id == told_id)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, and which parts of the cue it used: the ledger's entry."""

    speaker: Speaker
    text: str
    used: tuple[tuple[str, How], ...] = ()
    source: str = "scripted"


class PatientVoice(Protocol):
    """A voice for the people of a scenario."""

    def answer(self, cue: Cue) -> Utterance:
        """Phrase the cue in character; only what the cue holds may be said."""


def fact_key(fact_id: str, *, bystander: bool, variant: str) -> str:
    """The key under which a fact is counted for one person in one wording."""
    return f"{BYSTANDER if bystander else ''}{fact_id}{f'@{variant}' if variant else ''}"


def id_of(key: str) -> str:
    """The id that a key counts."""
    return key.removeprefix(BYSTANDER).partition("@")[0]
