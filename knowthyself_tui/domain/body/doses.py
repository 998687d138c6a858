"""Doses as people say them (mL of 1:1000, puffs, tablets) in micrograms."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.body.drugs import Drug
from knowthyself_tui.domain.dosing import read_strength
from knowthyself_tui.domain.formulary import DRUGS as FORMULARY

AMPOULE_MG_PER_ML = {
    "adrenaline": 1.0, "naloxone": 0.4, "midazolam": 5.0, "diazepam": 5.0, "lorazepam": 4.0, "morphine": 10.0,
    "fentanyl": 0.05, "ketamine": 10.0, "magnesium_sulfate": 500.0, "hydrocortisone": 50.0, "glucose_iv": 100.0,
    "glucose_oral": 100.0, "atropine": 0.1, "metoprolol": 1.0, "furosemide": 10.0, "dexamethasone": 4.0,
    "flumazenil": 0.1, "labetalol": 5.0, "alfentanil": 0.5, "methadone": 10.0, "oxycodone": 10.0, "tramadol": 50.0,
    "codeine": 60.0, "propofol": 10.0, "thiopental": 25.0, "etomidate": 2.0, "rocuronium": 10.0,
    "suxamethonium": 50.0, "noradrenaline": 1.0, "adenosine": 3.0, "verapamil": 2.5, "amiodarone": 30.0,
    "lidocaine": 10.0, "propranolol": 1.0, "atenolol": 0.5, "terbutaline": 0.5, "paracetamol": 10.0,
    "levetiracetam": 100.0, "phenytoin": 50.0, "valproate": 100.0, "mannitol": 200.0, "hypertonic_saline": 50.0,
    "glucagon": 1.0, "insulin": 3.47, "methoxyflurane": 1420.0, "gtn": 1.0, "methylprednisolone": 62.5,
}  # fmt: skip
"""Strength when an order in mL names none and the formulary carries none [G]."""


def micrograms(drug: Drug, slots: Mapping[str, SlotValue]) -> float | None:
    """The ordered dose in micrograms, the only usual one where none is named; None when there is no such dose."""
    if drug.hidden:
        return None
    if slots.get("dose") is None:
        return drug.usual_mcg or None
    dose = number(slots["dose"])
    if dose is None or dose < 0.0:
        return None
    unit = str(slots.get("unit", "mg"))
    if unit in ("mL", "ml"):
        strength = mg_per_ml(drug.name, slots.get("concentration"))
        return None if strength is None else dose * strength * 1000.0
    each = _unit_mcg(drug, unit)
    return None if each is None else dose * each


def _unit_mcg(drug: Drug, unit: str) -> float | None:
    """Micrograms in one unit of a dose."""
    mg = FORMULARY[drug.name].unit_mass_mg(unit)
    if mg is not None:
        return mg * 1000.0
    return {"tablets": drug.tablet_mcg, "units": drug.unit_mcg}.get(unit) or None


def mg_per_ml(drug: str, concentration: SlotValue | None) -> float | None:
    """Strength of a solution: 1:1000, 10% or 5 mg/mL; the usual ampoule when none is named."""
    if concentration is None:
        return FORMULARY[drug].mg_per_ml or AMPOULE_MG_PER_ML.get(drug)
    return read_strength(str(concentration))


def minutes_of(slots: Mapping[str, SlotValue], push: float) -> float:
    """How long a dose runs into a vein: `over_minutes`, a rate such as “20 min”, slow or fast; else the usual push."""
    over = number(slots.get("over_minutes"))
    if over is not None:
        return max(0.02, over)
    rate = str(slots.get("rate", "")).lower()
    if match := re.fullmatch(r"(?:over )?(\d+(?:\.\d+)?)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hours?)", rate):
        scale = {"s": 1.0 / 60.0, "m": 1.0, "h": 60.0}[match[2][0]]
        return max(0.02, float(match[1]) * scale)
    if rate.startswith(("slow", "titrat")):
        return max(push, 3.0)
    if rate in ("fast", "push", "bolus", "stat", "rapid"):
        return min(push, 0.2)
    return push


def number(value: SlotValue | None) -> float | None:
    """A slot as a finite number, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    return float(value) if abs(value) < 1.0e12 else None
