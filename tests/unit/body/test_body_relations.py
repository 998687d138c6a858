"""Directions that must hold whatever the constants are: what helps, what harms, what does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body

Maker = Callable[[], Body]
Orders = list[tuple[str, dict[str, Any]]]


def drug(name: str, dose: float, unit: str, route: str) -> tuple[str, dict[str, Any]]:
    return ("give_drug", {"drug": name, "dose": dose, "unit": unit, "route": route})


NRB = ("give_oxygen", {"device": "non_rebreather", "flow": 15})
NEB = drug("salbutamol", 5, "mg", "NEB")


def after(make: Maker, orders: Orders, minutes: float) -> dict[str, float]:
    body = make()
    for intent, slots in orders:
        assert body.apply(Order(intent, slots)).done
    body.step(round(60 * minutes))
    return body.values()


def difference(make: Maker, orders: Orders, minutes: float, name: str) -> float:
    """With the orders minus without them, at the same time."""
    return after(make, orders, minutes)[name] - after(make, [], minutes)[name]


@pytest.mark.parametrize(
    ("orders", "minutes", "name", "low", "high"),
    [
        ([NRB], 3, "spo2", 1, 4),
        ([drug("naloxone", 400, "mcg", "IV")], 5, "rr", -0.2, 0.2),
        ([drug("morphine", 10, "mg", "IV")], 10, "rr", -6, -1),
        ([drug("adrenaline", 0.5, "mg", "IM")], 6, "hr", 5, 25),
        ([drug("adrenaline", 0.5, "mg", "IM")], 6, "sbp", 4, 30),
        ([NEB], 15, "hr", 3, 20),
        ([drug("gtn", 400, "mcg", "SL")], 5, "sbp", -22, -7),
        ([drug("glucose_iv", 10, "g", "IV")], 6, "glucose_mmol_l", 3, 5.5),
        ([drug("glucose_iv", 10, "g", "IV")], 6, "gcs", 0, 0),
        ([("chest_procedure", {"device": "needle_decompression"})], 5, "spo2", -3, 0),
        ([("position_patient", {"position": "standing"})], 2, "hr", 3, 15),
        ([drug("midazolam", 5, "mg", "IV")], 5, "gcs", -8, -2),
        ([("ventilate_bvm", {"rate": 26})], 3, "etco2_kpa", -3, -0.5),
        ([drug("atropine", 600, "mcg", "IV")], 3, "hr", 5, 40),
        ([drug("metoprolol", 5, "mg", "IV")], 10, "hr", -15, -3),
        ([drug("paracetamol", 1, "g", "IV")], 10, "sbp", 0, 0),
    ],
)
def test_what_orders_do_to_a_healthy_adult(
    sitting: Maker, orders: Orders, minutes: float, name: str, low: float, high: float
) -> None:
    assert low <= difference(sitting, orders, minutes, name) <= high


def test_morphine_makes_the_pupils_small(sitting: Maker) -> None:
    body = sitting()
    before = float(body.findings()["pupils_mm"])
    body.apply(Order(*drug("morphine", 10, "mg", "IV")))
    body.step(900)
    assert float(body.findings()["pupils_mm"]) < before - 1


@pytest.mark.parametrize(
    ("orders", "minutes", "name", "low", "high"),
    [
        ([NEB], 8, "fev1_percent", 8, 30),
        ([NEB], 8, "rr", -15, -1),
        ([NEB], 8, "spo2", 5, 25),
        ([drug("salbutamol", 10, "puffs", "INH")], 8, "fev1_percent", 6, 25),
        ([drug("magnesium_sulfate", 2, "g", "IV")], 10, "fev1_percent", 1, 10),
        ([drug("adrenaline", 0.5, "mg", "IM")], 6, "fev1_percent", 5, 20),
        ([drug("adrenaline", 5, "mg", "NEB")], 8, "fev1_percent", 3, 20),
        ([("position_patient", {"position": "supine"})], 3, "spo2", -8, -1.5),
        ([drug("midazolam", 5, "mg", "IV")], 4, "paco2_mmhg", 1, 20),
        ([drug("midazolam", 5, "mg", "IV")], 4, "gcs", -8, -2),
        ([drug("morphine", 5, "mg", "IV")], 4, "paco2_mmhg", 0.7, 20),
        ([drug("fentanyl", 100, "mcg", "IV")], 3, "paco2_mmhg", 3, 20),
        ([drug("metoprolol", 5, "mg", "IV")], 6, "fev1_percent", -8, -1),
        ([drug("metoprolol", 5, "mg", "IV")], 6, "hr", -40, -8),
        ([drug("propranolol", 40, "mg", "PO")], 8, "spo2", -30, -5),
        ([drug("aspirin", 300, "mg", "PO")], 8, "fev1_percent", -3, -0.1),
        ([("move_transport", {"mode": "walk"})], 3, "spo2", -50, -10),
        ([("move_transport", {"mode": "walk"})], 3, "paco2_mmhg", 5, 40),
        ([("move_transport", {"mode": "carry_chair"})], 3, "spo2", 0, 0),
        ([("chest_procedure", {"device": "needle_decompression"})], 4, "spo2", -8, -1),
        ([drug("hydrocortisone", 100, "mg", "IV")], 10, "fev1_percent", 0, 0.5),
        ([("give_oxygen", {"device": "nasal_cannula", "flow": 2})], 3, "spo2", 0.5, 5),
        ([NRB], 3, "spo2", 6, 14),
        ([("ventilate_bvm", {"rate": 10})], 3, "spo2", 8, 20),
    ],
)
def test_what_orders_do_to_life_threatening_asthma(
    asthmatic: Maker, orders: Orders, minutes: float, name: str, low: float, high: float
) -> None:
    assert low <= difference(asthmatic, orders, minutes, name) <= high


def test_a_beta_blocker_takes_away_what_salbutamol_gives(asthmatic: Maker) -> None:
    blocked = after(asthmatic, [drug("metoprolol", 5, "mg", "IV"), NEB], 10)["fev1_percent"]
    assert blocked < after(asthmatic, [NEB], 10)["fev1_percent"] - 3


def test_a_tenfold_dose_does_harm_by_its_mechanism(asthmatic: Maker, sitting: Maker) -> None:
    assert difference(asthmatic, [drug("salbutamol", 5, "mg", "IV")], 12, "lactate_mmol_l") > 0.7
    assert after(asthmatic, [drug("salbutamol", 5, "mg", "IV")], 12)["hr"] > 145
    assert difference(sitting, [drug("adrenaline", 1, "mg", "IV")], 0.25, "sbp") > 50
    assert difference(sitting, [drug("magnesium_sulfate", 20, "g", "IV")], 25, "sbp") < -14


def test_adrenaline_by_vein_disturbs_the_rhythm(sitting: Maker) -> None:
    body = sitting()
    body.apply(Order(*drug("adrenaline", 1, "mg", "IV")))
    body.step(75)
    assert body.vitals().rhythm == "ventricular_tachycardia"


@pytest.mark.parametrize(
    ("depressant", "antidote", "name"),
    [
        (drug("midazolam", 10, "mg", "IV"), drug("flumazenil", 500, "mcg", "IV"), "gcs"),
        (drug("fentanyl", 300, "mcg", "IV"), drug("naloxone", 400, "mcg", "IV"), "rr"),
    ],
)
def test_the_antidotes_work(
    sitting: Maker, depressant: tuple[str, dict[str, Any]], antidote: tuple[str, dict[str, Any]], name: str
) -> None:
    assert after(sitting, [depressant, antidote], 6)[name] > after(sitting, [depressant], 6)[name] + 3


def test_an_airway_helps_the_unconscious_patient_who_obstructs(healthy: Maker) -> None:
    opioid = [drug("fentanyl", 500, "mcg", "IV"), drug("midazolam", 10, "mg", "IV")]

    def saturation(extra: Orders) -> float:
        body = healthy()
        for intent, slots in opioid:
            body.apply(Order(intent, slots))
        body.step(120)
        for intent, slots in extra:
            assert body.apply(Order(intent, slots)).done
        body.step(120)
        return body.values().get("spo2", 0.0)

    bare = saturation([])
    assert saturation([("manage_airway", {"device": "opa"})]) > bare
    assert saturation([("ventilate_bvm", {"rate": 10})]) > bare + 5
    assert saturation([("ventilate_bvm", {"rate": 10, "seal": 0.2})]) < saturation([("ventilate_bvm", {"rate": 10})])


def test_compressions_ventilation_and_adrenaline_bring_a_pulse_back(asthmatic: Maker) -> None:
    body = asthmatic()
    while not body.arrested:
        body.step()
    for intent, slots in (
        ("ventilate_bvm", {"rate": 10}),
        ("defib_cpr", {"device": "cpr"}),
        drug("adrenaline", 1, "mg", "IV"),
    ):
        body.apply(Order(intent, slots))
    compressed = False
    for _ in range(300):
        body.step()
        compressed = compressed or "cpr" in body.running()
        if not body.arrested:
            break
    assert compressed
    assert not body.arrested
    assert body.vitals().hr is not None


def test_a_shock_ends_fresh_ventricular_fibrillation(healthy: Maker) -> None:
    body = healthy()
    body.apply(Order("defib_cpr", {"device": "shock"}))
    assert body.vitals().rhythm == "ventricular_fibrillation"
    body.step(20)
    assert body.apply(Order("defib_cpr", {"device": "shock"})).code == "done"
    body.step(30)
    assert not body.arrested
