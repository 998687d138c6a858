"""What a monitor shows: the true values with the restlessness of a real measurement, from seed and time alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from knowthyself_tui.domain.body.maths import chance
from knowthyself_tui.domain.vitals import Vitals

NOISE: dict[str, tuple[float, int]] = {
    "hr": (2.0, 5),
    "rr": (0.8, 11),
    "spo2": (0.6, 9),
    "sbp": (2.5, 23),
    "dbp": (2.0, 29),
    "etco2_kpa": (0.1, 7),
    "temp_c": (0.05, 60),
    "glucose_mmol_l": (0.1, 60),
}
"""Channel: amplitude in its unit and period in seconds [H]."""


def shown(vitals: Vitals, seed: int, second: int) -> Vitals:
    """The vital signs as displayed at a second; the same second always shows the same digits."""
    changes: dict[str, Any] = {}
    for channel, (amplitude, period) in NOISE.items():
        value = getattr(vitals, channel)
        if value:
            changes[channel] = max(0.0, value + amplitude * wander(seed, second, channel, period))
    if "spo2" in changes:
        changes["spo2"] = min(100.0, changes["spo2"])
    return replace(vitals, **changes)


def wander(seed: int, second: int, channel: str, period: int) -> float:
    """Value noise from -1 to 1: smooth steps between hashed values `period` seconds apart (Perlin 1985)."""
    knot, rest = divmod(second, period)
    share = rest / period
    before, after = (2.0 * chance(seed, knot + step, f"noise:{channel}") - 1.0 for step in (0, 1))
    return before + (after - before) * share * share * (3.0 - 2.0 * share)
