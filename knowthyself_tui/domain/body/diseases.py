"""Latent diseases by their long names, their limits, and their natural history."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

from knowthyself_tui.domain.body import pharmacology
from knowthyself_tui.domain.body.circulation import CENTRAL_COMPLIANCE, mean_pressure
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import CENTRAL_VENOUS, Norms
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.errors import ContentError

RELIEF = constant("relief", 0.9, "share", "F", "bronchodilation stops the spasm from getting worse")
PLUG_RATE = constant("plug_rate", 0.22, "share", "F", "plugging follows at this share of the rate of spasm")
STEROID_HOURS = constant(
    "steroid_hours", 240.0, "min", "H", "time constant of plugs and spasm under full steroid effect"
)
DRIVEN_LEAK = constant("driven_leak", 0.06, "/min", "H", "a bag blows up a torn lung, Leigh-Smith & Harris 2005")
VENTED = constant("vented", 0.85, "share", "H", "leak that a cannula lets out")
FLOODING_PRESSURE = constant("flooding_pressure", 19.0, "mmHg", "S", "left atrial pressure that floods the lung")
LEFT_PRESSURE = constant("left_pressure", 9.0, "mmHg", "S", "resting left atrial pressure")
LEFT_WEAK = constant("left_weak", 26.0, "mmHg", "H", "behind a left ventricle that does not contract")
LEFT_FILLING = constant("left_filling", 1.2, "mmHg/mmHg", "H", "left pressure against right filling in health")
LEFT_STIFF = constant("left_stiff", 3.0, "mmHg/mmHg", "H", "more of it in a weak heart")
LEFT_AFTERLOAD = constant("left_afterload", 0.25, "mmHg/mmHg", "H", "what the heart cannot push backs up")
LEFT_YIELDS = constant("left_yields", 150.0, "mmHg", "H", "mean pressure above which it backs up")
LYMPH = constant("lymph", 18.0, "mmHg", "H", "a failing heart's lungs have grown used to pressure")
THINNED = constant("thinned", 6.0, "mmHg", "H", "flooding pressure that litres of crystalloid take away")
FLOODING = constant("flooding", 0.004, "/min/mmHg", "H", "oedema builds up in tens of minutes")
DRAINAGE = constant("drainage", 0.003, "/min", "S", "3 to 25 % an hour, Ware 2001")
SPASM_LIMIT = 0.97
SWELLING_LIMIT = 0.95
SOILING_LIMIT = 0.9
SWELLING_HELD = constant("swelling_held", 3.0, "", "H", "adrenaline against a throat that swells, S2.11")
RETCHING = constant("retching", 0.05, "/min", "H", "vomit of precipitated withdrawal in the throat of the drowsy; S4")
SWALLOWS = constant("swallows", 0.5, "", "H", "consciousness below which nobody clears the throat; GCS about 8")
_TAKEN = re.compile(r"taken_(?P<drug>[a-z_]+)_(?P<route>iv|im|sc|po|in)_mg")


@dataclass(frozen=True, slots=True)
class Condition:
    """A severity that a scenario sets, and where the body keeps it."""

    name: str
    low: float
    high: float
    meaning: str


_ROWS = (
    Condition(
        "bronchospasm", 0.0, SPASM_LIMIT, "airway smooth muscle, relieved by bronchodilators; share of calibre lost"
    ),
    Condition("mucus_plugging", 0.0, SPASM_LIMIT, "plugs that bronchodilators do not move; share of calibre lost"),
    Condition("bronchospasm_rate_per_min", 0.0, 0.2, "how fast untreated spasm gets worse"),
    Condition("fatigue", 0.0, 1.0, "exhaustion of the muscles of breathing"),
    Condition("pneumothorax", 0.0, 1.0, "air in the pleura, 1 a tension that empties the heart"),
    Condition("pneumothorax_rate_per_min", 0.0, 0.5, "how fast it grows"),
    Condition("mediator", 0.0, 1.0, "anaphylaxis: mast cell mediators that the exposure releases"),
    Condition("mediator_onset_min", 0.5, 60.0, "how fast they come, time constant in minutes; food 5, venom 2.6"),
    Condition("mediator_bronchial", 0.0, 1.0, "how much of them the bronchi feel"),
    Condition("mediator_laryngeal", 0.0, 1.0, "how much of them the larynx and tongue feel"),
    Condition("mediator_vascular", 0.0, 1.0, "how much of them vessels and heart feel"),
    Condition(
        "airway_swelling", 0.0, 0.95, "swelling of the upper airway, share of it lost (croup, burns, angioedema)"
    ),
    Condition("airway_swelling_rate_per_min", 0.0, 0.2, "how fast it grows"),
    Condition("airway_soiling", 0.0, 0.9, "vomit, blood or saliva in the throat; suction clears it"),
    Condition("airway_soiling_rate_per_min", 0.0, 0.2, "how fast it collects while nobody swallows"),
    Condition("haemorrhage_ml_min", 0.0, 3000.0, "bleeding at a mean pressure of 93 mmHg; follows the pressure"),
    Condition("haemorrhage_limb", 0.0, 1.0, "share of the bleeding that a tourniquet reaches"),
    Condition("haemorrhage_site", 0.0, 3.0, "limb that bleeds: 0 any, 1 lower leg, 2 thigh, 3 arm"),
    Condition(
        "tourniquet_slips", 0.0, 1.0, "share of its hold that a tourniquet loses when the patient is first moved"
    ),
    Condition("clot", 0.0, 0.95, "share of it that a clot holds"),
    Condition("pain", 0.0, 1.0, "10 out of 10 is 1"),
    Condition("seizure_drive", 0.0, 1.0, "convulses above 0.42; benzodiazepines hold it down"),
    Condition("postictal", 0.0, 1.0, "sleep after a convulsion"),
    Condition("intracranial_haematoma_ml", 0.0, 250.0, "blood in the skull"),
    Condition("intracranial_haematoma_rate_ml_min", 0.0, 20.0, "how fast it grows at normal perfusion"),
    Condition("brain_oedema_ml", 0.0, 150.0, "swelling of the brain"),
    Condition("primary_brain_injury", 0.0, 1.0, "consciousness that the blow itself took"),
    Condition("infarct", 0.0, 0.9, "left ventricle that does not contract"),
    Condition("right_ventricular_infarct", 0.0, 1.0, "right ventricle that needs more filling"),
    Condition("ischaemia", 0.0, 1.0, "chest pain of the heart"),
    Condition("vf_at_min", -1.0, 600.0, "minute after contact at which the heart fibrillates; -1 never"),
    Condition("vagal_tone", 0.0, 1.0, "slow heart of a faint or an inferior infarct"),
    Condition("av_block", 0.0, 3.0, "degree of atrioventricular block"),
    Condition("av_block_rate_per_min", 0.0, 1.0, "how fast it gets worse"),
    Condition("insulin", 0.0, 0.98, "fall of the glucose that the body aims at"),
    Condition("sepsis", 0.0, 1.0, "vasodilatation, leak, fever"),
    Condition("lung_water", 0.0, 1.0, "oedema or pneumonia: flooded lung"),
    Condition("cold_exposure", 0.0, 1.0, "heat lost to wind, wet or cold ground"),
    Condition("glucose", 0.5, 40.0, "blood glucose at contact, mmol/L"),
    Condition("temp_c", 28.0, 43.0, "core temperature at contact, degC"),
)

CONDITIONS: dict[str, Condition] = {row.name: row for row in _ROWS}
CONDITION_NAMES: tuple[str, ...] = tuple(CONDITIONS)


def insert(s: State, name: str, severity: float) -> None:
    """Set a latent disease, or take a drug before anyone came (`taken_<drug>_<route>_mg`)."""
    if not isfinite(float(severity)):
        raise ContentError(f"The severity of “{name}” must be a number.")
    if match := _TAKEN.fullmatch(name):
        if match["drug"] not in DRUGS:
            raise ContentError(f"The body has no drug “{match['drug']}”.")
        drug, route = DRUGS[match["drug"]], match["route"].upper()
        if route != "IV" and route not in drug.routes:
            raise ContentError(f"The body cannot take “{match['drug']}” by the route {route}.")
        pharmacology.give(s, drug, route, max(0.0, float(severity)) * 1000.0)
        return
    if name not in CONDITIONS:
        raise ContentError(f"The body has no condition “{name}”; it has {', '.join(CONDITION_NAMES)}.")
    row = CONDITIONS[name]
    setattr(s, name, clamp(float(severity), row.low, row.high))
    if name == "glucose":
        s.brain_glucose = s.glucose


def is_condition(name: str) -> bool:
    """Whether `insert` knows the name."""
    match = _TAKEN.fullmatch(name)
    if match is None or match["drug"] not in DRUGS:
        return name in CONDITIONS
    return match["route"] == "iv" or match["route"].upper() in DRUGS[match["drug"]].routes


def advance(n: Norms, s: State, fx: Effects) -> None:
    """One second of natural history under treatment."""
    _bronchi(s, fx)
    minutes = 1.0 / 60.0
    driven = s.bag_rate > 0.0
    leak = s.pneumothorax_rate_per_min * (3.0 if driven else 1.0) + DRIVEN_LEAK * driven * (s.pneumothorax > 0.15)
    s.pneumothorax = min(1.0, s.pneumothorax + leak * minutes * (1.0 - VENTED * s.vented))
    growth = s.airway_swelling_rate_per_min * minutes * _held(n, s, fx)
    s.airway_swelling = clamp(s.airway_swelling + growth, 0.0, SWELLING_LIMIT)
    if s.consciousness < SWALLOWS or s.seizure > 0.5:
        s.airway_soiling = min(SOILING_LIMIT, s.airway_soiling + s.airway_soiling_rate_per_min * minutes)
    if fx.withdrawal > 0.5 and s.consciousness < 0.95:
        s.airway_soiling = min(SOILING_LIMIT, s.airway_soiling + RETCHING * minutes)
    s.av_block = min(3.0, s.av_block + s.av_block_rate_per_min * minutes * (1.0 - fx.antiplatelet))
    if s.vf_at_min >= 0.0:
        s.vf_at_min += fx.antiplatelet * minutes
    _lung_water(n, s, fx, minutes)


def _held(n: Norms, s: State, fx: Effects) -> float:
    """Adrenaline holds and takes back the swelling of anaphylaxis; after an ACE inhibitor it clears more slowly."""
    if s.mediator <= 0.0:
        return 1.0
    left = 1.0 - SWELLING_HELD * fx.given_beta
    return left if left > 0.0 else left * (1.0 - n.kinin)


def _bronchi(s: State, fx: Effects) -> None:
    minutes = 1.0 / 60.0
    rate = s.bronchospasm_rate_per_min * (1.0 - RELIEF * fx.bronchodilation) * minutes
    rate *= clamp((SPASM_LIMIT - s.bronchospasm) / 0.10, 0.0, 1.0)
    if s.bronchospasm_rate_per_min > 0.0:
        s.bronchospasm = min(SPASM_LIMIT, s.bronchospasm + rate)
        s.mucus_plugging = min(SPASM_LIMIT, s.mucus_plugging + PLUG_RATE * rate)
    if fx.steroid > 0.0:
        kept = 1.0 - fx.steroid / STEROID_HOURS * minutes
        s.bronchospasm *= kept
        s.mucus_plugging *= kept


def _lung_water(n: Norms, s: State, fx: Effects, minutes: float) -> None:
    """Fluid into the lung when the pressure behind the left ventricle is high, and out again, faster with treatment."""
    weak = s.infarct + (1.0 - n.contractility)
    filling = s.central_volume / n.size / CENTRAL_COMPLIANCE - CENTRAL_VENOUS
    behind = LEFT_PRESSURE + LEFT_WEAK * weak + (LEFT_FILLING + LEFT_STIFF * weak) * filling
    behind += LEFT_AFTERLOAD * max(0.0, mean_pressure(n, s) - LEFT_YIELDS)
    thin = THINNED * clamp(s.crystalloid_out / (60.0 * n.weight), 0.0, 1.0)
    used_to = LYMPH * (1.0 - n.contractility)
    flooding = FLOODING * max(0.0, behind - FLOODING_PRESSURE - used_to + thin)
    drainage = DRAINAGE * (1.0 + 4.0 * min(1.0, fx.nitrate) + 2.0 * fx.diuresis + (1.0 - POSITIONS[s.position].flat))
    if flooding > 0.0 or s.lung_water > 0.0:
        s.lung_water = clamp(s.lung_water + (flooding - drainage * s.lung_water) * minutes, 0.0, 1.0)
