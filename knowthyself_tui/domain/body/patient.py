"""Who the body belongs to, and the healthy norms that follow from age, weight, height and sex."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import exp
from typing import Any, Literal

from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.tables import constant

IDEAL_BMI = constant("ideal_bmi", 23.0, "kg/m2", "H", "weight above it counts as excess")
VO2_PER_KG = constant("vo2_per_kg", 3.57, "mL/min/kg", "S", "250 mL/min in a 70 kg adult")
VO2_EXCESS = constant("vo2_excess", 0.60, "share", "F", "oxygen use of excess weight")
RQ = constant("respiratory_quotient", 0.8, "ratio", "S", "mixed diet at rest")
FRC_PER_KG = constant("frc_per_kg", 37.0, "mL/kg", "S", "supine adult, Benumof 1997 (from memory)")
FRC_OBESITY = constant("frc_obesity", 0.56, "share", "F", "loss of FRC per unit of excess weight, Jense 1991")
DEAD_SPACE_PER_KG = constant("dead_space_per_kg", 2.2, "mL/kg", "S", "anatomical dead space")
TIDAL_PER_KG = constant("tidal_per_kg", 6.9, "mL/kg", "S", "resting tidal volume")
SHUNT = constant("shunt", 0.025, "share of flow", "S", "healthy true shunt")
SHUNT_OBESITY = constant("shunt_obesity", 0.06, "share of flow", "F", "per unit of excess weight")
BLOOD_PER_KG = constant("blood_per_kg", 70.0, "mL/kg", "S", "adult blood volume")
BLOOD_PER_KG_CHILD = constant("blood_per_kg_child", 78.0, "mL/kg", "S", "child blood volume")
BLOOD_EXCESS = constant("blood_excess", 0.30, "share", "S", "blood volume of excess weight")
HAEMOGLOBIN = constant("haemoglobin", 150.0, "g/L", "S", "adult")
HAEMOGLOBIN_CHILD = constant("haemoglobin_child", 125.0, "g/L", "S", "child")
AV_DIFFERENCE = constant("av_difference", 48.0, "mL/L", "S", "resting arteriovenous oxygen difference")
CENTRAL_VENOUS = constant("central_venous", 2.6, "mmHg", "S", "resting right atrial pressure")
VENOUS_GRADIENT = constant("venous_gradient", 5.0, "mmHg", "F", "peripheral vein to right atrium, Guyton 1972")
ADULT_AGE = 14.0

# age years: heart rate, breaths (Fleming 2011), systolic, diastolic (PALS-type values, H)
_BY_AGE: tuple[tuple[float, float, float, float, float], ...] = (
    (0.5, 134, 40, 86, 50),
    (1, 126, 34, 90, 52),
    (2, 113, 26, 94, 55),
    (4, 105, 24, 97, 58),
    (7, 92, 21, 101, 61),
    (10, 85, 19, 105, 65),
    (14, 80, 17, 112, 67),
    (18, 72, 14, 118, 76),
    (60, 72, 14, 128, 78),
    (90, 74, 15, 138, 76),
)


@dataclass(frozen=True)
class Patient:
    """The person before any illness."""

    age_years: float
    weight_kg: float
    height_cm: float
    sex: Literal["f", "m"]
    tolerance: float = 1.0
    """Opioid tolerance: 1 naive, 4.3 chronic use (Algera 2020)."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Patient:
        return cls(
            float(data["age_years"]),
            float(data["weight_kg"]),
            float(data["height_cm"]),
            "f" if data["sex"] == "f" else "m",
            float(data["tolerance"]),
        )


@dataclass(frozen=True, slots=True)
class Norms:
    """Healthy values of one patient; the constants of their body."""

    adult: bool
    size: float
    """Blood volume relative to 4.9 L."""
    weight_ratio: float
    """70 kg over the patient's weight: scales drug concentrations."""
    tolerance: float
    vo2: float
    """Oxygen use, mL/min."""
    frc: float
    """Supine functional residual capacity, mL."""
    dead_space: float
    tidal: float
    """mL."""
    rr: float
    ve: float
    """Minute ventilation, L/min."""
    rr_max: float
    shunt: float
    fev1: float
    """Forced expiratory volume in one second, L."""
    blood: float
    """Blood volume, mL."""
    haemoglobin: float
    """g/L."""
    co: float
    """Cardiac output, L/min."""
    hr: float
    hr_max: float
    sbp: float
    dbp: float
    map: float
    pp: float
    sv: float
    """Stroke volume, mL."""
    tpr: float
    """mmHg per L/min."""
    rv: float
    """Resistance to venous return, mmHg per L/min."""
    weight: float


