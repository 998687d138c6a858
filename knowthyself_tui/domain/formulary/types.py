"""The rows of the formulary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Evidence = Literal["C", "C2", "G", "O", "S", "U"]
"""Tags of the clinical fact sheet: confirmed, secondary, guideline, original, simulation, uncertain."""

MASS_MG = {"mg": 1.0, "g": 1000.0, "mcg": 0.001}


@dataclass(frozen=True, slots=True)
class DoseRange:
    """One accepted adult single dose by one route."""

    route: str
    low: float
    high: float
    unit: str
    evidence: Evidence
    source: str
    """Section of the fact sheets, or the guideline."""


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug that a student may name."""

    id: str
    drug_class: str
    routes: tuple[str, ...] = ()
    """Every route that can physically be done, wise or not; the first is the usual one."""
    doses: tuple[DoseRange, ...] = ()
    mg_per_unit: tuple[tuple[str, float], ...] = ()
    """Mass in countable units, such as the milligrams of one puff."""
    mg_per_ml: float | None = None
    """Strength of the ampoule or bag carried, where there is only one."""
    carried: bool = True

    def unit_mass_mg(self, unit: str) -> float | None:
        """Milligrams in one `unit`, or None where the unit is no mass for this drug."""
        if unit in MASS_MG:
            return MASS_MG[unit]
        return dict(self.mg_per_unit).get(unit)


@dataclass(frozen=True, slots=True)
class Device:
    """A device or manual procedure, with the intent that applies it."""

    id: str
    intent: str
    default_flow_l_min: float | None = None
    """The oxygen flow it is run at when nobody says a flow, where only one is sensible."""


@dataclass(frozen=True, slots=True)
class Fluid:
    """A fluid for infusion."""

    id: str
    carried: bool = True
