"""Where to put the points and how wide the half violin is: the shape of a few hundred scores."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

MOST_POINTS = 300
"""Points of an arm that are drawn; more only make the picture heavy."""
FEWEST_FOR_DENSITY = 5
_GRID = 81


def thinned(values: Sequence[float], most: int = MOST_POINTS) -> list[float]:
    """At most `most` of the values, evenly by rank; the lowest and the highest are always among them."""
    ranked = sorted(values)
    if len(ranked) <= most:
        return ranked
    return [ranked[round(index * (len(ranked) - 1) / (most - 1))] for index in range(most)]


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile with linear interpolation between ranks (type 7 of Hyndman and Fan 1996)."""
    ranked = sorted(values)
    place = share * (len(ranked) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (place - below) * (ranked[above] - ranked[below])


def density(values: Sequence[float], limits: tuple[float, float]) -> tuple[list[float], list[float]] | None:
    """A Gaussian kernel density from the lowest to the highest value inside the limits; None for few or equal values.

    The bandwidth is Silverman's (1986, equation 3.31): 0.9 min(SD, IQR / 1.34) n^(-1/5).
    """
    data = np.asarray(values, dtype=float)
    if data.size < FEWEST_FOR_DENSITY or not np.ptp(data) > 0:
        return None
    spread = float(data.std(ddof=1))
    middle_half = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34
    width = 0.9 * (min(spread, middle_half) if middle_half > 0 else spread) * data.size**-0.2
    grid = np.linspace(max(limits[0], float(data.min())), min(limits[1], float(data.max())), _GRID)
    kernels = np.exp(-0.5 * ((grid[:, None] - data[None, :]) / width) ** 2)
    height = kernels.sum(axis=1) / (data.size * width * math.sqrt(2 * math.pi))
    return [float(place) for place in grid], [float(value) for value in height]


def stacked(values: Sequence[float], bin_height: float) -> list[int]:
    """For each value its place in the row of values about as high, so that no point hides another."""
    seen: Counter[int] = Counter()
    places: list[int] = []
    for value in values:
        row = round(value / bin_height)
        places.append(seen[row])
        seen[row] += 1
    return places
