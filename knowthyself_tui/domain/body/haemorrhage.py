"""Bleeding: it follows the pressure, clots when that is low, and stops under pressing, packing or a tourniquet."""

from __future__ import annotations

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

REFERENCE_PRESSURE = constant("bleeding_pressure", 93.0, "mmHg", "D", "mean pressure at which a bleeding rate is given")
PRESSURE_POWER = constant("bleeding_power", 1.3, "", "F", "bleeding against mean pressure")
DILUTION = constant("bleeding_dilution", 1.0, "", "H", "thin blood bleeds more, per share of crystalloid")
CLOTTING = constant("clotting_rate", 0.015, "/min", "H", "clot at low pressure")
CLOTTED_AT = constant("clotted_at", 75.0, "mmHg", "S", "rebleeding pressure, about 64 mean, Sondeen 2003")
POPPED = constant("popped", 0.03, "/min", "H", "clot torn off at high pressure")
DISSOLVED = constant("dissolved", 0.008, "/min", "H", "fibrinolysis of injury")
STOPPED_BY_TXA = constant("stopped_by_txa", 0.15, "share", "H", "TXA acts late and little: CRASH-2 saved blood hardly")

EMPTY = 0.12
"""Share of the blood volume that no wound lets out."""

PRESSURES: dict[str, float] = {
    "direct_pressure": 0.70,
    "dressing": 0.45,
    "belt": 0.10,
    "wound_packing": 0.85,
    "haemostatic_gauze": 0.90,
}
"""Share of the bleeding that each way of pressing stops [H; fact sheet S3.11]."""
TOURNIQUET = 1.0
BINDER = constant("binder", 0.30, "share", "H", "bleeding of the pelvis that a binder stops")


def flow_of(n: Norms, s: State, mean: float, fx: Effects) -> float:
    """Blood lost at this moment, mL/min; a set rate follows no pressure but stops like the rest."""
    if s.haemorrhage_ml_min <= 0.0 and s.bleed_ml_min <= 0.0:
        return 0.0
    control = (1.0 - s.tourniquet * s.haemorrhage_limb) * (1.0 - s.pressure)
    thin = s.crystalloid_in / s.blood
    natural = s.haemorrhage_ml_min * float(max(0.0, mean / REFERENCE_PRESSURE) ** PRESSURE_POWER)
    natural *= (1.0 - s.clot) * (1.0 + DILUTION * thin) * (1.0 - STOPPED_BY_TXA * fx.antifibrinolysis)
    return control * (natural + s.bleed_ml_min)


def advance(n: Norms, s: State, mean: float, fx: Effects) -> None:
    """One second of bleeding and clotting."""
    lost = flow_of(n, s, mean, fx)
    if s.haemorrhage_ml_min > 0.0:
        _clot(n, s, mean, fx)
    if lost > 0.0:
        bleed(n, s, lost / 60.0)


def bleed(n: Norms, s: State, ml: float) -> None:
    """Take blood out as far as there is any, with its red cells and its share of infused crystalloid."""
    lost = min(ml, max(0.0, s.blood - EMPTY * n.blood))
    share = lost / s.blood
    s.haemoglobin_g *= 1.0 - share
    s.crystalloid_in *= 1.0 - share
    s.blood -= lost
    s.blood_lost += lost


def _clot(n: Norms, s: State, mean: float, fx: Effects) -> None:
    thin = clamp(1.0 - 2.0 * s.crystalloid_in / s.blood, 0.2, 1.0)
    cold = clamp(1.0 - 0.15 * (36.0 - s.temp_c), 0.3, 1.0)
    quiet = clamp((CLOTTED_AT - mean) / 30.0, 0.0, 1.0)
    growth = CLOTTING * n.clotting * thin * cold * max(quiet, s.pressure) * (1.0 + fx.antifibrinolysis)
    loss = DISSOLVED * (1.0 - 0.9 * fx.antifibrinolysis) + POPPED * clamp((mean - CLOTTED_AT) / 30.0, 0.0, 1.0)
    s.clot = clamp(s.clot + (growth * (1.0 - s.clot) - loss * s.clot) / 60.0, 0.0, 0.95)
