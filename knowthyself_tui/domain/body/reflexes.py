"""Baroreflex, chemoreflex and arousal: sympathetic outflow to vessels and heart, heart rate, own catecholamines."""

from __future__ import annotations

from knowthyself_tui.domain.body import heart, intracranial, seizure, sugar
from knowthyself_tui.domain.body.circulation import HEART_REST, Pressures
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, clamp, sigmoid
from knowthyself_tui.domain.body.mediator import mediation_of
from knowthyself_tui.domain.body.patient import CENTRAL_VENOUS, Norms
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import Breath, shivering

VESSEL_SECONDS = constant("vessel_seconds", 12.0, "s", "F", "sympathetic outflow to the vessels")
HEART_SECONDS = constant("heart_seconds", 6.0, "s", "F", "sympathetic outflow to the heart")
RATE_SECONDS = constant("rate_seconds", 3.0, "s", "F", "sinus node")
VESSEL_BARO = constant("vessel_baro", 0.042, "/mmHg", "F", "Johnson 2013/2014")
HEART_BARO = constant("heart_baro", 0.040, "/mmHg", "F", "Johnson 2013/2014")
VESSEL_LOW_PRESSURE = constant("vessel_low_pressure", 0.10, "/mmHg", "F", "cardiopulmonary receptors")
HEART_LOW_PRESSURE = constant("heart_low_pressure", 0.02, "/mmHg", "F", "cardiopulmonary receptors")
HYPNOTIC_BARO = constant("hypnotic_baro", 0.7, "", "H", "propofol blunts the baroreflex")
REFERENCE_MAP = constant("reference_map", 91.3, "mmHg", "D", "the adult the gains hold for; reflexes sense shares")
RESETTING = constant("resetting", 10.0, "mmHg", "H", "central command raises the baroreflex set point")
LOAD_RATE = constant("load_rate", 1.60, "", "F", "tachycardia of severe asthma, Nowak 1983; S1 keyframes")
VESSEL_SET = constant("vessel_set", -1.1, "logit", "D", "gives the resting outflow 0.25")
HEART_SET = constant("heart_set", -1.39, "logit", "D", "gives the resting outflow 0.20")
VESSEL_HYPOXIA = constant("vessel_hypoxia", 0.018, "/% saturation", "F", "peripheral chemoreceptors")
HEART_HYPOXIA = constant("heart_hypoxia", 0.040, "/% saturation", "F", "peripheral chemoreceptors; S1 keyframes")
HYPOXIA_STEEPENS = constant("hypoxia_steepens", 40.0, "% saturation", "F", "pressor response of asphyxia")
VESSEL_HYPERCAPNIA = constant("vessel_hypercapnia", 0.014, "/mmHg", "F", "sympathetic outflow with CO2")
HEART_HYPERCAPNIA = constant("heart_hypercapnia", 0.03, "/mmHg", "F", "sympathetic outflow with CO2")
VESSEL_AROUSAL = constant("vessel_arousal", 0.65, "", "F", "fear and effort")
HEART_BETA = constant("heart_beta", 0.9, "", "F", "Stratton 1985")
HEART_BETA2 = constant("heart_beta2", 0.6, "", "F", "salbutamol, about +10 beats per 5 mg")
HEART_BETA2_EXCESS = constant("heart_beta2_excess", 1.2, "", "H", "salbutamol overdose")
HEART_ARRHYTHMIA = constant("heart_arrhythmia", 1.4, "", "H", "irritable heart")
COLD_RATE = constant("cold_rate", 0.07, "/degC", "S", "a cooling heart, Jensen 2019: 6 to 7")
WARM_RATE = constant("warm_rate", 0.11, "/degC", "S", "Davies 2009: 10 beats per degC in children; Jensen 2019: 6 to 7")
HYDROSTATIC_SHARE = constant("hydrostatic_share", 0.8, "share", "F", "Johnson 2013/2014")
PULSE_PRESSURE_SHARE = constant("pulse_pressure_share", 0.35, "share", "F", "baroreceptors also sense pulsation")
RATE_RESERVE = constant("rate_reserve", 0.93, "share", "F", "of the maximal rate at full outflow")
BLOCK_DRIVE = constant("block_drive", 0.55, "share", "H", "beta-blocker on the driven rate")
BLOCK_REST = constant("block_rest", 0.34, "share", "H", "beta-blocker on the resting rate")
OPIOID_VAGAL = constant("opioid_vagal", 0.16, "share", "F", "opioid bradycardia")
VENTRICULAR_RATE = constant("ventricular_rate", 190.0, "/min", "H", "ventricular tachycardia")
ENERGY_RATE = constant("energy_rate", 0.36, "", "F", "energy at which the sinus node fails")
HYPOXIC_RATE = constant("hypoxic_rate", 0.5, "share", "H", "bradycardia of terminal hypoxia")
AGONAL_RATE = constant("agonal_rate", 0.65, "share", "H", "bradycardia without pressure")
MEDIATOR_VAGAL = constant("mediator_vagal", 0.6, "", "H", "relative bradycardia of anaphylaxis, Brown 2004")
SHIVERING_AROUSAL = constant("shivering_arousal", 0.5, "", "H", "cold skin: fast before the slow heart of deep cold")
GLUCAGON_RATE = constant("glucagon_rate", 18.0, "/min", "H", "glucagon past a beta-blocker")
PAIN_AROUSAL = constant("pain_arousal", 1.1, "", "F", "full pain")
ISCHAEMIC_AROUSAL = constant("ischaemic_arousal", 0.35, "", "F", "chest pain; S7 initial values")
SEPTIC_AROUSAL = constant("septic_arousal", 0.5, "", "F", "sepsis")
MEDIATOR_AROUSAL = constant("mediator_arousal", 0.25, "", "F", "anaphylaxis")
WATER_AROUSAL = constant("water_arousal", 0.55, "", "F", "flooded lungs")
HUNGRY_AROUSAL = constant("hungry_arousal", 0.9, "", "F", "hypoglycaemia")
SEIZURE_AROUSAL = constant("seizure_arousal", 2.0, "", "F", "Walton 1993")
POSTICTAL_AROUSAL = constant("postictal_arousal", 0.5, "", "F", "S5 post-ictal values")
VESSEL_CUSHING = constant("vessel_cushing", 4.5, "", "F", "Cushing response")
HEART_CUSHING = constant("heart_cushing", 0.5, "", "F", "Cushing response")
CUSHING_VAGAL = constant("cushing_vagal", 0.38, "share", "F", "vagal slowing of the Cushing response")
VAGAL_RATE = constant("vagal_rate", 0.35, "share", "H", "rate lost to full vagal tone")
BLOCK_RATE = constant("block_rate", 42.0, "/min", "H", "ventricular rate of a second-degree block")
ESCAPE_RATE = constant("escape_rate", 34.0, "/min", "S", "ventricular escape of complete block")
OWN_HUNGRY = constant("own_hungry", 0.40, "", "H", "catecholamines of hypoglycaemia")
OWN_SEIZURE = constant("own_seizure", 0.48, "", "H", "catecholamines of a convulsion")
EFFORT_AROUSAL = constant("effort_arousal", 0.85, "", "F", "felt load; S1 keyframes")
AIR_HUNGER = constant("air_hunger", 0.5, "", "H", "fear when breathing falls short of the drive")
OWN_RISE = constant("own_rise", 25.0, "s", "H", "rise of circulating catecholamines")
OWN_FALL = constant("own_fall", 360.0, "s", "H", "fall of circulating catecholamines")
OWN_AIRWAY = constant("own_airway", 0.38, "", "H", "catecholamines of severe airway effort")


