"""The brain: its blood flow, the oxygen left in its venous blood, consciousness, and the brainstem."""

from __future__ import annotations

from knowthyself_tui.domain.body import intracranial
from knowthyself_tui.domain.body.circulation import Pressures
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, clamp, sigmoid
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

CEREBRAL_USE = constant("cerebral_use", 0.33, "saturation", "S", "oxygen taken from the brain's blood at rest")
CO2_REACTIVITY = constant("co2_reactivity", 0.032, "/mmHg", "S", "cerebral blood flow")
AWAKE_JUGULAR = constant("awake_jugular", 0.350, "saturation", "F", "hypobaric chamber study of the US Navy")
STEM_JUGULAR = constant("stem_jugular", 0.185, "saturation", "F", "asphyxia: last breaths")
NARCOSIS = constant("narcosis", 108.0, "mmHg", "S", "CO2 narcosis")
AWAKE_FALL = constant("awake_fall", 4.0, "s", "F", "loss of consciousness")
AWAKE_RETURN = constant("awake_return", 60.0, "s", "F", "return, Moore & Woollard 2005")
STEM_SECONDS = constant("stem_seconds", 22.0, "s", "F", "brainstem drive")
VASOMOTOR_SECONDS = constant("vasomotor_seconds", 80.0, "s", "F", "sympathetic output without oxygen")
BRAIN_CO2_SECONDS = constant("brain_co2_seconds", 55.0, "s", "S", "central chemoreceptor, at normal flow")
HYPOXIC_DILATATION = constant("hypoxic_dilatation", 0.99, "share", "F", "cerebral blood flow at most doubles")
AWAKE_WIDTH = constant("awake_width", 0.032, "saturation", "F", "hypobaric chamber study of the US Navy")
STEM_WIDTH = constant("stem_width", 0.026, "saturation", "F", "asphyxia: last breaths")
FLOW_FLOOR = constant("flow_floor", 12.0, "mmHg", "F", "perfusion pressure without flow")
FLOW_SPAN = constant("flow_span", 46.0, "mmHg", "F", "cerebral flow falls linearly below autoregulation")
OPIOID_SLEEP = constant("opioid_sleep", 3.3, "", "F", "opioid effect that halves consciousness; S4: GCS 3 at RR 4")
OPIOID_SLEEP_POWER = constant(
    "opioid_sleep_power", 3.0, "", "H", "awake while it eases pain, asleep when it stops breath"
)
BENZODIAZEPINE_SLEEP = constant("benzodiazepine_sleep", 190.0, "ng/mL", "F", "midazolam that halves consciousness")
DISSOCIATED = constant("dissociated", 0.85, "share", "H", "ketamine")
GLUCOSE_SLEEP = constant("glucose_sleep", 1.52, "mmol/L", "F", "Moore & Woollard 2005")
LOW_FLOW_SLEEP = constant("low_flow_sleep", 0.6, "share", "H", "consciousness at an output below 60 %")
EXHAUSTION_START = constant("exhaustion_start", 0.10, "fatigue", "F", "S1 keyframes: drowsy before the end")
EXHAUSTION_SPAN = constant("exhaustion_span", 0.30, "fatigue", "F", "S1 keyframes")
EXHAUSTION_DEPTH = constant("exhaustion_depth", 0.45, "share", "H", "consciousness lost in full exhaustion")

SEIZURE_SLEEP = constant("seizure_sleep", 0.97, "share", "F", "no consciousness in a generalised convulsion")
POSTICTAL_SLEEP = constant("postictal_sleep", 0.75, "share", "H", "post-ictal GCS 6 to 11")
PULSELESS_SLEEP = constant("pulseless_sleep", 0.1, "share", "H", "consciousness under compressions")
AWAKE_ICP = constant("awake_icp", 46.0, "mmHg", "H", "intracranial pressure that halves consciousness")
AWAKE_ICP_WIDTH = constant("awake_icp_width", 6.5, "mmHg", "H", "intracranial pressure and consciousness")
COLD_SLEEP = constant("cold_sleep", 29.5, "degC", "S", "consciousness is lost near 30, Brown 2012")
HURT_JUGULAR = constant("hurt_jugular", 0.16, "saturation", "H", "brain cells die below it")
HURT_RATE = constant("hurt_rate", 0.12, "/min", "H", "consciousness lost to minutes without oxygen")
STEM_GLUCOSE = constant("stem_glucose", 0.55, "mmol/L", "H", "the brainstem outlasts the rest")
STEM_ICP = constant("stem_icp", 72.0, "mmHg", "H", "herniation")
STEM_ICP_WIDTH = constant("stem_icp_width", 5.0, "mmHg", "H", "herniation")

