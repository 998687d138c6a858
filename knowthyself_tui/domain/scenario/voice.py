"""What people in a scenario know and how they say it: facts, reactions, worries and speech."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from knowthyself_tui.domain.body import Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES


class Block(BaseModel):
    """A part of a scenario file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Saying(Block):
    """One thing to say, in the two lengths that breath allows."""

    full: str
    """Whole sentences, for a patient who has the breath for them."""
    short: str
    """The same in as few words as possible; broken up further when breath is shorter still."""
    nod: Literal["yes", "no"] | None = None
    """What a nod or a shake of the head can answer when there is no breath for words."""


class Fact(Block):
    """Something true in this case that a person knows and tells when asked."""

    id: str
    asked: tuple[str, ...] = Field(min_length=1)
    """The intents whose questions unlock it."""
    about: tuple[str, ...] = ()
    """Words or beginnings of words that name it in a question: "icu", "ventilat"."""
    only_if_named: bool = False
    """Not told in answer to an open question, only to one that names it."""
    patient: Saying | None = None
    """How the patient says it; absent when the patient does not know it."""
    bystander: str | None = None
    """How the bystander says it; absent when the bystander does not know it."""

    @model_validator(mode="after")
    def _can_be_told(self) -> Fact:
        if self.patient is None and self.bystander is None:
            raise ValueError(f"fact {self.id!r} is known to nobody: give it a patient or a bystander saying")
        if self.only_if_named and not self.about:
            raise ValueError(f"fact {self.id!r} is told only when named: give it the words under about")
        return self


class Clue(Block):
    """Something that is found only by looking for it."""

    id: str
    focus: tuple[str, ...] = ()
    """Words that a more exact search names; empty: found by any look round."""
    text: str


class Reaction(Block):
    """How the patient answers something that asks for no fact."""

    intent: str
    says: tuple[Saying, ...] = Field(min_length=1)
    """Used in turn, the last one from then on."""


class Worry(Block):
    """A worry the patient brings up once, after one of these intents."""

    id: str
    after: tuple[str, ...] = Field(min_length=1)
    says: Saying


class Bystander(Block):
    """The other person on scene."""

    name: str
    relation: str
    reactions: dict[str, str] = Field(default_factory=dict)
    """Intent to answer, for what is addressed to the bystander and asks for no fact."""
    unknown: str
    """What the bystander says to a question that he or she cannot answer."""


class Persona(Block):
    """The patient as a person."""

    name: str
    call_name: str
    age_years: float = Field(ge=1, le=90)
    sex: Literal["f", "m"]
    weight_kg: float = Field(ge=8, le=180)
    height_cm: float = Field(ge=60, le=220)
    opioid_tolerance: float = Field(default=1.0, ge=1.0, le=10.0)
    comorbidities: tuple[str, ...] = ()
    """What the patient lives with, by the names of the body's comorbidities."""
    varied: bool = False
    """Whether the seed makes this person differ from the average of their age and size; off in studies."""
    description: str
    silence: str
    """What the narrator says when the patient cannot speak at all."""
    unknown: Saying
    """Said to a question whose answer the patient does not know."""
    reactions: tuple[Reaction, ...]
    worries: tuple[Worry, ...] = ()

    @field_validator("comorbidities")
    @classmethod
    def _the_body_knows_them(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = sorted(set(names) - set(COMORBIDITIES))
        if unknown:
            raise ValueError(f"the body has no comorbidity {unknown[0]!r}; it has {', '.join(COMORBIDITIES)}")
        return names

    @property
    def body(self) -> Patient:
        """The person as the body needs them."""
        return Patient(
            self.age_years,
            self.weight_kg,
            self.height_cm,
            self.sex,
            self.opioid_tolerance,
            self.comorbidities,
            self.varied,
        )
