"""The effect-channel table: which drug does what to the body, and how strongly, at its effect site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowthyself_tui.domain.body.tables import Tag

Channel = Literal[
    "opioid",
    "opioid_antagonist",
    "benzodiazepine",
    "benzodiazepine_antagonist",
    "dissociation",
    "beta2_airway",
    "anticholinergic_airway",
    "magnesium_airway",
    "adrenaline_airway",
    "ketamine_airway",
    "airway_trigger",
    "beta",
    "alpha",
    "beta2_heart",
    "beta2_excess",
    "arrhythmia",
    "beta_block",
    "beta_block_airway",
    "vagolysis",
    "nitrate",
    "vasodilatation",
    "weakness",
    "steroid",
    "diuresis",
]


@dataclass(frozen=True, slots=True)
class DrugEffect:
    """Effect-site concentration (ng/mL) to effect: a Hill curve up to `maximum`, or a straight line (steepness 0)."""

    drug: str
    channel: Channel
    ec50: float
    steepness: float
    maximum: float
    tag: Tag
    citation: str


DRUG_EFFECTS: tuple[DrugEffect, ...] = (
    DrugEffect("fentanyl", "opioid", 1.0, 0, 1, "F", "Algera 2020; Cartwright 1983; Weil 1975"),
    DrugEffect("morphine", "opioid", 55.0, 0, 1, "F", "Weil 1975"),
    DrugEffect("naloxone", "opioid_antagonist", 1.0, 0, 1, "F", "ng/mL, antagonism in `effects`"),
    DrugEffect("midazolam", "benzodiazepine", 1.0, 0, 1, "F", "ng/mL midazolam"),
    DrugEffect("diazepam", "benzodiazepine", 1.0 / 0.28, 0, 1, "H", "midazolam equivalents"),
    DrugEffect("lorazepam", "benzodiazepine", 1.0 / 2.0, 0, 1, "H", "midazolam equivalents"),
    DrugEffect("flumazenil", "benzodiazepine_antagonist", 12.0, 0, 1, "H", "reversal by 0.2 to 0.5 mg"),
    DrugEffect("ketamine", "dissociation", 900.0, 2.5, 1, "H", "Domino 1984 (from memory)"),
    DrugEffect("ketamine", "ketamine_airway", 900.0, 1.5, 0.25, "H", "bronchodilator in small series"),
    DrugEffect("salbutamol", "beta2_airway", 1.6, 1.2, 0.68, "F", "Besbes-Ouanes 2000"),
    DrugEffect("salbutamol", "beta2_heart", 5.5, 1.3, 1, "F", "about +10 to 20 beats per 5 mg nebulised"),
    DrugEffect("salbutamol", "beta2_excess", 25.0, 2.0, 1, "H", "lactate and hypokalaemia of overdose"),
    DrugEffect("salbutamol", "arrhythmia", 45.0, 3.0, 0.7, "H", "tachyarrhythmia of milligrams IV"),
    DrugEffect("ipratropium", "anticholinergic_airway", 0.12, 1.2, 0.22, "F", "Rodrigo 1995"),
    DrugEffect("magnesium_sulfate", "magnesium_airway", 40000.0, 1.5, 0.20, "F", "modest, within 20 min"),
    DrugEffect("magnesium_sulfate", "vasodilatation", 400000.0, 1.8, 0.9, "H", "flush and fall of pressure"),
    DrugEffect("magnesium_sulfate", "weakness", 700000.0, 4.0, 0.9, "S", "respiratory paralysis above 5 to 6 mmol/L"),
    DrugEffect("adrenaline", "beta", 0.190, 1.2, 1, "F", "Stratton 1985"),
    DrugEffect("adrenaline", "alpha", 4.5, 1.4, 1, "F", "Stratton 1985"),
    DrugEffect("adrenaline", "adrenaline_airway", 0.50, 1.2, 0.72, "F", "onset 3 to 5 min IM"),
    DrugEffect("adrenaline", "arrhythmia", 9.0, 2.0, 1.0, "H", "ventricular arrhythmia after an IV bolus"),
    DrugEffect("metoprolol", "beta_block", 25.0, 1.2, 0.85, "H", "5 to 15 mg IV slows the heart"),
    DrugEffect("metoprolol", "beta_block_airway", 40.0, 1.2, 0.75, "H", "beta-1 selectivity is lost in asthma"),
    DrugEffect("bisoprolol", "beta_block", 12.0, 1.2, 0.85, "H", "as metoprolol"),
    DrugEffect("bisoprolol", "beta_block_airway", 25.0, 1.2, 0.65, "H", "as metoprolol"),
    DrugEffect("propranolol", "beta_block", 8.0, 1.2, 0.9, "H", "non-selective"),
    DrugEffect("propranolol", "beta_block_airway", 8.0, 1.2, 1.0, "H", "non-selective"),
    DrugEffect("atenolol", "beta_block", 90.0, 1.2, 0.85, "H", "as metoprolol"),
    DrugEffect("atenolol", "beta_block_airway", 150.0, 1.2, 0.7, "H", "as metoprolol"),
    DrugEffect("labetalol", "beta_block", 90.0, 1.2, 0.8, "H", "non-selective, with alpha blockade"),
    DrugEffect("labetalol", "beta_block_airway", 90.0, 1.2, 1.0, "H", "non-selective"),
    DrugEffect("labetalol", "vasodilatation", 120.0, 1.2, 0.35, "H", "alpha blockade"),
    DrugEffect("atropine", "vagolysis", 6.0, 1.5, 1, "H", "0.6 mg works within a minute"),
    DrugEffect("gtn", "nitrate", 1.6, 1.1, 1, "F", "Wuerz 1994"),
    DrugEffect("hydrocortisone", "steroid", 400.0, 1.5, 1, "H", "100 mg near maximal after hours"),
    DrugEffect("prednisolone", "steroid", 120.0, 1.5, 1, "H", "40 mg near maximal after hours"),
    DrugEffect("dexamethasone", "steroid", 15.0, 1.5, 1, "H", "8 mg near maximal after hours"),
    DrugEffect("methylprednisolone", "steroid", 80.0, 1.5, 1, "H", "40 mg near maximal after hours"),
    DrugEffect("furosemide", "diuresis", 600.0, 1.5, 1, "H", "40 mg: about 10 mL/min at peak"),
    DrugEffect("furosemide", "vasodilatation", 4000.0, 1.5, 0.10, "H", "venodilatation"),
    DrugEffect("aspirin", "airway_trigger", 4000.0, 1.5, 0.25, "H", "aspirin-exacerbated asthma, about 1 in 10"),
    DrugEffect("ibuprofen", "airway_trigger", 9000.0, 1.5, 0.20, "H", "as aspirin"),
    DrugEffect("morphine", "airway_trigger", 60.0, 1.5, 0.20, "H", "histamine release"),
)
