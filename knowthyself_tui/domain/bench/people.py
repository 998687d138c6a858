"""The patient of a protocol, as one line of text."""

from __future__ import annotations

from bisect import bisect_right
from math import isfinite
from typing import Literal

from knowthyself_tui.domain.bench.wrong_names import quoted, unknown
from knowthyself_tui.domain.body import Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.errors import UsageError

USUAL = {"age": "30", "sex": "m", "tolerance": "1", "comorbidity": "", "variability": "off"}
KEYS = ("age", "weight", "height", "sex", "tolerance", "comorbidity", "variability")
LIMITS: dict[str, tuple[float, float, str]] = {
    "age": (0.1, 110.0, "years"),
    "weight": (2.0, 350.0, "kg"),
    "height": (40.0, 230.0, "cm"),
    "tolerance": (1.0, 20.0, "times the naive"),
}
BODY_MASS_LIMITS = (9.0, 95.0)
"""kg/m2: outside it no living person is found."""

# age years: usual weight kg, usual height cm (medians of growth charts, rounded)
_GROWTH: tuple[tuple[float, float, float], ...] = (
    (0.0, 3.5, 50),
    (0.5, 7.5, 67),
    (1, 10, 75),
    (2, 12.5, 87),
    (5, 18, 110),
    (10, 32, 138),
    (14, 50, 163),
    (18, 70, 175),
)


def parse_patient(text: str) -> Patient:
    """The patient of `age=30,weight=70,height=175,sex=m,tolerance=1`; what is left out is usual for the age.

    Raises:
        UsageError: a key, a value or the person as a whole makes no sense.
    """
    given = _pairs(text)
    age = _number("age", given.get("age", USUAL["age"]))
    weight, height = _growth(age)
    weight = _number("weight", given["weight"]) if "weight" in given else weight
    height = _number("height", given["height"]) if "height" in given else height
    _check_build(weight, height)
    read = USUAL | given
    return Patient(
        age_years=age,
        weight_kg=weight,
        height_cm=height,
        sex=_sex(read["sex"]),
        tolerance=_number("tolerance", read["tolerance"]),
        comorbidities=_comorbidities(read["comorbidity"]),
        varied=_switch(read["variability"]),
    )


def _pairs(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for part in (part.strip() for part in text.split(",")):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not part:
            continue
        if not equals:
            raise UsageError(f"{quoted(part)} in --patient is no KEY=VALUE; write for example age=30,weight=70,sex=m.")
        if name not in KEYS:
            raise unknown(f"A patient has no {quoted(name)}", name, KEYS)
        if name in given:
            raise UsageError(f"The patient's {name} is given twice.")
        given[name] = value
    return given


def _number(name: str, text: str) -> float:
    low, high, unit = LIMITS[name]
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and low <= value <= high):
        raise UsageError(f"The patient's {name} must be {low:g} to {high:g} ({unit}), not {quoted(text)}.")
    return value


def _growth(age: float) -> tuple[float, float]:
    upper = min(bisect_right([row[0] for row in _GROWTH], age), len(_GROWTH) - 1)
    (low_age, *low), (high_age, *high) = _GROWTH[upper - 1], _GROWTH[upper]
    share = min(1.0, (age - low_age) / (high_age - low_age))
    weight, height = (a + share * (b - a) for a, b in zip(low, high, strict=True))
    return round(weight, 1), round(height)


def _check_build(weight: float, height: float) -> None:
    low, high = BODY_MASS_LIMITS
    if not low <= weight / (height / 100.0) ** 2 <= high:
        raise UsageError(f"Nobody weighs {weight:g} kg at {height:g} cm; give a weight and a height that go together.")


def _sex(text: str) -> Literal["f", "m"]:
    if text == "f":
        return "f"
    if text == "m":
        return "m"
    raise UsageError(f"The patient's sex is f or m for the body's sums, not {quoted(text)}.")


def _comorbidities(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for name in text.split("+") if name))
    for name in names:
        if name not in COMORBIDITIES:
            raise unknown(f"The body has no comorbidity {quoted(name)}", name, COMORBIDITIES)
    return names


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise UsageError(f"A patient's variability is on or off, not {quoted(text)}.")
    return text == "on"
