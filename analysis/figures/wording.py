"""Numbers as the pictures print them: a true minus, a dash for what is missing, whole percentages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeGuard

MINUS = "\u2212"
NOTHING = "–"


def finite(values: Iterable[float | None]) -> list[float]:
    """The values that are numbers."""
    return [float(value) for value in values if is_number(value)]


def is_number(value: float | None) -> TypeGuard[float]:
    """Whether there is a value and it is finite."""
    return value is not None and math.isfinite(value)


def fixed(value: float | None, digits: int = 1) -> str:
    """The value with `digits` decimals; never minus nothing."""
    if not is_number(value):
        return NOTHING
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", MINUS)


def compact(value: float | None, digits: int = 1) -> str:
    """The value with at most `digits` decimals."""
    text = fixed(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def interval(low: float | None, high: float | None, digits: int = 1) -> str:
    """`[low, high]`, or a dash if neither bound is known."""
    if not (is_number(low) or is_number(high)):
        return NOTHING
    return f"[{fixed(low, digits)}, {fixed(high, digits)}]"


def percent(share: float | None) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return NOTHING if share is None or not math.isfinite(share) else f"{100 * share:.0f}%"


def percent_interval(low: float | None, high: float | None) -> str:
    """`[low%, high%]` of shares from 0 to 1, or a dash."""
    if not (is_number(low) or is_number(high)):
        return NOTHING
    return f"[{percent(low)}, {percent(high)}]"


def correlation(value: float | None) -> str:
    """Two decimals without the nought that can only be a nought."""
    text = fixed(value, 2)
    return text.replace("0.", ".", 1) if text.lstrip(MINUS).startswith("0.") else text


def counted(count: int, one: str, many: str = "") -> str:
    """`1 student`, `2 students`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
