"""Whether a student gets better from encounter to encounter."""

from __future__ import annotations

from .estimable import NotEstimable
from .samples import Values, is_constant, mean, numbers, unusable


def slope(orders: Values, scores: Values) -> float | NotEstimable:
    """The least-squares slope of the scores on their order: points per encounter; Welch then compares the slopes."""
    order, score = numbers(orders), numbers(scores)
    if order.size != score.size:
        raise ValueError("Each score needs its order.")
    if reason := unusable(order) or unusable(score):
        return reason
    if is_constant(order):
        return NotEstimable("all scores are of the same order")
    centred = order - mean(order)
    return float(centred @ (score - mean(score)) / (centred @ centred))
