"""The norms of one person: from age, weight, height and sex, what they live with, and how a seed makes them differ."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from math import exp

from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import AV_DIFFERENCE, CENTRAL_VENOUS, VENOUS_GRADIENT, Norms, Patient
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.variability import SPREAD, multipliers
from knowthyself_tui.errors import ContentError

IDEAL_BMI = constant("ideal_bmi", 23.0, "kg/m2", "H", "weight above it counts as excess")
VO2_PER_KG = constant("vo2_per_kg", 3.57, "mL/min/kg", "S", "250 mL/min in a 70 kg adult")
VO2_EXCESS = constant("vo2_excess", 0.60, "share", "F", "oxygen use of excess weight")
FRC_PER_KG = constant("frc_per_kg", 37.0, "mL/kg", "S", "supine adult, Benumof 1997 (from memory)")
FRC_OBESITY = constant("frc_obesity", 0.56, "share", "F", "loss of FRC per unit of excess weight, Jense 1991")
DEAD_SPACE_PER_KG = constant("dead_space_per_kg", 2.2, "mL/kg", "S", "anatomical dead space")
TIDAL_PER_KG = constant("tidal_per_kg", 6.9, "mL/kg", "S", "resting tidal volume")
SHUNT = constant("shunt", 0.025, "share of flow", "S", "healthy true shunt")
SHUNT_OBESITY = constant("shunt_obesity", 0.06, "share of flow", "F", "per unit of excess weight")
NADLER_M = (0.3669, 0.03219, 0.6041)
NADLER_F = (0.3561, 0.03308, 0.1833)
"""Blood volume in L from height in m cubed, weight in kg, and a constant: Nadler 1962 [S]."""
BLOOD_PER_KG_CHILD = constant("blood_per_kg_child", 78.0, "mL/kg", "S", "child blood volume")
HAEMOGLOBIN = constant("haemoglobin", 150.0, "g/L", "S", "adult man")
HAEMOGLOBIN_WOMAN = constant("haemoglobin_woman", 137.0, "g/L", "S", "adult woman")
HAEMOGLOBIN_CHILD = constant("haemoglobin_child", 125.0, "g/L", "S", "child")
ADULT_AGE = 14.0
GROWN_AGE = 18.0

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


def norms_of(patient: Patient, seed: int = 1) -> Norms:
    """The body of this patient in health; the seed matters only for a varied patient.

    Raises:
        ContentError: A comorbidity has no row.
    """
    adult = patient.age_years >= ADULT_AGE
    weight = patient.weight_kg
    ideal = min(weight, IDEAL_BMI * (patient.height_cm / 100.0) ** 2) if adult else weight
    hr, rr, sbp, dbp = _by_age(patient.age_years)
    basis = _basis(patient, ideal) | {"hr": hr, "sbp": sbp, "dbp": dbp}
    basis = _lived_with(basis, patient.comorbidities)
    if patient.varied:
        basis = _differing(basis, multipliers(seed))
    return _derived(patient, basis, rr, adult)


def _basis(patient: Patient, ideal: float) -> dict[str, float]:
    """The norms that comorbidities and variability act on."""
    excess = patient.weight_kg / ideal - 1.0
    return {
        "vo2": _vo2(patient, ideal),
        "frc": _frc(patient.age_years, ideal, excess),
        "blood": _grown(patient.age_years, BLOOD_PER_KG_CHILD * patient.weight_kg, _nadler(patient)),
        "haemoglobin": reference_haemoglobin(patient),
        "shunt": SHUNT + SHUNT_OBESITY * excess,
        "fev1": _fev1(patient),
        "tidal": TIDAL_PER_KG * ideal,
        "dead_space": DEAD_SPACE_PER_KG * ideal,
        "ve": 1.0,
        "co2_threshold": 0.0,
        "bicarbonate": 24.0,
        "beta_blockade": 0.0,
        "fibrillation": 0.0,
        "kinin": 0.0,
        "caval": 0.0,
        "retainer": 0.0,
    } | _with_age(patient.age_years)


_RELATIVE = (
    "contractility",
    "clotting",
    "co2_gain",
    "opioid_c50",
    "absorption",
    "bronchodilator",
    "baroreflex",
    "reserve",
    "sedative_gain",
    "nitrate_gain",
)
OLD_OPIOID = constant("old_opioid", 0.45, "share", "S", "opioid C50 halves from 40 to 80 years, Minto 1997")
OLD_SEDATIVE = constant("old_sedative", 1.5, "share", "S", "midazolam need falls by more than half, Jacobs 1995")
OLD_REFLEX = constant("old_reflex", 0.35, "share", "S", "baroreflex gain falls with age, Laitinen 1998")
OLD_RESERVE = constant("old_reserve", 0.25, "share", "H", "coronary reserve falls with age")
CHILD_REFLEX = constant("child_reflex", 0.4, "share", "H", "children hold their pressure until late, PALS")


def _with_age(age: float) -> dict[str, float]:
    """Sensitivities relative to a young adult."""
    old = clamp((age - 40.0) / 40.0, 0.0, 1.25)
    young = clamp((16.0 - age) / 10.0, 0.0, 1.0)
    return dict.fromkeys(_RELATIVE, 1.0) | {
        "opioid_c50": 1.0 - OLD_OPIOID * old,
        "sedative_gain": 1.0 + OLD_SEDATIVE * old,
        "baroreflex": 1.0 - OLD_REFLEX * old + CHILD_REFLEX * young,
        "reserve": 1.0 - OLD_RESERVE * old,
    }


def _lived_with(basis: dict[str, float], comorbidities: tuple[str, ...]) -> dict[str, float]:
    for name in comorbidities:
        if name not in COMORBIDITIES:
            raise ContentError(f"The body has no comorbidity “{name}”; it has {', '.join(COMORBIDITIES)}.")
        row = COMORBIDITIES[name]
        basis = {key: value * row.factors.get(key, 1.0) + row.shifts.get(key, 0.0) for key, value in basis.items()}
    return basis


def _differing(basis: dict[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    return basis | {name: basis[name] * factors[name] for name in SPREAD}


def _derived(patient: Patient, basis: dict[str, float], rr: float, adult: bool) -> Norms:
    hr, sbp, dbp = basis["hr"], basis["sbp"], basis["dbp"]
    mean = dbp + (sbp - dbp) / 3.0
    co = basis["vo2"] / AV_DIFFERENCE * min(1.35, (reference_haemoglobin(patient) / basis["haemoglobin"]) ** 0.5)
    kept = (
        "vo2",
        "frc",
        "dead_space",
        "tidal",
        "shunt",
        "fev1",
        "blood",
        "haemoglobin",
        "co2_threshold",
        "bicarbonate",
    )
    return Norms(
        size=basis["blood"] / 4900.0,
        weight_ratio=70.0 / patient.weight_kg,
        tolerance=patient.tolerance,
        rr=rr,
        ve=basis["tidal"] * rr / 1000.0 * basis["ve"],
        rr_max=46.0 if adult else 75.0,
        co=co,
        hr=hr,
        unbraked_hr=128.5 - 0.35 * patient.age_years if adult else 1.46 * hr,
        uneven=clamp((patient.age_years - 30.0) / 50.0, 0.0, 1.2),
        hr_max=208.0 - 0.7 * patient.age_years if adult else 215.0,
        sbp=sbp,
        dbp=dbp,
        map=mean,
        pp=sbp - dbp,
        sv=1000.0 * co / hr,
        tpr=(mean - CENTRAL_VENOUS - VENOUS_GRADIENT) / co,
        rv=VENOUS_GRADIENT / co,
        weight=patient.weight_kg,
        beta_blockade=basis["beta_blockade"],
        fibrillation=basis["fibrillation"],
        fev1_predicted=_fev1(patient),
        caval=basis["caval"],
        retainer=basis["retainer"],
        brady_from=0.35 + 0.40 * clamp((2.0 - patient.age_years) / 1.5, 0.0, 1.0),
        kinin=basis["kinin"],
        **{name: basis[name] for name in (*kept, *_RELATIVE)},
    )


def reference_haemoglobin(patient: Patient) -> float:
    """g/L in health."""
    grown = HAEMOGLOBIN if patient.sex == "m" else HAEMOGLOBIN_WOMAN
    return _grown(patient.age_years, HAEMOGLOBIN_CHILD, grown)


def _grown(age: float, child: float, adult: float) -> float:
    """The child's value up to 14 years, the adult's from 18, between them in between."""
    share = clamp((age - ADULT_AGE) / (GROWN_AGE - ADULT_AGE), 0.0, 1.0)
    return child + share * (adult - child)


def _nadler(patient: Patient) -> float:
    """Adult blood volume, mL."""
    cube, weight, fixed = NADLER_M if patient.sex == "m" else NADLER_F
    return 1000.0 * (cube * (patient.height_cm / 100.0) ** 3 + weight * patient.weight_kg + fixed)


def _by_age(age: float) -> tuple[float, float, float, float]:
    ages = [row[0] for row in _BY_AGE]
    upper = int(clamp(bisect_right(ages, age), 1, len(ages) - 1))
    low, high = _BY_AGE[upper - 1], _BY_AGE[upper]
    share = clamp((age - low[0]) / (high[0] - low[0]), 0.0, 1.0)
    hr, rr, sbp, dbp = (low[i] + share * (high[i] - low[i]) for i in range(1, 5))
    return hr, rr, sbp, dbp


def _vo2(patient: Patient, ideal: float) -> float:
    child = max(3.8, 7.0 - 0.2 * patient.age_years) * patient.weight_kg
    adult = VO2_PER_KG * (ideal + VO2_EXCESS * (patient.weight_kg - ideal))
    return _grown(patient.age_years, child, adult)


def _frc(age: float, ideal: float, excess: float) -> float:
    child = min(33.0, 23.5 + 0.6 * age) * ideal
    adult = FRC_PER_KG * ideal * max(0.45, 1.0 - FRC_OBESITY * excess)
    return _grown(age, child, adult)


def _fev1(patient: Patient) -> float:
    """Predicted FEV1 in litres: ECSC 1993 (Quanjer) from 25 to 70 years; growth with height below 18 years [H]."""
    metres, age = patient.height_cm / 100.0, clamp(patient.age_years, 25.0, 90.0)
    predicted = 4.30 * metres - 0.029 * age - 2.49 if patient.sex == "m" else 3.95 * metres - 0.025 * age - 2.60
    if patient.age_years < 18.0:
        predicted = min(max(predicted, 0.8), 0.62 * exp(1.9 * (metres - 1.0)) * 1.25)
    return max(0.25, predicted)
