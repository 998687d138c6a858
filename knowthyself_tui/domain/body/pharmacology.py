"""Pharmacokinetics by one generic scheme, and the effects that all drugs on board have together."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.drug_effects import DRUG_EFFECTS, DrugEffect
from knowthyself_tui.domain.body.drugs import DRUGS, VEIN, Drug
from knowthyself_tui.domain.body.maths import clamp, hill
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

ANTAGONIST_EC50 = constant("antagonist_ec50", 0.55, "ng/mL", "F", "naloxone against opioid effect, McDonald 2018")
ANTAGONIST_POWER = constant("antagonist_power", 1.3, "", "F", "naloxone against opioid effect")
BENZODIAZEPINE_UNIT = constant("benzodiazepine_unit", 420.0, "ng/mL", "F", "midazolam, Bailey 1990")
LOAD_BENZODIAZEPINE = constant("load_benzodiazepine", 150.0, "ng/mL", "H", "midazolam that halves the response to load")
LOAD_OPIOID = constant("load_opioid", 1.6, "", "H", "opioid effect that halves the response to load")
GLUCOSE_SPACE = constant("glucose_space", 0.19, "L/kg", "F", "Moore & Woollard 2005")
GLUCOSE_MOLAR = constant("glucose_molar", 180.0, "mg/mmol", "S", "molar mass")
NEBULISER_SECONDS = 480
"""How long a nebuliser takes to run dry at 6 to 8 L/min."""
NEBULISER_BREATHING = constant("nebuliser_breathing", 4.0, "L/min", "H", "less ventilation inhales less of the mist")
IDLE = 1e-9
"""Amounts below this (mcg) count as gone."""

_BY_DRUG: dict[str, tuple[DrugEffect, ...]] = {
    name: tuple(row for row in DRUG_EFFECTS if row.drug == name) for name in DRUGS
}
_LINEAR = frozenset(row.channel for row in DRUG_EFFECTS if row.steepness == 0)


@dataclass(slots=True)
class Effects:
    """What the drugs on board do together; the body's mechanisms read nothing else of pharmacology."""

    opioid: float
    """Multiples of the concentration that halves the drive, after tolerance and antagonism."""
    benzodiazepine: float
    """Midazolam equivalents, ng/mL."""
    dissociation: float
    bronchodilation: float
    airway_trigger: float
    beta: float
    """Adrenaline's beta effect, with the body's own."""
    alpha: float
    beta2_heart: float
    beta2_excess: float
    arrhythmia: float
    beta_block: float
    vagolysis: float
    nitrate: float
    vasodilatation: float
    weakness: float
    steroid: float
    diuresis: float

    @property
    def reflex_gain(self) -> float:
        """Multiplies the chemoreflexes; supra-additive, Bailey 1990 [F]."""
        u, b = self.opioid, self.benzodiazepine / BENZODIAZEPINE_UNIT
        return float(1.0 / (1.0 + u**1.35 + b**1.5 + 4.0 * u * b))

    @property
    def wakefulness_gain(self) -> float:
        """Multiplies the drive of being awake."""
        u, b = self.opioid, self.benzodiazepine / BENZODIAZEPINE_UNIT
        sedation = (u / 2.6) ** 1.6 + (b / 1.6) ** 1.6 + 1.2 * u * b
        return float((1.0 - 0.35 * self.dissociation) / (1.0 + sedation))

    @property
    def load_compensation(self) -> float:
        """Multiplies the extra effort against a load, which sedatives blunt before they stop breathing [H]."""
        blunting = (self.benzodiazepine / LOAD_BENZODIAZEPINE) ** 1.3 + (self.opioid / LOAD_OPIOID) ** 1.3
        return float((1.0 - 0.5 * self.dissociation) / (1.0 + blunting))


