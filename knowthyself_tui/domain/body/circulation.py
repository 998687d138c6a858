"""Circulation: arterial, venous and central stressed volumes, Starling's heart, resistance, pulse pressure."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from knowthyself_tui.domain.body.effects import BENZODIAZEPINE_UNIT, Effects
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.mediator import mediation_of
from knowthyself_tui.domain.body.patient import CENTRAL_VENOUS, VENOUS_GRADIENT, Norms
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

ARTERIAL_COMPLIANCE = constant("arterial_compliance", 1.9, "mL/mmHg", "S", "Guyton 1972, per 4.9 L of blood")
VENOUS_COMPLIANCE = constant("venous_compliance", 140.0, "mL/mmHg", "S", "Guyton 1972, per 4.9 L of blood")
CENTRAL_COMPLIANCE = constant("central_compliance", 45.0, "mL/mmHg", "F", "right heart and lungs, per 4.9 L of blood")
STARLING_SPAN = constant("starling_span", 3.5, "mmHg", "F", "Johnson 2013/2014")
STARLING_OFFSET = constant("starling_offset", 4.0, "mmHg", "F", "Johnson 2013/2014")
TRANSMISSION = constant("transmission", 0.62, "share", "F", "intrathoracic pressure felt by the heart")
VENOUS_TONE = constant("venous_tone", 1300.0, "mL per unit", "F", "reflex venoconstriction, per 4.9 L of blood")
VESSEL_GAIN = constant("vessel_gain", 1.05, "", "F", "resistance per unit of sympathetic outflow")
VESSEL_REST = constant("vessel_rest", 0.25, "", "D", "resting outflow to the vessels")
HEART_REST = constant("heart_rest", 0.20, "", "D", "resting outflow to the heart")
VOLUME_ALPHA = constant("volume_alpha", 405.0, "mL", "F", "venoconstriction, Stratton 1985; per 4.9 L of blood")
VOLUME_BETA = constant("volume_beta", 198.0, "mL", "F", "Stratton 1985")
VOLUME_NITRATE = constant("volume_nitrate", 760.0, "mL", "F", "venodilatation, Wuerz 1994")
VOLUME_DILATED = constant("volume_dilated", 500.0, "mL", "H", "venodilatation of other vasodilators")
VOLUME_SEDATED = constant("volume_sedated", 60.0, "mL", "F", "venodilatation of opioids and benzodiazepines")
RESISTANCE_ALPHA = constant("resistance_alpha", 1.7, "", "F", "Stratton 1985")
RESISTANCE_BETA = constant("resistance_beta", 1.05, "", "F", "Stratton 1985")
RESISTANCE_NITRATE = constant("resistance_nitrate", 0.36, "share", "F", "Wuerz 1994")
RESISTANCE_DILATED = constant("resistance_dilated", 0.55, "share", "H", "magnesium and others")
RESISTANCE_BETA2 = constant("resistance_beta2", 0.42, "", "H", "salbutamol")
RESISTANCE_OPIOID = constant("resistance_opioid", 0.1, "share", "F", "morphine")
RESISTANCE_SEDATED = constant(
    "resistance_sedated", 0.55, "share", "H", "midazolam 0.2 mg/kg lowers pressure by a tenth"
)
CAVAL_ML = constant("caval_ml", 650.0, "mL", "H", "blood held back by the womb: output up 10 to 25 % on the side")
VENTRICULAR_STROKE = constant("ventricular_stroke", 0.45, "share", "H", "stroke volume lost in ventricular tachycardia")
VOLUME_SEPTIC = constant("volume_septic", 1000.0, "mL", "F", "venodilatation of sepsis")
VOLUME_MEDIATOR = constant("volume_mediator", 700.0, "mL", "F", "venodilatation of anaphylaxis")
RESISTANCE_SEPTIC = constant("resistance_septic", 0.74, "share", "F", "vasodilatation of sepsis")
RESISTANCE_MEDIATOR = constant("resistance_mediator", 0.72, "share", "F", "vasodilatation of anaphylaxis")
INFARCT_FORCE = constant("infarct_force", 1.15, "share", "F", "contractility lost with the whole left ventricle")
RIGHT_SHIFT = constant("right_shift", 6.5, "mmHg", "F", "filling that a failing right ventricle needs more")
FORCE_SEPTIC = constant("force_septic", 0.15, "share", "H", "septic depression of the heart")
FORCE_INOTROPY = constant("force_inotropy", 0.35, "", "F", "beta-1 effect of noradrenaline and ketamine")
RESISTANCE_HYPOXIA = constant("resistance_hypoxia", 0.2, "share", "H", "local vasodilatation below 70 % saturation")
RESISTANCE_CO2 = constant("resistance_co2", 0.25, "share", "H", "local vasodilatation above 50 mmHg")
RESISTANCE_ACID = constant("resistance_acid", 0.35, "share", "H", "vasoplegia below pH 7.2")
RESISTANCE_DEBT = constant("resistance_debt", 0.5, "share", "H", "irreversible shock")
RESISTANCE_EXERTION = constant("resistance_exertion", 0.9, "", "H", "working muscles")
FORCE_DRIVE = constant("force_drive", 0.42, "", "F", "Johnson 2013/2014")
FORCE_BETA = constant("force_beta", 0.64, "", "F", "Stratton 1985")
FORCE_ALPHA = constant("force_alpha", 0.5, "", "F", "high-dose adrenaline")
FORCE_BETA2 = constant("force_beta2", 0.2, "", "H", "salbutamol")
FORCE_BLOCK = constant("force_block", 0.25, "share", "H", "beta-blockers")
FORCE_ACID = constant("force_acid", 0.55, "share", "H", "below pH 7.2")
FILLING_TIME = constant("filling_time", 0.25, "", "F", "stroke volume lost as the rate rises")
AFTERLOAD = constant("afterload", 0.0035, "/mmHg", "F", "stroke volume against pressure")
PULSATION_SEPTIC = constant("pulsation_septic", 0.35, "", "H", "low diastolic pressure of open vessels")
PULSATION_BETA = constant("pulsation_beta", 0.32, "", "F", "Stratton 1985")
SYSTOLIC_SHARE = constant("systolic_share", 0.667, "share", "D", "of pulse pressure above the mean")
CPR_ALPHA = constant("cpr_alpha", 0.25, "share", "H", "adrenaline turns flow away from the lungs: EtCO2 falls")
CPR_FLOW = constant("cpr_flow", 0.24, "share of resting output", "S", "Kim 2008: 17 to 27 %")


@dataclass(slots=True)
class Pressures:
    """Pressures that follow from the volumes, mmHg."""

    map: float
    cvp: float
    filling: float
    """Transmural right atrial pressure."""
    venous: float


def settle(n: Norms, s: State) -> None:
    """Fill the healthy resting circulation."""
    s.blood = n.blood
    s.haemoglobin_g = n.haemoglobin * n.blood / 1000.0
    s.arterial_volume = n.map * ARTERIAL_COMPLIANCE * n.size
    s.central_volume = CENTRAL_VENOUS * CENTRAL_COMPLIANCE * n.size
    s.pulse_pressure, s.co, s.hr = n.pp, n.co, n.hr
    s.vessel_drive, s.heart_drive = VESSEL_REST, HEART_REST


def pressures_of(n: Norms, s: State, fx: Effects, intrathoracic: float) -> Pressures:
    cvp = s.central_volume / (CENTRAL_COMPLIANCE * n.size)
    stressed = s.blood - _unstressed(n, s, fx) - s.arterial_volume - s.central_volume
    return Pressures(
        map=mean_pressure(n, s),
        cvp=cvp,
        filling=cvp - TRANSMISSION * intrathoracic,
        venous=stressed / (VENOUS_COMPLIANCE * n.size),
    )


def mean_pressure(n: Norms, s: State) -> float:
    """Mean arterial pressure, mmHg."""
    return s.arterial_volume / (ARTERIAL_COMPLIANCE * n.size)


def systolic(n: Norms, s: State, pressures: Pressures) -> float:
    return pressures.map + SYSTOLIC_SHARE * s.pulse_pressure


def diastolic(n: Norms, s: State, pressures: Pressures) -> float:
    return max(0.0, pressures.map - (1.0 - SYSTOLIC_SHARE) * s.pulse_pressure)


def advance(n: Norms, s: State, fx: Effects, intrathoracic: float, dt: float) -> Pressures:
    """Move blood for `dt` seconds; gives the pressures it started from."""
    p = pressures_of(n, s, fx, intrathoracic)
    stroke = 0.0 if s.arrest else _stroke_volume(n, s, fx, p)
    flow = _compressed_flow(n, p, fx) * bool(s.compressions) if s.arrest else s.hr * stroke / 1000.0
    minutes = dt / 60.0
    runoff = (p.map - p.venous) / _resistance(n, s, fx)
    returning = (p.venous - p.cvp) / n.rv
    s.arterial_volume = max(1.0, s.arterial_volume + (flow - runoff) * 1000.0 * minutes)
    s.central_volume += (returning - flow) * 1000.0 * minutes
    s.co = max(0.0, flow)
    s.pulse_pressure = approach(s.pulse_pressure, _pulse_pressure(n, s, fx, p, stroke), 2.0, dt)
    return p


def _unstressed(n: Norms, s: State, fx: Effects) -> float:
    stressed = n.map * ARTERIAL_COMPLIANCE + CENTRAL_VENOUS * CENTRAL_COMPLIANCE
    stressed += (CENTRAL_VENOUS + VENOUS_GRADIENT) * VENOUS_COMPLIANCE
    u = fx.opioid
    moved = POSITIONS[s.position].pooling - VENOUS_TONE * (s.vessel_drive - VESSEL_REST)
    moved += VOLUME_NITRATE * fx.nitrate + VOLUME_DILATED * fx.vasodilatation + VOLUME_SEPTIC * s.sepsis
    moved += CAVAL_ML * n.caval * (POSITIONS[s.position].flat >= 1.0)
    moved += VOLUME_MEDIATOR * mediation_of(n, s, fx).dilatation
    moved -= VOLUME_ALPHA * fx.alpha + VOLUME_BETA * fx.beta
    moved += VOLUME_SEDATED * (u / (u + 4.0) + fx.benzodiazepine / BENZODIAZEPINE_UNIT)
    return n.blood - (stressed - moved) * n.size


def _resistance(n: Norms, s: State, fx: Effects) -> float:
    tone = exp(VESSEL_GAIN * (s.vessel_drive - VESSEL_REST))
    tone *= (1.0 + RESISTANCE_ALPHA * fx.alpha) / (1.0 + RESISTANCE_BETA * fx.beta)
    tone *= (1.0 - RESISTANCE_NITRATE * fx.nitrate) * (1.0 - RESISTANCE_DILATED * fx.vasodilatation)
    tone *= (1.0 - RESISTANCE_SEPTIC * s.sepsis) * (1.0 - RESISTANCE_MEDIATOR * mediation_of(n, s, fx).dilatation)
    tone /= 1.0 + RESISTANCE_BETA2 * fx.beta2_heart
    tone *= 1.0 - RESISTANCE_SEDATED * fx.benzodiazepine / (fx.benzodiazepine + 300.0)
    tone *= 1.0 - RESISTANCE_OPIOID * fx.opioid / (fx.opioid + 1.0)
    tone *= 1.0 - RESISTANCE_HYPOXIA * clamp((0.70 - s.sao2) / 0.45, 0.0, 1.0)
    tone *= 1.0 - RESISTANCE_CO2 * clamp((s.paco2 - 50.0) / 70.0, 0.0, 1.0)
    tone *= 1.0 - RESISTANCE_ACID * clamp((7.2 - s.ph) / 0.35, 0.0, 1.0)
    tone *= 1.0 - RESISTANCE_DEBT * clamp(s.oxygen_debt / (60.0 * n.weight), 0.0, 1.0)
    viscosity = clamp(s.haemoglobin_g / s.blood * 1000.0 / n.haemoglobin, 0.3, 1.2) ** 0.3
    return float(max(0.15 * n.tpr, n.tpr * tone * viscosity / (1.0 + RESISTANCE_EXERTION * s.exertion)))


def _stroke_volume(n: Norms, s: State, fx: Effects, p: Pressures) -> float:
    span = (CENTRAL_VENOUS + STARLING_OFFSET) / STARLING_SPAN
    largest = n.sv / (1.0 - exp(-span))
    stretch = max(0.0, p.filling - RIGHT_SHIFT * s.right_ventricular_infarct + STARLING_OFFSET) / STARLING_SPAN
    rate = clamp(1.0 + FILLING_TIME * (1.0 - s.hr / n.hr), 0.55, 1.08) / (1.0 + (s.hr / (1.08 * n.hr_max)) ** 10)
    afterload = clamp(1.0 - AFTERLOAD * (p.map - n.map), 0.6, 1.15)
    stroke = largest * (1.0 - exp(-stretch)) * _contractility(n, s, fx) * rate * afterload
    return max(0.0, stroke * (1.0 - VENTRICULAR_STROKE * clamp((fx.arrhythmia - 0.75) / 0.1, 0.0, 1.0)))


def _contractility(n: Norms, s: State, fx: Effects) -> float:
    force = 1.0 + FORCE_DRIVE * (s.heart_drive - HEART_REST)
    force += FORCE_BETA * fx.beta + FORCE_ALPHA * fx.alpha + FORCE_BETA2 * fx.beta2_heart
    force += FORCE_INOTROPY * (fx.inotropy + fx.glucagon_heart)
    force *= n.contractility * max(0.05, 1.0 - INFARCT_FORCE * s.infarct) * (1.0 - mediation_of(n, s, fx).depression)
    force *= (1.0 - FORCE_BLOCK * fx.beta_block) * (1.0 - s.stunning)
    force *= 1.0 - FORCE_ACID * clamp((7.2 - s.ph) / 0.4, 0.0, 1.0)
    force *= 1.0 - FORCE_SEPTIC * s.sepsis
    return max(0.02, force * s.energy)


def _pulse_pressure(n: Norms, s: State, fx: Effects, p: Pressures, stroke: float) -> float:
    relative = p.map / n.map
    stiffness = 0.78 + 0.22 * relative + 0.5 * max(0.0, relative - 1.05)
    return stroke * n.pp / n.sv * stiffness * (1.0 + PULSATION_BETA * fx.beta) * (1.0 + PULSATION_SEPTIC * s.sepsis)


def _compressed_flow(n: Norms, p: Pressures, fx: Effects) -> float:
    squeezed = 1.0 - CPR_ALPHA * fx.alpha
    return CPR_FLOW * squeezed * n.co * clamp(0.55 + 0.45 * p.cvp / CENTRAL_VENOUS, 0.25, 1.3)
