"""A whole encounter laid out for judgement: what was understood, how the body went, what was told and said.

Rules and scoring read only this. It is made by folding the encounter's log again, so it is the same on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from knowthyself_tui.domain.acts import Modality, Slots, Status


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """An act of the log with what became of it."""

    id: str
    turn_id: str
    intent: str
    modality: Modality
    slots: Slots
    status: Status
    at_seconds: float
    """When it was ordered in full, or said."""
    patient_state: str

    @property
    def is_valid(self) -> bool:
        """Counts for the rules: carried out or noted, not asked back, refused, cancelled or negated."""
        return self.status in ("executed", "noted") and self.modality != "negated"


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """Something said."""

    id: str
    speaker: str
    text: str
    at_seconds: float
    phase: str = "encounter"


@dataclass(frozen=True, slots=True)
class LoggedFinding:
    """Something that the student was told by an examination, a measurement or the scene."""

    id: str
    act_id: str | None
    topic: str
    text: str
    at_seconds: float
    values: Mapping[str, str | float | int | bool | None] = field(default_factory=dict)
    """What was told, as codes and numbers: {"air_entry": "poor", "wheeze": "faint"}, {"spo2": 88}."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The body at one whole second."""

    at_seconds: float
    values: Mapping[str, float | None]
    """The vital channels and the body's other named values (`fev1_percent`, …), unrounded."""
    state: str
    running: frozenset[str]
    """Treatments running at that second: oxygen, nebuliser, ventilation, iv_access, …"""


@dataclass(frozen=True)
class Timeline:
    """The encounter from patient contact (second 0) to its end."""

    acts: tuple[LoggedAct, ...]
    turns: tuple[LoggedTurn, ...]
    findings: tuple[LoggedFinding, ...]
    samples: tuple[Sample, ...]
    """One for each whole second from 0 to the end, in order."""
    end_seconds: float
    end_reason: str

    @cached_property
    def _sample_times(self) -> list[float]:
        return [sample.at_seconds for sample in self.samples]

    def sample_at(self, seconds: float) -> Sample | None:
        """The last sample at or before `seconds`; None before the first."""
        index = bisect_right(self._sample_times, seconds)
        return self.samples[index - 1] if index else None
