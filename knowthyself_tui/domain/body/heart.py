"""The heart's energy, its arrest, compressions, shocks, and the return of circulation."""

from __future__ import annotations

from knowthyself_tui.domain.body import circulation
from knowthyself_tui.domain.body.blood import HUEFNER
from knowthyself_tui.domain.body.circulation import Pressures
from knowthyself_tui.domain.body.effects import Effects
from knowthyself_tui.domain.body.maths import approach, chance, clamp
from knowthyself_tui.domain.body.patient import CENTRAL_VENOUS, Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

RESERVE = constant("coronary_reserve", 3.4, "", "F", "supply over demand at rest")
ENERGY_FALL = constant("energy_fall", 90.0, "s", "F", "asphyxial arrest at 5 to 10 min")
ENERGY_RISE = constant("energy_rise", 18.0, "s", "H", "recovery once supplied")
CORONARY_CLOSING = constant("coronary_closing", 8.0, "mmHg", "S", "coronary flow stops above zero, Bellamy 1978")
SHOCKABLE = constant("shockable", 0.30, "energy", "H", "a starved heart does not stay out of fibrillation")
SHOCK_LUCK = constant("shock_luck", 0.12, "energy", "H", "how much more it needs, by chance")
SHOCK_HELP = constant("shock_help", 0.06, "energy", "H", "what amiodarone takes off")
ARREST_MAP = constant("arrest_map", 23.0, "mmHg", "H", "no palpable pulse")
ARREST_ENERGY = constant("arrest_energy", 0.15, "", "H", "no effective beat")
VENTRICULAR_FROM = constant("ventricular_from", 0.80, "", "H", "irritability of ventricular tachycardia")
VAGAL_BLOCK = constant("vagal_block", 1.2, "degree", "H", "block of an inferior infarct that answers to atropine")
NO_FLOW_SECONDS = constant("no_flow_seconds", 600.0, "s", "H", "time without flow that takes the heart's recovery")
NO_FLOW_LOSS = constant("no_flow_loss", 0.6, "share", "H", "recovery lost to time without flow")
NO_FLOW_HEALING = constant("no_flow_healing", 1800.0, "s", "H", "slow recovery under compressions")
VF_HAZARD = constant("vf_hazard", 0.0020, "/s", "H", "about one in four after adrenaline 1 mg into a beating heart")
COMPRESSED_SUPPLY = constant("compressed_supply", 0.16, "share of resting supply", "F", "coronary flow of compressions")
COMPRESSED_ALPHA = constant("compressed_alpha", 0.6, "", "F", "adrenaline raises coronary perfusion pressure in CPR")
ARREST_DEMAND = constant("arrest_demand", 1.0, "share of resting demand", "H", "a heart that does not beat")
FIBRILLATION_DEMAND = constant("fibrillation_demand", 1.1, "share of resting demand", "H", "a heart that fibrillates")
ACID_ENERGY = constant("acid_energy", 0.35, "share", "H", "below pH 7.0")
FAST, SLOW = 1.35, 0.75
"""Of a child's resting rate."""
COLD_HEART = constant("cold_heart", 28.5, "degC", "S", "the heart fibrillates below 28, Brown 2012")
ROSC_PEA = constant("rosc_pea", 0.42, "", "H", "energy at which a PEA heart beats again")
ROSC_ASYSTOLE = constant("rosc_asystole", 0.60, "", "H", "energy at which asystole ends")
ROSC_FILLING = constant("rosc_filling", 0.5, "mmHg", "H", "an empty or squeezed heart does not start again")
ROSC_SECONDS = 20
PULSELESS_SECONDS = 25
"""Without pressure a patient faints first; this long without it, the heart does not come back by itself [H]."""
PEA_SECONDS = 240
VF_SECONDS = 840
STUNNING = constant("stunning", 0.28, "share", "H", "myocardial depression after arrest")


def advance(n: Norms, s: State, p: Pressures, fx: Effects) -> None:
    """One second of myocardial energy and of the logic of arrest."""
    _energy(n, s, p, fx)
    if 0.0 <= s.vf_at_min <= s.seconds / 60.0:
        s.vf_at_min = -1.0
        if not s.arrest:
            arrest(s, "vf")
    if s.arrest:
        s.arrest_seconds += 1
        _starve(s)
        _degenerate(s)
        _return_of_circulation(s, p)
        return
    s.stunning = approach(s.stunning, 0.0, 1800.0, 1.0)
    s.no_flow = approach(s.no_flow, 0.0, 600.0, 1.0)
    s.pulseless_seconds = s.pulseless_seconds + 1 if p.map < ARREST_MAP else 0
    if s.pulseless_seconds > PULSELESS_SECONDS or s.energy < ARREST_ENERGY:
        arrest(s, "pea")
    elif chance(s.seed, s.seconds, "vf") < VF_HAZARD * _irritable(s, fx):
        arrest(s, "vf")


def _irritable(s: State, fx: Effects) -> float:
    return max(0.0, fx.arrhythmia - 0.25) + max(0.0, COLD_HEART - s.temp_c)


