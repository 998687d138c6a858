"""Chance that is the same every time: each use has a stream of its own, named by the seed and what it is for."""

from __future__ import annotations

import math
from random import Random
from typing import NamedTuple


class Odds(NamedTuple):
    """A number that ability moves: log-odds, or the logarithm of an amount."""

    average: float
    """For the average student."""
    per_sd: float
    """What one SD of ability adds."""

    def at(self, ability: float) -> float:
        return self.average + self.per_sd * ability


def stream(*names: object) -> Random:
    """The random numbers of one use; no other use, student or line ever moves them."""
    return Random("/".join(str(name) for name in names))


def probability(log_odds: float) -> float:
    """The logistic function, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-log_odds))


def happens(odds: Odds, ability: float, chance: Random) -> bool:
    """Whether something happens to a student of this ability."""
    return chance.random() < probability(odds.at(ability))


def lognormal(logarithm: Odds, scatter: float, ability: float, chance: Random) -> float:
    """An amount whose logarithm is normal, `scatter` its standard deviation."""
    return math.exp(logarithm.at(ability) + chance.gauss(0.0, scatter))


def poisson(mean: float, uniform: float) -> int:
    """The Poisson count that a uniform number stands for; it never falls as the mean grows."""
    count, term = 0, math.exp(-mean)
    total = term
    while uniform > total and count < 100:
        count += 1
        term *= mean / count
        total += term
    return count