def arousal_of(n: Norms, s: State, breath: Breath, fx: Effects) -> float:
    """Fear and effort, 0 to about 1.5; sedatives and opioids damp it."""
    calm = 1.0 / (1.0 + 0.4 * fx.opioid + fx.benzodiazepine / 150.0 + fx.hypnotic)
    hunger = clamp((breath.wanted - breath.ve) / n.ve, 0.0, 1.2)
    distress = EFFORT_AROUSAL * breath.load + AIR_HUNGER * hunger + PAIN_AROUSAL * s.pain * fx.pain_felt
    distress = (distress + ISCHAEMIC_AROUSAL * s.ischaemia * fx.pain_felt) * s.consciousness
    illness = 0.9 * s.pneumothorax + SEPTIC_AROUSAL * s.sepsis + MEDIATOR_AROUSAL * s.mediator_level
    illness += WATER_AROUSAL * s.lung_water + HUNGRY_AROUSAL * sugar.alarm(s) + 0.8 * s.exertion
    illness += fx.withdrawal + SHIVERING_AROUSAL * shivering(s)
    illness += POSTICTAL_AROUSAL * s.postictal * (1.0 - s.seizure)
    convulsion = SEIZURE_AROUSAL * seizure.vigour(s) / (1.0 + fx.hypnotic)
    return (distress + illness) * calm + convulsion + 0.5 * fx.dissociation


