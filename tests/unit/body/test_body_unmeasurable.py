"""What cannot be measured is None with its reason, zero is zero, and no limit is touched in a case that is played."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from knowthyself_tui.domain.body.norms import norms_of
from tests.unit.body.bedside import (
    COMPRESSIONS,
    OXYGEN,
    SALBUTAMOL,
    Timed,
    bag,
    body_of,
    drug,
    give,
    position,
    stored,
)


@pytest.mark.parametrize("rhythm", ["vf", "pea", "asystole"])
def test_in_arrest_pressure_and_saturation_are_nothing_with_a_reason(rhythm: str) -> None:
    body = body_of("healthy")
    body.force("rhythm", rhythm)
    body.step(40)
    assert body.arrested
    vitals = body.vitals()
    assert vitals.sbp is vitals.dbp is vitals.spo2 is None
    assert vitals.reasons == {"sbp": "no pulse", "dbp": "no pulse", "spo2": "no pulse"}
    assert (vitals.hr, vitals.rr, vitals.gcs) == (0, 0, 3)
    values = body.values()
    assert not {"sbp", "dbp", "spo2"} & set(values)
    assert (values["hr"], values["sv_ml"], values["own_rr"], values["arrested"]) == (0, 0, 0, 1)
    rounded = vitals.rounded()
    assert rounded["sbp"] is None
    assert rounded["hr"] == 0
    found = body.findings()
    assert found["carotid_pulse"] == found["radial_pulse"] == "absent"


def test_compressions_give_no_cuff_pressure() -> None:
    body = body_of("healthy")
    body.force("rhythm", "vf")
    body.step(30)
    give(body, bag(10), COMPRESSIONS).step(60)
    vitals = body.vitals()
    assert vitals.sbp is vitals.spo2 is None
    assert vitals.rr == 10
    assert vitals.etco2_kpa is not None
    assert vitals.etco2_kpa > 0


def test_low_perfusion_silences_the_oximeter_and_not_the_cuff() -> None:
    body = body_of("internal bleeding")
    while body.values()["map"] >= 38 and not body.arrested:
        body.step()
    assert not body.arrested
    vitals = body.vitals()
    assert vitals.spo2 is None
    assert vitals.reasons == {"spo2": "poor perfusion"}
    assert vitals.sbp is not None
    assert vitals.dbp is not None
    assert "spo2" not in body.values()
    assert "sao2" in body.values()
    assert body.displayed().spo2 is None


def test_apnoea_is_a_zero_and_not_nothing() -> None:
    body = body_of("healthy")
    body.force("breathing", "apnoea")
    body.step(60)
    vitals = body.vitals()
    assert vitals.rr == 0
    assert vitals.etco2_kpa == pytest.approx(0, abs=0.01)
    assert vitals.reasons == {}


def test_a_living_patient_has_every_sign() -> None:
    for case in ("healthy", "asthma", "sepsis", "croup", "opioid"):
        assert None not in body_of(case).vitals().rounded().values()
        assert body_of(case).vitals().reasons == {}


CLAMPS: Mapping[str, tuple[float, float]] = {
    "hr": (0, 240), "rr": (-1, 80), "sao2": (0, 100), "paco2_mmhg": (5, 250), "pao2_mmhg": (1, 700),
    "lactate_mmol_l": (0.5, 25), "icp_mmhg": (2, 95), "glucose_mmol_l": (0.2, 1e9), "temp_c": (20, 43.5),
}  # fmt: skip
"""The limits of the physiology page, section 1.9, and those that the slow chemistry adds."""
STATE_CLAMPS: Mapping[str, tuple[float, float]] = {
    "bronchospasm": (-1, 0.97), "mucus_plugging": (-1, 0.97), "airway_swelling": (-1, 0.95),
    "tissue_co2": (8, 250),
}  # fmt: skip

TREATED: Timed = [(0, OXYGEN), (1, SALBUTAMOL), (3, drug("hydrocortisone", 100, "mg", "IV")), (11, SALBUTAMOL)]
HARMED: Timed = [(1, position("supine")), (2, drug("midazolam", 5, "mg", "IV"))]
BAGGED: Timed = [(2, drug("ketamine", 100, "mg", "IV")), (3, bag(26)), (6, drug("salbutamol", 5, "mg", "IV"))]
WALKED: Timed = [(0.5, Order("move_transport", {"mode": "walk"})), (4, OXYGEN)]
PLAYS: Mapping[str, Timed] = {"nothing": (), "treated": TREATED, "harmed": HARMED, "bagged": BAGGED, "walked": WALKED}


def touched(body: Body, blood: float) -> list[str]:
    """Limits that a living body has run into at this second."""
    values, state = body.values(), stored(body)
    at_limit = [name for name, (low, high) in CLAMPS.items() if name in values and not low < values[name] < high]
    at_limit += [name for name, (low, high) in STATE_CLAMPS.items() if not low < state[name] < high]
    at_limit += ["crt_seconds"] if not 1.0 <= float(body.findings()["crt_seconds"]) < 9.0 else []
    return at_limit + (["blood"] if state["blood"] <= 0.12 * blood else [])


@pytest.mark.parametrize("play", sorted(PLAYS))
@pytest.mark.parametrize("scenario_id", Library().ids())
def test_no_clamp_fires_in_a_shipped_scenario_while_the_heart_beats(scenario_id: str, play: str) -> None:
    scenario = Library().load(scenario_id).scenario
    persona, setup = scenario.patient, scenario.body
    patient = Patient(persona.age_years, persona.weight_kg, persona.height_cm, persona.sex)
    body = Body.new(patient, setup.conditions, lead_seconds=setup.lead_seconds, position=setup.position)
    blood = norms_of(patient).blood
    fired: dict[str, int] = {}
    for second in range(25 * 60):
        for minute, order in PLAYS[play]:
            if second == round(60 * minute):
                body.apply(order)
        # The last minute of a dying heart may reach the end of a scale.
        if body.arrested or body.values()["map"] < 40:
            break
        for name in touched(body, blood) if second % 5 == 0 else ():
            fired.setdefault(name, second)
        body.step()
    assert fired == {}, f"limit and the second it was first touched: {fired}"
