"""Who the body belongs to, and the healthy norms that follow from age, weight, height and sex."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import exp
from typing import Any, Literal

from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.tables import constant
from knowthyself_tui.domain.body.variability import SPREAD, multipliers
from knowthyself_tui.errors import ContentError

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
NADLER_M = (0.3669, 0.03219, 0.6041)
NADLER_F = (0.3561, 0.03308, 0.1833)
"""Blood volume in L from height in m cubed, weight in kg, and a constant: Nadler 1962 [S]."""
BLOOD_PER_KG_CHILD = constant("blood_per_kg_child", 78.0, "mL/kg", "S", "child blood volume")
HAEMOGLOBIN = constant("haemoglobin", 150.0, "g/L", "S", "adult man")
HAEMOGLOBIN_WOMAN = constant("haemoglobin_woman", 137.0, "g/L", "S", "adult woman")
HAEMOGLOBIN_CHILD = constant("haemoglobin_child", 125.0, "g/L", "S", "child")
AV_DIFFERENCE = constant("av_difference", 48.0, "mL/L", "S", "resting arteriovenous oxygen difference")
CENTRAL_VENOUS = constant("central_venous", 2.6, "mmHg", "S", "resting right atrial pressure")
VENOUS_GRADIENT = constant("venous_gradient", 5.0, "mmHg", "F", "peripheral vein to right atrium, Guyton 1972")
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


@dataclass(frozen=True)
class Patient:
    """The person before any illness."""

    age_years: float
    weight_kg: float
    height_cm: float
    sex: Literal["f", "m"]
    tolerance: float = 1.0
    """Opioid tolerance: 1 naive, 4.3 chronic use (Algera 2020)."""
    comorbidities: tuple[str, ...] = ()
    """Names of `COMORBIDITIES`."""
    varied: bool = False
    """Whether the seed makes this person differ from the average of their age and size."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"comorbidities": "+".join(self.comorbidities)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Patient:
        return cls(
            float(data["age_years"]),
            float(data["weight_kg"]),
            float(data["height_cm"]),
            "f" if data["sex"] == "f" else "m",
            float(data["tolerance"]),
            tuple(name for name in str(data.get("comorbidities", "")).split("+") if name),
            bool(data.get("varied", False)),
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
    fev1_predicted: float
    """Of a healthy person of this age, height and sex, L."""
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
    contractility: float
    """Force of the heart relative to healthy."""
    co2_threshold: float
    """Shift of the carbon dioxide threshold, mmHg."""
    bicarbonate: float
    """Resting, mmol/L."""
    beta_blockade: float
    """Standing beta-blockade, 0 to 1."""
    fibrillation: float
    """1 in permanent atrial fibrillation."""
    kinin: float
    """Share by which swelling resists treatment."""
    unbraked_hr: float
    """Resting heart rate without the vagus, 1/min: Jose & Collison 1970, Stratton 2003 [F]."""
    uneven: float
    """Unevenness of ventilation that comes with age, 0 to about 1.2."""
    reserve: float
    """Coronary reserve relative to a young adult."""
    sedative_gain: float
    """Sensitivity to benzodiazepines and hypnotics relative to a young adult."""
    nitrate_gain: float
    retainer: float
    """1 in someone who retains carbon dioxide, the more so on oxygen."""
    caval: float
    """1 when a womb presses on the vena cava of a patient who lies flat."""
    brady_from: float
    """Arterial saturation (fraction) below which hypoxia slows the heart."""
    clotting: float
    """Speed of clotting relative to healthy."""
    co2_gain: float
    opioid_c50: float
    absorption: float
    bronchodilator: float
    baroreflex: float
    """Relative to the average person."""


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
        adult=adult,
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