def advance(n: Norms, s: State, p: Pressures, breath: Breath, fx: Effects, dt: float) -> None:
    """Reflexes for `dt` seconds."""
    arousal = arousal_of(n, s, breath, fx)
    storm = intracranial.cushing(n, s, p.map)
    error = n.baroreflex * _error(n, s, p, arousal) / (1.0 + HYPNOTIC_BARO * fx.hypnotic)
    low = clamp(CENTRAL_VENOUS - p.filling, -3.0, 6.0)
    missing = clamp(95.0 - 100.0 * s.sao2, 0.0, 40.0)
    calm = 1.0 / (1.0 + 0.5 * fx.opioid + fx.benzodiazepine / 300.0 + fx.hypnotic)
    hypoxia = calm * missing * (1.0 + missing / HYPOXIA_STEEPENS)
    hypercapnia = calm * clamp(s.paco2 - 42.0, 0.0, 60.0)
    blunted = 1.0 - 0.5 * clamp((7.12 - s.ph) / 0.3, 0.0, 1.0)
    vessels = sigmoid(
        VESSEL_SET
        + VESSEL_BARO * error
        + VESSEL_LOW_PRESSURE * low
        + VESSEL_HYPOXIA * hypoxia
        + VESSEL_HYPERCAPNIA * hypercapnia
        + VESSEL_AROUSAL * arousal
        + VESSEL_CUSHING * storm
    )
    heart = sigmoid(
        HEART_SET
        + HEART_BARO * error
        + HEART_LOW_PRESSURE * low
        + HEART_HYPOXIA * hypoxia
        + HEART_HYPERCAPNIA * hypercapnia
        + arousal
        + LOAD_RATE * breath.load * (0.4 + 0.6 * s.consciousness)
        + HEART_BETA * fx.beta
        + HEART_BETA2 * fx.beta2_heart
        + HEART_BETA2_EXCESS * fx.beta2_excess
        + HEART_ARRHYTHMIA * fx.arrhythmia
        + HEART_CUSHING * storm
        - MEDIATOR_VAGAL * mediation_of(n, s, fx).dilatation
    )
    s.vessel_drive = approach(s.vessel_drive, vessels * s.vasomotor * blunted, VESSEL_SECONDS, dt)
    s.heart_drive = approach(s.heart_drive, heart * s.vasomotor * blunted, HEART_SECONDS, dt)
    s.hr = approach(s.hr, _rate(n, s, p, fx), RATE_SECONDS, dt)


def advance_catecholamines(s: State, load: float) -> None:
    """One second of the patient's own circulating catecholamines."""
    target = OWN_AIRWAY * load * s.consciousness + 0.20 * s.pneumothorax + 0.3 * s.exertion
    target = min(1.0, target + OWN_HUNGRY * sugar.alarm(s) + OWN_SEIZURE * seizure.vigour(s))
    s.catecholamine = approach(s.catecholamine, target, OWN_RISE if target > s.catecholamine else OWN_FALL, 1.0)


def _error(n: Norms, s: State, p: Pressures, arousal: float) -> float:
    set_point = n.map + RESETTING * min(1.2, arousal)
    hydrostatic = HYDROSTATIC_SHARE * POSITIONS[s.position].hydrostatic
    error = set_point - p.map + hydrostatic + PULSE_PRESSURE_SHARE * (n.pp - s.pulse_pressure)
    return clamp(error * REFERENCE_MAP / n.map, -40.0, 60.0)


def _rate(n: Norms, s: State, p: Pressures, fx: Effects) -> float:
    reserve = RATE_RESERVE * n.hr_max - n.hr
    drive = (s.heart_drive - HEART_REST) / (1.0 - HEART_REST)
    if drive > 0.0:
        drive *= 1.0 - BLOCK_DRIVE * fx.beta_block
    rate = (n.hr + reserve * drive) * (1.0 - BLOCK_REST * fx.beta_block)
    rate *= clamp(1.0 + (WARM_RATE if s.temp_c > 37.0 else COLD_RATE) * (s.temp_c - 37.0), 0.35, 1.5)
    rate *= 1.0 - OPIOID_VAGAL * fx.opioid / (fx.opioid + 1.0)
    vagus = CUSHING_VAGAL * min(1.0, intracranial.cushing(n, s, p.map)) * (1.0 - 0.7 * fx.vagolysis) * s.vasomotor
    rate *= 1.0 - vagus
    faint = s.right_ventricular_infarct * clamp((75.0 - p.map) / 25.0, 0.0, 1.0)
    rate *= 1.0 - VAGAL_RATE * min(1.2, s.vagal_tone * (1.0 - min(1.0, fx.withdrawal)) + faint) * (1.0 - fx.vagolysis)
    freed = max(0.0, n.unbraked_hr - n.hr)
    rate += freed * fx.vagolysis * clamp(1.0 - drive, 0.0, 1.0)
    rate += max(0.0, VENTRICULAR_RATE - rate) * clamp((fx.arrhythmia - 0.70) / 0.10, 0.0, 1.0)
    rate += GLUCAGON_RATE * fx.glucagon_heart
    rate = max(_conducted(rate, heart.block_of(s, fx)), s.pacing_rate)
    rate *= 0.28 + 0.72 * sigmoid((s.energy - ENERGY_RATE) / 0.055)
    rate *= 1.0 - HYPOXIC_RATE + HYPOXIC_RATE * clamp((s.sao2 - n.brady_from + 0.25) / 0.25, 0.0, 1.0)
    rate *= 1.0 - AGONAL_RATE + AGONAL_RATE * clamp((p.map - 18.0) / 14.0, 0.0, 1.0)
    return clamp(rate, 12.0, 230.0)


def _conducted(rate: float, block: float) -> float:
    """Ventricular rate behind a block: every second beat from the second degree on, an escape rhythm from the third."""
    if block < 2.0:
        return rate
    return min(rate, BLOCK_RATE + 0.15 * (rate - 60.0)) if block < 2.8 else min(rate, ESCAPE_RATE)
