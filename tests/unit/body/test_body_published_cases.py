"""The published cases of the physiology page that health, oxygen, airway, opioid, fluid and asthma cover.

Each test gives the model's value and the window of the source; the ids are those of the page's section 2.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient, blood

Maker = Callable[[], Body]

ADULT = Patient(30, 70, 175, "m")


def give(body: Body, drug: str, dose: float, unit: str, route: str) -> None:
    applied = body.apply(Order("give_drug", {"drug": drug, "dose": dose, "unit": unit, "route": route}))
    assert applied.done, applied.note


def seconds_until(body: Body, reached: Callable[[dict[str, float]], bool], limit: int = 1800) -> int:
    for second in range(limit):
        if reached(body.values()):
            return second
        body.step()
    raise AssertionError(f"not reached in {limit} s")


def within(name: str, value: float, low: float, high: float) -> None:
    assert low <= value <= high, f"{name}: {value:.3g} is outside {low} to {high}"


@pytest.mark.parametrize(("po2", "low", "high"), [(27, 48.5, 51.5), (40, 73.5, 76.5), (60, 88.5, 91.5), (100, 96, 99)])
def test_the_dissociation_curve_is_severinghaus(po2: float, low: float, high: float) -> None:
    within(f"G{po2}", 100 * blood.saturation(po2, blood.curve_shift(40.0, 24.0, 37.0)), low, high)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("hr", 60, 85),
        ("rr", 12, 18),
        ("sbp", 110, 132),
        ("spo2", 96, 99),
        ("etco2_mmhg", 35, 42),
        ("paco2_mmhg", 37, 43),
        ("pao2_mmhg", 85, 105),
        ("gcs", 15, 15),
        ("temp_c", 36.5, 37.5),
        ("lactate_mmol_l", 0.5, 2.0),
    ],
)
def test_a_resting_adult_has_normal_values(healthy: Maker, name: str, low: float, high: float) -> None:
    within(name, healthy().values()[name], low, high)


def test_a_resting_adult_has_a_normal_capillary_refill(healthy: Maker) -> None:
    within("B-crt", float(healthy().findings()["crt_seconds"]), 1, 2)


@pytest.mark.parametrize(("fio2", "low", "high"), [(0.4, 190, 260), (1.0, 540, 660)])
def test_arterial_oxygen_follows_the_alveolar_gas_equation(
    healthy: Maker, fio2: float, low: float, high: float
) -> None:
    body = healthy()
    body.force("fio2", fio2)
    body.step(900)
    within(f"G-FiO2 {fio2}", body.values()["pao2_mmhg"], low, high)


def apnoeic(body: Body, preoxygenated: bool) -> Body:
    if preoxygenated:
        body.force("fio2", 0.92)
        body.step(400)
    body.force("airway", "closed")
    body.force("breathing", "apnoea")
    return body


def test_preoxygenated_apnoea_desaturates_like_benumofs_adult(healthy: Maker) -> None:
    body = apnoeic(healthy(), preoxygenated=True)
    at = [body.values()["paco2_mmhg"]]
    for seconds in (60, 60, 180):
        body.step(seconds)
        at.append(body.values()["paco2_mmhg"])
    to_80 = 300 + seconds_until(body, lambda v: v["sao2"] < 80)
    to_60 = to_80 + seconds_until(body, lambda v: v["sao2"] < 60)
    within("A1", to_80 / 60, 6.96, 10.4)
    within("A2", to_60 / 60, 7.9, 11.9)
    within("A3", at[1] - at[0], 6, 14)
    within("A4", (at[3] - at[2]) / 3, 2.4, 4.5)


def test_desaturation_is_steep_once_it_starts(healthy: Maker) -> None:
    body = apnoeic(healthy(), preoxygenated=True)
    seconds_until(body, lambda v: v["sao2"] < 90)
    within("A5", 30 / (seconds_until(body, lambda v: v["sao2"] < 60) / 60), 20, 45)


@pytest.mark.parametrize(
    ("name", "patient", "low", "high"),
    [("A6", Patient(30, 127, 175, "m"), 2.3, 3.9), ("A7", Patient(1.5, 10, 80, "m"), 2.8, 4.6)],
)
def test_the_obese_and_the_small_child_desaturate_fast(name: str, patient: Patient, low: float, high: float) -> None:
    body = apnoeic(Body.new(patient, {}, position="supine"), preoxygenated=True)
    within(name, seconds_until(body, lambda v: v["sao2"] < 80) / 60, low, high)


def test_apnoea_on_air_desaturates_in_a_minute_and_kills_in_minutes(healthy: Maker) -> None:
    body = apnoeic(healthy(), preoxygenated=False)
    to_90 = seconds_until(body, lambda v: v["sao2"] < 90)
    within("A9", to_90, 35, 75)
    within("A10", (to_90 + seconds_until(body, lambda v: v["arrested"] > 0)) / 60, 5.5, 11)


def test_useful_consciousness_ends_as_in_the_altitude_chamber(sitting: Maker) -> None:
    body = sitting()
    body.force("fio2", 1.0)
    body.step(600)
    body.force("altitude_ft", 30000)
    body.step(600)
    body.force("fio2", 0.21)
    to_64 = seconds_until(body, lambda v: v["sao2"] < 64)
    to_56 = to_64 + seconds_until(body, lambda v: v["sao2"] < 56)
    seconds_until(body, lambda v: v["gcs"] <= 8)
    within("ALT30-64", to_64, 47.5, 98.6)
    within("ALT30-56", to_56, 63.7, 132)
    within("ALT30-LOC", body.values()["sao2"], 50, 62)


def co2_response(body: Body) -> float:
    """Slope of ventilation over arterial PCO2 between air and 5 % CO2, L/min per mmHg."""
    points = []
    for fico2 in (0.0, 0.05):
        copy = Body.from_json(body.to_json())
        copy.force("fico2", fico2)
        copy.step(360)
        values = copy.values()
        points.append((values["paco2_mmhg"], values["ve_l_min"]))
    (low_co2, low_ve), (high_co2, high_ve) = points
    return (high_ve - low_ve) / (high_co2 - low_co2)


def test_morphine_flattens_the_co2_response_as_weil_found(healthy: Maker) -> None:
    body = healthy()
    before, resting = co2_response(body), body.values()["paco2_mmhg"]
    give(body, "morphine", 7.5, "mg", "SC")
    body.step(1800)
    within("V1", before, 1, 3)
    within("V2", 100 * (co2_response(body) / before - 1), -58, -28)
    within("V3", body.values()["paco2_mmhg"] - resting, 1.2, 4)


@pytest.mark.parametrize(
    ("device", "flow", "low", "high"),
    [
        ("nasal_cannula", 2, 0.26, 0.31),
        ("nasal_cannula", 4, 0.33, 0.39),
        ("nasal_cannula", 6, 0.39, 0.47),
        ("simple_mask", 6, 0.38, 0.50),
        ("simple_mask", 10, 0.50, 0.65),
        ("non_rebreather", 15, 0.70, 0.90),
        ("venturi_28", 4, 0.27, 0.30),
    ],
)
def test_oxygen_devices_deliver_what_the_tables_say(
    healthy: Maker, device: str, flow: float, low: float, high: float
) -> None:
    body = healthy()
    body.apply(Order("give_oxygen", {"device": device, "flow": flow}))
    body.step(5)
    within(f"{device} {flow}", body.values()["fio2"], low, high)


def test_a_litre_of_blood_lost_changes_the_circulation_as_johnson_measured(healthy: Maker) -> None:
    body = healthy()
    before = body.values()
    body.force("bleed_ml_min", 1000 / 15)
    body.step(900)
    body.force("bleed_ml_min", 0)
    after = body.values()
    within("C1", after["hr"] - before["hr"], 2, 15)
    within("C2", after["map"] - before["map"], -14, -2)
    within("C3", 100 * (after["sv_ml"] / before["sv_ml"] - 1), -30, -10)
    within("C4", after["cvp_mmhg"] - before["cvp_mmhg"], -6, -2.5)


def test_an_adrenaline_infusion_acts_as_stratton_measured(healthy: Maker) -> None:
    body = healthy()
    before = body.values()
    body.force("infusion_adrenaline_mcg_min", 0.05 * 70)
    body.step(900)
    after = body.values()
    within("E50-hr", after["hr"] - before["hr"], 5, 19)
    within("E50-sbp", after["sbp"] - before["sbp"], 5.4, 27)
    within("E50-sv", 100 * (after["sv_ml"] / before["sv_ml"] - 1), 19, 43)
    within("E50-co", 100 * (after["co_l_min"] / before["co_l_min"] - 1), 40, 76)


def peak(body: Body, name: str, seconds: int) -> tuple[float, int]:
    """Highest value and the second it was reached, sampled every 5 s."""
    best = (0.0, 0)
    for second in range(0, seconds, 5):
        body.step(5)
        best = max(best, (body.values().get(name, 0.0), second))
    return best


def test_adrenaline_into_the_muscle_peaks_in_minutes_at_published_levels(healthy: Maker) -> None:
    body = healthy()
    give(body, "adrenaline", 0.5, "mg", "IM")
    highest, second = peak(body, "c_adrenaline", 1800)
    within("E-im-t", second / 60, 4, 12)
    within("plasma adrenaline, ng/mL", highest, 0.25, 0.5)


@pytest.mark.parametrize(
    ("name", "drug", "dose", "route", "low", "high"),
    [
        ("N-im400", "naloxone", 0.4, "IM", 0.826, 1.71),
        ("N-in2000", "naloxone", 2.0, "IN", 1.87, 3.87),
        ("M-im", "midazolam", 5.6, "IM", 59.8, 129),
    ],
)
def test_plasma_peaks_match_the_published_ones(
    healthy: Maker, name: str, drug: str, dose: float, route: str, low: float, high: float
) -> None:
    body = healthy()
    give(body, drug, dose, "mg", route)
    within(name, peak(body, f"c_{drug}", 3600)[0], low, high)


def test_nitrate_lowers_the_systolic_pressure_as_wuerz_measured(healthy: Maker) -> None:
    body = healthy()
    before = body.values()["sbp"]
    give(body, "gtn", 0.4, "mg", "SL")
    lowest = before
    for _ in range(60):
        body.step(10)
        lowest = min(lowest, body.values()["sbp"])
    within("C6", lowest - before, -22, -7)


def test_crystalloid_leaves_the_blood_as_hahn_measured(healthy: Maker) -> None:
    body = healthy()
    before = body.values()["blood_volume_ml"]
    body.apply(
        Order(
            "give_fluids",
            {"fluid": "sodium_chloride_0.9", "volume": 1.75, "volume_unit": "L", "over_minutes": 30},
        )
    )
    retained = []
    for _ in range(2):
        body.step(1800)
        retained.append(100 * (body.values()["blood_volume_ml"] - before) / 1750)
    within("C7", retained[0], 38, 65)
    within("C8", retained[1], 12, 30)


def obstructed(fev1_percent: float) -> dict[str, float]:
    """Spasm and plugging in the proportion of the asthma scenario that leave this FEV1."""
    low, high = 0.0, 0.97
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 - middle) * (1 - 0.62 * middle) * 100 > fev1_percent else (low, middle)
    return {"bronchospasm": low, "mucus_plugging": 0.62 * low}


@pytest.mark.parametrize(("fev1", "lead", "low", "high"), [(38, 900, 31, 38.5), (24, 900, 31, 40), (11, 720, 42, 75)])
def test_asthma_lowers_carbon_dioxide_until_the_obstruction_is_extreme(
    fev1: float, lead: int, low: float, high: float
) -> None:
    body = Body.new(ADULT, obstructed(fev1), lead_seconds=lead, position="upright")
    within(f"PaCO2 at FEV1 {fev1} %", body.values()["paco2_mmhg"], low, high)


def test_salbutamol_opens_severe_asthma_as_published(healthy: Maker) -> None:
    body = Body.new(ADULT, obstructed(24), lead_seconds=900, position="upright")
    before = body.values()
    for _ in range(3):
        give(body, "salbutamol", 5, "mg", "NEB")
        body.step(1200)
    within("AS-O2", before["pao2_mmhg"], 52, 78)
    within("AS-salb", body.values()["fev1_percent"] - before["fev1_percent"], 10, 28)


def test_good_compressions_give_the_published_flow_and_end_tidal_carbon_dioxide(healthy: Maker) -> None:
    body = healthy()
    resting = body.values()["co_l_min"]
    body.apply(Order("defib_cpr", {"device": "shock"}))
    assert body.arrested
    body.apply(Order("ventilate_bvm", {"rate": 10}))
    body.apply(Order("manage_airway", {"device": "igel"}))
    body.apply(Order("defib_cpr", {"device": "cpr"}))
    body.step(180)
    values = body.values()
    within("CA-et", values["etco2_mmhg"], 8, 26)
    within("CA-co", 100 * values["co_l_min"] / resting, 15, 32)
