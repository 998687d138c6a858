"""Virtual patients: how much healthy people differ, drawn from the seed by a hash and never from a random source."""

from __future__ import annotations

from math import cos, exp, log, pi, sqrt

from knowthyself_tui.domain.body.maths import chance

SPREAD: dict[str, float] = {
    "frc": 0.15,
    "vo2": 0.10,
    "co2_gain": 0.40,
    "opioid_c50": 0.40,
    "absorption": 0.50,
    "bronchodilator": 0.40,
    "baroreflex": 0.30,
    "blood": 0.08,
}
"""Coefficient of variation between people [H; CO2 gain from the standard error of Weil 1975]."""


def multipliers(seed: int) -> dict[str, float]:
    """Log-normal factors with median 1, the same for the same seed; kept within two and a half standard deviations."""
    return {name: exp(sqrt(log(1.0 + cv * cv)) * _normal(seed, name)) for name, cv in SPREAD.items()}


def _normal(seed: int, channel: str) -> float:
    """A standard normal deviate (Box and Muller 1958)."""
    first = 1.0 - chance(seed, 0, f"{channel}:radius")
    angle = 2.0 * pi * chance(seed, 0, f"{channel}:angle")
    return max(-2.5, min(2.5, sqrt(-2.0 * log(first)) * cos(angle)))