def _starve(s: State) -> None:
    """Time without flow costs the heart its recovery, compressions give a little back."""
    if s.compressions:
        s.no_flow = approach(s.no_flow, 0.0, NO_FLOW_HEALING, 1.0)
    else:
        s.no_flow = min(1.0, s.no_flow + 1.0 / NO_FLOW_SECONDS)


def arrest(s: State, rhythm: str) -> None:
    s.arrest = rhythm
    s.arrest_seconds = s.rosc_seconds = s.pulseless_seconds = 0
    s.co = 0.0


def shock(s: State, fx: Effects) -> bool:
    """Deliver a shock; true when it ended ventricular fibrillation."""
    hardness = SHOCKABLE + SHOCK_LUCK * chance(s.seed, s.seconds, "shock") - SHOCK_HELP * fx.antiarrhythmia
    if s.arrest != "vf" or s.energy <= hardness:
        return False
    beat_again(s)
    return True


def rhythm_of(n: Norms, s: State, fx: Effects) -> str:
    """What the monitor would be read as."""
    if s.arrest:
        return {"pea": "pea", "asystole": "asystole", "vf": "ventricular_fibrillation"}[s.arrest]
    if fx.arrhythmia > VENTRICULAR_FROM:
        return "ventricular_tachycardia"
    if fx.beta2_excess > 0.6 and s.hr > 150.0:
        return "supraventricular_tachycardia"
    return _conduction(n, s, fx) or _sinus(n, s)


def block_of(s: State, fx: Effects) -> float:
    """Degree of atrioventricular block; what the vagus does to it atropine undoes."""
    return s.av_block + 3.0 * fx.av_block - VAGAL_BLOCK * fx.vagolysis * s.vagal_tone


def _conduction(n: Norms, s: State, fx: Effects) -> str:
    block = block_of(s, fx)
    if s.pacing_rate > 0.0 and abs(s.hr - s.pacing_rate) < 3.0:
        return "paced"
    if block >= 2.8:
        return "third_degree_av_block"
    if block >= 2.0:
        return "second_degree_av_block"
    if n.fibrillation > 0.5:
        return "atrial_fibrillation"
    return "first_degree_av_block" if block >= 1.0 else ""


def _sinus(n: Norms, s: State) -> str:
    """Fast and slow for the patient's age: above 100 and below 60 in an adult."""
    if s.hr < 40.0 and s.energy < 0.5:
        return "junctional_bradycardia"
    if s.hr > max(100.0, FAST * n.hr):
        return "sinus_tachycardia"
    return "sinus_bradycardia" if s.hr < max(60.0, SLOW * n.hr) else "sinus_rhythm"


def _energy(n: Norms, s: State, p: Pressures, fx: Effects) -> None:
    diastolic = circulation.diastolic(n, s, p)
    content = s.arterial_o2 / (HUEFNER * n.haemoglobin)
    supply = max(0.0, diastolic - p.cvp - CORONARY_CLOSING) / (n.dbp - CENTRAL_VENOUS - CORONARY_CLOSING) * content
    demand = s.hr * (p.map + 0.6 * s.pulse_pressure) / (n.hr * (n.map + 0.6 * n.pp))
    if s.arrest:
        demand = FIBRILLATION_DEMAND if s.arrest == "vf" else ARREST_DEMAND
        supply = COMPRESSED_SUPPLY * bool(s.compressions) * (1.0 + COMPRESSED_ALPHA * fx.alpha) * content
    target = clamp(RESERVE * n.reserve * supply / max(demand, 0.15), 0.0, 1.0)
    target *= 1.0 - NO_FLOW_LOSS * s.no_flow
    target *= 1.0 - ACID_ENERGY * clamp((7.0 - s.ph) / 0.3, 0.0, 1.0)
    tau = ENERGY_FALL if target < s.energy else ENERGY_RISE * (6.0 if s.arrest else 1.0)
    s.energy = approach(s.energy, target, tau, 1.0)


def _degenerate(s: State) -> None:
    slow_death = s.arrest == "pea" and s.arrest_seconds > PEA_SECONDS and s.energy < 0.12
    if slow_death or (s.arrest == "vf" and s.arrest_seconds > VF_SECONDS and s.energy < 0.25):
        s.arrest = "asystole"


def _return_of_circulation(s: State, p: Pressures) -> None:
    needed = {"pea": ROSC_PEA, "asystole": ROSC_ASYSTOLE}.get(s.arrest, 2.0)
    filled = p.filling - p.cvp + p.venous > ROSC_FILLING
    able = filled and s.energy > needed and s.compressions > 0
    s.rosc_seconds = s.rosc_seconds + 1 if able else 0
    if s.rosc_seconds >= ROSC_SECONDS:
        beat_again(s)


def beat_again(s: State) -> None:
    """The circulation returns, with a stunned heart; what the brain lacked meanwhile has hurt it already."""
    s.arrest, s.compressions = "", 0
    s.arrest_seconds = s.rosc_seconds = 0
    s.stunning = STUNNING
    s.energy = max(s.energy, 0.6)
    s.hr, s.heart_drive, s.vessel_drive = 90.0, 0.5, 0.6
