"""Breathing: the drive, what the muscles and airways can deliver of it, rate and depth, and the bag that takes over."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt, tanh

from knowthyself_tui.domain.body import seizure
from knowthyself_tui.domain.body.blood import metabolic_bicarbonate
from knowthyself_tui.domain.body.devices import inspired_oxygen
from knowthyself_tui.domain.body.effects import BENZODIAZEPINE_UNIT, Effects
from knowthyself_tui.domain.body.lungs import Lungs
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

REFERENCE_VE = constant("reference_ve", 6.76, "L/min", "D", "resting ventilation of the 70 kg adult the gains hold for")
WAKEFULNESS = constant("wakefulness", 3.0, "L/min", "F", "drive that does not depend on blood gases")
CENTRAL_GAIN = constant("central_gain", 1.45, "L/min/mmHg", "S", "Weil 1975 total 1.7; split [F]")
PERIPHERAL_GAIN = constant("peripheral_gain", 0.45, "L/min/mmHg", "F", "carotid share of the CO2 response")
HYPOXIC_GAIN = constant("hypoxic_gain", 0.62, "L/min/%", "F", "per percent of saturation lost below 96")
HYPOXIA_TAKES_OVER = constant(
    "hypoxia_takes_over", 10.0, "L/min", "H", "hypoxic drive that makes low CO2 matter little"
)
GATE_FROM = constant("gate_from", 15.0, "mmHg", "F", "CO2 at which hypoxia no longer drives; Boothby 1954")
THRESHOLD = constant("threshold", 38.3, "mmHg", "F", "CO2 threshold awake")
THRESHOLD_ACID = constant("threshold_acid", 1.15, "mmHg/mmol/L", "F", "metabolic acidosis lowers the threshold")
BELOW_THRESHOLD = constant("below_threshold", 0.35, "share", "S", "awake, the CO2 response flattens below threshold")
LOAD_DRIVE = constant("load_drive", 23.0, "L/min", "F", "felt airway load")
LOAD_HALF = constant("load_half", 4.0, "resistance", "F", "load that is felt half")
SYMPATHETIC_DRIVE = constant("sympathetic_drive", 20.0, "L/min", "F", "ventilation with high sympathetic outflow")
EXTRA_LIMIT = constant("extra_limit", 20.0, "L/min", "F", "all non-chemical drives together")
SEDATED_THRESHOLD = constant("sedated_threshold", 2.6, "mmHg", "F", "apnoeic threshold with sedatives")
BETA2_DRIVE = constant("beta2_drive", 2.2, "L/min", "F", "salbutamol stimulates breathing")
PAIN_DRIVE = constant("pain_drive", 6.0, "L/min", "F", "full pain")
SEPTIC_DRIVE = constant("septic_drive", 5.0, "L/min", "F", "sepsis")
MEDIATOR_DRIVE = constant("mediator_drive", 2.0, "L/min", "F", "anaphylaxis")
LOW_FLOW_DRIVE = constant("low_flow_drive", 12.0, "L/min", "F", "carotid bodies short of flow; ATLS classes")
LOW_FLOW_RAPID = constant("low_flow_rapid", 0.5, "", "F", "rapid shallow breathing of shock; ATLS classes")
SEPTIC_RAPID = constant("septic_rapid", 0.30, "", "H", "rapid shallow breathing of sepsis")
PAIN_RAPID = constant("pain_rapid", 0.30, "", "H", "rapid shallow breathing of pain")
RETAINED = constant("retained", 0.14, "share", "F", "dead space that oxygen opens in COPD, Aubier 1980")
RETAINER_FEELS = constant("retainer_feels", 0.6, "share", "H", "load that a chronic retainer no longer answers")
WATER_WORK = constant("water_work", 1.6, "", "H", "stiff wet lungs tire the muscles")
WATER_DRIVE = constant("water_drive", 8.0, "L/min", "F", "receptors of the flooded lung")
AWAKE_FLOOR = constant("awake_floor", 0.5, "share of rest", "S", "the awake breathe on, Fink 1961")
WATER_RAPID = constant("water_rapid", 0.6, "", "H", "rapid shallow breathing of the flooded lung")
POSTICTAL_BREATHING = constant("postictal_breathing", 0.10, "share", "H", "breathing lost in post-ictal sleep")
STUNNED_THRESHOLD = constant("stunned_threshold", 14.0, "mmHg", "H", "impact apnoea, Atkinson 2000 (from memory)")
STUNNED_GAIN = constant("stunned_gain", 1.5, "", "H", "response to CO2 that a full injury takes")
STUNNED_LOAD = constant("stunned_load", 2.0, "", "H", "no load compensation in coma")
SEDATED_EFFORT = constant(
    "sedated_effort", 0.75, "", "H", "a sedated patient no longer breathes at the limit against a load"
)
WITHDRAWAL_DRIVE = constant("withdrawal_drive", 5.0, "L/min", "H", "agitation of precipitated withdrawal; S4")
SHIVERING_COST = constant("shivering_cost", 0.9, "share of VO2", "S", "shivering doubles oxygen use")
SHIVERING_DRIVE = constant("shivering_drive", 4.0, "L/min", "H", "cold skin")
SEIZURE_COST = constant("seizure_cost", 1.1, "share of VO2", "F", "oxygen use of convulsing muscles")
FEVER_DRIVE = constant("fever_drive", 1.2, "L/min/degC", "F", "fever")
PNEUMOTHORAX_DRIVE = constant("pneumothorax_drive", 12.0, "L/min", "F", "lung and chest wall receptors")
THROAT_FLOW = constant(
    "throat_flow", 165.0, "L/min", "F", "through an open upper airway, falls with patency to the 2.3"
)
TONGUE_LOSS = constant("tongue_loss", 0.7, "share", "H", "no load compensation when obtunded")
FAST_EXPONENT = constant("fast_exponent", 0.5, "", "F", "rate against ventilation above rest")
SLOW_EXPONENT = constant("slow_exponent", 0.45, "", "F", "rate against ventilation below rest")
OPIOID_EXPONENT = constant("opioid_exponent", 0.42, "", "F", "opioids cut the rate and keep the depth")
LOAD_RAPID = constant("load_rapid", 0.62, "", "F", "rapid shallow breathing against load; S1 keyframes")
FATIGUE_RAPID = constant("fatigue_rapid", 0.9, "", "F", "rapid shallow breathing of tired muscles")
BREATHES_ALONG = constant("breathes_along", 0.6, "consciousness", "H", "the awake breathe between the bag's breaths")
BAG_RESISTANCE = constant("bag_resistance", 0.016, "", "H", "bag volume lost against resistance")
TIME_CONSTANT = constant("time_constant", 0.35, "s", "S", "expiratory time constant at normal resistance")
BAG_PRESSURE = constant("bag_pressure", 2.2, "mmHg", "F", "mean airway pressure of bag ventilation")
TRAPPED_COMPLIANCE = constant("trapped_compliance", 55.0, "mL/cmH2O", "F", "Tuxen & Lane 1987 (from memory)")
FUNCTIONAL_DEAD_SPACE = constant("functional_dead_space", 0.05, "share", "S", "healthy alveolar dead space")
LOW_FLOW_DEAD_SPACE = constant("low_flow_dead_space", 0.28, "share", "F", "West zone 1 in low output")
OBSTRUCTED_DEAD_SPACE = constant("obstructed_dead_space", 0.2, "share", "F", "McFadden & Lyons 1968")
WORKING_VENTILATION = constant(
    "working_ventilation", 2.2, "rest", "H", "ventilation at which the cost of breathing is full"
)
COMA_SAVING = constant("coma_saving", 0.22, "share of VO2", "H", "oxygen use in coma")
EXERTION_DRIVE = constant("exertion_drive", 16.0, "L/min", "H", "feed-forward of walking, about 20 L per L of O2")
MVV_FACTOR = constant("mvv_factor", 37.5, "/min", "S", "maximal voluntary ventilation over FEV1")
MVV_USABLE = constant("mvv_usable", 0.80, "share", "F", "of maximal ventilation for minutes")
SUSTAINABLE = constant("sustainable", 0.60, "share", "S", "of maximal ventilation without fatigue")
FATIGUE_RATE = constant("fatigue_rate", 0.032, "/min", "F", "exhaustion in 20 to 40 min")
FATIGUE_RECOVERY = constant("fatigue_recovery", 25.0, "min", "H", "time constant")
FATIGUE_RECOVERY_RESTED = constant("fatigue_recovery_rested", 12.0, "min", "H", "with the bag taking over")
EXHAUSTED = constant("exhausted", 0.20, "fatigue", "F", "the muscles are giving out")
RESPIRATORY_LAG = constant("respiratory_lag", 6.0, "s", "H", "afterdischarge of the respiratory centre")
APNOEA_LAG = constant("apnoea_lag", 1.5, "s", "H", "the last breath before a set apnoea")
HUNGER_RATE = constant("hunger_rate", 0.35, "", "H", "unmet drive makes breathing faster and smaller")
WORK_COST = constant("work_cost", 0.33, "share of VO2", "F", "oxygen cost of maximally loaded breathing")
EXERTION_COST = constant("exertion_cost", 2.2, "share of VO2", "S", "walking down stairs, about 3 METs")


@dataclass(slots=True)
class Breath:
    """Ventilation of one second."""

    wanted: float
    """Drive, L/min."""
    limit: float
    """What muscles and airways can do, L/min."""
    ve: float
    """Delivered minute ventilation, L/min."""
    rr: float
    vt: float
    """mL."""
    alveolar: float
    """Alveolar ventilation, L/min."""
    load: float
    """Felt airway load, 0 to 1."""
    bagged: bool
    support: float
    """Work that the bag takes off the muscles, 0 to 1."""
    fio2: float
    pressure: float
    """Mean intrathoracic pressure above its normal value, mmHg."""
    own_rr: float
    """The patient's own breaths while a bag is used."""


