"""What an author expects of a case: the course without treatment, and how scripted students of varied skill fare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from knowthyself_tui.domain.scenario.voice import Block
from knowthyself_tui.domain.vitals import CHANNELS

TOLERANCES: Mapping[str, float] = {
    "hr": 12.0,
    "rr": 5.0,
    "spo2": 3.0,
    "sbp": 12.0,
    "dbp": 12.0,
    "etco2_kpa": 0.8,
    "gcs": 1.0,
    "temp_c": 0.5,
    "glucose_mmol_l": 0.5,
}
"""How far a value may be from what the author aims at (design page on physiology)."""
TOLERANCE_MINUTES = 2.0
"""How far a change of state may be from its time."""

Values = dict[str, float]
StateName = Literal["arrest", "critical", "deteriorating", "initial", "improving", "stable"]


class Play(Block):
    """A script that a bot types, and what must come of it."""

    script: str = Field(min_length=1)
    """As for `knowthyself run --script`."""
    ends: tuple[StateName, ...] = ()
    """States of which the patient must be in one at the end; empty: any."""
    least_total: float | None = Field(default=None, ge=0, le=100)
    most_total: float | None = Field(default=None, ge=0, le=100)


class NamedPlay(Play):
    """A further script."""

    id: str


class Late(Block):
    """The optimal script, later."""

    delay_minutes: float = Field(gt=0, le=30)
    ends: tuple[StateName, ...] = ()


class Bots(Block):
    """A file `bots.yaml` beside a scenario."""

    initial: Values
    """Values at patient contact."""
    untreated: dict[int, Values] = Field(default_factory=dict)
    """Minute to the values of the untreated patient."""
    states: dict[StateName, float] = Field(default_factory=dict)
    """State to the minute at which the untreated patient gets there."""
    physiology_wins: dict[str, str] = Field(default_factory=dict)
    """`9 hr` or `arrest`: what no body shows together, with the reason; it is not checked, and it is counted."""
    optimal: Play
    late: Late | None = None
    plays: tuple[NamedPlay, ...] = ()
    badly: Play
    helps: dict[str, str] = Field(default_factory=dict)
    """Wrong orders that honestly improve a value, with the reason."""

    @field_validator("initial", "untreated")
    @classmethod
    def _values_are_vital(cls, value: Any) -> Any:
        rows = value.values() if value and isinstance(next(iter(value.values())), dict) else [value]
        unknown = sorted({name for row in rows for name in row} - set(CHANNELS))
        if unknown:
            raise ValueError(f"there is no vital sign {unknown[0]!r}; there are {', '.join(CHANNELS)}")
        return value

    @model_validator(mode="after")
    def _exceptions_exist(self) -> Bots:
        known = {*self.states, *(f"{minute} {name}" for minute, row in self.untreated.items() for name in row)}
        known |= {f"0 {name}" for name in self.initial}
        unknown = sorted(set(self.physiology_wins) - known)
        if unknown:
            raise ValueError(f"physiology_wins names {unknown[0]!r}, which is no expectation of this file")
        return self
