"""Latent diseases by their long names, their limits, and their natural history."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.pharmacology import Effects
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.errors import ContentError

RELIEF = constant("relief", 0.9, "share", "F", "bronchodilation stops the spasm from getting worse")
PLUG_RATE = constant("plug_rate", 0.22, "share", "F", "plugging follows at this share of the rate of spasm")
STEROID_HOURS = constant(
    "steroid_hours", 240.0, "min", "H", "time constant of plugs and spasm under full steroid effect"
)
SPASM_LIMIT = 0.97


@dataclass(frozen=True, slots=True)
class Condition:
    """A severity that a scenario sets, and where the body keeps it."""

    name: str
    low: float
    high: float
    meaning: str


_ROWS = (
    Condition(
        "bronchospasm", 0.0, SPASM_LIMIT, "airway smooth muscle, relieved by bronchodilators; share of calibre lost"
    ),
    Condition("mucus_plugging", 0.0, SPASM_LIMIT, "plugs that bronchodilators do not move; share of calibre lost"),
    Condition("bronchospasm_rate_per_min", 0.0, 0.2, "how fast untreated spasm gets worse"),
    Condition("fatigue", 0.0, 1.0, "exhaustion of the muscles of breathing"),
    Condition("pneumothorax", 0.0, 1.0, "air in the pleura, 1 a tension that empties the heart"),
    Condition("pneumothorax_rate_per_min", 0.0, 0.5, "how fast it grows"),
    Condition("glucose", 0.5, 40.0, "blood glucose at contact, mmol/L"),
    Condition("temp_c", 28.0, 43.0, "core temperature at contact, degC"),
)

CONDITIONS: dict[str, Condition] = {row.name: row for row in _ROWS}
CONDITION_NAMES: tuple[str, ...] = tuple(CONDITIONS)


def insert(s: State, name: str, severity: float) -> None:
    """Set a latent disease."""
    if name not in CONDITIONS:
        raise ContentError(f"The body has no condition “{name}”; it has {', '.join(CONDITION_NAMES)}.")
    row = CONDITIONS[name]
    setattr(s, name, clamp(float(severity), row.low, row.high))


def advance(s: State, fx: Effects, bagged: bool) -> None:
    """One second of natural history under treatment."""
    minutes = 1.0 / 60.0
    rate = s.bronchospasm_rate_per_min * (1.0 - RELIEF * fx.bronchodilation) * minutes
    if s.bronchospasm_rate_per_min > 0.0:
        s.bronchospasm = min(SPASM_LIMIT, s.bronchospasm + rate)
        s.mucus_plugging = min(SPASM_LIMIT, s.mucus_plugging + PLUG_RATE * rate)
    if fx.steroid > 0.0:
        kept = 1.0 - fx.steroid / STEROID_HOURS * minutes
        s.bronchospasm *= kept
        s.mucus_plugging *= kept
    growth = s.pneumothorax_rate_per_min * (3.0 if bagged else 1.0) * minutes
    s.pneumothorax = min(1.0, s.pneumothorax + growth)
