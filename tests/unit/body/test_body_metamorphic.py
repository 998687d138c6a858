"""Two patients who differ in one thing: more of a harm never helps, less of a help never helps more."""

from __future__ import annotations

import json
from itertools import combinations, pairwise

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
    rises,
)

QUICK = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ROUNDING = 0.05


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
        assert rises(found, ROUNDING), f"{name} at {minutes} min: {found}"


@QUICK
@given(dose=st.floats(0.5, 60), extra=st.floats(0.5, 60), minutes=st.integers(1, 10))
def test_a_larger_morphine_dose_never_breathes_better(dose: float, extra: float, minutes: int) -> None:
    carbon = []
    for mg in (dose, dose + extra):
        body = give(body_of("healthy"), OXYGEN, drug("morphine", mg, "mg", "IV"))
        body.step(60 * minutes)
        carbon.append(body.values()["paco2_mmhg"])
    assert rises(carbon, ROUNDING)


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
    assert rises(lost, ROUNDING)


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
    assert rises(saturations, ROUNDING)


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
    assert rises(lost, ROUNDING)


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


@settings(QUICK, max_examples=6)
@given(tolerance=st.floats(1, 4), more=st.floats(0.2, 4), mg=st.floats(5, 25))
def test_more_tolerance_never_breathes_less(tolerance: float, more: float, mg: float) -> None:
    rates = []
    for each in (tolerance, tolerance + more):
        body = Body.new(Patient(24, 72, 176, "m", each), {"taken_heroin_iv_mg": mg}, position="supine")
        give(body, OXYGEN).step(180)
        rates.append(body.values()["rr"])
    assert rises(rates, ROUNDING)


def test_more_naloxone_never_breathes_less() -> None:
    rates = []
    for mcg in (0, 50, 100, 200, 400, 800, 2000):
        body = body_of("opioid")
        give(body, bag(10), drug("naloxone", mcg, "mcg", "IV")).step(240)
        rates.append(body.values()["own_rr"])
    assert rises(rates, ROUNDING)


def test_a_better_seal_never_washes_out_less() -> None:
    """From a seal on that brings gas in at all: without one the hunger for oxygen breathes a little more."""
    carbon = []
    for seal in (0.2, 0.4, 0.6, 0.8, 1.0):
        body = give(body_of("opioid"), bag(12, seal=seal))
        body.step(240)
        carbon.append(-body.values()["paco2_mmhg"])
    assert rises(carbon, ROUNDING)
