"""Nothing is made and nothing is lost: oxygen, carbon dioxide, nitrogen, water, haemoglobin and drugs.

Gas in the lungs is kept in mL BTPS, in the blood and tissues in mL STPD; 863/(Pb - 47) carries STPD to BTPS.
"""

from __future__ import annotations

from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.fluids import CELLS, REFILL
from knowthyself_tui.domain.body.gas import ARTERIAL_SHARE, BTPS, DEEP_CO2, TISSUE_CO2, VENOUS_SHARE, WATER
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.patient import RQ
from tests.unit.body.bedside import ADULT, CASES, OXYGEN, TODDLER, body_of, drug, fluid, give, stored

Saved = dict[str, Any]
PEOPLE = [ADULT, TODDLER, Patient(70, 120, 168, "f", comorbidities=("anaemia",))]


def lungs_stpd(s: Saved, gas: str) -> float:
    return float((s[f"{gas}_fast"] + s[f"{gas}_slow"]) * (s["barometric"] - WATER) / BTPS)


def blood_stpd(s: Saved, gas: str) -> float:
    litres = s["blood"] / 1000
    return float(litres * (ARTERIAL_SHARE * s[f"arterial_{gas}"] + VENOUS_SHARE * s[f"venous_{gas}"]))


def oxygen_stores(s: Saved) -> float:
    return lungs_stpd(s, "o2") + blood_stpd(s, "o2")


def carbon_stores(s: Saved) -> float:
    tissues = s["patient:weight_kg"] * (TISSUE_CO2 * s["tissue_co2"] + DEEP_CO2 * s["deep_co2"])
    return lungs_stpd(s, "co2") + blood_stpd(s, "co2") + float(tissues)


def closed_airway(patient: Patient) -> Body:
    """A well person on oxygen whose airway shuts, so that tissues do not yet lack."""
    body = give(Body.new(patient, {}, position="supine"), OXYGEN)
    body.step(240)
    body.force("airway", "closed")
    return body


def used_in(body: Body, seconds: int) -> float:
    """Oxygen that the tissues take up in that time, mL STPD."""
    total = 0.0
    for _ in range(seconds):
        body.step()
        total += body.values()["vo2_ml_min"] / 60
    return total


@pytest.mark.parametrize("patient", PEOPLE)
def test_behind_a_closed_airway_the_stores_lose_what_the_tissues_use(patient: Patient) -> None:
    body = closed_airway(patient)
    before = oxygen_stores(stored(body))
    used = used_in(body, 75)
    assert used > 50
    assert before - oxygen_stores(stored(body)) == pytest.approx(used, rel=0.01)


@pytest.mark.parametrize("patient", PEOPLE)
def test_behind_a_closed_airway_the_stores_gain_the_carbon_dioxide_that_is_made(patient: Patient) -> None:
    body = closed_airway(patient)
    before = carbon_stores(stored(body))
    used = used_in(body, 75)
    assert carbon_stores(stored(body)) - before == pytest.approx(RQ * used, rel=0.01)


def test_oxygen_is_balanced_to_the_end_of_an_asphyxia() -> None:
    body = body_of("healthy")
    body.force("airway", "closed")
    before = oxygen_stores(stored(body))
    used = used_in(body, 240)
    assert body.values()["sao2"] < 40
    assert before - oxygen_stores(stored(body)) == pytest.approx(used, rel=0.01)


def test_behind_a_closed_airway_nitrogen_stays() -> None:
    body = body_of("healthy")
    body.force("airway", "closed")
    before = lungs_stpd(stored(body), "n2")
    body.step(120)
    assert lungs_stpd(stored(body), "n2") == pytest.approx(before, rel=1e-6)


@pytest.mark.parametrize("case", ["healthy", "sepsis", "hypoglycaemia"])
def test_at_rest_the_alveolar_gas_shows_the_respiratory_quotient(case: str) -> None:
    """From the alveolar fractions alone: R = FACO2 FIN2 / (FIO2 FAN2 - FAO2 FIN2), Fenn, Rahn & Otis 1946."""
    body = body_of(case)
    body.step(3600)
    s = stored(body)
    o2, co2, n2 = (s[f"{gas}_fast"] for gas in ("o2", "co2", "n2"))
    assert co2 * 0.79 / (0.21 * n2 - o2 * 0.79) == pytest.approx(RQ, rel=0.06)


