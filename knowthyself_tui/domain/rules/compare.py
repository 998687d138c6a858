"""Comparing and adding values that may be never (INF) or unknown (None).

Never is not within any limit, not even one that never comes: INF <= INF is false, INF = INF is true. Anything
compared with an unknown is false. Times come from milliseconds: a billionth of a minute is no difference.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeGuard

from knowthyself_tui.domain.acts import SlotValue
from knowthyself_tui.domain.rules.evidence import RuleValue

TOLERANCE = 1e-9


def compares(left: RuleValue, operator: str, right: RuleValue) -> bool:
    """Whether `left operator right` holds."""
    if left is None or right is None:
        return False
    if is_number(left) and is_number(right):
        return _compare_numbers(float(left), operator, float(right))
    if isinstance(left, str) != isinstance(right, str) or isinstance(left, bool) != isinstance(right, bool):
        return False
    return (left == right) if operator == "=" else (left != right) if operator == "!=" else False


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value counts or measures; true and false do not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compare_numbers(left: float, operator: str, right: float) -> bool:
    same = left == right or abs(left - right) < TOLERANCE
    if operator == "=":
        return same
    if operator == "!=":
        return not same
    if operator == "<":
        return left < right and not same
    if operator == ">":
        return left > right and not same
    lower, upper = (left, right) if operator == "<=" else (right, left)
    return not math.isinf(lower) and (lower < upper or same)


def add(left: RuleValue, plus: bool, right: RuleValue) -> float | None:
    """`left + right` or `left - right`; unknown when either is, or when never is taken away."""
    if not (is_number(left) and is_number(right)):
        return None
    first, second = float(left), float(right)
    if not plus and math.isinf(second):
        return None
    return first + second if plus else first - second


def is_among(value: RuleValue, wanted: Iterable[SlotValue]) -> bool:
    """Whether a value equals one of `wanted`."""
    return any(compares(value, "=", one) for one in wanted)