def breath_of(n: Norms, s: State, lungs: Lungs, fx: Effects) -> Breath:
    """How the patient breathes in this second, from the state alone."""
    load = (lungs.resistance - 1.0) / (lungs.resistance - 1.0 + LOAD_HALF)
    wanted = s.drive
    limit = _limit(n, s, lungs, fx, load)
    ve = _delivered(wanted, limit)
    if not s.airway_device:
        ve *= 1.0 - TONGUE_LOSS * (1.0 - lungs.patency) * (1.0 - s.consciousness)
    rr, vt = _split(n, s, fx, ve, wanted, load)
    bag_rr, bag_vt, trapped = _bag(n, s, lungs)
    own_rr, bagged = rr, bag_rr > 0.0
    if bagged:
        bag_ve = bag_rr * bag_vt / 1000.0
        rr = bag_rr if bag_ve >= 0.6 * ve and s.consciousness < BREATHES_ALONG else max(rr, bag_rr)
        ve = max(ve, bag_ve)
        vt = 1000.0 * ve / rr
    if lungs.closed:
        ve = vt = 0.0
    return Breath(
        wanted=wanted,
        limit=limit,
        ve=ve,
        rr=rr,
        vt=vt,
        alveolar=_alveolar(n, s, lungs, rr, vt),
        load=load,
        bagged=bagged,
        support=clamp(bag_rr * bag_vt / 1000.0 / n.ve, 0.0, 1.0),
        fio2=inspired_oxygen(n, s, ve, bagged),
        pressure=_pressure(trapped) if bagged else 0.0,
        own_rr=own_rr,
    )


