"""What the mechanisms of vessels, fluids and bleeding do to a patient, and how much where a source says."""

from __future__ import annotations

import pytest

from tests.unit.body.ailing import (
    ADRENALINE_IV,
    EXPECTING,
    INTUBATING_MIDAZOLAM,
    ill,
    well,
)
from tests.unit.body.bedside import (
    OXYGEN,
    after,
    body_of,
    change,
    drug,
    fluid,
    give,
    position,
)


def test_an_expecting_woman_who_has_bled_gains_a_tenth_to_a_quarter_of_output_on_her_side() -> None:
    output = []
    for lies in ("supine", "left_lateral"):
        body = well(EXPECTING)
        body.force("blood_removed_ml", 1000)
        output.append(after(body, [position(lies)], 3)["co_l_min"])
    assert 1.1 * output[0] < output[1] < 1.25 * output[0]


def test_salbutamol_by_vein_makes_the_heart_push_out_more_with_each_beat() -> None:
    before = well().values()["sv_ml"]
    assert after(well(), [drug("salbutamol", 250, "mcg", "IV")], 8)["sv_ml"] > 1.07 * before


def test_a_septic_heart_filled_about_as_well_as_a_healthy_one_pushes_out_less() -> None:
    healthy = after(well(), [fluid(500, 5)], 5)
    septic = after(ill({"sepsis": 0.7}, minutes=15), [fluid(2000, 10)], 10)
    assert septic["cvp_mmhg"] > healthy["cvp_mmhg"] - 1
    assert septic["map"] < healthy["map"] - 10
    assert septic["sv_ml"] < 0.97 * healthy["sv_ml"]


def test_the_diastolic_pressure_of_sepsis_is_low_for_its_mean() -> None:
    healthy, septic = well().values(), ill({"sepsis": 0.7}, minutes=15).values()
    assert septic["dbp"] / septic["map"] < healthy["dbp"] / healthy["map"] - 0.01
    pulses = [(row["sbp"] - row["dbp"]) / row["sv_ml"] for row in (healthy, septic)]
    assert pulses[1] > 1.08 * pulses[0]


def test_ventricular_tachycardia_takes_half_of_every_stroke() -> None:
    before = well().values()["sv_ml"]
    body = give(well(), ADRENALINE_IV)
    body.step(60)
    assert body.vitals().rhythm == "ventricular_tachycardia"
    assert body.values()["sv_ml"] < 0.55 * before


def test_at_rest_the_side_gives_an_expecting_woman_a_tenth_to_a_quarter_more_output() -> None:
    flat = well(EXPECTING).values()["co_l_min"]
    assert 1.1 * flat < after(well(EXPECTING), [position("left_lateral")], 3)["co_l_min"] < 1.25 * flat


def test_midazolam_for_an_intubation_takes_a_tenth_of_the_pressure() -> None:
    before = well().values()["map"]
    assert after(well(), [OXYGEN, INTUBATING_MIDAZOLAM], 5)["map"] == pytest.approx(0.9 * before, rel=0.04)


def test_half_a_litre_at_room_temperature_cools_by_about_015_degrees() -> None:
    assert change("healthy", [fluid(500, 5)], 5, "temp_c") == pytest.approx(-0.15, abs=0.03)


def test_furosemide_makes_a_third_of_a_litre_of_urine_in_three_quarters_of_an_hour() -> None:
    assert -550 < change("healthy", [drug("furosemide", 40, "mg", "IV")], 45, "blood_volume_ml") < -200


def test_half_an_hour_of_standing_takes_a_tenth_of_the_blood_and_lying_gives_it_back() -> None:
    body = well()
    before = body.values()["blood_volume_ml"]
    upright = after(body, [position("standing")], 30)["blood_volume_ml"]
    assert 0.85 * before < upright < 0.93 * before
    assert after(body, [position("supine")], 30)["blood_volume_ml"] > 0.98 * before


def test_sugar_water_fills_the_vessels_half_as_much_as_salt_water() -> None:
    salt = change("healthy", [fluid(1000, 10)], 10.5, "blood_volume_ml")
    sugar = change("healthy", [fluid(1000, 10, "glucose_5")], 10.5, "blood_volume_ml")
    assert 0.35 < sugar / salt < 0.65


def test_litres_of_salt_water_flood_even_a_healthy_lung() -> None:
    assert after(well(), [fluid(2000, 20)], 60)["lung_water"] == 0
    assert after(well(), [fluid(4000, 40)], 90)["lung_water"] > 0.05


def test_salt_water_makes_a_wound_bleed_more_than_plasma_does() -> None:
    thin = after(body_of("bleeding"), [fluid(1000, 8)], 5)
    thick = after(body_of("bleeding"), [fluid(1000, 8, "plasma")], 5)
    assert thin["bleeding_ml_min"] > 1.03 * thick["bleeding_ml_min"]
    assert thin["map"] < thick["map"]


def test_a_raised_pressure_tears_the_clot_off() -> None:
    clots = []
    for mcg_per_minute in (0, 20):
        body = ill({"haemorrhage_ml_min": 60, "clot": 0.8})
        body.force("infusion_noradrenaline_mcg_min", mcg_per_minute)
        body.step(1200)
        clots.append(body.values()["clot"])
    assert clots[1] < clots[0] - 0.07


def test_injury_dissolves_clots_and_tranexamic_acid_keeps_them() -> None:
    clots = [
        after(ill({"haemorrhage_ml_min": 20, "clot": 0.8}), orders, 30)["clot"]
        for orders in ([], [drug("tranexamic_acid", 1, "g", "IV")])
    ]
    assert clots[1] > clots[0] + 0.04
