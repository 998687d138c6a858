"""The patient as a person: who it is, and what is special about the way this one speaks."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, field_validator

from knowthyself_tui.domain.body import Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.scenario.voice import Block, Reaction, Saying, Worry


class Persona(Block):
    """The patient as a person. Ways of speaking that are left out come from the common voices."""

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
    silence: tuple[str, ...] = ()
    """What the narrator says when the patient cannot speak at all."""
    sounds: tuple[str, ...] = ()
    """What the narrator says when the patient can only make sounds."""
    stray: tuple[Saying, ...] = ()
    """Single words of a patient whose speech makes no sense."""
    confused: tuple[Saying, ...] = ()
    """What a confused patient says instead of an answer."""
    unknown: tuple[Saying, ...] = ()
    """Said in turn to a question whose answer the patient does not know."""
    other_question: tuple[Saying, ...] = ()
    """Asks back for the second question of a line."""
    reactions: tuple[Reaction, ...] = ()
    """The patient's own; every intent that is not here has the common one, if there is one."""
    worries: tuple[Worry, ...] = ()

    @field_validator("silence", "sounds", "stray", "confused", "unknown", "other_question", mode="before")
    @classmethod
    def _one_form_is_enough(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str | dict) else value

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
