"""What a second of the body costs, measured against a fixed loop in the same run so that slow machines do not matter.

The loop takes about a quarter of a millisecond on a quiet machine of 2026, which is what a step may cost there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from math import exp
from statistics import median
from time import perf_counter

from knowthyself_tui.domain.body import Body
from tests.unit.body.bedside import ADRENALINE, OXYGEN, SALBUTAMOL, body_of, drug, fluid, give

ROUNDS = 300
LOOP_TURNS = 2700
"""Turns of the reference loop that take as long as a step may."""


def reference() -> float:
    """Plain float work of the kind a step does."""
    total = 0.0
    for turn in range(LOOP_TURNS):
        total += exp(-turn / LOOP_TURNS) * (1.0 - total * 1e-6)
    return total


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000.0 * (perf_counter() - start)


def busy() -> Body:
    """An asthmatic with six drugs, oxygen and a drip."""
    body = body_of("asthma")
    orders = [
        drug("morphine", 2, "mg", "IV"),
        drug("ketamine", 20, "mg", "IV"),
        drug("hydrocortisone", 100, "mg", "IV"),
    ]
    give(body, OXYGEN, SALBUTAMOL, ADRENALINE, fluid(500, 20), drug("magnesium_sulfate", 2, "g", "IV"), *orders)
    body.step(60)
    return body


def relative_cost(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median time of the work over the median of the loop, taken in turns."""
    gc.collect()
    pairs = [(milliseconds(work), milliseconds(reference)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs) / median(pair[1] for pair in pairs)


def test_a_step_costs_no_more_than_the_reference_loop() -> None:
    assert relative_cost(busy().step) < 1.0


def test_twenty_minutes_cost_no_more_than_sixteen_hundred_loops() -> None:
    """0.4 s where a step may take a quarter of a millisecond."""
    body = busy()
    loop = median(milliseconds(reference) for _ in range(50))
    assert milliseconds(lambda: body.step(1200)) < 1600 * loop


def test_reading_every_value_costs_less_than_a_step() -> None:
    body = busy()
    assert relative_cost(body.values) < 1.0
    assert relative_cost(body.displayed) < 1.0
