"""Slow chemistry: oxygen debt, lactate, temperature, glucose and fluids."""

from __future__ import annotations

from knowthyself_tui.domain.body.gas import Metabolism
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.pharmacology import GLUCOSE_MOLAR, GLUCOSE_SPACE, Effects
from knowthyself_tui.domain.body.reflexes import arousal_of
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import Breath

LACTATE_PER_DEBT = constant(
    "lactate_per_debt", 0.0028, "mmol/L per mL/min missing", "F", "rises 1 mmol/L a minute in arrest"
)
LACTATE_CLEARANCE = constant("lactate_clearance", 25.0, "min", "S", "time constant with a working liver")
LACTATE_BETA = constant("lactate_beta", 3.5, "mmol/L", "H", "lactate of beta-2 agonists, as a target")
TEMPERATURE_MINUTES = constant("temperature_minutes", 60.0, "min", "F", "time constant")
GLUCOSE_MINUTES = constant("glucose_minutes", 55.0, "min", "F", "time constant of the return to normal")
GLUCOSE_NORMAL = constant("glucose_normal", 5.4, "mmol/L", "S", "fasting")
GLUCOSE_STRESS = constant("glucose_stress", 3.2, "mmol/L", "H", "S1: 5.8 rising to 7.4 with severe stress")
CRYSTALLOID_OUT = constant("crystalloid_out", 0.065, "/min", "F", "Hahn 2020 two-volume kinetics")
CRYSTALLOID_BACK = constant("crystalloid_back", 0.012, "/min", "F", "Hahn 2020 two-volume kinetics")
REFILL = constant("refill", 0.006, "/min of the deficit", "S", "transcapillary refill, about 1 L an hour early")
BLOOD_UNIT_HB = constant("blood_unit_hb", 120.0, "g/L", "S", "red cells with additive")
COLD_FLUID = constant("cold_fluid", 0.0003, "degC per mL", "H", "half a litre at room temperature: 0.15 degC")


def advance(n: Norms, s: State, used: Metabolism, breath: Breath, fx: Effects) -> None:
    """One second of metabolism."""
    minutes = 1.0 / 60.0
    missing = max(0.0, used.missing - 0.02 * n.vo2)
    s.oxygen_debt = max(0.0, s.oxygen_debt + missing * minutes - 0.02 * s.oxygen_debt * minutes * (missing == 0.0))
    s.lactate += missing * LACTATE_PER_DEBT * 70.0 / n.weight * minutes
    perfusion = clamp(s.co / n.co, 0.05, 1.0)
    resting = 1.0 + LACTATE_BETA * (fx.beta2_excess + 0.25 * fx.beta2_heart) + 0.6 * breath.load
    s.lactate = clamp(approach(s.lactate, resting, LACTATE_CLEARANCE / perfusion, minutes), 0.5, 25.0)
    s.temp_c = approach(s.temp_c, 37.0 + 0.3 * s.warmed * (s.temp_c < 36.8), TEMPERATURE_MINUTES, minutes)
    stress = min(1.0, 0.8 * arousal_of(n, s, breath, fx) + fx.beta + 0.5 * fx.beta2_heart)
    s.glucose = approach(s.glucose, GLUCOSE_NORMAL + GLUCOSE_STRESS * stress, GLUCOSE_MINUTES, minutes)
    s.brain_injury = approach(s.brain_injury, 0.25 * (s.brain_injury > 0.25), 40.0, minutes)


def advance_fluids(n: Norms, s: State, fx: Effects) -> None:
    """One second of infusion, leak into the tissues, refill, diuresis and set bleeding."""
    minutes = 1.0 / 60.0
    for fluid in s.fluids:
        given = min(fluid[1], fluid[2])
        fluid[2] -= given
        _pour(n, s, fluid[0], given)
    s.fluids = [fluid for fluid in s.fluids if fluid[2] > 0.0]
    leak = (CRYSTALLOID_OUT * s.crystalloid_in - CRYSTALLOID_BACK * s.crystalloid_out) * minutes
    s.crystalloid_in -= leak
    s.crystalloid_out += leak
    refill = REFILL * max(0.0, n.blood - s.blood) * minutes
    s.blood += refill - leak - 12.0 * fx.diuresis * minutes
    if s.bleed_ml_min > 0.0:
        bleed(n, s, s.bleed_ml_min * minutes)
    s.blood = max(0.12 * n.blood, s.blood)


def bleed(n: Norms, s: State, ml: float) -> None:
    """Take blood out, with its red cells and its share of infused crystalloid."""
    share = min(1.0, ml / s.blood)
    s.haemoglobin_g *= 1.0 - share
    s.crystalloid_in *= 1.0 - share
    s.blood = max(0.12 * n.blood, s.blood - ml)
    s.blood_lost += ml


def _pour(n: Norms, s: State, fluid: str, ml: float) -> None:
    s.blood += ml
    if fluid in ("blood", "plasma"):
        s.haemoglobin_g += ml / 1000.0 * BLOOD_UNIT_HB * (fluid == "blood")
        return
    s.temp_c -= COLD_FLUID * ml
    s.crystalloid_in += ml
    if fluid.startswith("glucose"):
        grams = ml * float(fluid.removeprefix("glucose_")) / 100.0
        s.glucose += 1000.0 * grams / GLUCOSE_MOLAR / (GLUCOSE_SPACE * n.weight)
