"""What an examination finds, from the body's latent state."""

from __future__ import annotations

from math import exp

from knowthyself_tui.domain.body import circulation, haemorrhage, sugar
from knowthyself_tui.domain.body.brain import GCS_PARTS, gcs_of
from knowthyself_tui.domain.body.circulation import Pressures
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.lungs import Lungs
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import EXHAUSTED, Breath

FIXED_PUPIL = constant("fixed_pupil", 6.6, "mm", "H", "a pupil that pressure has widened so far no longer reacts")
SENILE_MIOSIS = constant("senile_miosis", 1.2, "mm", "S", "pupils of the old are smaller, Winn 1994 (from memory)")

Findings = dict[str, str | float]


def findings_of(n: Norms, s: State, lungs: Lungs, breath: Breath, p: Pressures, fx: Effects) -> Findings:
    """Every examination code of this moment."""
    gcs = gcs_of(s)
    eye, verbal, motor = GCS_PARTS[gcs]
    found: Findings = {}
    found.update(_chest(n, s, lungs, breath))
    found.update(_breathing(n, s, lungs, breath))
    found.update(_circulation(n, s, p, fx))
    found.update(_pupils(n, s, fx))
    found.update(_illness(n, s, lungs, p, fx))
    found["avpu"] = _avpu(gcs)
    found["gcs_eye"], found["gcs_verbal"], found["gcs_motor"] = float(eye), float(verbal), float(motor)
    return found


def peak_flow_percent(s: State, lungs: Lungs) -> float:
    """Best of three blows, percent of the patient's best; needs an awake patient's effort."""
    return clamp(8.0 + 1.2 * lungs.fev1_percent, 0.0, 100.0) * (1.0 - 0.5 * s.fatigue) * s.consciousness


def capillary_refill(n: Norms, s: State, fx: Effects) -> float:
    """Seconds, 1 to 9 [H]."""
    flow = (
        max(0.02, s.co / n.co)
        * exp(-1.3 * (s.vessel_drive - 0.25) - 0.6 * (s.heart_drive - 0.20))
        * (1.0 + 0.5 * fx.vasodilatation)
    )
    return round(clamp(1.6 * max(0.02, flow) ** -0.62, 1.0, 9.0), 1)


def _flow(n: Norms, breath: Breath) -> float:
    """Airflow that makes breath sounds, relative to quiet breathing."""
    return breath.ve / n.ve


def _chest(n: Norms, s: State, lungs: Lungs, breath: Breath) -> Findings:
    depth = breath.vt / n.tidal
    openness = 1.0 - lungs.obstruction
    entry = depth * openness
    return {
        "air_entry": "one_sided"
        if s.pneumothorax > 0.3
        else _grade(entry, ((0.55, "normal"), (0.15, "reduced"), (0.075, "poor"))) or "silent",
        "wheeze": _wheeze(n, lungs, breath),
        "bases": _grade(entry, ((0.50, "clear"), (0.24, "reduced"))) or "almost_nothing",
        "percussion": "hyper_resonant_one_side" if s.pneumothorax > 0.3 else "resonant",
        "trachea": "deviated" if s.pneumothorax > 0.7 else "central",
        "expansion": _grade(depth * (1.0 - 0.45 * lungs.obstruction), ((0.85, "full"), (0.32, "small"))) or "minimal",
        "chest_rise": _grade(depth, ((0.65, "good"), (0.12, "poor"))) or "none",
        "peak_flow_percent": round(peak_flow_percent(s, lungs), 1),
    }


