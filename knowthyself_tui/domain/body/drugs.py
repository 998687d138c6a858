"""The drug table: kinetics, routes and dose forms. A new drug is a row here and rows in `drug_effects`.

Values of labels are quoted from memory where no study is named; levels are checked in the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowthyself_tui.domain.body.tables import Tag

Absorption = tuple[float, float]
"""Fraction that reaches the blood, and its rate per minute."""

VEIN = ("IV", "IO")


@dataclass(frozen=True, slots=True)
class Drug:
    """Three compartments and an effect site; volumes in L, rates per minute."""

    name: str
    volume: float
    k10: float
    ke0: float
    tag: Tag
    citation: str
    k12: float = 0.0
    k21: float = 0.0
    k13: float = 0.0
    k31: float = 0.0
    routes: Mapping[str, tuple[Absorption, ...]] = field(default_factory=dict)
    """Depots by route; the vein is always open."""
    push_minutes: float = 0.5
    """How long an intravenous dose takes when the order does not say."""
    tablet_mcg: float = 0.0
    """One tablet, where the formulary names none."""
    unit_mcg: float = 0.0
    """One international unit."""
    breathed_minutes: float = 0.0
    """How long an inhaled dose is breathed; it can be stopped."""
    usual_mcg: float = 0.0
    """What is given when an order names no dose, where only one dose exists."""
    glucose: bool = False
    """What is absorbed is glucose."""
    topical: str = ""
    """The row that keeps what a nebuliser leaves on the airway, where that acts by itself."""
    draws_ml_per_g: float = 0.0
    """Water drawn into the blood by each gram, with the water it is dissolved in, mL."""
    hidden: bool = False
    """A place where another drug acts by itself; nobody can order it."""


def _oral(fraction: float, rate: float) -> dict[str, tuple[Absorption, ...]]:
    return {"PO": ((fraction, rate),)}


_ROWS: tuple[Drug, ...] = (
    Drug(
        "salbutamol", 20.0, 0.024, 0.40, "S",
        "CL 0.48 L/min (label); 14 ng/mL after 5 mcg/kg IV, Janson 1991; nebulised fitted to Besbes-Ouanes 2000",
        k12=0.06, k21=0.012,
        routes={
            "NEB": ((0.0123, 0.45), (0.0875, 0.015)), "INH": ((0.0278, 1.0), (0.172, 0.015)), "PO": ((0.5, 0.01),),
            "SC": ((0.9, 0.06),), "IM": ((0.9, 0.07),),
        },
        push_minutes=5.0, tablet_mcg=4000.0,
    ),
    Drug(
        "terbutaline", 40.0, 0.006, 0.25, "S", "0.5 mg SC: 9.6 ng/mL at 0.5 h, volume 1.6 L/kg (label)",
        k12=0.05, k21=0.03,
        routes={"SC": ((1.0, 0.10),), "NEB": ((0.0123, 0.45), (0.0875, 0.015)), "INH": ((0.0278, 1.0), (0.172, 0.015)),
                "IM": ((1.0, 0.10),)},
        push_minutes=5.0,
    ),
    Drug(
        "ipratropium", 338.0, 0.007, 0.045, "S",
        "volume 338 L, half-life 98 min, 7 % inhaled, Ensing 1989; site fitted to onset 15 min, peak 1 h",
        routes={"NEB": ((0.069, 0.16),), "INH": ((0.069, 1.0),)},
    ),
    Drug(
        "magnesium_sulfate", 10.0, 0.0075, 0.15, "S",
        "as heptahydrate: 246 500 ng/mL is 1 mmol/L above normal; CL 4.3 to 5 L/h, volume 14 to 49 L (Okusanya 2016)",
        k12=0.05, k21=0.045, routes={"NEB": ((0.10, 0.10),), "IM": ((0.9, 0.02),)}, push_minutes=20.0,
    ),
    Drug(
        "adrenaline", 24.0, 0.33, 0.65, "F", "Best & Halter 1982; biphasic IM Dreborg & Kim 2021; ARS-1 analysis",
        routes={
            "IM": ((0.06, 0.13), (0.25, 0.015)), "SC": ((0.02, 0.09), (0.20, 0.012)),
            "NEB": ((0.005, 0.10),), "INH": ((0.005, 0.10),), "IN": ((0.05, 0.05),),
        },
        push_minutes=0.1, topical="adrenaline_on_airway",
    ),
    Drug(
        "adrenaline_on_airway", 1.0, 0.025, 0.30, "H", "nebulised for croup: works in 10 min, fades within 2 h",
        hidden=True,
    ),
    Drug(
        "noradrenaline", 9.0, 0.23, 1.0, "S", "CL 2 L/min, half-life 2 to 3 min, Beloeil 2005 (from memory)",
        push_minutes=0.1,
    ),
    Drug(
        "hydrocortisone", 30.0, 0.007, 0.006, "S", "volume 34 L, half-life 100 min (label); onset hours",
        routes={"IM": ((0.9, 0.03),)}, push_minutes=2.0,
    ),
    Drug("prednisolone", 40.0, 0.004, 0.006, "H", "half-life 3 h (label); onset hours", routes=_oral(0.8, 0.03)),
    Drug(
        "dexamethasone", 60.0, 0.003, 0.006, "H", "half-life 4 h (label); onset hours",
        routes={"PO": ((0.8, 0.03),), "IM": ((0.9, 0.03),)}, push_minutes=2.0, tablet_mcg=2000.0,
    ),
    Drug(
        "methylprednisolone", 60.0, 0.005, 0.006, "H", "half-life 2.5 h (label); onset hours",
        routes={"IM": ((0.9, 0.03),)}, push_minutes=5.0,
    ),
    Drug(
        "midazolam", 15.0, 0.021, 0.17, "F", "PMID 2097906; Schwagmeier 1998; BCP 2017", k12=0.08, k21=0.030,
        routes={
            "IM": ((0.9, 0.065),), "BUCCAL": ((0.73, 0.042),), "SL": ((0.75, 0.042),), "IN": ((0.75, 0.06),),
            "PO": ((0.4, 0.03),), "PR": ((0.5, 0.05),), "SC": ((0.9, 0.05),),
        },
    ),
    Drug(
        "diazepam", 15.0, 0.0018, 0.30, "S",
        "volume 1 L/kg, CL 27 mL/min (label); rectal solution Moolenaar 1980 (from memory)",
        k12=0.10, k21=0.027, routes={"PR": ((0.8, 0.10),), "PO": ((0.95, 0.03),), "IM": ((0.9, 0.02),)},
        push_minutes=2.0, tablet_mcg=5000.0,
    ),
    Drug(
        "lorazepam", 50.0, 0.0015, 0.06, "S", "4 mg: IV 70, IM 48 ng/mL (label); Greenblatt 1979; Wermeling 2001",
        k12=0.02, k21=0.03,
        routes={"IM": ((0.95, 0.045),), "PO": ((0.9, 0.02),), "SL": ((0.9, 0.03),), "BUCCAL": ((0.9, 0.03),),
                "IN": ((0.78, 0.06),)},
        push_minutes=1.0, tablet_mcg=1000.0,
    ),
    Drug(
        "propofol", 16.0, 0.119, 1.21, "S", "Marsh 1991; ke0 Struys 2000", k12=0.112, k21=0.055, k13=0.042, k31=0.0033,
        push_minutes=0.5,
    ),
    Drug(
        "thiopental", 5.53, 0.0555, 0.58, "S", "Stanski & Maitre 1990 (from memory)",
        k12=0.519, k21=0.0857, k13=0.224, k31=0.0082, push_minutes=0.3,
    ),
    Drug(
        "etomidate", 15.0, 0.10, 0.48, "S", "CL 1.5 L/min, volume 3 L/kg (label)",
        k12=0.20, k21=0.06, k13=0.08, k31=0.008, push_minutes=0.5,
    ),
    Drug(
        "rocuronium", 3.5, 0.075, 0.17, "S", "CL 4 mL/min/kg, volume 0.27 L/kg (label); Wierda 1991",
        k12=0.21, k21=0.13, k13=0.03, k31=0.01, push_minutes=0.1,
    ),
    Drug(
        "suxamethonium", 2.8, 0.93, 0.20, "S", "CL 37 mL/min/kg, Roy 2002; duration 5 to 10 min", push_minutes=0.1
    ),
    Drug(
        "morphine", 18.0, 0.078, 0.058, "S", "CL 1.4 L/min; Stanski 1978; Stuart-Harris 2000; site fitted to Weil 1975",
        k12=0.45, k21=0.10, k13=0.04, k31=0.006,
        routes={"IM": ((1.0, 0.09),), "SC": ((1.0, 0.07),), "PO": ((0.25, 0.025),)},
        push_minutes=1.0, tablet_mcg=10000.0,
    ),
    Drug(
        "heroin", 40.0, 0.012, 0.45, "H", "as one pool of 6-monoacetylmorphine",
        k12=0.02, k21=0.012,
        routes={"IM": ((1.0, 0.15),), "SC": ((1.0, 0.10),), "IN": ((0.5, 0.15),), "INH": ((0.5, 1.0),)},
        push_minutes=0.2,
    ),
    Drug(
        "methadone", 120.0, 0.0009, 0.09, "S", "CL 0.1 L/min, volume 4 to 7 L/kg, oral peak 2.5 to 4 h (label)",
        k12=0.015, k21=0.010, routes={"PO": ((0.8, 0.012),), "IM": ((0.9, 0.05),), "SC": ((0.9, 0.04),)},
        push_minutes=1.0, tablet_mcg=5000.0,
    ),
    Drug(
        "fentanyl", 10.5, 0.12, 0.18, "S", "Mann 2022; Algera 2020; ke0 BioGears",
        k12=0.192, k21=0.138, k13=0.216, k31=0.0138,
        routes={"IN": ((0.8, 0.06),), "IM": ((1.0, 0.06),), "BUCCAL": ((0.5, 0.05),), "SL": ((0.5, 0.05),)},
    ),
    Drug(
        "alfentanil", 7.8, 0.0456, 0.77, "S", "Maitre 1987; ke0 Scott 1985 (from memory)",
        k12=0.104, k21=0.0673, k13=0.017, k31=0.0126, routes={"IN": ((0.65, 0.12),), "IM": ((1.0, 0.08),)},
    ),
    Drug(
        "codeine", 170.0, 0.0045, 0.05, "S", "volume 2.6 L/kg, half-life 2.9 h, peak 1 h (label)",
        routes={"PO": ((0.55, 0.04),), "IM": ((0.9, 0.05),)}, tablet_mcg=30000.0,
    ),
    Drug(
        "tramadol", 90.0, 0.0055, 0.05, "S", "volume 2.9 L/kg, CL 0.5 L/min, oral 75 % (label)", k12=0.05, k21=0.045,
        routes={"PO": ((0.75, 0.02),), "IM": ((1.0, 0.05),)}, push_minutes=2.0, tablet_mcg=50000.0,
    ),
    Drug(
        "oxycodone", 90.0, 0.0087, 0.06, "S", "volume 2.6 L/kg, CL 0.8 L/min, oral 70 % (label)", k12=0.05, k21=0.05,
        routes={"PO": ((0.7, 0.025),), "SC": ((0.95, 0.05),), "IM": ((0.95, 0.06),)},
        push_minutes=1.0, tablet_mcg=5000.0,
    ),
    Drug(
        "naloxone", 110.0, 0.037, 0.30, "F", "McDonald 2018; Dowling 2008; Skulberg 2019", k12=0.045, k21=0.030,
        routes={"IM": ((0.95, 0.085),), "SC": ((0.95, 0.07),), "IN": ((0.48, 0.065),)},
    ),
    Drug(
        "flumazenil", 30.0, 0.034, 0.50, "S", "volume 0.5 then 1 L/kg, CL 1 L/min, half-life 54 min (label)",
        k12=0.10, k21=0.085,
    ),
    Drug(
        "ketamine", 25.0, 0.060, 0.40, "S", "CL 20 mL/min/kg, volume 2 L/kg; Grant 1981; Domino 1984 (from memory)",
        k12=0.25, k21=0.055,
        routes={"IM": ((0.93, 0.06),), "IN": ((0.30, 0.045),), "PO": ((0.2, 0.03),)},
    ),
    Drug(
        "nitrous_oxide", 3.0, 1.5, 3.0, "D", "50 % breathed: 0.43 mg/mL of blood (solubility 0.47), gone in 3 min",
        routes={"INH": ((1.0, 0.05),)}, usual_mcg=3.9e7, breathed_minutes=20.0,
    ),
    Drug(
        "methoxyflurane", 12.0, 0.08, 1.5, "D", "3 mL in 25 min; 1 MAC is 0.13 mg/mL of blood (solubility 12)",
        k12=0.10, k21=0.03, routes={"INH": ((0.30, 0.10),)}, usual_mcg=4.26e6, breathed_minutes=25.0,
    ),
    Drug(
        "paracetamol", 25.0, 0.012, 0.03, "S", "1 g IV 28 mcg/mL, CL 0.3 L/min (label)", k12=0.06, k21=0.045,
        routes={"PO": ((0.85, 0.04),), "PR": ((0.4, 0.01),)}, push_minutes=15.0,
    ),
    Drug(
        "aspirin", 11.0, 0.04, 0.05, "S", "chewed, 4 to 6 mcg/mL at 20 to 30 min, half-life 17 min",
        routes={"PO": ((0.5, 0.06),), "PR": ((0.3, 0.01),)},
    ),
    Drug(
        "ibuprofen", 10.0, 0.006, 0.05, "S", "400 mg: 20 to 35 mcg/mL at 1 to 2 h, half-life 2 h (label)",
        routes=_oral(0.9, 0.025),
    ),
    Drug(
        "gtn", 60.0, 0.085, 1.2, "F", "volume and rate fitted to the pressure: Wuerz 1994; Wei & Reid 1981",
        routes={"SL": ((0.6, 0.55),), "BUCCAL": ((0.6, 0.10),)},
    ),
    Drug(
        "atropine", 70.0, 0.009, 0.50, "S", "2 mg IM 11 ng/mL at 20 min, half-life 3 to 4 h (label)",
        k12=0.09, k21=0.05,
        routes={"IM": ((1.0, 0.10),), "SC": ((0.9, 0.05),)},
    ),
    Drug(
        "adenosine", 6.0, 6.0, 6.0, "S", "half-life under 10 s (label)", push_minutes=0.03
    ),
    Drug(
        "verapamil", 60.0, 0.02, 0.30, "S", "CL 1.2 L/min, volume 4 L/kg (label)", k12=0.10, k21=0.028,
        routes=_oral(0.22, 0.02), push_minutes=2.0, tablet_mcg=80000.0,
    ),
    Drug(
        "amiodarone", 12.0, 0.012, 0.10, "S", "5 mg/kg IV: 5 to 41 mcg/mL, a tenth within 45 min (label)",
        k12=0.20, k21=0.004, push_minutes=3.0,
    ),
    Drug(
        "lidocaine", 30.0, 0.025, 0.60, "S", "CL 0.7 L/min, volume 1.3 L/kg (label)", k12=0.12, k21=0.06,
        push_minutes=1.0,
    ),
    Drug(
        "metoprolol", 90.0, 0.010, 0.20, "S", "volume 3.2 L/kg, CL 1 L/min, half-life 3 to 4 h (label)",
        k12=0.07, k21=0.05, routes=_oral(0.5, 0.015), push_minutes=2.0, tablet_mcg=50000.0,
    ),
    Drug(
        "bisoprolol", 220.0, 0.0012, 0.15, "S", "volume 3 L/kg, half-life 11 h (label)",
        routes=_oral(0.9, 0.012), push_minutes=2.0, tablet_mcg=2500.0,
    ),
    Drug(
        "propranolol", 250.0, 0.003, 0.25, "S", "volume 4 L/kg, half-life 4 h (label)",
        routes=_oral(0.26, 0.02), push_minutes=2.0, tablet_mcg=40000.0,
    ),
    Drug(
        "atenolol", 70.0, 0.002, 0.20, "S", "volume 1 L/kg, half-life 6 h (label)",
        routes=_oral(0.5, 0.012), push_minutes=3.0, tablet_mcg=50000.0,
    ),
    Drug(
        "labetalol", 100.0, 0.018, 0.25, "S", "volume 6 to 9 L/kg, CL 25 mL/min/kg (label)", k12=0.12, k21=0.03,
        routes=_oral(0.25, 0.02), push_minutes=2.0, tablet_mcg=100000.0,
    ),
    Drug(
        "furosemide", 6.0, 0.025, 0.05, "S", "CL 0.15 L/min, volume 0.15 L/kg; onset 5 min, peak 30 min (label)",
        k12=0.04, k21=0.05, routes={"PO": ((0.65, 0.02),), "IM": ((0.9, 0.05),)}, push_minutes=4.0, tablet_mcg=40000.0,
    ),
    Drug(
        "tranexamic_acid", 16.1, 0.00735, 0.10, "S", "Grassin-Delyle 2021, injured; oral Grassin-Delyle 2022",
        k12=0.0121, k21=0.0207, routes={"IM": ((0.77, 0.0323),), "PO": ((0.47, 0.006),)},
        push_minutes=10.0, tablet_mcg=500000.0,
    ),
    Drug(
        "mannitol", 8.0, 0.013, 0.10, "S", "extracellular space, half-life 100 min (label); draws 10 mL/g [D]",
        k12=0.10, k21=0.09, push_minutes=15.0, draws_ml_per_g=10.0,
    ),
    Drug(
        "hypertonic_saline", 17.0, 0.002, 0.10, "D", "1 g of salt holds 118 mL; half is drawn through the blood",
        k12=0.02, k21=0.014, push_minutes=10.0, draws_ml_per_g=60.0,
    ),
    Drug(
        "levetiracetam", 25.0, 0.0027, 0.10, "S", "1.5 g in 15 min 51 mcg/mL, CL 0.96 mL/min/kg (label)",
        k12=0.06, k21=0.075, routes=_oral(1.0, 0.05), push_minutes=10.0, tablet_mcg=500000.0,
    ),
    Drug(
        "phenytoin", 12.0, 0.0022, 0.50, "S", "volume 0.65 L/kg, 20 mg/L after 18 mg/kg (label)", k12=0.15, k21=0.055,
        routes=_oral(0.9, 0.005), push_minutes=25.0, tablet_mcg=100000.0,
    ),
    Drug(
        "valproate", 8.0, 0.0012, 0.12, "S", "volume 0.15 to 0.2 L/kg, half-life 12 h (label)", k12=0.02, k21=0.04,
        routes=_oral(1.0, 0.01), push_minutes=7.0, tablet_mcg=500000.0,
    ),
    Drug(
        "glucagon", 17.5, 0.054, 0.25, "S", "0.25 L/kg, 13.5 mL/min/kg; 1 mg SC 7.9, IM 6.9 ng/mL (label); nasal label",
        routes={"IM": ((0.26, 0.10),), "SC": ((0.33, 0.055),), "IN": ((0.08, 0.10),)}, unit_mcg=1000.0,
    ),
    Drug(
        "insulin", 20.0, 0.058, 0.06, "S", "rapid-acting, 0.15 units/kg SC 82 mU/L at 45 min (label); 1 unit 34.7 mcg",
        routes={"SC": ((0.9, 0.012),), "IM": ((0.9, 0.025),)}, push_minutes=0.5, unit_mcg=34.7,
    ),
    Drug(
        "glucose_iv", 13.3, 0.0, 1.0, "F", "Moore & Woollard 2005", push_minutes=3.0, glucose=True
    ),
    Drug(
        "glucose_oral", 13.3, 0.0, 1.0, "H", "onset 5 to 10 min",
        routes={"PO": ((0.9, 0.038),), "BUCCAL": ((0.6, 0.018),)}, glucose=True,
    ),
    Drug(
        "complex_carbohydrate", 13.3, 0.0, 1.0, "H", "toast and biscuits: slower than sugar, S8.11",
        routes={"PO": ((0.9, 0.010),)}, glucose=True,
    ),
)  # fmt: skip

DRUGS: dict[str, Drug] = {row.name: row for row in _ROWS}

INERT = frozenset(
    {
        "chlorphenamine", "cetirizine", "clopidogrel", "ticagrelor", "prasugrel", "heparin", "ondansetron",
        "cyclizine", "metoclopramide",
    }
)  # fmt: skip
"""Drugs that are carried and given but change nothing this body shows within an hour."""