def norms_of(patient: Patient) -> Norms:
    """The healthy body of this patient."""
    adult = patient.age_years >= ADULT_AGE
    weight = patient.weight_kg
    ideal = min(weight, IDEAL_BMI * (patient.height_cm / 100.0) ** 2) if adult else weight
    excess = weight / ideal - 1.0
    hr, rr, sbp, dbp = _by_age(patient.age_years)
    vo2 = _vo2(patient, ideal, adult)
    blood = BLOOD_PER_KG * ideal + BLOOD_EXCESS * BLOOD_PER_KG * (weight - ideal)
    blood = blood if adult else BLOOD_PER_KG_CHILD * weight
    co = vo2 / AV_DIFFERENCE
    mean = dbp + (sbp - dbp) / 3.0
    tidal = TIDAL_PER_KG * ideal
    return Norms(
        adult=adult,
        size=blood / 4900.0,
        weight_ratio=70.0 / weight,
        tolerance=patient.tolerance,
        vo2=vo2,
        frc=_frc(patient.age_years, ideal, excess, adult),
        dead_space=DEAD_SPACE_PER_KG * ideal,
        tidal=tidal,
        rr=rr,
        ve=tidal * rr / 1000.0,
        rr_max=46.0 if adult else 75.0,
        shunt=SHUNT + SHUNT_OBESITY * excess,
        fev1=_fev1(patient),
        blood=blood,
        haemoglobin=HAEMOGLOBIN if adult else HAEMOGLOBIN_CHILD,
        co=co,
        hr=hr,
        hr_max=208.0 - 0.7 * patient.age_years if adult else 215.0,
        sbp=sbp,
        dbp=dbp,
        map=mean,
        pp=sbp - dbp,
        sv=1000.0 * co / hr,
        tpr=(mean - CENTRAL_VENOUS - VENOUS_GRADIENT) / co,
        rv=VENOUS_GRADIENT / co,
        weight=weight,
    )


def _by_age(age: float) -> tuple[float, float, float, float]:
    ages = [row[0] for row in _BY_AGE]
    upper = int(clamp(bisect_right(ages, age), 1, len(ages) - 1))
    low, high = _BY_AGE[upper - 1], _BY_AGE[upper]
    share = clamp((age - low[0]) / (high[0] - low[0]), 0.0, 1.0)
    hr, rr, sbp, dbp = (low[i] + share * (high[i] - low[i]) for i in range(1, 5))
    return hr, rr, sbp, dbp


def _vo2(patient: Patient, ideal: float, adult: bool) -> float:
    if not adult:
        return max(3.8, 7.0 - 0.2 * patient.age_years) * patient.weight_kg
    return VO2_PER_KG * (ideal + VO2_EXCESS * (patient.weight_kg - ideal))


def _frc(age: float, ideal: float, excess: float, adult: bool) -> float:
    if not adult:
        return min(33.0, 26.0 + 0.5 * age) * ideal
    return FRC_PER_KG * ideal * max(0.45, 1.0 - FRC_OBESITY * excess)


def _fev1(patient: Patient) -> float:
    """Predicted FEV1 in litres: ECSC 1993 (Quanjer) from 25 to 70 years; growth with height below 18 years [H]."""
    metres, age = patient.height_cm / 100.0, clamp(patient.age_years, 25.0, 90.0)
    predicted = 4.30 * metres - 0.029 * age - 2.49 if patient.sex == "m" else 3.95 * metres - 0.025 * age - 2.60
    if patient.age_years < 18.0:
        predicted = min(max(predicted, 0.8), 0.62 * exp(1.9 * (metres - 1.0)) * 1.25)
    return max(0.25, predicted)
