"""Larger and smaller, older and younger people: what stays, what goes with size, what goes with age."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from knowthyself_tui.domain.body import Body, Patient
from tests.unit.body.bedside import (
    OXYGEN,
    body_of,
    drug,
    give,
    rises,
)

HEIGHTS = {45.0: 140.0, 60.0: 162.0, 70.0: 175.0, 85.0: 193.0, 100.0: 209.0}
"""Kilograms to centimetres at one body mass index."""


@cache
def _adult(weight: float) -> dict[str, Any]:
    return Body.new(Patient(30, weight, HEIGHTS[weight], "m"), {}, position="supine").to_json()


def adult(weight: float) -> Body:
    return Body.from_json(_adult(weight))


@pytest.mark.parametrize("weight", sorted(HEIGHTS))
def test_a_larger_frame_keeps_its_intensive_values(weight: float) -> None:
    usual = body_of("healthy").values()
    scaled = adult(weight).values()
    for name, slack in (
        ("hr", 3), ("rr", 1.5), ("sao2", 1), ("paco2_mmhg", 1.5), ("map", 3), ("ph", 0.02), ("gcs", 0),
        ("etco2_mmhg", 2), ("haemoglobin_g_l", 1), ("icp_mmhg", 0.5),
    ):  # fmt: skip
        assert scaled[name] == pytest.approx(usual[name], abs=slack), name
    assert scaled["co_l_min"] / weight == pytest.approx(usual["co_l_min"] / 70, rel=0.12)


@pytest.mark.parametrize("weight", [45.0, 60.0, 85.0, 100.0])
@pytest.mark.parametrize(
    ("name", "per_kg", "unit", "route", "minutes", "value", "slack"),
    [
        ("morphine", 0.15, "mg", "IV", 10, "paco2_mmhg", 1.5),
        ("midazolam", 0.07, "mg", "IV", 4, "gcs", 1),
        ("adrenaline", 0.007, "mg", "IM", 8, "hr", 4),
        ("glucose_iv", 0.15, "g", "IV", 6, "glucose_mmol_l", 0.6),
        ("atropine", 0.009, "mg", "IV", 3, "hr", 5),
    ],
)
def test_a_heavier_adult_feels_the_same_dose_per_kilogram_alike(
    weight: float, name: str, per_kg: float, unit: str, route: str, minutes: int, value: str, slack: float
) -> None:
    felt = []
    for kilograms in (70.0, weight):
        body = adult(kilograms)
        before = body.values()[value]
        give(body, drug(name, per_kg * kilograms, unit, route)).step(60 * minutes)
        felt.append(body.values()[value] - before)
    assert felt[1] == pytest.approx(felt[0], abs=slack)


@pytest.mark.parametrize("name", ["morphine", "midazolam"])
def test_the_same_milligrams_act_less_in_a_heavier_adult(name: str) -> None:
    carbon = []
    for weight in (100.0, 70.0, 45.0):
        body = adult(weight)
        give(body, OXYGEN, drug(name, 10, "mg", "IV")).step(300)
        carbon.append(body.values()["paco2_mmhg"])
    assert rises(carbon, 0.0)


@pytest.mark.parametrize("age", [1, 2, 4, 7, 10, 14, 18, 60, 90])
def test_heart_and_breath_rest_at_the_rates_of_the_age(age: int) -> None:
    rates = {1: (126, 34), 2: (113, 26), 4: (105, 24), 7: (92, 21), 10: (85, 19), 14: (80, 17), 18: (72, 14),
             60: (72, 14), 90: (74, 15)}  # fmt: skip
    sizes = {1: (10, 75), 2: (12, 87), 4: (16, 102), 7: (23, 122), 10: (32, 138), 14: (50, 162)}
    weight, height = sizes.get(age, (70, 172))
    values = Body.new(Patient(age, weight, height, "f"), {}, position="supine").values()
    assert values["hr"] == pytest.approx(rates[age][0], rel=0.06)
    assert values["rr"] == pytest.approx(rates[age][1], rel=0.12)
    assert 35 < values["paco2_mmhg"] < 44
    assert values["sao2"] > 93
