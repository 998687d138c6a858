"""How orders are turned into what happens: doses, devices, corrections, stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Applied, Body
from knowthyself_tui.domain.body.doses import mg_per_ml, micrograms, minutes_of
from knowthyself_tui.domain.body.drugs import DRUGS

Maker = Callable[[], Body]


def order(body: Body, intent: str, **slots: Any) -> Applied:
    return body.apply(Order(intent, slots))


@pytest.mark.parametrize(
    ("drug", "slots", "mcg"),
    [
        ("adrenaline", {"dose": 0.5, "unit": "mg"}, 500),
        ("adrenaline", {"dose": 0.5, "unit": "mL", "concentration": "1:1000"}, 500),
        ("adrenaline", {"dose": 10, "unit": "mL", "concentration": "1:10000"}, 1000),
        ("adrenaline", {"dose": 500, "unit": "mcg"}, 500),
        ("magnesium_sulfate", {"dose": 2, "unit": "g"}, 2_000_000),
        ("salbutamol", {"dose": 4, "unit": "puffs"}, 400),
        ("gtn", {"dose": 2, "unit": "sprays"}, 800),
        ("glucose_iv", {"dose": 100, "unit": "mL", "concentration": "10%"}, 10_000_000),
        ("salbutamol", {"dose": "lots", "unit": "mg"}, None),
        ("salbutamol", {"dose": 5, "unit": "units"}, None),
    ],
)
def test_doses_become_micrograms(drug: str, slots: dict[str, Any], mcg: float | None) -> None:
    found = micrograms(DRUGS[drug], slots)
    assert found == (None if mcg is None else pytest.approx(mcg))


def test_strengths_are_read_in_every_spelling() -> None:
    assert mg_per_ml("adrenaline", "1:1,000") == pytest.approx(1.0)
    assert mg_per_ml("adrenaline", "1 in 10000") == pytest.approx(0.1)
    assert mg_per_ml("midazolam", "5 mg/mL") == pytest.approx(5.0)
    assert mg_per_ml("midazolam", "strong") is None


@pytest.mark.parametrize(
    ("slots", "minutes"),
    [({"over_minutes": 20}, 20), ({"rate": "20 min"}, 20), ({"rate": "slow"}, 3), ({"rate": "fast"}, 0.2), ({}, 0.5)],
)
def test_how_long_a_vein_takes(slots: dict[str, Any], minutes: float) -> None:
    assert minutes_of(slots, 0.5) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("slots", "device", "flow", "code"),
    [
        ({"device": "nasal_cannula", "flow": 15}, "nasal_cannula", 6, "corrected"),
        ({"device": "non_rebreather", "flow": 2}, "non_rebreather", 10, "corrected"),
        ({"device": "simple_mask", "flow": 2}, "simple_mask", 5, "corrected"),
        ({"device": "non_rebreather"}, "non_rebreather", 15, "done"),
        ({"flow": 15}, "non_rebreather", 15, "done"),
        ({"flow": 2}, "nasal_cannula", 2, "done"),
        ({"device": "venturi_28", "flow": 4}, "venturi", 4, "done"),
        ({"device": "venturi", "percent": 60}, "venturi", 15, "done"),
    ],
)
def test_unreal_flows_are_corrected_and_said(
    sitting: Maker, slots: dict[str, Any], device: str, flow: float, code: str
) -> None:
    applied = order(sitting(), "give_oxygen", **slots)
    assert (applied.code, applied.corrected["device"], applied.corrected["flow"]) == (code, device, flow)
    assert bool(applied.note) == (code == "corrected")


def test_oxygen_is_turned_down_step_by_step_and_off(sitting: Maker) -> None:
    body = sitting()
    order(body, "give_oxygen", device="non_rebreather", flow=15)
    seen = []
    for _ in range(3):
        body.step(5)
        seen.append(body.values()["fio2"])
        order(body, "give_oxygen", action="reduce")
    assert seen == sorted(seen, reverse=True)
    order(body, "give_oxygen", action="stop")
    body.step(5)
    assert body.values()["fio2"] == pytest.approx(0.21)
    assert "oxygen" not in body.running()


def test_a_nebuliser_replaces_the_mask_and_gives_it_back(asthmatic: Maker) -> None:
    body = asthmatic()
    order(body, "give_oxygen", device="non_rebreather", flow=15)
    body.step(30)
    reservoir = body.values()["fio2"]
    order(body, "give_drug", drug="salbutamol", dose=5, unit="mg", route="NEB")
    body.step(60)
    assert {"oxygen", "nebuliser"} <= body.running()
    assert body.values()["fio2"] < reservoir
    body.step(420)
    assert "nebuliser" not in body.running()
    body.step(5)
    assert body.values()["fio2"] > 0.5


def test_two_drugs_share_one_nebuliser(asthmatic: Maker) -> None:
    body = asthmatic()
    order(body, "give_drug", drug="salbutamol", dose=5, unit="mg", route="NEB")
    order(body, "give_drug", drug="ipratropium", dose=0.5, unit="mg", route="NEB")
    body.step(240)
    assert {"c_salbutamol", "c_ipratropium"} <= body.values().keys()
    order(body, "hold_or_cancel", target_intent="give_drug", drug="salbutamol")
    assert "nebuliser" in body.running()
    order(body, "hold_or_cancel", target_intent="give_drug")
    assert "nebuliser" not in body.running()


def test_what_runs_can_be_stopped(sitting: Maker) -> None:
    body = sitting()
    order(body, "give_drug", drug="magnesium_sulfate", dose=2, unit="g", route="IV", over_minutes=20)
    order(body, "give_fluids", fluid="hartmanns", volume=1, volume_unit="L")
    order(body, "ventilate_bvm", rate=12)
    order(body, "vascular_access", device="IV", gauge=18)
    assert {"infusion:magnesium_sulfate", "ventilation", "iv_access", "fluid:hartmanns"} <= body.running()
    order(body, "hold_or_cancel", target_intent="give_drug", drug="magnesium_sulfate")
    order(body, "hold_or_cancel", target_intent="give_fluids")
    order(body, "hold_or_cancel", target_intent="ventilate_bvm")
    assert body.running() == {"iv_access"}


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "PR"}),
        ("give_drug", {"drug": "salbutamol", "unit": "mg", "route": "NEB"}),
        ("manage_airway", {"device": "igel"}),
        ("manage_airway", {"device": "opa"}),
        ("defib_cpr", {"device": "cpr"}),
        ("give_oxygen", {"device": "snorkel", "flow": 5}),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(sitting: Maker, intent: str, slots: dict[str, Any]) -> None:
    body = sitting()
    before = body.to_json()
    applied = body.apply(Order(intent, slots))
    assert not applied.done
    assert applied.code == "impossible"
    assert applied.note.endswith(".")
    assert body.to_json() == before


def test_the_unconscious_swallow_nothing(sitting: Maker) -> None:
    body = sitting()
    order(body, "give_drug", drug="midazolam", dose=30, unit="mg", route="IV")
    body.step(240)
    assert order(body, "give_drug", drug="prednisolone", dose=40, unit="mg", route="PO").code == "impossible"
    assert order(body, "move_transport", mode="walk").code == "impossible"
    assert order(body, "position_patient", position="tripod").code == "corrected"
    assert order(body, "manage_airway", device="opa").done


def test_unlisted_drugs_and_other_intents_change_nothing(sitting: Maker) -> None:
    body = sitting()
    before = body.to_json()
    assert order(body, "give_drug", drug="warfarin", dose=5, unit="mg", route="PO").code == "no_effect"
    assert order(body, "give_drug", drug="cetirizine", dose=10, unit="mg", route="PO").code == "done"
    assert order(body, "reassure").code == "no_effect"
    assert order(body, "examine_chest").code == "no_effect"
    assert body.to_json() == before


def test_an_adjunct_with_the_bag_is_put_in(sitting: Maker) -> None:
    body = sitting()
    order(body, "give_drug", drug="midazolam", dose=30, unit="mg", route="IV")
    body.step(240)
    order(body, "ventilate_bvm", rate=10, adjunct="opa")
    body.step(2)
    assert {"ventilation", "airway:opa", "oxygen"} <= body.running()
    assert body.vitals().rr == pytest.approx(10)
