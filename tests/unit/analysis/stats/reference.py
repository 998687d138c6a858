"""Published data whose answers at least two independent programs agree on, and what every result must be like."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from knowthyself_tui.analysis.stats.estimable import NotEstimable

SLEEP_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""Student 1908; R's `sleep`: hours gained with two drugs."""

DEPRESSION_1 = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
DEPRESSION_2 = [1.15, 0.88, 0.90, 0.74, 1.21]
"""Hollander and Wolfe; the page of R's `wilcox.test`."""

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Shrout and Fleiss 1979: six things, four raters."""

NO_VARIANCE = NotEstimable("no variance in either arm")


def numbers_in(result: Any) -> list[float]:
    """Every number of a result, however deep."""
    if isinstance(result, bool | str) or result is None:
        return []
    if isinstance(result, int | float):
        return [float(result)]
    if isinstance(result, dict):
        return [number for value in result.values() for number in numbers_in(value)]
    if dataclasses.is_dataclass(result):
        return [number for field in dataclasses.fields(result) for number in numbers_in(getattr(result, field.name))]
    return [number for value in result for number in numbers_in(value)]


def assert_sound(result: Any) -> None:
    """No number of the result is infinite or not a number, every p is a share, and each interval holds its estimate."""
    assert all(math.isfinite(number) for number in numbers_in(result)), result
    if not isinstance(result, NotEstimable) and hasattr(result, "p") and result.p is not None:
        assert 0 <= result.p <= 1, result
    for estimate, low, high in _intervals(result):
        slack = 1e-9 * max(1e-300, *(abs(value) for value in (estimate, low, high) if value is not None))
        assert low is None or low <= estimate + slack, result
        assert high is None or estimate <= high + slack, result


def _intervals(result: Any) -> list[tuple[float, float | None, float | None]]:
    names = [
        ("estimate", "low", "high"),
        ("d", "d_low", "d_high"),
        ("g", "g_low", "g_high"),
        ("shift", "shift_low", "shift_high"),
        ("ratio", "low", "high"),
        ("superiority", "low", "high"),
        ("mean", "low", "high"),
        ("kappa", "low", "high"),
        ("icc", "low", "high"),
        ("average", "average_low", "average_high"),
        ("difficulty", "low", "high"),
    ]
    if hasattr(result, "kr21"):
        names.append(("alpha", "low", "high"))
    found = [tuple(getattr(result, name, None) for name in three) for three in names]
    return [(estimate, low, high) for estimate, low, high in found if estimate is not None]