def advance(n: Norms, s: State, lungs: Lungs, breath: Breath, fx: Effects) -> None:
    """One second of the respiratory centre and of the muscles' fatigue."""
    lag = APNOEA_LAG if s.forced_apnoea else RESPIRATORY_LAG
    s.drive = approach(s.drive, _wanted(n, s, breath.load, fx), lag, 1.0)
    s.ve = breath.ve
    sustainable = SUSTAINABLE * MVV_FACTOR * lungs.fev1
    effort = breath.wanted * (1.0 - breath.support) * (1.0 + WATER_WORK * s.lung_water)
    excess = clamp(effort / max(0.5, sustainable) - 1.0, -1.0, 2.5)
    if excess > 0.0:
        s.fatigue += FATIGUE_RATE / 60.0 * excess * (1.0 - s.fatigue)
    else:
        tau = FATIGUE_RECOVERY_RESTED if breath.support > 0.5 else FATIGUE_RECOVERY
        s.fatigue = approach(s.fatigue, 0.0, tau * 60.0, 1.0)


def oxygen_demand(n: Norms, s: State, breath: Breath) -> float:
    """Oxygen that the tissues want, mL/min."""
    working = breath.load * (1.0 - breath.support) * min(1.5, breath.wanted / (WORKING_VENTILATION * n.ve))
    fever = 1.0 + 0.10 * (s.temp_c - 37.0)
    quiet = 1.0 - COMA_SAVING * (1.0 - s.consciousness)
    extra = WORK_COST * working + EXERTION_COST * s.exertion + SEIZURE_COST * seizure.vigour(s)
    extra += SHIVERING_COST * shivering(s)
    return n.vo2 * max(0.3, fever * quiet + extra)


