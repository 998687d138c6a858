"""What all drugs on board do together: the body's mechanisms read nothing else of pharmacology."""

from __future__ import annotations

from dataclasses import dataclass

from knowthyself_tui.domain.body.drug_effects import DRUG_EFFECTS, DrugEffect
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.maths import clamp, hill
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.domain.body.tables import constant

ANTAGONIST_EC50 = constant("antagonist_ec50", 0.55, "ng/mL", "F", "naloxone against opioid effect, McDonald 2018")
ANTAGONIST_POWER = constant("antagonist_power", 1.3, "", "F", "naloxone against opioid effect")
BENZODIAZEPINE_UNIT = constant("benzodiazepine_unit", 280.0, "ng/mL", "F", "midazolam, Bailey 1990")
LOAD_BENZODIAZEPINE = constant("load_benzodiazepine", 150.0, "ng/mL", "H", "midazolam that halves the response to load")
LOAD_OPIOID = constant("load_opioid", 1.6, "", "H", "opioid effect that halves the response to load")
HYPNOTIC_DRIVE = constant("hypnotic_drive", 1.0, "", "H", "hypnotic effect that halves the drive to breathe")
WITHDRAWAL = constant("withdrawal", 0.15, "", "H", "arousal of a reversed opioid, naive")
WITHDRAWAL_TOLERANT = constant("withdrawal_tolerant", 1.8, "", "H", "arousal of precipitated withdrawal; S4")
OPIOID_ANALGESIA = constant("opioid_analgesia", 0.7, "", "H", "opioid effect that halves felt pain")

_BY_DRUG: dict[str, tuple[DrugEffect, ...]] = {
    name: tuple(row for row in DRUG_EFFECTS if row.drug == name) for name in DRUGS
}
_LINEAR = frozenset(row.channel for row in DRUG_EFFECTS if row.steepness == 0)


@dataclass(slots=True)
class Effects:
    """One second's effects; shares of the greatest effect (0 to 1) unless a unit is named."""

    opioid: float
    """Multiples of the concentration that halves the drive, after tolerance and antagonism."""
    withdrawal: float
    """Opioid effect that an antagonist has taken away, felt the more the more tolerant a person is."""
    benzodiazepine: float
    """Midazolam equivalents, ng/mL."""
    hypnotic: float
    """Multiples of the concentration at which half of people are unconscious."""
    dissociation: float
    analgesia: float
    """Without that of opioids."""
    antiseizure: float
    bronchodilation: float
    decongestion: float
    """Of a swollen upper airway, by adrenaline on its surface."""
    airway_trigger: float
    beta: float
    """Adrenaline's beta effect, with the body's own."""
    given_beta: float
    """Adrenaline's beta effect, without the body's own."""
    alpha: float
    inotropy: float
    glucagon_heart: float
    """Force and rate past blocked beta-receptors."""
    beta2_heart: float
    beta2_excess: float
    arrhythmia: float
    antiarrhythmia: float
    beta_block: float
    av_block: float
    vagolysis: float
    nitrate: float
    vasodilatation: float
    weakness: float
    steroid: float
    diuresis: float
    antifibrinolysis: float
    insulin: float
    """Fall of the glucose set point, share."""
    glycogenolysis: float
    osmosis: float
    antiplatelet: float
    """Keeps a coronary clot from growing."""

    @property
    def reflex_gain(self) -> float:
        """Multiplies the chemoreflexes; supra-additive, Bailey 1990 [F]."""
        u, b = self.opioid, self.benzodiazepine / BENZODIAZEPINE_UNIT
        return float(1.0 / (1.0 + u**1.35 + b**1.5 + 4.0 * u * b + (self.hypnotic / HYPNOTIC_DRIVE) ** 2))

    @property
    def wakefulness_gain(self) -> float:
        """Multiplies the drive of being awake."""
        u, b = self.opioid, self.benzodiazepine / BENZODIAZEPINE_UNIT
        sedation = (u / 2.6) ** 1.6 + (b / 1.6) ** 1.6 + 1.2 * u * b + (self.hypnotic / HYPNOTIC_DRIVE) ** 2
        return float((1.0 - 0.35 * self.dissociation) / (1.0 + sedation))

    @property
    def load_compensation(self) -> float:
        """Multiplies the extra effort against a load, which sedatives blunt before they stop breathing [H]."""
        blunting = (self.benzodiazepine / LOAD_BENZODIAZEPINE) ** 1.3 + (self.opioid / LOAD_OPIOID) ** 1.3
        blunting += self.hypnotic**1.5
        return float((1.0 - 0.5 * self.dissociation) / (1.0 + blunting))

    @property
    def pain_felt(self) -> float:
        """Share of pain that gets through."""
        relief = self.opioid / OPIOID_ANALGESIA
        return (1.0 - self.analgesia) * (1.0 - 0.9 * self.dissociation) / (1.0 + relief)


