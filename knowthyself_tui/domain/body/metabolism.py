"""Slow chemistry: oxygen debt, lactate and temperature."""

from __future__ import annotations

from math import exp

from knowthyself_tui.domain.body import seizure, sugar
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.gas import Metabolism
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.reflexes import arousal_of
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import Breath

LACTATE_PER_DEBT = constant(
    "lactate_per_debt",
    0.0042,
    "mmol/L per mL/min missing",
    "D",
    "4 lactate an oxygen in 42 L of water",
)
LACTATE_CLEARANCE = constant("lactate_clearance", 25.0, "min", "S", "time constant with a working liver")
LACTATE_BETA = constant("lactate_beta", 3.5, "mmol/L", "H", "lactate of beta-2 agonists, as a target")
REGIONAL_LACTATE = constant("regional_lactate", 0.7, "mmol/L/min", "H", "gut and muscle shut down in shock")
SEIZURE_LACTATE = constant("seizure_lactate", 5.2, "mmol/L/min", "F", "Orringer 1977: near 12 after one convulsion")
SEIZURE_LACTATE_SECONDS = constant("seizure_lactate_seconds", 150.0, "s", "H", "the muscles tire")
SEIZURE_LACTATE_LATE = constant("seizure_lactate_late", 0.33, "mmol/L/min", "H", "lactate stays near 10 in status")
LACTATE_SEPTIC = constant("lactate_septic", 4.0, "mmol/L", "H", "lactate of septic shock, as a target")
NO_WASHOUT = constant("no_washout", 0.35, "share", "H", "lactate that reaches still blood")
REWARMING = constant("rewarming", 0.015, "degC/min", "S", "passive rewarming about 1 degC an hour")
SEPTIC_FEVER = constant("septic_fever", 2.2, "degC", "H", "set point of sepsis")
COOLING = constant("cooling", 0.04, "degC/min", "H", "wet or shocked patient on cold ground")
WRAPPED = constant("wrapped", 0.7, "share", "H", "heat loss that blankets stop")
SEIZURE_HEAT = constant("seizure_heat", 0.055, "degC/min", "H", "muscular heat of a convulsion")
TEMPERATURE_MINUTES = constant("temperature_minutes", 60.0, "min", "F", "time constant")


def advance(n: Norms, s: State, used: Metabolism, breath: Breath, fx: Effects) -> None:
    """One second of metabolism."""
    minutes = 1.0 / 60.0
    missing = max(0.0, used.missing - 0.02 * n.vo2)
    s.oxygen_debt = max(0.0, s.oxygen_debt + missing * minutes - 0.02 * s.oxygen_debt * minutes * (missing == 0.0))
    washed = 1.0 if s.co > 0.0 else NO_WASHOUT
    s.lactate += missing * LACTATE_PER_DEBT * 70.0 / n.weight * washed * minutes
    burst = SEIZURE_LACTATE * exp(-s.seizure_seconds / SEIZURE_LACTATE_SECONDS) + SEIZURE_LACTATE_LATE
    s.lactate += burst * seizure.vigour(s) * minutes
    s.lactate += REGIONAL_LACTATE * clamp(0.75 - s.co / n.co, 0.0, 0.5) * minutes
    perfusion = clamp(s.co / n.co, 0.05, 1.0)
    resting = 1.0 + LACTATE_BETA * (fx.beta2_excess + 0.25 * fx.beta2_heart) + 0.6 * breath.load
    resting += LACTATE_SEPTIC * s.sepsis**2
    s.lactate = clamp(approach(s.lactate, resting, LACTATE_CLEARANCE / perfusion, minutes), 0.5, 25.0)
    _temperature(n, s, minutes)
    stress = min(1.0, 0.8 * arousal_of(n, s, breath, fx) + fx.beta + 0.5 * fx.beta2_heart)
    sugar.advance(s, stress, fx)
    s.brain_injury = approach(s.brain_injury, 0.25 * (s.brain_injury > 0.25), 40.0, minutes)


def _temperature(n: Norms, s: State, minutes: float) -> None:
    """Heat lost to the cold, made by convulsions, kept by blankets; who is cold or in shock warms slowly."""
    aim = 37.0 + SEPTIC_FEVER * s.sepsis + 0.3 * s.warmed * (s.temp_c < 36.8)
    perfused = clamp((s.co / n.co - 0.35) / 0.45, 0.1, 1.0)
    warming = min((aim - s.temp_c) / TEMPERATURE_MINUTES, REWARMING * perfused * (1.0 + s.warmed))
    cooling = COOLING * s.cold_exposure * (1.0 - WRAPPED * s.warmed) * min(2.0, n.weight_ratio**0.33)
    warming = 0.0 if s.arrest else warming
    s.temp_c += (warming - cooling + SEIZURE_HEAT * seizure.vigour(s)) * minutes
    s.temp_c = clamp(s.temp_c, 20.0, 43.5)
