"""The look that the pictures share: colours of Okabe and Ito (2008), sizes in points, ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 480.0
"""Points: 17 cm in print, 640 px on a screen."""
BASE = 9.0
SMALL = 8.0
TINY = 7.0

INK = "#222222"
SOFT = "#666666"
FAINT = "#e4e4e4"
ALARM = "#8c2d19"
THIN = 0.6


@dataclass(frozen=True, slots=True)
class ArmStyle:
    """How an arm looks in every picture: colour, marker and dash all tell it."""

    colour: str
    marker: str
    dash: str


_STYLES = (
    ArmStyle("#0072B2", "o", "-"),
    ArmStyle("#D55E00", "s", "--"),
    ArmStyle("#009E73", "^", "-."),
    ArmStyle("#CC79A7", "D", ":"),
    ArmStyle("#E69F00", "v", "-"),
    ArmStyle("#56B4E9", "P", "--"),
)
_OWN_PLACE = {"A": 0, "B": 1}


def arm_styles(arms: Iterable[str]) -> dict[str, ArmStyle]:
    """A look for each arm; A and B always have theirs, whoever else is there or not."""
    names = list(dict.fromkeys(arms))
    others = [name for name in names if name not in _OWN_PLACE]
    spare = _STYLES if len(others) == len(names) else _STYLES[2:]
    own = {name: _STYLES[_OWN_PLACE[name]] for name in names if name in _OWN_PLACE}
    return {name: own.get(name) or spare[others.index(name) % len(spare)] for name in names}


def round_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most about `most` round numbers from `low` to `high`."""
    if not high > low:
        return [low]
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(index * step, 10) for index in range(first, math.floor(high / step + 1e-9) + 1)]
