"""Convulsions: a drive that benzodiazepines hold down less the longer it has run, and the sleep that follows."""

from __future__ import annotations

from math import exp

from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, clamp, hill
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

THRESHOLD = constant("seizure_threshold", 0.42, "", "F", "drive that convulses")
STOPPING = constant("seizure_stopping", 20.0, "ng/mL", "F", "midazolam that halves the drive, RAMPART 2012")
STEEPNESS = constant("seizure_steepness", 2.2, "", "F", "RAMPART 2012")
RESISTANCE = constant("seizure_resistance", 0.0575, "/min", "S", "potency falls about tenfold in 45 min, Kapur 1997")
GLUCOSE_SEIZURE = constant("glucose_seizure", 1.5, "mmol/L", "H", "hypoglycaemic seizures below it")
ONSET_SECONDS = 4.0
OFFSET_SECONDS = 20.0
POSTICTAL_RISE = 60.0
POSTICTAL_MINUTES = constant("postictal_minutes", 8.0, "min", "H", "time constant; awake in 15 to 30 min")
TIRED_FROM = constant("seizure_tired_from", 15.0, "min", "S", "pressure sags after half an hour, Walton 1993")
TIRED_OVER = constant("seizure_tired_over", 25.0, "min", "H", "until only twitching is left")
TONIC = constant("tonic", 0.40, "share", "H", "no breath in the tonic phase")
TONIC_SECONDS = 30
BREATHING = constant("seizure_breathing", 0.63, "share", "F", "breathing lost in a convulsion")
TIRED_BREATHING = constant("seizure_tired_breathing", 0.25, "share", "H", "more in an exhausted one; S5 keyframes")


def advance(s: State, fx: Effects) -> None:
    """One second."""
    convulsing = _drive(s, fx) > THRESHOLD and not s.arrest
    s.seizure = approach(s.seizure, float(convulsing), ONSET_SECONDS if convulsing else OFFSET_SECONDS, 1.0)
    if s.seizure > 0.5:
        s.seizure_seconds += 1
        s.postictal = approach(s.postictal, 1.0, POSTICTAL_RISE, 1.0)
    elif s.postictal > 0.0:
        s.postictal = approach(s.postictal, 0.0, POSTICTAL_MINUTES * 60.0, 1.0)
        if s.postictal < 0.05:
            s.postictal, s.seizure_seconds = 0.0, 0


def vigour(s: State) -> float:
    """How hard the muscles still convulse, 0 to 1."""
    return s.seizure * (1.0 - 0.8 * _tired(s)) * (1.0 - s.paralysis)


def breathlessness(s: State) -> float:
    """Share of the drive to breathe that the convulsion takes, more when it has worn the patient out."""
    tonic = TONIC * (s.seizure_seconds < TONIC_SECONDS)
    return min(1.0, s.seizure * (BREATHING + TIRED_BREATHING * _tired(s) + tonic))


def _tired(s: State) -> float:
    return clamp((s.seizure_seconds / 60.0 - TIRED_FROM) / TIRED_OVER, 0.0, 1.0)


def _drive(s: State, fx: Effects) -> float:
    starved = 0.8 * clamp((GLUCOSE_SEIZURE - s.brain_glucose) / 0.3, 0.0, 1.0)
    drive = max(s.seizure_drive, starved)
    if drive <= 0.0:
        return 0.0
    resistance = exp(RESISTANCE * max(0.0, s.seizure_seconds / 60.0 - 5.0))
    held = hill(fx.benzodiazepine, STOPPING * resistance, STEEPNESS)
    return drive * (1.0 - held) * (1.0 - fx.antiseizure) * (1.0 - min(1.0, 0.7 * fx.hypnotic))
