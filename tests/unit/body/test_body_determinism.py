"""The body is a pure function of its inputs, goes on bit for bit after saving, and keeps to its clamps."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from math import isfinite
from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import CONDITION_NAMES, CONSTANTS, FORCED_NAMES, Body, Patient
from knowthyself_tui.domain.body.airway_orders import NO_AIRWAYS
from knowthyself_tui.domain.body.devices import AIRWAY_DEVICES, OXYGEN_DEVICES
from knowthyself_tui.domain.body.drug_effects import DRUG_EFFECTS
from knowthyself_tui.domain.body.drugs import DRUGS, INERT, VEIN
from knowthyself_tui.domain.body.positions import POSITION_SYNONYMS, POSITIONS
from knowthyself_tui.domain.formulary import DEVICES
from knowthyself_tui.domain.formulary import DRUGS as FORMULARY
from knowthyself_tui.domain.formulary import POSITIONS as FORMULARY_POSITIONS
from knowthyself_tui.errors import ContentError, StoreError, UsageError

Maker = Callable[[], Body]

EVENTFUL: list[tuple[str, dict[str, Any]]] = [
    ("give_oxygen", {"device": "non_rebreather", "flow": 15}),
    ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}),
    ("give_drug", {"drug": "adrenaline", "dose": 0.5, "unit": "mg", "route": "IM"}),
    ("give_drug", {"drug": "morphine", "dose": 5, "unit": "mg", "route": "IV"}),
    ("give_drug", {"drug": "magnesium_sulfate", "dose": 2, "unit": "g", "route": "IV", "over_minutes": 20}),
    ("give_fluids", {"fluid": "sodium_chloride_0.9", "volume": 250, "volume_unit": "mL"}),
]


def busy(body: Body) -> Body:
    for intent, slots in EVENTFUL:
        body.apply(Order(intent, slots))
        body.step(37)
    return body


def test_the_same_orders_give_the_same_body(asthmatic: Maker) -> None:
    assert busy(asthmatic()).to_json() == busy(asthmatic()).to_json()


def test_a_saved_body_goes_on_bit_for_bit(asthmatic: Maker) -> None:
    body = busy(asthmatic())
    text = json.dumps(body.to_json(), sort_keys=True)
    restored = Body.from_json(json.loads(text))
    assert restored.values() == body.values()
    assert restored.findings() == body.findings()
    body.step(886)
    restored.step(886)
    assert json.dumps(restored.to_json(), sort_keys=True) == json.dumps(body.to_json(), sort_keys=True)


def test_looking_does_not_change_the_body(asthmatic: Maker) -> None:
    body = busy(asthmatic())
    before = body.to_json()
    body.vitals(), body.values(), body.findings(), body.running()
    assert body.to_json() == before


def test_a_saved_body_shares_nothing_with_the_living_one(asthmatic: Maker) -> None:
    body = busy(asthmatic())
    saved = body.to_json()
    text = json.dumps(saved)
    Body.from_json(saved).step(60)
    body.step(60)
    assert json.dumps(saved) == text


def test_the_saved_state_is_flat_small_and_versioned(asthmatic: Maker) -> None:
    saved = busy(asthmatic()).to_json()
    assert saved["v"] == 2
    assert all(isinstance(value, int | float | str | list) for value in saved.values())
    assert len(json.dumps(saved)) < 6000
    with pytest.raises(StoreError, match="schema 99"):
        Body.from_json(saved | {"v": 99})


def test_steps_may_be_taken_one_by_one_or_together(asthmatic: Maker) -> None:
    together, single = asthmatic(), asthmatic()
    together.step(120)
    for _ in range(120):
        single.step()
    assert together.to_json() == single.to_json()


def test_unknown_conditions_and_positions_are_named_in_the_error() -> None:
    patient = Patient(30, 70, 175, "m")
    with pytest.raises(ContentError, match="gout"):
        Body.new(patient, {"gout": 1.0})
    with pytest.raises(ContentError, match="headstand"):
        Body.new(patient, {}, position="headstand")


def test_a_forced_value_that_makes_no_sense_is_named(sitting: Maker) -> None:
    with pytest.raises(UsageError, match="fio2"):
        sitting().force("fio2", "much")
    with pytest.raises(UsageError, match="moonshine"):
        sitting().force("infusion_moonshine_mcg_min", 3)


def test_a_patient_survives_json() -> None:
    patient = Patient(4, 16, 102, "f", 4.3)
    assert Patient.from_json(json.loads(json.dumps(patient.to_json()))) == patient


LIMITS = {
    "hr": (0, 240),
    "rr": (0, 80),
    "spo2": (0, 100),
    "sao2": (0, 100),
    "paco2_mmhg": (5, 250),
    "pao2_mmhg": (0.1, 760),
    "ph": (6, 8),
    "etco2_kpa": (0, 34),
    "sbp": (0, 400),
    "gcs": (3, 15),
    "lactate_mmol_l": (0.5, 25),
    "glucose_mmol_l": (0, 200),
    "temp_c": (20, 45),
    "fev1_percent": (0, 100),
    "fatigue": (0, 1),
    "fio2": (0.2, 1),
}

STOPPED = ["give_oxygen", "ventilate_bvm", "give_fluids", "give_drug"]

PATIENTS = [
    Patient(30, 70, 175, "m"),
    Patient(28, 65, 168, "f"),
    Patient(82, 48, 155, "f", 4.3),
    Patient(45, 140, 172, "m"),
    Patient(3, 14, 95, "m"),
]


def any_order(draw: random.Random) -> Order:
    drug = draw.choice(sorted(DRUGS))
    choices: list[tuple[str, dict[str, Any]]] = [
        (
            "give_drug",
            {
                "drug": drug,
                "dose": draw.choice([0.1, 0.5, 5, 50]),
                "unit": draw.choice(["mg", "mcg", "g", "mL"]),
                "route": draw.choice([*VEIN, *sorted(DRUGS[drug].routes)]),
            },
        ),
        ("give_oxygen", {"device": draw.choice(sorted(OXYGEN_DEVICES)), "flow": draw.choice([0, 2, 8, 15, 60])}),
        ("ventilate_bvm", {"rate": draw.choice([1, 8, 12, 30, 200])}),
        (
            "hold_or_cancel",
            {"target_intent": draw.choice(STOPPED)},
        ),
        ("manage_airway", {"device": draw.choice([*sorted(AIRWAY_DEVICES), "jaw_thrust"])}),
        ("position_patient", {"position": draw.choice(sorted(POSITIONS))}),
        ("give_fluids", {"fluid": draw.choice(["hartmanns", "glucose_5", "blood"]), "volume": 2, "volume_unit": "L"}),
        ("defib_cpr", {"device": draw.choice(["cpr", "shock", "pads"])}),
        ("move_transport", {"mode": "walk"}),
        ("chest_procedure", {"device": "needle_decompression"}),
    ]
    intent, slots = draw.choice(choices)
    return Order(intent, slots)


@pytest.mark.parametrize("seed", range(12))
def test_no_order_in_any_combination_breaks_the_body(seed: int) -> None:
    draw = random.Random(seed)
    ill = {
        "bronchospasm": draw.uniform(0, 0.9),
        "mucus_plugging": draw.uniform(0, 0.6),
        "pneumothorax": draw.choice([0.0, 0.0, 0.5]),
        "bronchospasm_rate_per_min": draw.uniform(0, 0.03),
    }
    body = Body.new(draw.choice(PATIENTS), ill, seed=seed, position=draw.choice(sorted(POSITIONS)))
    for _ in range(30):
        body.apply(any_order(draw))
        body.step(30)
        values = body.values()
        assert all(isfinite(value) for value in values.values())
        for name, (low, high) in LIMITS.items():
            if name in values:
                assert low <= values[name] <= high, f"{name} = {values[name]} after {body.seconds} s"
        found = body.findings()
        parts = (found["gcs_eye"], found["gcs_verbal"], found["gcs_motor"])
        assert sum(float(part) for part in parts) == values["gcs"]
        if body.arrested:
            vitals = body.vitals()
            assert (vitals.hr, vitals.sbp, vitals.spo2) == (0, None, None)
            assert vitals.reasons["sbp"] == "no pulse"
    json.loads(json.dumps(body.to_json(), allow_nan=False))


def test_body_and_formulary_name_the_same_things() -> None:
    assert {name for name, row in DRUGS.items() if not row.hidden} <= set(FORMULARY)
    assert not {name for name, row in DRUGS.items() if row.hidden} & set(FORMULARY)
    assert set(INERT) <= set(FORMULARY)
    carried = {name for name, drug in FORMULARY.items() if drug.carried}
    assert carried - set(DRUGS) - INERT == {"oxygen"}
    assert set(POSITIONS) | set(POSITION_SYNONYMS) >= FORMULARY_POSITIONS
    devices = {name for name, device in DEVICES.items() if device.intent == "manage_airway"}
    assert devices <= set(AIRWAY_DEVICES) | NO_AIRWAYS | {"jaw_thrust", "head_tilt_chin_lift"}


def test_every_possible_route_of_a_drug_has_its_absorption() -> None:
    lacking = {
        (name, route)
        for name, row in DRUGS.items()
        if not row.hidden
        for route in FORMULARY[name].routes
        if route not in VEIN and route not in row.routes
    }
    assert lacking == set()


def test_every_effect_belongs_to_a_drug_with_kinetics() -> None:
    assert {row.drug for row in DRUG_EFFECTS} <= set(DRUGS)
    assert {name for name, row in DRUGS.items() if not row.glucose} == {row.drug for row in DRUG_EFFECTS}


def test_every_constant_has_a_unit_a_tag_and_a_source() -> None:
    assert len(CONSTANTS) > 80
    for row in CONSTANTS.values():
        assert row.tag in ("S", "D", "F", "H")
        assert row.citation.strip()


def test_names_for_authors_and_the_bench_are_listed() -> None:
    assert {"bronchospasm", "mucus_plugging", "bronchospasm_rate_per_min", "fatigue"} <= set(CONDITION_NAMES)
    assert {"airway", "breathing", "fio2", "altitude_ft", "position"} <= set(FORCED_NAMES)
