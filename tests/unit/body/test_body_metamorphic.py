"""Two patients who differ in one thing: more of a harm never helps, less of a help never helps more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from tests.unit.body.bedside import (
    ADRENALINE,
    CASES,
    OXYGEN,
    SALBUTAMOL,
    TOURNIQUET,
    bag,
    body_of,
    drug,
    fluid,
    give,
    position,
)

QUICK = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ROUNDING = 0.05


def rises(values: Sequence[float], slack: float = ROUNDING) -> bool:
    return all(high >= low - slack for low, high in pairwise(values))


@pytest.mark.parametrize("name", ["morphine", "fentanyl", "heroin", "methadone", "midazolam", "propofol"])
def test_more_of_a_depressant_never_lowers_carbon_dioxide(name: str) -> None:
    low, unit = {
        "morphine": (2.0, "mg"), "fentanyl": (20.0, "mcg"), "heroin": (3.0, "mg"), "methadone": (4.0, "mg"),
        "midazolam": (1.0, "mg"), "propofol": (15.0, "mg"),
    }[name]  # fmt: skip
    for minutes in (3, 8):
        found = []
        for factor in (0, 1, 3, 8):
            body = body_of("healthy")
            give(body, OXYGEN)
            if name == "heroin":
                body.force("taken_heroin_iv_mg", low * factor)
            else:
                give(body, drug(name, low * factor, unit, "IV"))
            body.step(60 * minutes)
            found.append(body.values()["paco2_mmhg"])
        assert rises(found), f"{name} at {minutes} min: {found}"


@QUICK
@given(dose=st.floats(0.5, 60), extra=st.floats(0.5, 60), minutes=st.integers(1, 10))
def test_a_larger_morphine_dose_never_breathes_better(dose: float, extra: float, minutes: int) -> None:
    carbon = []
    for mg in (dose, dose + extra):
        body = give(body_of("healthy"), OXYGEN, drug("morphine", mg, "mg", "IV"))
        body.step(60 * minutes)
        carbon.append(body.values()["paco2_mmhg"])
    assert rises(carbon)


@pytest.mark.parametrize("minutes", [2, 5, 10, 15])
def test_heavier_bleeding_never_gives_a_higher_pressure(minutes: int) -> None:
    pressures, lost = [], []
    for rate in (0, 40, 80, 160, 320, 640):
        body = body_of("healthy")
        body.force("pain", 0.4)
        body.force("haemorrhage_ml_min", rate)
        body.step(60 * minutes)
        pressures.append(-body.values()["map"])
        if not body.arrested:
            lost.append(body.values()["blood_lost_ml"])
    # A faster loss raises the sympathetic outflow sooner: up to 3 mmHg of overshoot is the reflex, not the bleeding.
    assert rises(pressures, 3.0)
    assert rises(lost)


@QUICK
@given(
    case=st.sampled_from(["healthy", "asthma", "opioid", "sepsis", "pneumothorax"]),
    low=st.floats(0.21, 0.95),
    more=st.floats(0.0, 0.6),
    minutes=st.integers(1, 6),
)
def test_more_oxygen_never_lowers_the_saturation(case: str, low: float, more: float, minutes: int) -> None:
    saturations = []
    for share in (low, min(1.0, low + more)):
        body = body_of(case)
        body.force("fio2", share)
        body.step(60 * minutes)
        saturations.append(body.values()["sao2"])
    assert rises(saturations)


@pytest.mark.parametrize("case", ["healthy", "asthma", "opioid", "sepsis", "croup", "pneumothorax"])
def test_a_stronger_oxygen_device_never_lowers_the_saturation(case: str) -> None:
    ladder: list[tuple[Order, ...]] = [
        (),
        *((Order("give_oxygen", {"device": "nasal_cannula", "flow": flow}),) for flow in (1, 4, 6)),
        (Order("give_oxygen", {"device": "simple_mask", "flow": 10}),),
        (OXYGEN,),
    ]
    saturations = []
    for orders in ladder:
        body = give(body_of(case), *orders)
        body.step(240)
        saturations.append(body.values()["sao2"])
    assert rises(saturations, 0.2)


def test_an_earlier_tourniquet_loses_less_blood() -> None:
    lost = []
    for minute in (0, 1, 2, 4, 6, 9):
        body = body_of("fresh bleeding")
        body.step(60 * minute)
        give(body, TOURNIQUET)
        body.step(60 * (12 - minute))
        lost.append(body.values()["blood_lost_ml"])
    assert all(later > earlier + 100 for earlier, later in pairwise(lost))


def test_more_pressing_loses_less_blood() -> None:
    devices = ("", "dressing", "direct_pressure", "wound_packing", "haemostatic_gauze")
    lost = []
    for device in devices:
        body = body_of("bleeding")
        if device:
            give(body, Order("control_bleeding", {"device": device}))
        body.step(300)
        lost.append(-body.values()["blood_lost_ml"])
    assert rises(lost)


@QUICK
@given(first=st.floats(0, 0.5), more=st.floats(0.02, 0.4))
def test_more_obstruction_never_blows_more(first: float, more: float) -> None:
    mild, severe = body_of("sitting"), body_of("sitting")
    mild.force("bronchospasm", first)
    severe.force("bronchospasm", first + more)
    assert severe.values()["fev1_percent"] < mild.values()["fev1_percent"]


@pytest.mark.parametrize(
    ("name", "steps", "value", "minutes"),
    [
        ("sepsis", (0, 0.25, 0.5, 0.75, 1.0), "map", 10),
        ("pneumothorax", (0, 0.25, 0.5, 0.75, 1.0), "co_l_min", 5),
        ("infarct", (0, 0.2, 0.4, 0.6), "co_l_min", 10),
        ("intracranial_haematoma_ml", (0, 40, 60, 80, 100), "gcs", 10),
        ("mediator", (0, 0.3, 0.6, 1.0), "fev1_percent", 8),
        ("lung_water", (0, 0.25, 0.5, 0.75), "sao2", 5),
        ("airway_swelling", (0.6, 0.7, 0.75, 0.8), "sao2", 6),
        ("mucus_plugging", (0, 0.2, 0.4, 0.6), "sao2", 5),
        ("insulin", (0, 0.3, 0.6, 0.9), "glucose_mmol_l", 30),
    ],
)
def test_more_of_an_illness_is_never_better(name: str, steps: tuple[float, ...], value: str, minutes: int) -> None:
    found = []
    for severity in steps:
        body = body_of("healthy")
        body.force(name, severity)
        body.step(60 * minutes)
        found.append(-body.values()[value])
    assert rises(found, 0.25), f"{name}: {value} = {[-each for each in found]}"


def test_the_same_patient_twice_is_the_same_json() -> None:
    for case in ("asthma", "anaphylaxis", "fresh status", "right infarct", "croup"):
        row = CASES[case]
        texts = set()
        for _ in range(2):
            body = Body.new(row.patient, row.conditions, position=row.position, seed=7)
            give(body, OXYGEN).step(90)
            texts.add(json.dumps(body.to_json()))
        assert len(texts) == 1, case


TOGETHER = [
    OXYGEN,
    SALBUTAMOL,
    ADRENALINE,
    drug("magnesium_sulfate", 2, "g", "IV", over_minutes=20),
    fluid(250, 5),
    position("semi_recumbent"),
    Order("keep_warm"),
    TOURNIQUET,
    Order("vascular_access"),
]


def _closed(body: Body) -> dict[str, object]:
    """The state with its rows in one order; floating sums may differ in the last digits."""
    state = body.to_json()
    for name in ("depots", "infusions", "nebuliser", "fluids"):
        state[name] = sorted(state[name], key=str)
    return state


@pytest.mark.parametrize("case", ["asthma", "bleeding", "sepsis"])
def test_the_order_of_independent_orders_in_one_second_does_not_matter(case: str) -> None:
    for pair in combinations(TOGETHER, 2):
        one, two = give(body_of(case), *pair), give(body_of(case), *reversed(pair))
        one.step(30)
        two.step(30)
        first, second = one.values(), two.values()
        assert first.keys() == second.keys()
        for name, value in first.items():
            assert second[name] == pytest.approx(value, rel=1e-9, abs=1e-9), (name, pair)
        assert one.running() == two.running()
        assert _closed(one).keys() == _closed(two).keys()


@QUICK
@given(case=st.sampled_from(sorted(CASES)), cuts=st.lists(st.integers(0, 180), max_size=6))
def test_time_in_one_step_or_in_many_is_the_same(case: str, cuts: list[int]) -> None:
    together, parts = (give(body_of(case), OXYGEN, SALBUTAMOL) for _ in range(2))
    together.step(180)
    marks = [0, *sorted(cuts), 180]
    for start, end in pairwise(marks):
        parts.step(end - start)
    assert json.dumps(parts.to_json()) == json.dumps(together.to_json())


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


@settings(QUICK, max_examples=6)
@given(tolerance=st.floats(1, 4), more=st.floats(0.2, 4), mg=st.floats(5, 25))
def test_more_tolerance_never_breathes_less(tolerance: float, more: float, mg: float) -> None:
    rates = []
    for each in (tolerance, tolerance + more):
        body = Body.new(Patient(24, 72, 176, "m", each), {"taken_heroin_iv_mg": mg}, position="supine")
        give(body, OXYGEN).step(180)
        rates.append(body.values()["rr"])
    assert rises(rates)


def test_more_naloxone_never_breathes_less() -> None:
    rates = []
    for mcg in (0, 50, 100, 200, 400, 800, 2000):
        body = body_of("opioid")
        give(body, bag(10), drug("naloxone", mcg, "mcg", "IV")).step(240)
        rates.append(body.values()["own_rr"])
    assert rises(rates)


def test_a_better_seal_never_washes_out_less() -> None:
    carbon = []
    for seal in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        body = give(body_of("opioid"), bag(12, seal=seal))
        body.step(240)
        carbon.append(-body.values()["paco2_mmhg"])
    assert rises(carbon)
