"""The patient's state, derived from the body: a scenario's predicates with hysteresis, never narrated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowthyself_tui.domain.rules import moment
from knowthyself_tui.domain.scenario.judgement import PatientState

HYSTERESIS_SECONDS = 20
"""A predicate must hold this long before the state moves [S]."""
STABLE_AFTER_SECONDS = 180
"""`improving` that has held this long is `stable` [S]."""


@dataclass
class StateTracker:
    """Follows one patient's state second by second."""

    states: Sequence[PatientState]
    initial_values: Mapping[str, float]
    current: str = "initial"
    candidate: str = "initial"
    candidate_seconds: int = 0
    improving_seconds: int = field(default=0)

    def update(self, values: Mapping[str, float | None], *, arrested: bool) -> str | None:
        """Take in one second of the body; returns the new state when it moved, else None."""
        wanted = "arrest" if arrested else self._wanted(values)
        self.improving_seconds = self.improving_seconds + 1 if wanted == "improving" else 0
        if wanted == "improving" and self._has_stabilised():
            wanted = "stable"
        if wanted != self.candidate:
            self.candidate, self.candidate_seconds = wanted, 0
        self.candidate_seconds += 1
        held = wanted == "arrest" or wanted == "stable" or self.candidate_seconds >= HYSTERESIS_SECONDS
        if wanted == self.current or not held:
            return None
        self.current = wanted
        return wanted

    def _wanted(self, values: Mapping[str, float | None]) -> str:
        for state in self.states:
            if moment(state.rule, values, self.initial_values):
                return state.state
        return "initial"

    def _has_stabilised(self) -> bool:
        return self.current == "stable" or self.improving_seconds >= STABLE_AFTER_SECONDS

    def to_json(self) -> dict[str, Any]:
        return {
            "current": self.current,
            "candidate": self.candidate,
            "candidate_seconds": self.candidate_seconds,
            "improving_seconds": self.improving_seconds,
            "initial_values": dict(self.initial_values),
        }

    @classmethod
    def from_json(cls, states: Sequence[PatientState], data: Mapping[str, Any]) -> StateTracker:
        return cls(
            states,
            dict(data["initial_values"]),
            data["current"],
            data["candidate"],
            data["candidate_seconds"],
            data["improving_seconds"],
        )
