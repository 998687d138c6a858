"""Blood glucose, what insulin and glucagon do to it, and the glucose that reaches the brain."""

from __future__ import annotations

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

GLUCOSE_MINUTES = constant("glucose_minutes", 55.0, "min", "F", "time constant of the return to normal")
GLUCOSE_NORMAL = constant("glucose_normal", 5.4, "mmol/L", "S", "fasting")
GLUCOSE_STRESS = constant("glucose_stress", 3.2, "mmol/L", "H", "S1: 5.8 rising to 7.4 with severe stress")
GLYCOGEN = constant("glycogen", 0.20, "mmol/L/min", "F", "glucagon 1 mg: about 4 mmol/L in 20 to 30 min")
UPTAKE = constant("uptake", 0.05, "/min", "F", "insulin tolerance test: 4.4 % a minute after 0.05 U/kg")
COUNTER_REGULATION = constant("counter_regulation", 0.06, "mmol/L/min", "H", "glucagon and adrenaline of the healthy")
BRAIN_RISE = constant("brain_glucose_rise", 4.2, "min", "F", "Moore & Woollard 2005")
BRAIN_FALL = constant("brain_glucose_fall", 2.6, "min", "F", "waking and failing after the blood")
ALARMED_FROM = constant("alarmed_from", 3.8, "mmol/L", "S", "counter-regulation, Cryer 2003")


def advance(s: State, stress: float, fx: Effects) -> None:
    """One second of glucose under a stress of 0 to 1."""
    lowered = 1.0 - (1.0 - s.insulin) * (1.0 - fx.insulin)
    aim = (GLUCOSE_NORMAL + GLUCOSE_STRESS * stress) * (1.0 - lowered)
    s.glucose = approach(s.glucose, aim, GLUCOSE_MINUTES * 60.0, 1.0) + GLYCOGEN * fx.glycogenolysis / 60.0
    s.glucose = max(0.2, s.glucose * (1.0 - UPTAKE * fx.insulin / 60.0))
    s.glucose += COUNTER_REGULATION * alarm(s) * (1.0 - s.insulin) / 60.0
    minutes = BRAIN_RISE if s.glucose > s.brain_glucose else BRAIN_FALL
    s.brain_glucose = approach(s.brain_glucose, s.glucose, minutes * 60.0, 1.0)


def alarm(s: State) -> float:
    """Adrenergic alarm of a low glucose, 0 to 1."""
    return clamp((ALARMED_FROM - s.glucose) / 1.8, 0.0, 1.0)
