"""A value together with the log entries that it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

RuleValue = float | bool | str | None
"""Minutes or a number, a truth, a code; None when it cannot be known."""

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of a rule came to."""

    value: RuleValue
    ids: frozenset[str] = NOTHING
    """Ids of the acts and findings."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule came to."""

    value: RuleValue
    evidence: tuple[str, ...] = ()
    """Ids of the acts and findings that the value rests on, in the order of the log."""

    @property
    def minutes(self) -> float:
        """The value as a time; infinite when it is none."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return float(self.value)
        return math.inf

    @property
    def holds(self) -> bool:
        """The value as a truth; what cannot be known does not hold."""
        return self.value is True


def union(parts: Iterable[Found]) -> frozenset[str]:
    """The ids of all of `parts`."""
    return NOTHING.union(*(part.ids for part in parts))
