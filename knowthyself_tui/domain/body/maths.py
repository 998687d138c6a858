"""Small shapes that physiology is written in: limits, sigmoids, Hill curves, first-order lags, hashed chance."""

from __future__ import annotations

import hashlib
from math import exp


def clamp(value: float, low: float, high: float) -> float:
    if value < low:
        return low
    return high if value > high else value


def sigmoid(x: float) -> float:
    """Logistic curve, safe for any x."""
    if x < -40.0:
        return 0.0
    return 1.0 if x > 40.0 else 1.0 / (1.0 + exp(-x))


def hill(concentration: float, ec50: float, steepness: float) -> float:
    """Fraction of the maximal effect, 0 to 1."""
    if concentration <= 0.0:
        return 0.0
    ratio = (concentration / ec50) ** steepness
    return float(ratio / (1.0 + ratio))


def approach(value: float, target: float, tau: float, dt: float) -> float:
    """First-order lag towards a target, exact for a constant target."""
    return target + (value - target) * exp(-dt / tau)


def chance(seed: int, second: int, channel: str) -> float:
    """A number in [0, 1) that depends only on the seed, the second and the channel."""
    digest = hashlib.blake2b(f"{seed}:{second}:{channel}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2.0**64