def test_at_rest_the_stores_stand_still() -> None:
    body = body_of("healthy")
    body.step(3600)
    before = stored(body)
    body.step(600)
    after = stored(body)
    for stores in (oxygen_stores, carbon_stores):
        assert stores(after) == pytest.approx(stores(before), rel=0.005)


def test_apnoea_with_an_open_airway_draws_in_what_is_taken_up() -> None:
    """The lung keeps its volume: what blood takes up and does not give back flows in, oxygen or nitrogen."""
    body = give(body_of("healthy"), OXYGEN)
    body.step(240)
    body.force("airway", "open")
    body.force("breathing", "apnoea")
    body.step(30)
    before = stored(body)
    used = used_in(body, 120)
    after = stored(body)
    volume = sum(lungs_stpd(after, gas) - lungs_stpd(before, gas) for gas in ("o2", "co2", "n2"))
    assert abs(volume) < 0.05 * used
    nitrogen = lungs_stpd(after, "n2") - lungs_stpd(before, "n2")
    oxygen_in = used + oxygen_stores(after) - oxygen_stores(before)
    fio2 = body.values()["fio2"]
    assert nitrogen / (nitrogen + oxygen_in) == pytest.approx(1 - fio2, abs=0.02)


def refilled_in(body: Body, seconds: int) -> float:
    """Steps the body; fluid that returns from the tissues in that time, mL."""
    normal, total = norms_of(body.patient).blood, 0.0
    for _ in range(seconds):
        body.step()
        total += REFILL / 60 * max(0.0, normal - stored(body)["blood"])
    return total


def held(s: Saved) -> float:
    """Blood with all that left it, mL."""
    return float(s["blood"] + s["blood_lost"] + s["plasma_leaked"] + s["crystalloid_out"])


@pytest.mark.parametrize("case", ["fresh bleeding", "internal bleeding"])
def test_bleeding_with_crystalloid_loses_no_millilitre(case: str) -> None:
    body = give(body_of(case), fluid(1500, 12))
    before = held(stored(body))
    refilled = refilled_in(body, 540)
    infused = 1500 * 9 / 12
    assert not body.arrested
    assert stored(body)["blood_lost"] > 500
    assert held(stored(body)) == pytest.approx(before + infused + refilled, rel=0.002)
    assert held(stored(body)) - before == pytest.approx(infused + refilled, rel=0.01)


def test_leaking_of_anaphylaxis_loses_no_millilitre() -> None:
    body = give(body_of("fresh anaphylaxis"), fluid(1000, 10))
    before = held(stored(body))
    body.step(720)
    assert stored(body)["plasma_leaked"] > 300
    assert held(stored(body)) - before == pytest.approx(1000, rel=0.01)


def test_septic_leak_is_counted() -> None:
    body = body_of("sepsis")
    before = held(stored(body))
    refilled = refilled_in(body, 1200)
    assert held(stored(body)) - before == pytest.approx(refilled, rel=0.01, abs=2)


def test_infused_crystalloid_is_in_the_blood_or_in_the_tissues() -> None:
    body = give(body_of("healthy"), fluid(2000, 20))
    body.step(1800)
    s = stored(body)
    assert s["crystalloid_in"] + s["crystalloid_out"] == pytest.approx(2000, rel=0.01)
    assert s["blood"] - norms_of(ADULT).blood == pytest.approx(s["crystalloid_in"], rel=0.01)


def test_haemoglobin_leaves_with_the_blood_that_is_lost() -> None:
    body = give(body_of("fresh bleeding"), fluid(1000, 8))
    grams = stored(body)["haemoglobin_g"]
    gone = 0.0
    for _ in range(600):
        before = stored(body)
        body.step()
        lost = stored(body)["blood_lost"] - before["blood_lost"]
        gone += lost * before["haemoglobin_g"] / before["blood"]
    assert gone > 150
    assert grams - stored(body)["haemoglobin_g"] == pytest.approx(gone, rel=0.01)


