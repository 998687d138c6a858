"""Gas exchange: two lung units with stores of O2, CO2 and N2, a shunt, blood pools and tissue CO2 stores."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body import blood
from knowthyself_tui.domain.body.lungs import Lungs
from knowthyself_tui.domain.body.maths import approach, clamp
from knowthyself_tui.domain.body.patient import AV_DIFFERENCE, RQ, Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.ventilation import Breath

WATER = constant("water", 47.0, "mmHg", "S", "vapour pressure at 37 degC")
BTPS = constant("btps", 863.0, "mmHg", "S", "STPD flow to BTPS partial pressure")
ARTERIAL_SHARE = constant("arterial_share", 0.20, "share", "S", "of blood volume")
VENOUS_SHARE = constant("venous_share", 0.75, "share", "S", "of blood volume")
FILL_SECONDS = constant("fill_seconds", 8.0, "s", "H", "return of the lung to its resting volume")
EXTRACTION = constant("extraction", 0.72, "share", "S", "greatest oxygen extraction, about 70 %")
TISSUE_CO2 = constant("tissue_co2", 0.36, "mL/kg/mmHg", "F", "Eger 1961, Frumin 1959 (from memory)")
DEEP_CO2 = constant("deep_co2", 1.7, "mL/kg/mmHg", "F", "Eger 1961, Frumin 1959 (from memory)")
CO2_COUPLING = constant("co2_coupling", 4.0, "mL/min/mmHg per 70 kg", "F", "apnoeic rise of 3 to 4 mmHg/min")
SLOW_WEIGHT = constant("slow_weight", 0.55, "share", "F", "slow units in end-tidal gas")
PARALLEL_DEAD_SPACE = constant("parallel_dead_space", 0.05, "share", "S", "healthy arterial to end-tidal difference")
PARALLEL_LOW_FLOW = constant("parallel_low_flow", 0.6, "share", "F", "EtCO2 in shock and CPR")
PARALLEL_OBSTRUCTION = constant(
    "parallel_obstruction", 0.14, "share", "F", "arterial to end-tidal difference in asthma; S1 initial values"
)
UNFLUSHED_SECONDS = constant("unflushed_seconds", 90.0, "s", "H", "alveoli even out in apnoea")
CAPNOGRAPH_SECONDS = constant("capnograph_seconds", 6.0, "s", "H", "two breaths")


@dataclass(slots=True)
class Metabolism:
    """What the tissues took up in a sub-step, mL/min."""

    used: float
    missing: float


def settle(n: Norms, s: State) -> None:
    """Fill the gas stores of a healthy lung and blood at rest."""
    fast, slow = n.frc * 0.97, n.frc * 0.03
    s.o2_fast, s.co2_fast, s.n2_fast = 0.143 * fast, 0.055 * fast, 0.802 * fast
    s.o2_slow, s.co2_slow, s.n2_slow = 0.143 * slow, 0.055 * slow, 0.802 * slow
    s.pao2, s.sao2, s.paco2, s.ph = 92.0, 0.97, 40.0, 7.4
    s.probe = s.spo2 = 97.0
    s.etco2, s.brain_co2 = 38.0, 40.0
    shift = blood.curve_shift(s.paco2, 24.0, s.temp_c)
    s.arterial_o2 = blood.o2_content(s.pao2, shift, n.haemoglobin)
    s.arterial_co2 = blood.co2_content(s.paco2, 24.0, s.sao2, n.haemoglobin)
    s.venous_o2, s.venous_co2 = s.arterial_o2 - AV_DIFFERENCE, s.arterial_co2 + RQ * AV_DIFFERENCE
    s.tissue_co2 = s.deep_co2 = 45.5


def advance(n: Norms, s: State, lungs: Lungs, breath: Breath, demand: float, dt: float) -> Metabolism:
    """Move gas for `dt` seconds between air, lung units, blood pools and tissues."""
    minutes = dt / 60.0
    hb = s.haemoglobin_g / s.blood * 1000.0
    metabolic = blood.metabolic_bicarbonate(s.lactate, n.bicarbonate)
    dry = s.barometric - WATER
    scale = BTPS / dry
    slow, fast = lungs.slow_share, 1.0 - lungs.slow_share
    weight = fast + slow * lungs.slow_ventilation
    ventilation = 1000.0 * breath.alveolar
    flow = s.co * (1.0 - lungs.shunt)
    context = (s, breath.fio2, dry, scale, metabolic, hb, lungs.closed, minutes)
    o2_a, co2_a = _unit(context, "fast", ventilation * fast / weight, flow * fast, lungs.frc * fast)
    o2_b, co2_b = _unit(
        context, "slow", ventilation * slow * lungs.slow_ventilation / weight, flow * slow, lungs.frc * slow
    )
    mixed_o2 = (1.0 - lungs.shunt) * (fast * o2_a + slow * o2_b) + lungs.shunt * s.venous_o2
    mixed_co2 = (1.0 - lungs.shunt) * (fast * co2_a + slow * co2_b) + lungs.shunt * s.venous_co2
    used = _tissues(n, s, demand, metabolic, hb, minutes)
    turnover = min(1.0, s.co * minutes / (ARTERIAL_SHARE * s.blood / 1000.0))
    s.arterial_o2 += (mixed_o2 - s.arterial_o2) * turnover
    s.arterial_co2 += (mixed_co2 - s.arterial_co2) * turnover
    _read_arterial(s, metabolic, hb)
    return used


def _unit(
    context: tuple[State, float, float, float, float, float, bool, float],
    name: str,
    ventilation: float,
    flow: float,
    resting: float,
) -> tuple[float, float]:
    """One lung unit; gives the O2 and CO2 contents of the blood that leaves it."""
    s, fio2, dry, scale, metabolic, hb, closed, minutes = context
    if name == "fast":
        o2, co2, n2 = s.o2_fast, s.co2_fast, s.n2_fast
    else:
        o2, co2, n2 = s.o2_slow, s.co2_slow, s.n2_slow
    volume = o2 + co2 + n2
    po2, pco2 = max(0.5, o2 / volume * dry), clamp(co2 / volume * dry, 4.0, 250.0)
    shift = (metabolic / blood.BICARBONATE) ** 0.48 * (40.0 / pco2) ** 0.37
    end_o2 = blood.o2_content(po2, shift, hb)
    end_co2 = blood.co2_content(pco2, metabolic, blood.saturation(po2, shift), hb)
    uptake = flow * (end_o2 - s.venous_o2) * scale
    output = flow * (s.venous_co2 - end_co2) * scale
    breathed_in = breathed_out = 0.0
    if not closed:
        breathed_out = ventilation
        breathed_in = breathed_out + uptake - output + (resting - volume) * 60.0 / FILL_SECONDS
        if breathed_in < 0.0:
            breathed_out, breathed_in = breathed_out - breathed_in, 0.0
    out = breathed_out / volume
    o2 = max(0.01, o2 + (breathed_in * fio2 - out * o2 - uptake) * minutes)
    co2 = max(0.01, co2 + (breathed_in * s.fico2 - out * co2 + output) * minutes)
    n2 = max(0.01, n2 + (breathed_in * (1.0 - fio2 - s.fico2) - out * n2) * minutes)
    if name == "fast":
        s.o2_fast, s.co2_fast, s.n2_fast = o2, co2, n2
    else:
        s.o2_slow, s.co2_slow, s.n2_slow = o2, co2, n2
    return end_o2, end_co2


def _tissues(n: Norms, s: State, demand: float, metabolic: float, hb: float, minutes: float) -> Metabolism:
    delivery = max(0.1, s.co * s.arterial_o2)
    x = demand / (EXTRACTION * delivery)
    used = float(EXTRACTION * delivery * x / (1.0 + x**5) ** 0.2)
    left = (delivery - used) / max(s.co, 0.05)
    pool = VENOUS_SHARE * s.blood / 1000.0
    turnover = min(1.0, s.co * minutes / pool)
    s.venous_o2 += (max(2.0, left) - s.venous_o2) * turnover
    sat = clamp(s.venous_o2 / (blood.HUEFNER * hb), 0.0, 1.0)
    leaving = blood.co2_content(s.tissue_co2, metabolic, sat, hb)
    s.venous_co2 += (leaving - s.venous_co2) * turnover
    exchange = CO2_COUPLING * n.weight / 70.0 * (s.tissue_co2 - s.deep_co2)
    produced = RQ * (used + 0.15 * (demand - used))
    s.tissue_co2 += (produced - s.co * (leaving - s.arterial_co2) - exchange) * minutes / (TISSUE_CO2 * n.weight)
    s.tissue_co2 = clamp(s.tissue_co2, 8.0, 250.0)
    s.deep_co2 += exchange * minutes / (DEEP_CO2 * n.weight)
    return Metabolism(used, demand - used)


def _read_arterial(s: State, metabolic: float, hb: float) -> None:
    s.paco2 = blood.pco2_of_content(s.arterial_co2, metabolic, s.sao2, hb)
    s.ph = blood.ph_of(s.paco2, metabolic)
    shift = blood.curve_shift(s.paco2, metabolic, s.temp_c)
    s.pao2 = blood.po2_of_content(s.arterial_o2, shift, hb, s.pao2)
    s.sao2 = blood.saturation(s.pao2, shift)


def flush(s: State, breath: Breath, frc: float) -> None:
    """One second: breaths wash the carbon dioxide out of units without blood flow, apnoea lets it back."""
    seconds = 60.0 * frc / 1000.0 / breath.ve if breath.ve > 0.5 else UNFLUSHED_SECONDS
    s.flushed = approach(s.flushed, float(breath.ve > 0.5), seconds, 1.0)


def end_tidal(n: Norms, s: State, lungs: Lungs, breath: Breath) -> float:
    """The capnograph's target in mmHg: mixed alveolar gas, diluted by units without blood flow."""
    if breath.rr <= 0.5 or breath.vt < 0.45 * n.dead_space:
        return 0.0
    slow = SLOW_WEIGHT * lungs.slow_share
    dry = s.barometric - WATER
    fast_pressure = s.co2_fast / (s.o2_fast + s.co2_fast + s.n2_fast) * dry
    slow_pressure = s.co2_slow / (s.o2_slow + s.co2_slow + s.n2_slow) * dry
    relative = clamp(s.co / n.co, 0.0, 1.0)
    parallel = PARALLEL_DEAD_SPACE + PARALLEL_OBSTRUCTION * lungs.obstruction
    parallel += PARALLEL_LOW_FLOW * (1.0 - relative) ** 1.3 * s.flushed
    shallow = clamp((breath.vt / n.dead_space - 0.45) / 0.75, 0.15, 1.0)
    mixed = (1.0 - slow) * fast_pressure + slow * slow_pressure
    return float(mixed * (1.0 - parallel) * shallow)
