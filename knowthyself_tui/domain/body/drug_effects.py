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
    "hypnotic",
    "dissociation",
    "analgesia",
    "antiseizure",
    "beta2_airway",
    "anticholinergic_airway",
    "magnesium_airway",
    "adrenaline_airway",
    "ketamine_airway",
    "decongestion",
    "airway_trigger",
    "beta",
    "alpha",
    "inotropy",
    "glucagon_heart",
    "beta2_heart",
    "beta2_excess",
    "arrhythmia",
    "antiarrhythmia",
    "beta_block",
    "beta_block_airway",
    "av_block",
    "vagolysis",
    "nitrate",
    "vasodilatation",
    "weakness",
    "steroid",
    "diuresis",
    "antifibrinolysis",
    "insulin",
    "glycogenolysis",
    "osmosis",
    "antiplatelet",
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
    DrugEffect("alfentanil", "opioid", 60.0, 0, 1, "S", "Bouillon 1999, near 60 times fentanyl (from memory)"),
    DrugEffect("morphine", "opioid", 44.0, 0, 1, "F", "Weil 1975"),
    DrugEffect("heroin", "opioid", 45.0, 0, 1, "F", "as morphine, faster"),
    DrugEffect("methadone", "opioid", 40.0, 0, 1, "H", "about as morphine by vein"),
    DrugEffect("oxycodone", "opioid", 50.0, 0, 1, "H", "1.5 to 2 times morphine by mouth"),
    DrugEffect("codeine", "opioid", 800.0, 0, 1, "H", "60 mg by mouth as 6 mg of morphine"),
    DrugEffect("tramadol", "opioid", 2500.0, 0, 1, "H", "hardly depresses breathing"),
    DrugEffect("tramadol", "analgesia", 500.0, 1.5, 0.35, "H", "100 mg as 10 mg of morphine, half of it not opioid"),
    DrugEffect("naloxone", "opioid_antagonist", 1.0, 0, 1, "F", "ng/mL, antagonism in `effects`"),
    DrugEffect("midazolam", "benzodiazepine", 1.0, 0, 1, "F", "ng/mL midazolam"),
    DrugEffect("diazepam", "benzodiazepine", 1.0 / 0.20, 0, 1, "S", "EEG potency, Greenblatt 1989 (from memory)"),
    DrugEffect("lorazepam", "benzodiazepine", 1.0 / 2.0, 0, 1, "H", "midazolam equivalents"),
    DrugEffect(
        "flumazenil", "benzodiazepine_antagonist", 6.0, 0, 1, "S", "partial at 3 to 6, full at 12 to 28 ng/mL (label)"
    ),
    DrugEffect("propofol", "hypnotic", 2700.0, 0, 1, "S", "loss of consciousness at 2.5 to 3 mcg/mL, Struys 2000"),
    DrugEffect("propofol", "vasodilatation", 3500.0, 2.0, 0.95, "F", "2 mg/kg: mean pressure a quarter down"),
    DrugEffect("thiopental", "hypnotic", 9000.0, 0, 1, "S", "loss of consciousness, Stanski (from memory)"),
    DrugEffect("thiopental", "vasodilatation", 18000.0, 2.0, 0.45, "H", "less than propofol"),
    DrugEffect("thiopental", "antiseizure", 10000.0, 2.0, 0.95, "H", "third line in status"),
    DrugEffect("propofol", "beta_block", 3500.0, 2.0, 0.4, "H", "sympathetic outflow falls: no tachycardia"),
    DrugEffect("propofol", "antiseizure", 2500.0, 2.0, 0.95, "H", "third line in status"),
    DrugEffect("etomidate", "hypnotic", 300.0, 0, 1, "S", "loss of consciousness at 0.3 mcg/mL (label)"),
    DrugEffect("rocuronium", "weakness", 1200.0, 5.0, 1, "S", "Wierda 1991; the diaphragm needs half as much again"),
    DrugEffect("suxamethonium", "weakness", 1500.0, 6.0, 1, "F", "100 mg: under a minute, for 5 to 10 min"),
    DrugEffect("ketamine", "dissociation", 900.0, 2.5, 1, "S", "asleep above 1, awake below 0.7 mcg/mL, Domino 1984"),
    DrugEffect("ketamine", "analgesia", 130.0, 1.5, 0.80, "S", "70 to 160 ng/mL, Grant 1981; Clements 1982"),
    DrugEffect(
        "ketamine", "alpha", 900.0, 2.0, 0.13, "F", "2 mg/kg: mean pressure +15 to 25 %, White 1982 (from memory)"
    ),
    DrugEffect(
        "ketamine", "inotropy", 900.0, 2.0, 0.3, "F", "2 mg/kg: heart rate +15 to 20 %, White 1982 (from memory)"
    ),
    DrugEffect("ketamine", "beta2_heart", 900.0, 2.0, 0.70, "F", "as inotropy"),
    DrugEffect("ketamine", "ketamine_airway", 900.0, 1.5, 0.25, "H", "bronchodilator in small series"),
    DrugEffect("nitrous_oxide", "analgesia", 400000.0, 2.0, 0.80, "H", "50 % as 10 mg of morphine"),
    DrugEffect("methoxyflurane", "analgesia", 9000.0, 1.5, 0.75, "H", "3 mL: from a minute, for half an hour"),
    DrugEffect("paracetamol", "analgesia", 12000.0, 1.5, 0.35, "S", "about 10 mcg/mL; the site lags an hour"),
    DrugEffect("ibuprofen", "analgesia", 18000.0, 1.5, 0.45, "S", "400 mg more than paracetamol"),
    DrugEffect("aspirin", "analgesia", 6000.0, 1.5, 0.25, "H", "as paracetamol, shorter"),
    DrugEffect(
        "aspirin", "antiplatelet", 150.0, 1.5, 0.9, "H", "chewed: platelets blocked in minutes; S7.11 for the course"
    ),
    DrugEffect("levetiracetam", "antiseizure", 45000.0, 1.5, 0.75, "F", "Kapur 2019: about half stop within the hour"),
    DrugEffect("phenytoin", "antiseizure", 17500.0, 2.0, 0.70, "F", "Kapur 2019: about half stop within the hour"),
    DrugEffect("phenytoin", "vasodilatation", 70000.0, 4.0, 0.9, "H", "pushed faster than 50 mg/min"),
    DrugEffect("phenytoin", "av_block", 90000.0, 4.0, 0.6, "H", "pushed faster than 50 mg/min"),
    DrugEffect("valproate", "antiseizure", 110000.0, 1.5, 0.75, "F", "Kapur 2019: about half stop within the hour"),
    DrugEffect("salbutamol", "beta2_airway", 1.32, 1.2, 0.68, "F", "Besbes-Ouanes 2000"),
    DrugEffect("salbutamol", "beta2_heart", 4.7, 1.3, 1, "F", "about +10 to 20 beats per 5 mg nebulised"),
    DrugEffect("salbutamol", "beta", 20.0, 1.5, 0.6, "F", "20 mcg/min IV: +20 to 40 beats, diastolic pressure falls"),
    DrugEffect("salbutamol", "beta2_excess", 20.0, 2.0, 1, "H", "lactate and hypokalaemia of overdose"),
    DrugEffect("salbutamol", "arrhythmia", 120.0, 3.0, 0.7, "H", "tachyarrhythmia of milligrams IV"),
    DrugEffect("terbutaline", "beta2_airway", 2.4, 1.2, 0.66, "H", "0.5 mg SC as 5 mg of salbutamol nebulised"),
    DrugEffect("terbutaline", "beta2_heart", 7.0, 1.3, 1, "H", "0.5 mg SC: +15 to 20 beats"),
    DrugEffect("terbutaline", "beta", 25.0, 1.5, 0.6, "H", "as salbutamol"),
    DrugEffect("terbutaline", "beta2_excess", 28.0, 2.0, 1, "H", "as salbutamol"),
    DrugEffect("ipratropium", "anticholinergic_airway", 0.0245, 1.2, 0.22, "F", "Rodrigo 1995"),
    DrugEffect("magnesium_sulfate", "magnesium_airway", 54000.0, 1.5, 0.20, "F", "modest, within 20 min"),
    DrugEffect("magnesium_sulfate", "vasodilatation", 480000.0, 1.8, 0.9, "H", "flush and fall of pressure"),
    DrugEffect(
        "magnesium_sulfate", "weakness", 1200000.0, 5.0, 0.95, "S", "breathing fails 5 to 6 mmol/L above normal"
    ),
    DrugEffect("magnesium_sulfate", "antiarrhythmia", 150000.0, 2.0, 0.4, "H", "torsades"),
    DrugEffect("adrenaline", "beta", 0.190, 1.2, 1, "F", "Stratton 1985"),
    DrugEffect("adrenaline", "alpha", 4.5, 1.4, 1, "F", "Stratton 1985"),
    DrugEffect("adrenaline", "adrenaline_airway", 0.50, 1.2, 0.72, "F", "onset 3 to 5 min IM"),
    DrugEffect("adrenaline", "arrhythmia", 6.5, 2.0, 1.0, "H", "ventricular arrhythmia after an IV bolus"),
    DrugEffect("adrenaline_on_airway", "decongestion", 150.0, 1.5, 0.60, "H", "croup: 10 min to 2 h"),
    DrugEffect("noradrenaline", "alpha", 8.0, 1.2, 1, "F", "0.05 to 0.2 mcg/kg/min: mean pressure +15 to 30 mmHg"),
    DrugEffect("noradrenaline", "inotropy", 12.0, 1.2, 0.5, "H", "beta-1 effect"),
    DrugEffect("noradrenaline", "arrhythmia", 40.0, 2.0, 0.8, "H", "as adrenaline, less"),
    DrugEffect("metoprolol", "beta_block", 38.0, 1.2, 0.85, "S", "half the effect near 40 ng/mL"),
    DrugEffect("metoprolol", "beta_block_airway", 61.0, 1.2, 0.75, "H", "beta-1 selectivity is lost in asthma"),
    DrugEffect("bisoprolol", "beta_block", 12.0, 1.2, 0.85, "H", "as metoprolol"),
    DrugEffect("bisoprolol", "beta_block_airway", 25.0, 1.2, 0.65, "H", "as metoprolol"),
    DrugEffect("propranolol", "beta_block", 8.0, 1.2, 0.9, "H", "non-selective"),
    DrugEffect("propranolol", "beta_block_airway", 8.0, 1.2, 1.0, "H", "non-selective"),
    DrugEffect("atenolol", "beta_block", 90.0, 1.2, 0.85, "H", "as metoprolol"),
    DrugEffect("atenolol", "beta_block_airway", 150.0, 1.2, 0.7, "H", "as metoprolol"),
    DrugEffect("labetalol", "beta_block", 150.0, 1.2, 0.8, "H", "non-selective, with alpha blockade"),
    DrugEffect("labetalol", "beta_block_airway", 150.0, 1.2, 1.0, "H", "non-selective"),
    DrugEffect("labetalol", "vasodilatation", 200.0, 1.2, 0.35, "H", "alpha blockade"),
    DrugEffect("verapamil", "av_block", 80.0, 1.5, 0.8, "H", "10 mg IV slows conduction for half an hour"),
    DrugEffect("verapamil", "vasodilatation", 120.0, 1.5, 0.6, "H", "pressure falls within 5 min"),
    DrugEffect("adenosine", "av_block", 150.0, 2.0, 1, "S", "6 mg: block for seconds (label)"),
    DrugEffect("adenosine", "vasodilatation", 400.0, 1.5, 0.3, "H", "flush"),
    DrugEffect("amiodarone", "antiarrhythmia", 1500.0, 1.5, 0.85, "H", "300 mg IV"),
    DrugEffect("amiodarone", "vasodilatation", 8000.0, 2.0, 0.35, "H", "falls of pressure with fast injection (label)"),
    DrugEffect("amiodarone", "beta_block", 4000.0, 1.5, 0.3, "H", "sinus rate a little down"),
    DrugEffect("amiodarone", "av_block", 6000.0, 1.5, 0.3, "H", "slows conduction"),
    DrugEffect("lidocaine", "antiarrhythmia", 2000.0, 2.0, 0.7, "S", "works at 1.5 to 5 mcg/mL (label)"),
    DrugEffect("atropine", "vagolysis", 6.0, 1.5, 1, "H", "0.6 mg works within a minute"),
    DrugEffect("gtn", "nitrate", 1.6, 1.1, 1, "F", "Wuerz 1994"),
    DrugEffect("hydrocortisone", "steroid", 400.0, 1.5, 1, "H", "100 mg near maximal after hours"),
    DrugEffect("prednisolone", "steroid", 120.0, 1.5, 1, "H", "40 mg near maximal after hours"),
    DrugEffect("dexamethasone", "steroid", 15.0, 1.5, 1, "H", "8 mg near maximal after hours"),
    DrugEffect("methylprednisolone", "steroid", 80.0, 1.5, 1, "H", "40 mg near maximal after hours"),
    DrugEffect("furosemide", "diuresis", 650.0, 1.5, 1, "H", "40 mg: about 10 mL/min at peak"),
    DrugEffect("furosemide", "vasodilatation", 4000.0, 1.5, 0.10, "H", "venodilatation"),
    DrugEffect("tranexamic_acid", "antifibrinolysis", 8000.0, 2.0, 1, "S", "fibrinolysis is inhibited at 5 to 10 mg/L"),
    DrugEffect("mannitol", "osmosis", 2.0e6, 1.5, 1, "H", "1 g/kg lowers intracranial pressure for 1 to 3 h"),
    DrugEffect("mannitol", "diuresis", 3.0e6, 1.5, 0.8, "H", "osmotic diuresis"),
    DrugEffect(
        "hypertonic_saline", "osmosis", 3.2e5, 1.5, 1, "D", "1 g of salt holds as much water as 6.2 g of mannitol"
    ),
    DrugEffect("glucagon", "glucagon_heart", 25.0, 1.5, 1, "H", "1 to 5 mg IV past a beta-blocker, Bailey 2003"),
    DrugEffect(
        "glucagon", "glycogenolysis", 3.0, 2.0, 1, "F", "1 mg IM: glucose rises from 5 to 10 min, peak at 30 min"
    ),
    DrugEffect("insulin", "insulin", 1.0, 1.5, 0.95, "H", "10 units SC lower glucose within 20 min"),
    DrugEffect("aspirin", "airway_trigger", 3200.0, 1.5, 0.25, "H", "aspirin-exacerbated asthma, about 1 in 10"),
    DrugEffect("ibuprofen", "airway_trigger", 9000.0, 1.5, 0.20, "H", "as aspirin"),
    DrugEffect("morphine", "airway_trigger", 45.0, 1.5, 0.20, "H", "histamine release"),
)
