"""Pharmacokinetics by one generic scheme: absorption, distribution, elimination and the effect site."""

from __future__ import annotations

from knowthyself_tui.domain.body.drugs import DRUGS, VEIN, Drug
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

GLUCOSE_SPACE = constant("glucose_space", 0.19, "L/kg", "F", "Moore & Woollard 2005")
GLUCOSE_MOLAR = constant("glucose_molar", 180.0, "mg/mmol", "S", "molar mass")
NEBULISER_SECONDS = 480
"""How long a nebuliser takes to run dry at 6 to 8 L/min."""
NEBULISER_BREATHING = constant("nebuliser_breathing", 4.0, "L/min", "H", "less ventilation inhales less of the mist")
TOPICAL = constant("topical", 0.10, "share", "H", "of a nebulised dose that lands on the upper airway")
ALLOMETRY = constant("allometry", 0.25, "", "S", "rates fall with weight to the quarter, Anderson & Holford 2008")
IDLE = 1e-9
"""Amounts below this (mcg) count as gone."""


def give(s: State, drug: Drug, route: str, mcg: float, minutes: float | None = None) -> None:
    """Put a dose where the route puts it; `minutes` is how long a vein takes."""
    if route in VEIN:
        seconds = max(1, round(60.0 * (drug.push_minutes if minutes is None else minutes)))
        s.infusions.append([drug.name, mcg / seconds, seconds])
    elif route == "NEB":
        s.nebuliser.append([drug.name, mcg])
        s.nebuliser_seconds = NEBULISER_SECONDS
    elif drug.breathed_minutes > 0.0:
        seconds = round(60.0 * drug.breathed_minutes)
        share = sum(fraction for fraction, _ in drug.routes[route])
        s.infusions.append([drug.name, mcg * share / seconds, seconds])
    else:
        for fraction, rate in drug.routes[route]:
            _add_depot(s, drug.name, rate, mcg * fraction, route != "INH")


def advance(n: Norms, s: State, ventilation: float) -> None:
    """One second of absorption, distribution, elimination and effect-site equilibration."""
    if not (s.drugs or s.depots or s.infusions or s.nebuliser_seconds):
        return
    perfusion = clamp(s.co / n.co, 0.15, 1.3)
    _nebulise(s, ventilation)
    _infuse(n, s)
    _absorb(n, s, clamp(1.2 * perfusion, 0.2, 1.0) * n.absorption)
    dt = perfusion / 60.0 * n.weight_ratio**ALLOMETRY
    for name, amounts in s.drugs.items():
        _distribute(DRUGS[name], amounts, dt, n.weight_ratio)
    gone = [name for name, amounts in s.drugs.items() if max(amounts[:3]) < IDLE and amounts[3] < IDLE]
    for name in gone:
        del s.drugs[name]


def _add_depot(s: State, drug: str, rate: float, mcg: float, perfused: bool) -> None:
    for depot in s.depots:
        if depot[0] == drug and depot[1] == rate and depot[3] == int(perfused):
            depot[2] += mcg
            return
    s.depots.append([drug, rate, mcg, int(perfused)])


def _deliver(n: Norms, s: State, drug: Drug, mcg: float) -> None:
    if drug.glucose:
        s.glucose += mcg / 1000.0 / GLUCOSE_MOLAR / (GLUCOSE_SPACE * n.weight)
        return
    drawn = drug.draws_ml_per_g * mcg / 1.0e6
    s.blood += drawn
    s.crystalloid_in += drawn
    _put(s, drug.name, mcg)


def _put(s: State, name: str, mcg: float) -> None:
    if name not in s.drugs:
        s.drugs[name] = [0.0, 0.0, 0.0, 0.0]
        s.drugs = dict(sorted(s.drugs.items()))
    s.drugs[name][0] += mcg


def _nebulise(s: State, ventilation: float) -> None:
    if s.nebuliser_seconds <= 0:
        return
    inhaled = min(1.0, ventilation / NEBULISER_BREATHING)
    for entry in s.nebuliser:
        mist = entry[1] / s.nebuliser_seconds
        entry[1] -= mist
        for fraction, rate in DRUGS[entry[0]].routes["NEB"]:
            _add_depot(s, entry[0], rate, mist * fraction * inhaled, False)
        if DRUGS[entry[0]].topical:
            _put(s, DRUGS[entry[0]].topical, mist * TOPICAL * inhaled)
    s.nebuliser_seconds -= 1
    if s.nebuliser_seconds == 0:
        s.nebuliser = []


def _infuse(n: Norms, s: State) -> None:
    for infusion in s.infusions:
        _deliver(n, s, DRUGS[infusion[0]], infusion[1])
        if infusion[2] > 0:
            infusion[2] -= 1
    s.infusions = [infusion for infusion in s.infusions if infusion[2] != 0]


def _absorb(n: Norms, s: State, perfusion: float) -> None:
    for depot in s.depots:
        moved = depot[2] * min(1.0, depot[1] / 60.0 * (perfusion if depot[3] else 1.0))
        depot[2] -= moved
        _deliver(n, s, DRUGS[depot[0]], moved)
    s.depots = [depot for depot in s.depots if depot[2] > IDLE]


def _distribute(drug: Drug, amounts: list[float], dt: float, weight_ratio: float) -> None:
    central, second, third, site = amounts
    to_second = (drug.k12 * central - drug.k21 * second) * dt
    to_third = (drug.k13 * central - drug.k31 * third) * dt
    amounts[0] = max(0.0, central - drug.k10 * central * dt - to_second - to_third)
    amounts[1] = second + to_second
    amounts[2] = third + to_third
    plasma = central / drug.volume * weight_ratio
    amounts[3] = site + (plasma - site) * min(1.0, drug.ke0 * dt)


def plasma_ng_ml(n: Norms, s: State, drug: str) -> float:
    """Concentration in plasma, scaled to the patient's weight."""
    return s.drugs[drug][0] / DRUGS[drug].volume * n.weight_ratio
