"""Doses as amounts that can be compared: units, concentrations, accepted ranges."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from knowthyself_tui.domain.acts import Slots
from knowthyself_tui.domain.describe import ROUTE_WORDS
from knowthyself_tui.domain.formulary import DRUGS, DoseRange, Drug
from knowthyself_tui.domain.formulary.types import MASS_MG

TOLERANCE = 0.10
"""A dose this far beyond an end of the accepted range is still accepted (fact sheet section 3.2)."""

_PLAUSIBLE_LOG = math.log10(12)
"""A bare number is only given a unit that puts it within a factor of twelve of an accepted dose."""

_TENFOLD, _MANYFOLD = 8.0, 15.0
"""From and up to these factors a dose counts as ten times, or a tenth of, the usual one."""

_CARRIED_RATIOS = frozenset({"1:1000", "1:10000"})

_DEFAULT_PERCENT = {"glucose_iv": "10%"}
"""The strength carried where nobody says one."""


class Amount(NamedTuple):
    """A dose in milligrams, or in the unit itself where that is no mass."""

    value: float
    dimension: str


def mg_per_ml(drug: Drug, concentration: str | None) -> float | None:
    """Strength of a solution, from what was said or from the one strength that is carried."""
    said = concentration or _DEFAULT_PERCENT.get(drug.id)
    if said is None:
        return drug.mg_per_ml
    return None if ":" in said and said not in _CARRIED_RATIOS else read_strength(said)


def read_strength(text: str) -> float | None:
    """Milligrams per millilitre of a strength as it is written: 1:1000, 1 in 1000, 10% or 5 mg/mL."""
    text = text.replace(",", "").replace(" ", "").lower()
    if match := re.fullmatch(r"1(?::|in)(\d+(?:\.\d+)?)", text):
        return 1000.0 / float(match[1]) if float(match[1]) > 0.0 else None
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)%", text):
        return 10.0 * float(match[1])
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)(mcg|mg|g)/ml", text):
        return float(match[1]) * MASS_MG[match[2]]
    return None


def amount(drug: Drug, dose: float, unit: str, concentration: str | None = None) -> Amount | None:
    """The dose as a comparable amount; None where millilitres are of unknown strength."""
    mass = drug.unit_mass_mg(unit)
    if mass is not None:
        return Amount(dose * mass, "mg")
    if unit != "mL" or any(row.unit == "mL" for row in drug.doses):
        return Amount(dose, unit)
    strength = mg_per_ml(drug, concentration)
    return None if strength is None else Amount(dose * strength, "mg")


def dose_mg(slots: Slots) -> float | None:
    """The milligrams of an order's slots, where they are a mass."""
    drug = DRUGS.get(str(slots.get("drug")))
    dose, unit = slots.get("dose"), slots.get("unit")
    if drug is None or not isinstance(dose, int | float) or unit is None:
        return None
    concentration = slots.get("concentration")
    found = amount(drug, dose, str(unit), None if concentration is None else str(concentration))
    if found is not None and found.dimension == "mL" and drug.mg_per_ml is not None:
        return found.value * drug.mg_per_ml
    return found.value if found is not None and found.dimension == "mg" else None


def _log_distance(row: DoseRange, drug: Drug, found: Amount) -> float:
    """How far the amount lies outside the range, in powers of ten; 0 inside."""
    low, high = amount(drug, row.low, row.unit), amount(drug, row.high, row.unit)
    if low is None or high is None or low.dimension != found.dimension or found.value <= 0:
        return math.inf
    if found.value < low.value:
        return math.log10(low.value / found.value)
    return max(0.0, math.log10(found.value / high.value))


def infer_unit(drug: Drug, dose: float, route: str | None) -> str | None:
    """The unit of a bare number, where only one is plausible."""
    usual = route or (drug.routes[0] if drug.routes else None)
    rows = [row for row in drug.doses if row.route == usual] or list(drug.doses)
    one_route = len({row.route for row in rows}) == 1
    counted = [row.unit for row in rows if one_route and row.unit not in ("mg", "mcg", "g")]
    millilitres = ["mL"] if drug.id in _DEFAULT_PERCENT else []
    ranked = sorted(
        (min(_log_distance(row, drug, found) for row in _rows_in(unit, rows)), order, unit)
        for order, unit in enumerate(["mg", "mcg", "g", *millilitres, *counted])
        if rows and (found := amount(drug, dose, unit)) is not None
    )
    if not ranked or ranked[0][0] > _PLAUSIBLE_LOG:
        return None
    best, _, unit = ranked[0]
    rivals = [other for distance, _, other in ranked[1:] if distance - best < 0.3 and other != unit]
    return unit if best == 0 or not rivals else None


def _rows_in(unit: str, rows: list[DoseRange]) -> list[DoseRange]:
    """The ranges that a number in `unit` compares with: things that are counted only with their own kind."""
    return rows if unit in (*MASS_MG, "mL") else [row for row in rows if row.unit == unit]


def range_complaint(drug: Drug, route: str, found: Amount) -> str | None:
    """Why this amount is read back, as a sentence, or None where it is accepted for the route."""
    rows = [row for row in drug.doses if row.route == route]
    if not drug.doses:
        return None
    if not rows:
        return f"The usual guidance has no dose of {drug.id.replace('_', ' ')} {ROUTE_WORDS.get(route, route)}."
    distance, row = min(((_log_distance(row, drug, found), row) for row in rows), key=lambda pair: pair[0])
    if distance <= math.log10(1 + TOLERANCE) + 1e-9:
        return None
    usual = f"{row.low:g} to {row.high:g} {row.unit}" if row.low != row.high else f"{row.low:g} {row.unit}"
    return f"That is {_compared(drug, row, found, 10**distance)} the usual dose of {usual}."


def _compared(drug: Drug, row: DoseRange, found: Amount, factor: float) -> str:
    """How the amount compares with the range, from whose nearest end it is `factor` times away."""
    low = amount(drug, row.low, row.unit)
    below = low is not None and low.dimension == found.dimension and found.value < low.value
    if factor < _TENFOLD:
        return "less than" if below else "more than"
    if factor < _MANYFOLD:
        return "about a tenth of" if below else "about ten times"
    return "far less than" if below else "far more than"
