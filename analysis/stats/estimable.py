"""What every statistic answers with: an estimate, or the reason why there is none; never inf, nan, or 0 for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class NotEstimable:
    """There is no such number for these data."""

    reason: str
    """Why, as a short phrase: `n = 1 in arm B`."""

    def __str__(self) -> str:
        return f"not estimable ({self.reason})"


class Interval(NamedTuple):
    """A confidence interval; a missing bound is unbounded or cannot be told."""

    low: float | None
    high: float | None
