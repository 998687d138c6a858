"""What the physiology bench may set from outside, past all orders."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from knowthyself_tui.domain.body import diseases, haemorrhage, heart, orders
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.maths import clamp
from knowthyself_tui.domain.body.patient import Norms
from knowthyself_tui.domain.body.state import State
from knowthyself_tui.errors import UsageError

Forcing = Callable[[Norms, State, Any], None]


def _force_airway(n: Norms, s: State, value: Any) -> None:
    if value not in ("open", "closed"):
        raise ValueError(value)
    s.forced_airway = str(value)


def _force_breathing(n: Norms, s: State, value: Any) -> None:
    s.forced_apnoea = int(value == "apnoea")


def _force_fio2(n: Norms, s: State, value: Any) -> None:
    s.forced_fio2 = clamp(float(value), 0.0, 1.0)


def _force_fico2(n: Norms, s: State, value: Any) -> None:
    s.fico2 = clamp(float(value), 0.0, 0.2)


def _force_altitude(n: Norms, s: State, value: Any) -> None:
    """Barometric pressure of the standard atmosphere at an altitude in feet."""
    s.barometric = float(760.0 * (1.0 - 6.8756e-6 * clamp(float(value), 0.0, 40000.0)) ** 5.2559)


def _force_bleeding(n: Norms, s: State, value: Any) -> None:
    s.bleed_ml_min = max(0.0, float(value))


def _force_blood_loss(n: Norms, s: State, value: Any) -> None:
    haemorrhage.bleed(n, s, max(0.0, float(value)))


def _force_rhythm(n: Norms, s: State, value: Any) -> None:
    """An arrest rhythm stops the heart; sinus starts it again."""
    if value in ("vf", "pea", "asystole"):
        heart.arrest(s, str(value))
    elif value == "sinus":
        if s.arrest:
            heart.beat_again(s)
    else:
        raise ValueError(value)


def _force_position(n: Norms, s: State, value: Any) -> None:
    s.position = orders.known_position(str(value))


def _force_infusion(s: State, drug: str, mcg_per_min: float) -> None:
    s.infusions = [row for row in s.infusions if not (row[0] == drug and row[2] < 0)]
    if drug not in DRUGS:
        raise UsageError(f"The body has no drug “{drug}”.")
    if mcg_per_min > 0.0:
        s.infusions.append([drug, mcg_per_min / 60.0, -1])


def force(n: Norms, s: State, name: str, value: float | str) -> None:
    """Set one of `FORCED_NAMES`."""
    try:
        if isinstance(value, float) and not isfinite(value):
            raise ValueError(value)
        _set(n, s, name, value)
    except ValueError as error:
        raise UsageError(f"“{value}” is no value for {name}.") from error


def _set(n: Norms, s: State, name: str, value: float | str) -> None:
    if name in _FORCINGS:
        _FORCINGS[name](n, s, value)
    elif name.startswith("infusion_") and name.endswith("_mcg_min"):
        _force_infusion(s, name.removeprefix("infusion_").removesuffix("_mcg_min"), float(value))
    else:
        diseases.insert(s, name, float(value))


_FORCINGS: dict[str, Forcing] = {
    "airway": _force_airway,
    "breathing": _force_breathing,
    "fio2": _force_fio2,
    "fico2": _force_fico2,
    "altitude_ft": _force_altitude,
    "bleed_ml_min": _force_bleeding,
    "blood_removed_ml": _force_blood_loss,
    "position": _force_position,
    "rhythm": _force_rhythm,
}
FORCED_NAMES: tuple[str, ...] = (
    *_FORCINGS,
    "infusion_<drug>_mcg_min",
    "taken_<drug>_iv_mg",
    *diseases.CONDITION_NAMES,
)