def effects_of(n: Norms, s: State) -> Effects:
    """All channels at this second."""
    level = _levels(s)
    get = level.get
    antagonism = (get("opioid_antagonist", 0.0) / ANTAGONIST_EC50) ** ANTAGONIST_POWER
    blocked = 1.0 - (1.0 - get("beta_block", 0.0)) * (1.0 - n.beta_blockade)
    heart = 1.0 - blocked
    given = get("beta", 0.0)
    return Effects(
        opioid=get("opioid", 0.0) / (n.tolerance * n.opioid_c50) / (1.0 + antagonism),
        withdrawal=_withdrawal(n, get("opioid", 0.0), antagonism),
        benzodiazepine=n.sedative_gain
        * get("benzodiazepine", 0.0)
        / (1.0 + get("benzodiazepine_antagonist", 0.0) ** 1.5),
        hypnotic=(0.5 + 0.5 * n.sedative_gain) * get("hypnotic", 0.0),
        dissociation=get("dissociation", 0.0),
        analgesia=get("analgesia", 0.0),
        antiseizure=get("antiseizure", 0.0),
        bronchodilation=min(0.98, n.bronchodilator * _bronchodilation(level)),
        decongestion=get("decongestion", 0.0),
        airway_trigger=1.0 - (1.0 - get("airway_trigger", 0.0)) * (1.0 - 0.8 * get("beta_block_airway", 0.0)),
        beta=(1.0 - (1.0 - given) * (1.0 - s.catecholamine)) * heart,
        given_beta=given * heart,
        alpha=get("alpha", 0.0),
        inotropy=get("inotropy", 0.0) * heart,
        glucagon_heart=get("glucagon_heart", 0.0),
        beta2_heart=get("beta2_heart", 0.0) * heart,
        beta2_excess=get("beta2_excess", 0.0),
        arrhythmia=get("arrhythmia", 0.0) * heart * (1.0 - 0.7 * get("antiarrhythmia", 0.0)),
        antiarrhythmia=get("antiarrhythmia", 0.0),
        beta_block=blocked,
        av_block=get("av_block", 0.0),
        vagolysis=get("vagolysis", 0.0),
        nitrate=n.nitrate_gain * get("nitrate", 0.0),
        vasodilatation=get("vasodilatation", 0.0),
        weakness=get("weakness", 0.0),
        steroid=get("steroid", 0.0),
        diuresis=get("diuresis", 0.0),
        antifibrinolysis=get("antifibrinolysis", 0.0),
        insulin=get("insulin", 0.0),
        glycogenolysis=get("glycogenolysis", 0.0),
        osmosis=get("osmosis", 0.0),
        antiplatelet=get("antiplatelet", 0.0),
    )


def _withdrawal(n: Norms, level: float, antagonism: float) -> float:
    """Felt when what is left falls below what one is used to; a titrated dose leaves enough."""
    taken = level / (n.tolerance * n.opioid_c50) * antagonism / (1.0 + antagonism)
    left = level / (n.tolerance * n.opioid_c50) / (1.0 + antagonism)
    return (
        min(1.5, taken)
        * clamp(1.0 - left, 0.0, 1.0)
        * (WITHDRAWAL + WITHDRAWAL_TOLERANT * min(1.0, (n.tolerance - 1.0) / 3.0))
    )


def _levels(s: State) -> dict[str, float]:
    level: dict[str, float] = {}
    for name, amounts in s.drugs.items():
        for row in _BY_DRUG[name]:
            if row.channel in _LINEAR:
                level[row.channel] = level.get(row.channel, 0.0) + amounts[3] / row.ec50
            else:
                spared = 1.0 - row.maximum * hill(amounts[3], row.ec50, row.steepness)
                level[row.channel] = 1.0 - (1.0 - level.get(row.channel, 0.0)) * spared
    return level


def _bronchodilation(level: dict[str, float]) -> float:
    get = level.get
    airway_beta = 1.0 - get("beta_block_airway", 0.0)
    narrow = (
        (1.0 - get("beta2_airway", 0.0) * airway_beta)
        * (1.0 - get("adrenaline_airway", 0.0) * airway_beta)
        * (1.0 - get("anticholinergic_airway", 0.0))
        * (1.0 - get("magnesium_airway", 0.0))
        * (1.0 - get("ketamine_airway", 0.0))
    )
    return 1.0 - narrow