def _wanted(n: Norms, s: State, load: float, fx: Effects) -> float:
    if s.arrest or s.forced_apnoea:
        return 0.0
    awake = s.consciousness
    acid = n.bicarbonate - metabolic_bicarbonate(s.lactate, n.bicarbonate)
    sedated = SEDATED_THRESHOLD * log(1.0 + fx.opioid + fx.benzodiazepine / BENZODIAZEPINE_UNIT)
    stunned = s.primary_brain_injury
    threshold = THRESHOLD + n.co2_threshold - THRESHOLD_ACID * acid + sedated + STUNNED_THRESHOLD * stunned
    saturation = 100.0 * s.sao2
    hypoxic_gate = clamp((s.paco2 - GATE_FROM) / (40.0 - GATE_FROM), 0.25, 1.6)
    chemical = CENTRAL_GAIN * (s.brain_co2 - threshold) + PERIPHERAL_GAIN * (s.paco2 - threshold)
    hypoxic = HYPOXIC_GAIN * max(0.0, 96.0 - saturation) * hypoxic_gate
    if chemical < 0.0:
        alert = max(awake * fx.wakefulness_gain, min(1.0, hypoxic * fx.reflex_gain / HYPOXIA_TAKES_OVER))
        chemical *= 1.0 - (1.0 - BELOW_THRESHOLD) * alert
    chemical += hypoxic
    answers = max(0.0, 1.0 - STUNNED_LOAD * stunned)
    felt = load * (1.0 - RETAINER_FEELS * n.retainer) * answers
    extra = LOAD_DRIVE * felt * awake * fx.load_compensation + SYMPATHETIC_DRIVE * max(0.0, _storm(s) - 0.42)
    extra += (
        BETA2_DRIVE * fx.beta2_heart + FEVER_DRIVE * max(0.0, s.temp_c - 37.5) + PNEUMOTHORAX_DRIVE * s.pneumothorax
    )
    extra += PAIN_DRIVE * s.pain * fx.pain_felt * awake + SEPTIC_DRIVE * s.sepsis + MEDIATOR_DRIVE * s.mediator_level
    extra += WITHDRAWAL_DRIVE * fx.withdrawal * awake
    extra += SHIVERING_DRIVE * shivering(s) + WATER_DRIVE * s.lung_water * answers + LOW_FLOW_DRIVE * _low_flow(n, s)
    extra = EXTRA_LIMIT * tanh(extra / EXTRA_LIMIT) + EXERTION_DRIVE * s.exertion
    awake_drive = (WAKEFULNESS * (0.40 + 0.60 * awake) + extra) * fx.wakefulness_gain
    gain = n.co2_gain * max(0.1, 1.0 - STUNNED_GAIN * stunned)
    total = (awake_drive + gain * chemical * fx.reflex_gain) * min(1.0, 1.10 * s.brainstem)
    total = max(total, AWAKE_FLOOR * REFERENCE_VE * awake * fx.wakefulness_gain * min(1.0, 1.10 * s.brainstem))
    if stunned > 0.0:
        total *= 1.0 - 0.5 * clamp((s.icp - 30.0) / 35.0, 0.0, 1.0)
    total *= (1.0 - seizure.breathlessness(s)) * (1.0 - POSTICTAL_BREATHING * s.postictal * (1.0 - s.seizure))
    return clamp(total * n.ve / REFERENCE_VE, 0.0, 90.0)


def _storm(s: State) -> float:
    """Sympathetic outflow that quickens breathing; the storm of an injured brainstem slows it instead."""
    return min(s.vessel_drive, 0.3) if s.primary_brain_injury > 0.0 else s.vessel_drive


def shivering(s: State) -> float:
    """0 to 1; it stops below 32 degC, in sleep and in paralysis."""
    cold = clamp((36.4 - s.temp_c) / 1.2, 0.0, 1.0) * clamp((s.temp_c - 31.0) / 1.5, 0.0, 1.0)
    return cold * s.consciousness * (1.0 - s.paralysis) * (not s.arrest)


def _low_flow(n: Norms, s: State) -> float:
    """How far the flow to the carotid bodies has fallen, 0 to about 0.8."""
    return clamp(0.90 - s.co / n.co, 0.0, 0.8) * (not s.arrest)