def test_a_transfusion_brings_its_haemoglobin_and_stays_in_the_vessels() -> None:
    body = give(body_of("healthy"), fluid(500, 10, "blood"))
    before = stored(body)
    body.step(900)
    after = stored(body)
    assert after["haemoglobin_g"] - before["haemoglobin_g"] == pytest.approx(0.5 * CELLS["blood"], rel=0.001)
    assert after["blood"] - before["blood"] == pytest.approx(500, rel=0.01)


def test_glucose_by_vein_is_in_its_space() -> None:
    body = give(body_of("healthy"), drug("glucose_iv", 10, "g", "IV", over_minutes=0.02))
    before = body.values()["glucose_mmol_l"]
    body.step(3)
    assert body.values()["glucose_mmol_l"] - before == pytest.approx(10_000 / 180 / (0.19 * 70), rel=0.02)


ROUTED = [("morphine", 10, "mg", "IV"), ("morphine", 10, "mg", "IM"), ("adrenaline", 0.5, "mg", "IM"),
          ("midazolam", 10, "mg", "BUCCAL"), ("fentanyl", 100, "mcg", "IN"), ("naloxone", 2, "mg", "IN"),
          ("ketamine", 100, "mg", "IV"), ("amiodarone", 300, "mg", "IV"), ("gtn", 0.4, "mg", "SL")]  # fmt: skip


@pytest.mark.parametrize(("name", "dose", "unit", "route"), ROUTED)
def test_a_dose_is_in_its_depot_in_the_body_or_eliminated(name: str, dose: float, unit: str, route: str) -> None:
    body = give(body_of("healthy"), drug(name, dose, unit, route))
    row, normal = DRUGS[name], norms_of(ADULT)
    mcg = dose * (1000 if unit == "mg" else 1)
    absorbed = mcg * sum(fraction for fraction, _ in row.routes[route]) if route != "IV" else mcg

    def waiting(s: Saved) -> float:
        depots = sum(depot[2] for depot in s["depots"] if depot[0] == name)
        return float(depots + sum(each[1] * max(0, each[2]) for each in s["infusions"] if each[0] == name))

    eliminated = 0.0
    for _ in range(1200):
        before = stored(body)
        body.step()
        delivered = waiting(before) - waiting(stored(body))
        central = before.get(f"drug:{name}", [0.0])[0] + delivered
        eliminated += row.k10 * central * min(1.3, max(0.15, before["co"] / normal.co)) / 60
    s = stored(body)
    found = waiting(s) + sum(s[f"drug:{name}"][:3]) + eliminated
    assert found == pytest.approx(absorbed, rel=0.01)
    assert absorbed <= mcg * 1.0001


def test_a_nebuliser_gives_no_more_than_was_put_in() -> None:
    body = give(body_of("asthma"), drug("salbutamol", 5, "mg", "NEB"))
    body.step(480)
    s = stored(body)
    present = sum(depot[2] for depot in s["depots"]) + sum(s["drug:salbutamol"][:3])
    assert 100 < present < 5000
    assert s["nebuliser"] == []


def test_stopping_an_infusion_keeps_the_rest_of_the_dose_out() -> None:
    body = give(body_of("healthy"), drug("magnesium_sulfate", 2, "g", "IV", over_minutes=20))
    body.step(600)
    give(body, Order("hold_or_cancel", {"target_intent": "give_drug", "drug": "magnesium_sulfate"}))
    body.step(1)
    present = sum(stored(body)["drug:magnesium_sulfate"][:3])
    body.step(600)
    assert sum(stored(body)["drug:magnesium_sulfate"][:3]) <= present
    assert 0.9e6 < present < 1.01e6


def test_cases_and_comorbidities_start_from_full_vessels() -> None:
    assert {"healthy", "sepsis"} <= set(CASES)
    for name in COMORBIDITIES:
        patient = Patient(40, 80, 178, "f", comorbidities=(name,))
        body = Body.new(patient, {}, position="supine")
        assert stored(body)["blood"] == pytest.approx(norms_of(patient).blood, rel=0.01), name
