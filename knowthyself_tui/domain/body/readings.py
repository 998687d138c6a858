"""What can be read off the body: vital signs, named values, and the treatments that run."""

from __future__ import annotations

from math import isfinite

from knowthyself_tui.domain.body import circulation, haemorrhage, intracranial, pharmacology
from knowthyself_tui.domain.body.brain import gcs_of
from knowthyself_tui.domain.body.circulation import Pressures
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.heart import rhythm_of
from knowthyself_tui.domain.body.lungs import Lungs
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import EXHAUSTED, Breath
from knowthyself_tui.domain.vitals import Vitals

MMHG_PER_KPA = constant("mmhg_per_kpa", 7.50062, "mmHg/kPa", "S", "unit")
PROBE_MAP = constant("probe_map", 38.0, "mmHg", "H", "an oximeter reads nothing below it")


def vitals_of(n: Norms, s: State, breath: Breath, p: Pressures, fx: Effects) -> Vitals:
    """True vital signs; None with a reason where nothing can be measured."""
    reasons: dict[str, str] = {}
    pulseless = bool(s.arrest)
    if pulseless:
        reasons |= {"sbp": "no pulse", "dbp": "no pulse"}
    if pulseless or p.map < PROBE_MAP:
        reasons["spo2"] = "no pulse" if pulseless else "poor perfusion"
    return Vitals(
        hr=0.0 if pulseless else s.hr,
        rr=_rate(s, breath),
        spo2=None if "spo2" in reasons else s.spo2,
        sbp=None if pulseless else circulation.systolic(n, s, p),
        dbp=None if pulseless else circulation.diastolic(n, s, p),
        etco2_kpa=s.etco2 / MMHG_PER_KPA,
        gcs=float(gcs_of(s)),
        temp_c=s.temp_c,
        glucose_mmol_l=s.glucose,
        rhythm=rhythm_of(n, s, fx),
        reasons=reasons,
    )


def values_of(n: Norms, s: State, lungs: Lungs, breath: Breath, p: Pressures, fx: Effects) -> dict[str, float]:
    """Every number by name; in arrest there is no oximeter reading and no blood pressure."""
    v = vitals_of(n, s, breath, p, fx)
    named: dict[str, float | None] = {
        "hr": v.hr,
        "rr": v.rr,
        "spo2": v.spo2,
        "sao2": 100.0 * s.sao2,
        "pao2_mmhg": s.pao2,
        "paco2_mmhg": s.paco2,
        "ph": s.ph,
        "etco2_kpa": v.etco2_kpa,
        "etco2_mmhg": s.etco2,
        "vo2_ml_min": s.vo2,
        "ve_l_min": breath.ve,
        "vt_ml": breath.vt,
        "fio2": breath.fio2,
        "sbp": v.sbp,
        "dbp": v.dbp,
        "map": p.map,
        "co_l_min": s.co,
        "sv_ml": 0.0 if s.arrest else 1000.0 * s.co / max(s.hr, 1.0),
        "cvp_mmhg": p.cvp,
        "icp_mmhg": s.icp,
        "cpp_mmhg": intracranial.perfusion_pressure(s, p.map),
        "own_rr": 0.0 if s.arrest else breath.own_rr,
        "gcs": v.gcs,
        "consciousness": s.consciousness,
        "fev1_percent": lungs.fev1_percent,
        "obstruction": lungs.obstruction,
        "fatigue": s.fatigue,
        "exhausted": float(s.fatigue >= EXHAUSTED),
        "exertion": s.exertion,
        "energy": s.energy,
        "blood_volume_ml": s.blood,
        "blood_lost_ml": s.blood_lost,
        "plasma_leaked_ml": s.plasma_leaked,
        "bleeding_ml_min": haemorrhage.flow_of(n, s, p.map, fx),
        "haemoglobin_g_l": 1000.0 * s.haemoglobin_g / s.blood,
        "seizing": s.seizure,
        "postictal": s.postictal,
        "swelling": lungs.swelling,
        "mediator_level": s.mediator_level,
        "lung_water": s.lung_water,
        "clot": s.clot,
        "pain_felt": max(s.pain, 0.9 * s.ischaemia) * fx.pain_felt,
        "opioid_effect": fx.opioid,
        "withdrawal": fx.withdrawal,
        "glucose_mmol_l": s.glucose,
        "temp_c": s.temp_c,
        "lactate_mmol_l": s.lactate,
        "arrested": float(bool(s.arrest)),
    }
    for drug, amounts in s.drugs.items():
        named[f"c_{drug}"] = pharmacology.plasma_ng_ml(n, s, drug)
        named[f"e_{drug}"] = amounts[3]
    return {name: value for name, value in named.items() if value is not None and isfinite(value)}


def running_of(s: State) -> frozenset[str]:
    """Treatments that run at this moment."""
    names = {f"infusion:{row[0]}" for row in s.infusions} | {f"fluid:{row[0]}" for row in s.fluids}
    bagged = s.bag_rate > 0.0
    if s.oxygen_device or s.nebuliser_seconds > 0 or (bagged and s.bag_flow > 0.0):
        names.add("oxygen")
    if s.nebuliser_seconds > 0:
        names.add("nebuliser")
    if bagged:
        names.add("ventilation")
    if s.compressions:
        names.add("cpr")
    if s.access:
        names.add("iv_access")
    if s.tourniquet > 0.0:
        names.add("tourniquet")
    if s.pressure > 0.0:
        names.add("pressure")
    if s.pacing_rate > 0.0:
        names.add("pacing")
    if s.pads:
        names.add("pads")
    if s.airway_device:
        names.add(f"airway:{s.airway_device}")
    if s.manoeuvre:
        names.add(f"airway:{s.manoeuvre}")
    return frozenset(names)


def _rate(s: State, breath: Breath) -> float:
    """Breaths that move gas: the patient's own, or the bag's."""
    if s.arrest and not breath.bagged:
        return 0.0
    return breath.rr
