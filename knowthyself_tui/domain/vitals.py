"""Vital signs with their units; what cannot be measured is None with a reason, and zero is 0."""

from __future__ import annotations

from dataclasses import dataclass, field

Measured = float | None

CHANNELS = ("hr", "rr", "spo2", "sbp", "dbp", "etco2_kpa", "gcs", "temp_c", "glucose_mmol_l")
"""The numeric vital signs, named as in the database and in every output."""

DECIMALS = {"etco2_kpa": 1, "temp_c": 1, "glucose_mmol_l": 1}
"""Decimals shown for a channel; the others are shown whole."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """The body's true values at one moment, without display noise."""

    hr: Measured
    """Heart beats per minute; 0 in arrest."""
    rr: Measured
    """Breaths per minute, spontaneous or delivered; 0 when there are none."""
    spo2: Measured
    """Finger oximeter, percent."""
    sbp: Measured
    """Systolic pressure, mmHg."""
    dbp: Measured
    """Diastolic pressure, mmHg."""
    etco2_kpa: Measured
    """End-tidal carbon dioxide, kPa."""
    gcs: Measured
    """Glasgow Coma Scale, 3 to 15."""
    temp_c: Measured
    """Core temperature, °C."""
    glucose_mmol_l: Measured
    """Blood glucose, mmol/L."""
    rhythm: str
    """Cardiac rhythm, for example sinus_tachycardia."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why a channel is None: channel to reason."""

    def rounded(self) -> dict[str, float | int | None]:
        """Every channel in display units: whole numbers, or one decimal where the sign is shown so."""
        return {name: round_channel(name, getattr(self, name)) for name in CHANNELS}


def round_channel(name: str, value: Measured) -> float | int | None:
    """A value of channel `name` as a monitor shows it; None stays None."""
    if value is None:
        return None
    decimals = DECIMALS.get(name)
    return round(value, decimals) if decimals else round(value)