def _grade(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    return next((name for limit, name in steps if value >= limit), "")


def _wheeze(n: Norms, lungs: Lungs, breath: Breath) -> str:
    flow = _flow(n, breath)
    if lungs.obstruction < 0.22 or flow * (1.0 - lungs.obstruction) < 0.10:
        return "none"
    if flow * (1.0 - lungs.obstruction) < 0.27:
        return "faint"
    return "loud" if 0.45 <= lungs.obstruction <= 0.74 and flow > 1.0 else "expiratory"


def _breathing(n: Norms, s: State, lungs: Lungs, breath: Breath) -> Findings:
    effort = breath.load * breath.wanted / n.ve
    return {
        "work_of_breathing": _work(n, s, breath, effort),
        "accessory_muscles": "yes" if effort > 0.8 and breath.own_rr > 0.0 else "no",
        "speech": _speech(n, s, lungs, breath),
        "airway": _airway(s, lungs, breath),
        "stridor": _stridor(lungs, breath),
        "capnogram": _capnogram(s, lungs, breath),
        "cyanosis": _cyanosis(s),
    }


def _work(n: Norms, s: State, breath: Breath, effort: float) -> str:
    if breath.own_rr <= 0.5:
        return "none"
    if breath.own_rr < 10.0 and (s.brainstem < 0.8 or gcs_of(s) < 9):
        return "agonal"
    if s.fatigue >= EXHAUSTED and effort > 0.6:
        return "exhausted"
    if effort > 1.2:
        return "severe"
    return "increased" if effort > 0.35 or breath.wanted > 1.6 * n.ve else "normal"


def _speech(n: Norms, s: State, lungs: Lungs, breath: Breath) -> str:
    """How much a patient can say in one breath: reserve above what breathing takes, effort, and consciousness."""
    gcs = gcs_of(s)
    if gcs < 9 or breath.own_rr < 6.0 or s.arrest:
        return "none"
    reserve = breath.limit / max(0.5, breath.wanted)
    short = breath.load * (1.0 + 1.2 * s.fatigue) / max(0.4, reserve)
    if gcs < 13 or short > 1.05:
        return "syllables"
    if short > 0.42:
        return "words"
    return "phrases" if short > 0.165 else "sentences"


def _airway(s: State, lungs: Lungs, breath: Breath) -> str:
    if s.forced_airway == "closed" or lungs.patency < 0.1:
        return "obstructed"
    if _stridor(lungs, breath) != "none":
        return "stridor"
    if s.airway_soiling > 0.2 and not s.airway_device:
        return "gurgling"
    return "snoring" if lungs.patency < 0.82 and breath.own_rr > 0.0 and not breath.bagged else "clear"


def _capnogram(s: State, lungs: Lungs, breath: Breath) -> str:
    if s.etco2 < 3.0:
        return "flat"
    if lungs.obstruction > 0.35:
        return "shark_fin"
    return "low" if s.etco2 < 22.0 else "normal"


def _cyanosis(s: State) -> str:
    """From reduced haemoglobin: lips from about 50 g/L in the capillaries."""
    return _grade(1.0 - s.sao2, ((0.30, "marked"), (0.17, "lips"))) or "none"


def _circulation(n: Norms, s: State, p: Pressures, fx: Effects) -> Findings:
    systolic = circulation.systolic(n, s, p)
    beats = not s.arrest
    return {
        "crt_seconds": capillary_refill(n, s, fx),
        "radial_pulse": _radial(n, s, systolic) if beats else "absent",
        "carotid_pulse": "present" if beats and systolic > 45.0 else "absent",
        "skin": _skin(n, s),
    }


def _radial(n: Norms, s: State, systolic: float) -> str:
    if systolic < 0.59 * n.sbp:
        return "absent"
    if systolic < 0.78 * n.sbp or s.pulse_pressure < 0.52 * n.pp:
        return "weak"
    return "fast" if s.hr > 1.5 * n.hr else "strong"


def _skin(n: Norms, s: State) -> str:
    if s.arrest or s.sao2 < 0.72 or s.co < 0.45 * n.co:
        return "mottled"
    if s.vessel_drive > 0.55 and s.co < 0.85 * n.co:
        return "pale_clammy"
    return "sweaty" if s.heart_drive > 0.40 or sugar.alarm(s) > 0.5 else "normal"


def _pupils(n: Norms, s: State, fx: Effects) -> Findings:
    """Small with opioids, wide with fear, atropine, a dying brainstem; the side of a haematoma (right) goes first."""
    size = (
        4.0
        - SENILE_MIOSIS * n.uneven
        - 2.75 * fx.opioid / (fx.opioid + 0.6)
        + 1.2 * max(0.0, s.vessel_drive - 0.5)
        + 0.8 * fx.vagolysis
    )
    size += 1.2 * s.seizure
    if s.brainstem < 0.25:
        size = 6.5
    right = max(size, 3.0 + 5.0 * s.third_nerve) if s.third_nerve > 0.09 else size
    left = max(size, 3.0 + 3.5 * clamp((s.icp - 44.0) / 20.0, 0.0, 1.0)) if s.icp > 44.0 else size
    overall = "no" if s.brainstem < 0.35 else "sluggish" if s.consciousness < 0.4 else "yes"
    return {
        "pupils_mm": round(clamp(size, 1.0, 8.0), 1),
        "pupil_right_mm": round(clamp(right, 1.0, 8.0), 1),
        "pupil_left_mm": round(clamp(left, 1.0, 8.0), 1),
        "pupils_equal": "no" if abs(right - left) >= 1.0 else "yes",
        "pupils_reactive": overall,
        "pupil_right_reactive": _reaction(right, left, overall),
        "pupil_left_reactive": _reaction(left, right, overall),
    }


def _reaction(size: float, other: float, overall: str) -> str:
    """A pupil that pressure has widened reacts slowly, then not at all; the other one reacts as long as it is small."""
    if overall == "no" or abs(size - other) < 1.0:
        return overall
    if size < other:
        return "yes"
    return "no" if size >= FIXED_PUPIL else "sluggish"


def _illness(n: Norms, s: State, lungs: Lungs, p: Pressures, fx: Effects) -> Findings:
    """Signs that one illness gives."""
    bleeding = haemorrhage.flow_of(n, s, p.map, fx)
    return {
        "rash": _grade(s.mediator_level, ((0.55, "widespread"), (0.12, "patches"))) or "none",
        "face_swelling": _face(n, s, lungs),
        "bleeding": _grade(bleeding, ((80.0, "brisk"), (8.0, "steady"), (0.5, "ooze"))) or "none",
        "crackles": _grade(s.lung_water, ((0.5, "widespread"), (0.15, "bases"))) or "none",
        "neck_veins": "distended" if p.cvp > 6.0 else "flat" if p.cvp < 1.0 else "normal",
        "movement": "convulsing" if s.seizure > 0.5 else "shivering" if s.temp_c < 35.5 and s.temp_c > 32.0 else "none",
        "skin_temperature": _warmth(n, s, fx),
        "pain_score": round(10.0 * max(s.pain, 0.9 * s.ischaemia) * fx.pain_felt),
    }


def _face(n: Norms, s: State, lungs: Lungs) -> str:
    """Lips and lids swell with the throat in anaphylaxis and angioedema; in croup and burns only the throat does."""
    if s.mediator <= 0.0 and n.kinin <= 0.0:
        return "none"
    return _grade(lungs.swelling, ((0.45, "marked"), (0.12, "lips"))) or "none"


def _warmth(n: Norms, s: State, fx: Effects) -> str:
    if s.temp_c >= 38.0:
        return "hot"
    return "cold" if (s.vessel_drive > 0.55 and s.co < 0.8 * n.co) or s.temp_c < 35.0 else "warm"


def _stridor(lungs: Lungs, breath: Breath) -> str:
    """Noise of air past a swollen larynx; it fades when no air moves."""
    if lungs.swelling < 0.22 or breath.bagged or breath.ve < 1.0:
        return "none"
    return "loud" if lungs.swelling > 0.5 else "soft"


def _avpu(gcs: int) -> str:
    """Alert, to voice, to pain or unresponsive, in step with the eye and motor scores of `GCS_PARTS`."""
    return _grade(float(gcs), ((15.0, "A"), (11.0, "V"), (4.0, "P"))) or "U"
