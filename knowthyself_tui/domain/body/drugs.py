"""The drug table: kinetics, routes and dose forms. A new drug is a row here and rows in `drug_effects`."""

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
    glucose: bool = False
    """What is absorbed is glucose."""


def _oral(fraction: float, rate: float) -> dict[str, tuple[Absorption, ...]]:
    return {"PO": ((fraction, rate),)}


_ROWS: tuple[Drug, ...] = (
    Drug(
        "salbutamol", 110.0, 0.0045, 0.40, "F", "CL 0.5 L/min (label); fitted to Besbes-Ouanes 2000, Tarala 1980",
        routes={"NEB": ((0.10, 0.45),), "INH": ((0.20, 1.0),), "PO": ((0.5, 0.01),), "SC": ((0.9, 0.06),)},
        push_minutes=3.0, tablet_mcg=4000.0,
    ),
    Drug(
        "ipratropium", 100.0, 0.007, 0.045, "H", "onset 15 min, peak 60 min (label)",
        routes={"NEB": ((0.10, 0.16),), "INH": ((0.20, 1.0),)},
    ),
    Drug(
        "magnesium_sulfate", 20.0, 0.005, 0.15, "H", "onset 5 to 10 min; plasma rise 1 to 2 mmol/L after 2 g",
        routes={"NEB": ((0.10, 0.10),), "IM": ((0.9, 0.02),)}, push_minutes=20.0,
    ),
    Drug(
        "adrenaline", 24.0, 0.33, 0.65, "F", "Best & Halter 1982; biphasic IM Dreborg & Kim 2021; ARS-1 analysis",
        routes={
            "IM": ((0.06, 0.13), (0.25, 0.015)), "SC": ((0.02, 0.09), (0.20, 0.012)),
            "NEB": ((0.02, 0.10),), "INH": ((0.02, 0.10),), "IN": ((0.05, 0.05),),
        },
        push_minutes=0.1,
    ),
    Drug(
        "hydrocortisone", 30.0, 0.007, 0.006, "H", "onset hours", routes={"IM": ((0.9, 0.03),)}, push_minutes=2.0
    ),
    Drug("prednisolone", 40.0, 0.004, 0.006, "H", "onset hours", routes=_oral(0.8, 0.03)),
    Drug(
        "dexamethasone", 60.0, 0.003, 0.006, "H", "onset hours",
        routes={"PO": ((0.8, 0.03),), "IM": ((0.9, 0.03),)}, push_minutes=2.0, tablet_mcg=2000.0,
    ),
    Drug(
        "methylprednisolone", 60.0, 0.005, 0.006, "H", "onset hours", routes={"IM": ((0.9, 0.03),)}, push_minutes=5.0
    ),
    Drug(
        "midazolam", 15.0, 0.021, 0.17, "F", "PMID 2097906; Schwagmeier 1998; BCP 2017", k12=0.08, k21=0.030,
        routes={
            "IM": ((0.9, 0.065),), "BUCCAL": ((0.75, 0.042),), "SL": ((0.75, 0.042),), "IN": ((0.75, 0.09),),
            "PO": ((0.4, 0.03),), "PR": ((0.5, 0.05),), "SC": ((0.9, 0.05),),
        },
    ),
    Drug(
        "diazepam", 25.0, 0.0012, 0.30, "H", "physiology page; slow rectal absorption", k12=0.06, k21=0.012,
        routes={"PR": ((0.9, 0.05),), "PO": ((0.95, 0.03),), "IM": ((0.9, 0.02),)},
        push_minutes=1.0, tablet_mcg=5000.0,
    ),
    Drug(
        "lorazepam", 50.0, 0.0012, 0.06, "H", "CL 1 mL/min/kg (label); effect later than diazepam", k12=0.03, k21=0.03,
        routes={"IM": ((0.95, 0.04),), "PO": ((0.9, 0.02),), "SL": ((0.9, 0.03),), "BUCCAL": ((0.9, 0.03),),
                "IN": ((0.75, 0.06),)},
        push_minutes=1.0, tablet_mcg=1000.0,
    ),
    Drug(
        "morphine", 17.8, 0.071, 0.058, "S", "Loetsch 2002 (from memory); fitted to Weil 1975",
        k12=0.128, k21=0.026, k13=0.0185, k31=0.00165,
        routes={"IM": ((1.0, 0.07),), "SC": ((1.0, 0.05),), "PO": ((0.3, 0.02),)},
        push_minutes=1.0, tablet_mcg=10000.0,
    ),
    Drug(
        "fentanyl", 10.5, 0.12, 0.18, "S", "Mann 2022; Algera 2020; ke0 BioGears",
        k12=0.192, k21=0.138, k13=0.216, k31=0.0138,
        routes={"IN": ((0.8, 0.12),), "IM": ((1.0, 0.06),), "BUCCAL": ((0.5, 0.05),), "SL": ((0.5, 0.05),)},
    ),
    Drug(
        "ketamine", 30.0, 0.03, 0.40, "H", "Domino 1984 (from memory): fast distribution, dissociation near 1 mcg/mL",
        k12=0.15, k21=0.06, routes={"IM": ((0.93, 0.12),), "IN": ((0.45, 0.06),), "PO": ((0.2, 0.03),)},
    ),
    Drug(
        "naloxone", 110.0, 0.037, 0.30, "F", "McDonald 2018; Dowling 2008; Skulberg 2019", k12=0.045, k21=0.030,
        routes={"IM": ((0.95, 0.085),), "SC": ((0.95, 0.07),), "IN": ((0.48, 0.065),)},
    ),
    Drug("flumazenil", 15.0, 0.06, 0.50, "H", "onset 1 to 2 min, half-life near 1 h (label)", k12=0.12, k21=0.06),
    Drug(
        "gtn", 60.0, 0.085, 1.2, "F", "Wuerz 1994; Wei & Reid 1981",
        routes={"SL": ((0.6, 0.55),), "BUCCAL": ((0.6, 0.10),)},
    ),
    Drug("atropine", 100.0, 0.006, 0.50, "H", "onset 1 min IV", routes={"IM": ((0.9, 0.06),), "SC": ((0.9, 0.05),)}),
    Drug(
        "metoprolol", 220.0, 0.004, 0.20, "H", "volume 3.2 L/kg, half-life 3 to 4 h (label)",
        routes=_oral(0.5, 0.02), push_minutes=2.0, tablet_mcg=50000.0,
    ),
    Drug(
        "bisoprolol", 220.0, 0.0012, 0.15, "H", "volume 3 L/kg, half-life 11 h (label)",
        routes=_oral(0.9, 0.012), push_minutes=2.0, tablet_mcg=2500.0,
    ),
    Drug(
        "propranolol", 250.0, 0.003, 0.25, "H", "volume 4 L/kg (label)",
        routes=_oral(0.26, 0.02), push_minutes=2.0, tablet_mcg=40000.0,
    ),
    Drug(
        "atenolol", 70.0, 0.002, 0.20, "H", "volume 1 L/kg, half-life 6 h (label)",
        routes=_oral(0.5, 0.012), push_minutes=3.0, tablet_mcg=50000.0,
    ),
    Drug(
        "labetalol", 300.0, 0.003, 0.25, "H", "volume 5 L/kg (label)",
        routes=_oral(0.25, 0.02), push_minutes=2.0, tablet_mcg=100000.0,
    ),
    Drug(
        "furosemide", 10.0, 0.012, 0.05, "H", "onset 5 to 10 min, peak 30 min (label)",
        routes={"PO": ((0.6, 0.015),), "IM": ((0.9, 0.05),)}, push_minutes=4.0, tablet_mcg=40000.0,
    ),
    Drug(
        "aspirin", 11.0, 0.035, 0.05, "H", "chewed, onset 10 to 20 min",
        routes={"PO": ((0.6, 0.06),), "PR": ((0.3, 0.01),)},
    ),
    Drug(
        "ibuprofen", 10.0, 0.006, 0.05, "H", "onset 20 to 30 min", routes=_oral(0.9, 0.025)
    ),
    Drug(
        "glucose_iv", 13.3, 0.0, 1.0, "F", "Moore & Woollard 2005", push_minutes=3.0, glucose=True
    ),
    Drug(
        "glucose_oral", 13.3, 0.0, 1.0, "H", "onset 5 to 10 min",
        routes={"PO": ((0.9, 0.05),), "BUCCAL": ((0.6, 0.04),)}, glucose=True,
    ),
)  # fmt: skip

DRUGS: dict[str, Drug] = {row.name: row for row in _ROWS}

INERT = frozenset(
    {
        "paracetamol", "chlorphenamine", "cetirizine", "levetiracetam", "phenytoin", "valproate", "clopidogrel",
        "ticagrelor", "prasugrel", "heparin", "ondansetron", "cyclizine", "metoclopramide", "complex_carbohydrate",
    }
)  # fmt: skip
"""Drugs that are carried and given but change nothing this body shows within an hour."""