def _limit(n: Norms, s: State, lungs: Lungs, fx: Effects, load: float) -> float:
    muscles = MVV_USABLE * MVV_FACTOR * lungs.fev1 * (1.0 - s.fatigue) * (1.0 - fx.weakness)
    muscles *= 0.15 + 0.85 * fx.wakefulness_gain
    muscles *= 1.0 - SEDATED_EFFORT * load * (1.0 - fx.load_compensation)
    return max(0.05, min(muscles, _throat(n, lungs)))


def _throat(n: Norms, lungs: Lungs) -> float:
    """What passes the upper airway, L/min."""
    return float(THROAT_FLOW * n.size * lungs.patency**2.3)


def _delivered(wanted: float, limit: float) -> float:
    ratio = wanted / limit
    return float(wanted / (1.0 + ratio**4) ** 0.25)


def _split(n: Norms, s: State, fx: Effects, ve: float, wanted: float, load: float) -> tuple[float, float]:
    """Breaths per minute and tidal volume (mL): opioids slow the rate, load and fatigue make breaths small and fast."""
    if ve < 0.15 * n.size:
        return 0.0, 0.0
    relative = ve / n.ve
    opioid = fx.opioid / (fx.opioid + 1.0)
    exponent = (
        FAST_EXPONENT
        if relative > 1.0
        else clamp(SLOW_EXPONENT + OPIOID_EXPONENT * opioid + 0.30 * (1.0 - s.brainstem), 0.0, 0.95)
    )
    awake = s.consciousness
    shallow = 1.0 + LOAD_RAPID * load * awake + 0.5 * max(0.0, _storm(s) - 0.3) + FATIGUE_RAPID * s.fatigue * awake
    shallow += HUNGER_RATE * clamp((wanted - ve) / n.ve, 0.0, 1.2) * awake
    shallow += 0.25 * s.pneumothorax + 0.10 * s.exertion + PAIN_RAPID * s.pain * fx.pain_felt * awake
    shallow += SEPTIC_RAPID * s.sepsis + WATER_RAPID * s.lung_water * awake
    shallow += LOW_FLOW_RAPID * _low_flow(n, s) * fx.wakefulness_gain
    rr = min(n.rr_max, n.rr * relative**exponent * shallow)
    return rr, 1000.0 * ve / rr


def _bag(n: Norms, s: State, lungs: Lungs) -> tuple[float, float, float]:
    """Rate, delivered tidal volume and trapped gas (mL) of bag ventilation."""
    if s.bag_rate <= 0.0:
        return 0.0, 0.0, 0.0
    seal = 1.0 if s.airway_device in ("igel", "ett") else s.bag_seal
    stiffness = 1.0 - 0.55 * s.pneumothorax
    volume = s.bag_volume * seal * clamp(1.8 * lungs.patency, 0.0, 1.0) * stiffness
    volume /= 1.0 + BAG_RESISTANCE * (lungs.resistance - 1.0) * s.bag_rate / 12.0
    expiration = 60.0 / s.bag_rate * 0.65
    trapped = volume / max(0.05, exp(min(30.0, expiration / (TIME_CONSTANT * lungs.resistance))) - 1.0)
    return s.bag_rate, volume, min(trapped, 45.0 * n.weight)


def _pressure(trapped: float) -> float:
    return clamp(BAG_PRESSURE + 0.74 * 0.60 * trapped / TRAPPED_COMPLIANCE, 0.0, 25.0)


def _alveolar(n: Norms, s: State, lungs: Lungs, rr: float, vt: float) -> float:
    apparatus = 0.5 if s.airway_device in ("igel", "ett") else 1.0
    spare = vt - n.dead_space * apparatus
    through = 0.5 * (spare + sqrt(spare * spare + (0.25 * n.dead_space) ** 2)) if vt > 0.0 else 0.0
    flow = clamp(s.co / n.co, 0.02, 1.0)
    functional = (
        FUNCTIONAL_DEAD_SPACE
        + LOW_FLOW_DEAD_SPACE * (1.0 - flow) ** 1.1
        + OBSTRUCTED_DEAD_SPACE * lungs.obstruction
        + 0.15 * s.pneumothorax
        + RETAINED * n.retainer * clamp((s.sao2 - 0.90) / 0.08, 0.0, 1.0)
    )
    return float(max(0.0, rr * min(through, vt) / 1000.0 * (1.0 - functional)))
