"""Who the body belongs to, and the names of the healthy norms that follow from age, weight, height and sex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from knowthyself_tui.domain.body.tables import constant

RQ = constant("respiratory_quotient", 0.8, "ratio", "S", "mixed diet at rest")
AV_DIFFERENCE = constant("av_difference", 48.0, "mL/L", "S", "resting arteriovenous oxygen difference")
CENTRAL_VENOUS = constant("central_venous", 2.6, "mmHg", "S", "resting right atrial pressure")
VENOUS_GRADIENT = constant("venous_gradient", 5.0, "mmHg", "F", "peripheral vein to right atrium, Guyton 1972")


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
