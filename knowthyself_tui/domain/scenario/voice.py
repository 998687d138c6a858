"""What people in a scenario know and how they say it: sayings, facts, clues, reactions and worries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

FACT_ID = r"^[a-z][a-z0-9_]*$"
CONFUSED = "confused"
"""The key under `by_state` of what a confused patient still says."""


class Block(BaseModel):
    """A part of a scenario file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Saying(Block):
    """One thing to say, in the two lengths that breath allows."""

    full: str = Field(min_length=1)
    """Whole sentences, for a patient who has the breath for them."""
    short: str = Field(min_length=1)
    """The same in as few words as possible; broken up further when breath is shorter still."""
    nod: Literal["yes", "no"] | None = None
    """What a nod or a shake of the head can answer when there is no breath for words."""


class Spoken(Saying):
    """A saying that may have other wordings for states of the patient."""

    by_state: dict[str, Saying] = Field(default_factory=dict)
    """Name of a state or mood, or "confused", to the wording that takes this one's place then."""

    def wording(self, keys: Iterable[str]) -> tuple[str, Saying]:
        """The wording for the first of `keys` that has its own, with that key; ("", the usual one) for none."""
        for key in keys:
            if key in self.by_state:
                return key, self.by_state[key]
        return "", self


class SpokenText(Block):
    """What a bystander says, who always has the breath for it."""

    text: str = Field(min_length=1)
    by_state: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _plain_text_is_enough(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value

    def wording(self, keys: Iterable[str]) -> tuple[str, str]:
        """As `Spoken.wording`."""
        for key in keys:
            if key in self.by_state:
                return key, self.by_state[key]
        return "", self.text


class ShownText(SpokenText):
    """What the narrator shows; it may be empty where nothing is to be said in a state."""

    text: str = ""

    def now(self, keys: Iterable[str]) -> str:
        """The wording for the first of `keys` that has its own."""
        return self.wording(keys)[1]


class Fact(Block):
    """Something true in this case that a person knows and tells when asked."""

    id: str = Field(pattern=FACT_ID)
    asked: tuple[str, ...] = Field(min_length=1)
    """The intents whose questions unlock it."""
    about: tuple[str, ...] = ()
    """Words or beginnings of words that name it in a question: "icu", "ventilat"."""
    only_if_named: bool | tuple[str, ...] = False
    """Not told in answer to an open question, only to one that names it; or so for these intents only."""
    patient: Spoken | None = None
    """How the patient says it; absent when the patient does not know it."""
    bystander: SpokenText | None = None
    """How the bystander says it; absent when the bystander does not know it."""
    others: dict[str, SpokenText] = Field(default_factory=dict)
    """Name of another person on scene to how he or she says it."""

    def told_by(self, person: str | None) -> SpokenText | None:
        """How the main bystander (None) or one of the others says it; None when they do not know it."""
        return self.bystander if person is None else self.others.get(person)

    @model_validator(mode="after")
    def _can_be_told(self) -> Fact:
        if self.patient is None and self.bystander is None and not self.others:
            raise ValueError(f"fact {self.id!r} is known to nobody: give it a patient or a bystander saying")
        if self.only_if_named and not self.about:
            raise ValueError(f"fact {self.id!r} is told only when named: give it the words under about")
        if isinstance(self.only_if_named, tuple) and not set(self.only_if_named) <= set(self.asked):
            raise ValueError(f"fact {self.id!r}: only_if_named lists intents that are not under asked")
        return self

    def must_be_named(self, intent: str) -> bool:
        """Whether a question of this intent tells it only when it names it."""
        return self.only_if_named if isinstance(self.only_if_named, bool) else intent in self.only_if_named


class Clue(Block):
    """Something that is found only by looking for it."""

    id: str = Field(pattern=FACT_ID)
    source: Literal["scene", "record"] = "scene"
    """A record is something written about the patient: a chart, a care plan, an anticoagulant book."""
    focus: tuple[str, ...] = ()
    """Words that a more exact search names; empty: found by any look round."""
    text: str


class Reaction(Block):
    """How the patient answers something that asks for no fact."""

    intent: str
    says: tuple[Spoken, ...] = Field(min_length=1)
    """Used in turn, the last one from then on."""
    cycle: bool = False
    """Begins again after the last one."""
    if_named: bool = False
    """Only when the line calls the patient by name."""

    def said(self, times_before: int) -> Spoken:
        """The wording that is due after it was used so often."""
        last = len(self.says) - 1
        return self.says[times_before % (last + 1) if self.cycle else min(times_before, last)]


class Worry(Block):
    """A worry the patient brings up once, after one of these intents."""

    id: str = Field(pattern=FACT_ID)
    after: tuple[str, ...] = Field(min_length=1)
    once_told: tuple[str, ...] = ()
    """Facts of which one must have been told, so that a worry never tells what was not asked."""
    says: Spoken


class Bystander(Block):
    """The other person on scene."""

    name: str
    relation: str
    reactions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Intent to answers, for what is addressed to the bystander and asks for no fact."""
    unknown: tuple[str, ...] = ()
    """What the bystander says to a question that he or she cannot answer; the common ones when empty."""
    speaks_for_patient: bool = False
    """A parent, or the spouse of someone who cannot speak: answers the questions that the patient cannot."""

    @field_validator("reactions", mode="before")
    @classmethod
    def _one_answer_is_enough(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {intent: (says,) if isinstance(says, str) else says for intent, says in value.items()}

    @field_validator("unknown", mode="before")
    @classmethod
    def _one_form_is_enough(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value
