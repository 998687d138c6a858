"""What a patient lives with: each long-standing condition is a row of factors and shifts on the healthy norms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowthyself_tui.domain.body.tables import Tag


@dataclass(frozen=True, slots=True)
class Comorbidity:
    """Factors multiply a norm of the same name, shifts add to it."""

    name: str
    meaning: str
    tag: Tag
    citation: str
    factors: Mapping[str, float] = field(default_factory=dict)
    shifts: Mapping[str, float] = field(default_factory=dict)


_ROWS: tuple[Comorbidity, ...] = (
    Comorbidity(
        "hypertension",
        "raised pressure that the reflexes defend",
        "H",
        "grade 1 to 2 hypertension, treated",
        shifts={"sbp": 25.0, "dbp": 12.0},
    ),
    Comorbidity(
        "copd",
        "obstruction that drugs do not relieve, retained carbon dioxide",
        "H",
        "GOLD 3",
        factors={"fev1": 0.50},
        shifts={"shunt": 0.03, "co2_threshold": 6.0, "bicarbonate": 3.5, "retainer": 1.0},
    ),
    Comorbidity(
        "heart_failure",
        "a weak left ventricle",
        "H",
        "ejection fraction near 35 %",
        factors={"contractility": 0.70},
        shifts={"hr": 6.0},
    ),
    Comorbidity("anaemia", "haemoglobin near 85 g/L", "H", "moderate", factors={"haemoglobin": 0.57}),
    Comorbidity(
        "atrial_fibrillation",
        "an irregular heart, rate controlled",
        "H",
        "resting rate a little higher",
        shifts={"hr": 6.0, "fibrillation": 1.0},
    ),
    Comorbidity(
        "beta_blocked",
        "takes a beta-blocker every day",
        "H",
        "resting rate and rate reserve",
        shifts={"beta_blockade": 0.5},
    ),
    Comorbidity("ace_inhibitor", "swelling of the face clears slowly", "H", "fact sheet S2.11", shifts={"kinin": 0.3}),
    Comorbidity(
        "anticoagulated",
        "clots form slowly",
        "H",
        "warfarin or a direct anticoagulant",
        factors={"clotting": 0.3},
    ),
    Comorbidity(
        "little_reserve",
        "a moderately ill adult: small lungs, more shunt, more oxygen use",
        "F",
        "Benumof 1997 (from memory)",
        factors={"frc": 0.80, "vo2": 1.12},
        shifts={"shunt": 0.06},
    ),
    Comorbidity(
        "pregnancy",
        "third trimester",
        "S",
        "FRC down a fifth, oxygen use up a fifth, blood up 40 % (textbook)",
        factors={"frc": 0.80, "vo2": 1.20, "blood": 1.40, "haemoglobin": 0.83, "ve": 1.40},
        shifts={"hr": 12.0, "co2_threshold": -8.0, "bicarbonate": -4.0, "caval": 1.0},
    ),
    Comorbidity(
        "pde5_inhibitor",
        "took sildenafil or a relative: nitrates act far more",
        "H",
        "Webb 1999: the fall of pressure doubles or more",
        factors={"nitrate_gain": 2.0},
    ),
)

COMORBIDITIES: dict[str, Comorbidity] = {row.name: row for row in _ROWS}