GCS_PARTS: dict[int, tuple[int, int, int]] = {
    15: (4, 5, 6),
    14: (3, 5, 6),
    13: (3, 4, 6),
    12: (3, 4, 5),
    11: (3, 3, 5),
    10: (2, 3, 5),
    9: (2, 2, 5),
    8: (2, 2, 4),
    7: (1, 2, 4),
    6: (1, 1, 4),
    5: (1, 1, 3),
    4: (1, 1, 2),
    3: (1, 1, 1),
}
"""Eye, verbal and motor score of a drowsy, then stuporous, then comatose patient [H]."""


def blood_flow(n: Norms, s: State, p: Pressures) -> float:
    """Cerebral blood flow relative to rest."""
    carbon = clamp(1.0 + CO2_REACTIVITY * (s.paco2 - 40.0), 0.62, 2.1)
    hypoxic = 1.0 + HYPOXIC_DILATATION * clamp((0.92 - s.sao2) / 0.42, 0.0, 1.0)
    cpp = intracranial.perfusion_pressure(s, p.map)
    pressure = clamp((cpp - FLOW_FLOOR) / FLOW_SPAN, 0.0, 1.0)
    return min(2.6, carbon * hypoxic) * pressure


def advance(n: Norms, s: State, p: Pressures, fx: Effects, dt: float) -> None:
    """The brain for `dt` seconds."""
    flow = max(0.02, blood_flow(n, s, p))
    carrying = clamp(s.haemoglobin_g / s.blood * 1000.0 / n.haemoglobin, 0.2, 1.3)
    use = CEREBRAL_USE * (1.0 - 0.2 * (1.0 - s.consciousness)) / carrying
    s.jugular = approach(s.jugular, max(0.0, s.sao2 - use / flow), 9.0, dt)
    s.brain_co2 = approach(s.brain_co2, s.paco2, BRAIN_CO2_SECONDS / clamp(flow, 0.3, 2.0), dt)
    awake = _awake(n, s, fx)
    s.paralysis = fx.weakness
    if s.jugular < HURT_JUGULAR:
        hurt = HURT_RATE * min(1.0, (HURT_JUGULAR - s.jugular) / HURT_JUGULAR)
        s.brain_injury = min(0.95, s.brain_injury + hurt * dt / 60.0)
    s.consciousness = approach(s.consciousness, awake, AWAKE_FALL if awake < s.consciousness else AWAKE_RETURN, dt)
    intracranial.advance(s, p.map, flow, fx, dt)
    stem = sigmoid((s.jugular - STEM_JUGULAR) / STEM_WIDTH) * sigmoid((STEM_ICP - s.icp) / STEM_ICP_WIDTH)
    stem *= sigmoid((s.brain_glucose - STEM_GLUCOSE) / 0.08)
    s.brainstem = approach(s.brainstem, stem, STEM_SECONDS, dt)
    s.vasomotor = approach(s.vasomotor, s.brainstem, VASOMOTOR_SECONDS, dt)


def gcs_of(s: State) -> int:
    """Glasgow Coma Scale as a whole number, 3 to 15."""
    moving = 1.0 - clamp((s.paralysis - 0.5) / 0.4, 0.0, 1.0)
    return round(clamp(3.0 + 12.0 * s.consciousness * moving, 3.0, 15.0))


def _awake(n: Norms, s: State, fx: Effects) -> float:
    awake = sigmoid((s.jugular - AWAKE_JUGULAR) / AWAKE_WIDTH)
    awake /= 1.0 + (s.brain_co2 / NARCOSIS) ** 7
    awake /= 1.0 + (fx.opioid / OPIOID_SLEEP) ** OPIOID_SLEEP_POWER
    awake /= 1.0 + (fx.benzodiazepine / BENZODIAZEPINE_SLEEP) ** 2
    awake *= 1.0 - DISSOCIATED * fx.dissociation
    awake *= sigmoid((s.temp_c - COLD_SLEEP) / 1.2)
    awake /= 1.0 + fx.hypnotic**3
    sugar = (max(0.1, s.brain_glucose) / GLUCOSE_SLEEP) ** 5
    awake *= sugar / (1.0 + sugar)
    awake *= 1.0 - EXHAUSTION_DEPTH * clamp((s.fatigue - EXHAUSTION_START) / EXHAUSTION_SPAN, 0.0, 1.0)
    awake *= 1.0 - LOW_FLOW_SLEEP * clamp((0.6 - s.co / n.co) / 0.5, 0.0, 1.0)
    awake *= (1.0 - SEIZURE_SLEEP * s.seizure) * (1.0 - POSTICTAL_SLEEP * s.postictal)
    awake *= sigmoid((AWAKE_ICP - s.icp) / AWAKE_ICP_WIDTH) * (1.0 - s.primary_brain_injury)
    awake *= PULSELESS_SLEEP if s.arrest and s.compressions else 1.0
    return float(awake * (1.0 - s.brain_injury))