def give(s: State, drug: Drug, route: str, mcg: float, minutes: float | None = None) -> None:
    """Put a dose where the route puts it; `minutes` is how long a vein takes."""
    if route in VEIN:
        seconds = max(1, round(60.0 * (drug.push_minutes if minutes is None else minutes)))
        s.infusions.append([drug.name, mcg / seconds, seconds])
    elif route == "NEB":
        s.nebuliser.append([drug.name, mcg])
        s.nebuliser_seconds = NEBULISER_SECONDS
    else:
        for fraction, rate in drug.routes[route]:
            _add_depot(s, drug.name, rate, mcg * fraction, route not in ("INH",))


def advance(n: Norms, s: State, ventilation: float) -> None:
    """One second of absorption, distribution, elimination and effect-site equilibration."""
    if not (s.drugs or s.depots or s.infusions or s.nebuliser_seconds):
        return
    perfusion = clamp(s.co / n.co, 0.15, 1.3)
    _nebulise(s, ventilation)
    _infuse(n, s)
    _absorb(n, s, clamp(1.2 * perfusion, 0.2, 1.0))
    dt = perfusion / 60.0
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
    if drug.name not in s.drugs:
        s.drugs[drug.name] = [0.0, 0.0, 0.0, 0.0]
        s.drugs = dict(sorted(s.drugs.items()))
    s.drugs[drug.name][0] += mcg


def _nebulise(s: State, ventilation: float) -> None:
    if s.nebuliser_seconds <= 0:
        return
    inhaled = min(1.0, ventilation / NEBULISER_BREATHING)
    for entry in s.nebuliser:
        mist = entry[1] / s.nebuliser_seconds
        entry[1] -= mist
        for fraction, rate in DRUGS[entry[0]].routes["NEB"]:
            _add_depot(s, entry[0], rate, mist * fraction * inhaled, False)
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


def effects_of(n: Norms, s: State) -> Effects:
    """All channels at this second."""
    level: dict[str, float] = {}
    for name, amounts in s.drugs.items():
        for row in _BY_DRUG[name]:
            if row.channel in _LINEAR:
                level[row.channel] = level.get(row.channel, 0.0) + amounts[3] / row.ec50
            else:
                spared = 1.0 - row.maximum * hill(amounts[3], row.ec50, row.steepness)
                level[row.channel] = 1.0 - (1.0 - level.get(row.channel, 0.0)) * spared
    get = level.get
    antagonism = (get("opioid_antagonist", 0.0) / ANTAGONIST_EC50) ** ANTAGONIST_POWER
    cardiac_beta = 1.0 - get("beta_block", 0.0)
    airway_beta = 1.0 - get("beta_block_airway", 0.0)
    open_airway = (
        (1.0 - get("beta2_airway", 0.0) * airway_beta)
        * (1.0 - get("adrenaline_airway", 0.0) * airway_beta)
        * (1.0 - get("anticholinergic_airway", 0.0))
        * (1.0 - get("magnesium_airway", 0.0))
        * (1.0 - get("ketamine_airway", 0.0))
    )
    trigger = 1.0 - (1.0 - get("airway_trigger", 0.0)) * (1.0 - 0.8 * get("beta_block_airway", 0.0))
    own_and_given = 1.0 - (1.0 - get("beta", 0.0)) * (1.0 - s.catecholamine)
    return Effects(
        opioid=get("opioid", 0.0) / n.tolerance / (1.0 + antagonism),
        benzodiazepine=get("benzodiazepine", 0.0) / (1.0 + get("benzodiazepine_antagonist", 0.0) ** 1.5),
        dissociation=get("dissociation", 0.0),
        bronchodilation=1.0 - open_airway,
        airway_trigger=trigger,
        beta=own_and_given * cardiac_beta,
        alpha=get("alpha", 0.0),
        beta2_heart=get("beta2_heart", 0.0) * cardiac_beta,
        beta2_excess=get("beta2_excess", 0.0),
        arrhythmia=get("arrhythmia", 0.0) * cardiac_beta,
        beta_block=get("beta_block", 0.0),
        vagolysis=get("vagolysis", 0.0),
        nitrate=get("nitrate", 0.0),
        vasodilatation=get("vasodilatation", 0.0),
        weakness=get("weakness", 0.0),
        steroid=get("steroid", 0.0),
        diuresis=get("diuresis", 0.0),
    )
