"""What each smaller mechanism does to a patient: the direction, and the size where a source gives one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient
from tests.unit.body.bedside import (
    ADULT,
    COMPRESSIONS,
    NEEDLE,
    OXYGEN,
    SALBUTAMOL,
    TODDLER,
    YOUNG_MAN,
    Row,
    after,
    bag,
    body_of,
    change,
    drug,
    fluid,
    give,
    position,
    stored,
)

EXPECTING = Patient(30, 75, 168, "f", comorbidities=("pregnancy",))
CHILD = Patient(6, 20, 116, "m")
AT_FORTY = Patient(40, 70, 175, "m")
AT_EIGHTY = Patient(80, 70, 175, "m")
SHOCK = Order("defib_cpr", {"device": "shock"})
BLANKET = Order("keep_warm", {})
LET_GO = Order("hold_or_cancel", {"target_intent": "ventilate_bvm"})
ADRENALINE_IV = drug("adrenaline", 1, "mg", "IV")
INTUBATING_MIDAZOLAM = drug("midazolam", 14, "mg", "IV")
RESUSCITATION = (COMPRESSIONS, bag(10))


@cache
def _settled(patient: Patient, lies: str) -> dict[str, Any]:
    return Body.new(patient, {}, position=lies).to_json()


def well(patient: Patient = ADULT, lies: str = "supine") -> Body:
    """A fresh copy of this patient in health."""
    return Body.from_json(_settled(patient, lies))


def ill(conditions: Mapping[str, float], patient: Patient = ADULT, lies: str = "supine", minutes: float = 0) -> Body:
    """A patient some minutes after an illness struck."""
    body = well(patient, lies)
    for name, severity in conditions.items():
        body.force(name, severity)
    body.step(round(60 * minutes))
    return body


def bled(share: float, patient: Patient = ADULT, minutes: float = 3) -> tuple[Row, Row]:
    """Values before and after a share of the blood is lost at once."""
    body = well(patient)
    before = body.values()
    body.force("blood_removed_ml", share * before["blood_volume_ml"])
    body.step(round(60 * minutes))
    return before, body.values()


def arrested(rhythm: str, untouched_minutes: float = 0, **changed: float) -> Body:
    """A heart that stopped some minutes ago, with nobody there."""
    body = Body.from_json(stored(well()) | changed)
    body.force("rhythm", rhythm)
    body.step(round(60 * untouched_minutes))
    return body


# Circulation


def test_an_expecting_woman_has_more_output_on_her_side_than_on_her_back() -> None:
    flat = well(EXPECTING).values()["co_l_min"]
    assert 1.05 * flat < after(well(EXPECTING), [position("left_lateral")], 3)["co_l_min"] < 1.25 * flat


def test_an_expecting_woman_who_has_bled_gains_a_tenth_to_a_quarter_of_output_on_her_side() -> None:
    output = []
    for lies in ("supine", "left_lateral"):
        body = well(EXPECTING)
        body.force("blood_removed_ml", 1000)
        output.append(after(body, [position(lies)], 3)["co_l_min"])
    assert 1.1 * output[0] < output[1] < 1.25 * output[0]


def test_midazolam_for_an_intubation_lowers_the_pressure() -> None:
    before = well().values()["map"]
    assert 0.85 * before < after(well(), [OXYGEN, INTUBATING_MIDAZOLAM], 5)["map"] < 0.98 * before


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


# Fluids


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


# The stopped heart


def test_an_acid_heart_gets_less_out_of_compressions() -> None:
    energy = [after(arrested("vf", lactate=level), RESUSCITATION, 7)["energy"] for level in (2.0, 20.0)]
    assert energy[1] < 0.85 * energy[0]


def test_a_heart_left_eight_minutes_alone_recovers_less_under_the_same_compressions() -> None:
    energy = [after(arrested("vf", minutes), RESUSCITATION, 8)["energy"] for minutes in (1, 8)]
    assert energy[1] < 0.8 * energy[0]


def test_the_heart_is_stunned_for_minutes_after_a_short_arrest() -> None:
    before = well().values()
    now = after(arrested("vf", 0.2), [SHOCK], 10)
    assert now["arrested"] == 0
    assert 0.7 * before["sv_ml"] < now["sv_ml"] < 0.9 * before["sv_ml"]


def test_a_heart_squeezed_by_a_tension_pneumothorax_starts_only_after_the_needle() -> None:
    for orders, starts in (((), False), ((NEEDLE,), True)):
        body = ill({"pneumothorax": 1.0})
        body.force("rhythm", "pea")
        give(body, *RESUSCITATION, *orders).step(300)
        assert ("cpr" not in body.running()) is starts, orders


def test_an_empty_heart_does_not_start_under_compressions() -> None:
    body = well()
    body.force("blood_removed_ml", 3000)
    body.force("rhythm", "pea")
    give(body, *RESUSCITATION).step(480)
    assert "cpr" in body.running()


def test_adrenaline_feeds_the_heart_under_compressions() -> None:
    energy = [after(arrested("asystole", 4), [*RESUSCITATION, *more], 4)["energy"] for more in ((), (ADRENALINE_IV,))]
    assert energy[1] > 1.2 * energy[0]


def test_adrenaline_under_compressions_lowers_the_end_tidal_carbon_dioxide() -> None:
    seen = []
    for more in ((), (ADRENALINE_IV,)):
        body = give(arrested("vf"), *RESUSCITATION)
        body.step(240)
        seen.append(after(body, more, 1.5)["etco2_mmhg"])
    assert seen[1] < seen[0] - 1.5


def test_a_milligram_of_adrenaline_makes_about_one_beating_heart_in_four_fibrillate() -> None:
    healthy = stored(well())
    fibrillated = 0
    for seed in range(80):
        body = give(Body.from_json(healthy | {"seed": seed}), ADRENALINE_IV)
        for _ in range(12):
            body.step(20)
            if body.arrested:
                assert body.vitals().rhythm == "ventricular_fibrillation"
                fibrillated += 1
                break
    assert 0.15 < fibrillated / 80 < 0.4


# The chest


def test_a_cannula_keeps_a_growing_pneumothorax_from_coming_back() -> None:
    body = body_of("pneumothorax")
    before = body.values()["fev1_percent"]
    relieved = after(body, [NEEDLE], 0.5)["fev1_percent"]
    body.step(900)
    assert body.values()["fev1_percent"] > before + 0.7 * (relieved - before)


def test_a_bag_blows_a_quiet_pneumothorax_up_into_a_tension() -> None:
    alone = after(ill({"pneumothorax": 0.25}), [], 8)
    bagged = after(ill({"pneumothorax": 0.25}), [bag(12)], 8)
    assert alone["map"] > 85
    assert bagged["map"] < alone["map"] - 20


def test_a_wet_lung_clears_3_to_25_percent_in_an_hour_and_more_with_nitrate_and_diuretic() -> None:
    treatment = [drug("gtn", 0.8, "mg", "SL"), drug("furosemide", 40, "mg", "IV")]
    left = [after(ill({"lung_water": 0.6}), orders, 60)["lung_water"] / 0.6 for orders in ([], treatment)]
    assert 0.75 < left[0] < 0.97
    assert left[1] < 0.8 * left[0]


def test_a_flooded_lung_breathes_fast_and_shallow() -> None:
    healthy, wet = well(lies="upright").values(), ill({"lung_water": 0.6}, lies="upright", minutes=3).values()
    assert wet["rr"] > healthy["rr"] + 5
    assert wet["vt_ml"] < 0.95 * healthy["vt_ml"]


def test_a_steroid_opens_asthmatic_airways_only_after_hours() -> None:
    body = ill({"bronchospasm": 0.4, "mucus_plugging": 0.3}, lies="upright")
    before = body.values()["fev1_percent"]
    assert after(body, [drug("hydrocortisone", 200, "mg", "IV")], 15)["fev1_percent"] < before + 3
    body.step(6300)
    assert body.values()["fev1_percent"] > before + 6


def test_dexamethasone_takes_a_third_of_the_swelling_of_croup() -> None:
    body = ill({"airway_swelling": 0.6}, TODDLER, "upright")
    assert 0.6 * 0.55 < after(body, [drug("dexamethasone", 7, "mg", "PO")], 120)["swelling"] < 0.6 * 0.8


def test_the_throat_of_someone_who_does_not_breathe_shuts_unless_it_is_held() -> None:
    saturation = []
    for airway in ("", "open"):
        body = well()
        body.force("fio2", 1.0)
        body.step(240)
        body.force("breathing", "apnoea")
        if airway:
            body.force("airway", airway)
        body.step(600)
        saturation.append(body.values()["sao2"])
    assert saturation[0] < 85
    assert saturation[1] > 98


def test_the_awake_breathe_on_after_being_overventilated() -> None:
    body = well(lies="upright")
    before = body.values()["ve_l_min"]
    give(body, bag(26)).step(300)
    assert body.values()["paco2_mmhg"] < 34
    give(body, LET_GO).step(20)
    assert 0.35 * before < body.values()["ve_l_min"] < 0.9 * before


def test_bleeding_makes_people_breathe_off_carbon_dioxide_before_they_are_acid() -> None:
    before, now = bled(0.37, minutes=1.5)
    assert now["lactate_mmol_l"] < 2
    assert now["paco2_mmhg"] < before["paco2_mmhg"] - 2.5


# The brain


def test_minutes_without_oxygen_leave_a_brain_that_does_not_wake_up_at_once() -> None:
    gcs = []
    for minutes in (0.2, 5):
        body = arrested("vf", minutes)
        if minutes > 1:
            give(body, *RESUSCITATION, OXYGEN, ADRENALINE_IV).step(300)
        gcs.append(after(body, [SHOCK, bag(12)], 10))
    assert gcs[0]["arrested"] == gcs[1]["arrested"] == 0
    assert gcs[0]["gcs"] == 15
    assert gcs[1]["gcs"] < 13


def test_consciousness_goes_near_thirty_degrees() -> None:
    gcs = [ill({"temp_c": degrees}, minutes=1).values()["gcs"] for degrees in (28, 32, 35)]
    assert gcs[0] < 9
    assert gcs[1] >= 12
    assert gcs[2] == 15


def test_nobody_wakes_up_under_compressions_however_good() -> None:
    assert after(arrested("vf"), [*RESUSCITATION, ADRENALINE_IV], 4)["gcs"] <= 6


def test_the_tonic_phase_leaves_less_than_half_of_the_breath() -> None:
    body = well()
    before = body.values()["ve_l_min"]
    body.force("seizure_drive", 1.0)
    body.step(30)
    assert body.values()["ve_l_min"] < 0.5 * before
    body.step(60)
    assert body.values()["ve_l_min"] > before


def test_overventilation_to_a_carbon_dioxide_of_25_lowers_the_pressure_in_the_skull_by_about_four() -> None:
    body = well()
    before = body.values()["icp_mmhg"]
    now = after(body, [bag(40)], 5)
    assert 23 < now["paco2_mmhg"] < 27
    assert now["icp_mmhg"] - before == pytest.approx(-4, abs=1)


# Chemistry


def test_blankets_stop_most_of_the_loss_of_heat() -> None:
    fall = [37 - after(ill({"cold_exposure": 1.0}), orders, 30)["temp_c"] for orders in ([], [BLANKET])]
    assert fall[0] > 0.7
    assert fall[1] < 0.45 * fall[0]


def test_an_hour_of_nebulised_salbutamol_raises_the_lactate() -> None:
    body = well()
    for _ in range(3):
        give(body, SALBUTAMOL).step(1200)
    assert 1.4 < body.values()["lactate_mmol_l"] < 4


def test_the_lactate_of_bleeding_rises_while_the_heart_still_beats() -> None:
    _, now = bled(0.35, minutes=20)
    assert now["arrested"] == 0
    assert 1.5 < now["lactate_mmol_l"] < 5


def test_a_small_dose_of_insulin_by_vein_takes_four_percent_of_the_sugar_a_minute() -> None:
    body = give(well(), drug("insulin", 3.5, "units", "IV"))
    body.step(300)
    sugar = body.values()["glucose_mmol_l"]
    body.step(600)
    assert 1 - (body.values()["glucose_mmol_l"] / sugar) ** 0.1 == pytest.approx(0.044, abs=0.012)


def test_a_healthy_body_catches_its_falling_sugar_near_two() -> None:
    body = give(well(), drug("insulin", 7, "units", "IV"))
    course = []
    for _ in range(16):
        body.step(300)
        course.append(body.values()["glucose_mmol_l"])
    assert 1.5 < min(course) < 2.6
    assert course[-1] > 3


def test_a_toddler_is_rid_of_the_same_dose_by_weight_sooner() -> None:
    left = [
        after(well(patient), [drug("morphine", 0.1 * patient.weight_kg, "mg", "IV")], 45)["c_morphine"]
        for patient in (ADULT, TODDLER)
    ]
    assert left[1] < 0.8 * left[0]


# Bleeding


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


# Reflexes


def test_fentanyl_slows_the_heart_although_the_pressure_falls() -> None:
    before = well().values()
    now = after(well(), [OXYGEN, bag(12), drug("fentanyl", 200, "mcg", "IV")], 5)
    assert now["map"] < before["map"]
    assert 0.75 * before["hr"] < now["hr"] < 0.97 * before["hr"]


def reversed_overdose(tolerance: float) -> tuple[Row, Row]:
    """The same person in health, and minutes after naloxone woke them from as much heroin as they are used to."""
    patient = Patient(24, 72, 176, "m", tolerance)
    body = ill({"taken_heroin_iv_mg": 20 * tolerance}, patient, minutes=3.5)
    give(body, bag(12)).step(120)
    return well(patient).values(), after(body, [LET_GO, drug("naloxone", 2, "mg", "IV")], 5)


def test_someone_woken_by_naloxone_is_more_stirred_than_at_rest() -> None:
    rest, woken = reversed_overdose(1.0)
    assert woken["gcs"] >= 14
    assert rest["map"] + 1 < woken["map"] < rest["map"] + 10
    assert rest["hr"] + 1 < woken["hr"] < rest["hr"] + 15


def test_naloxone_throws_a_tolerant_person_into_withdrawal() -> None:
    rest, woken = reversed_overdose(4.3)
    assert woken["hr"] > rest["hr"] + 8
    assert woken["map"] > rest["map"] + 8


@pytest.mark.parametrize(("patient", "least", "most"), [(TODDLER, 8, 12), (ADULT, 5.5, 9)])
def test_every_degree_of_fever_quickens_the_heart(patient: Patient, least: float, most: float) -> None:
    """Davies 2009: 9.4 to 11.4 beats per degC in children; Jensen 2019: 6.4 to 7.4 in admitted adults."""
    rates = [ill({"temp_c": degrees}, patient, minutes=1).values()["hr"] for degrees in (37, 39)]
    assert least < (rates[1] - rates[0]) / 2 < most


def test_the_heart_of_anaphylaxis_is_slower_than_that_of_bleeding_at_the_same_pressure() -> None:
    def rate_at_72(body: Body) -> float:
        while body.values()["map"] > 72:
            body.step(5)
        return body.values()["hr"]

    allergic = ill({"mediator": 1.0, "mediator_bronchial": 0.0, "mediator_laryngeal": 0.0})
    assert rate_at_72(allergic) < rate_at_72(ill({"bleed_ml_min": 300})) - 7


def test_propofol_keeps_the_reflexes_from_catching_a_bleeding() -> None:
    falls = []
    for drugs in ((), (drug("propofol", 140, "mg", "IV"),)):
        before = after(body := well(), [bag(12), *drugs], 1)["map"]
        body.force("blood_removed_ml", 1000)
        body.step(60)
        falls.append(before - body.values()["map"])
    assert falls[1] > 1.8 * falls[0]


# Age


def test_half_the_opioid_depresses_the_breathing_of_an_eighty_year_old_as_much() -> None:
    shares = []
    for patient, mg in ((AT_FORTY, 20), (AT_EIGHTY, 11)):
        now = after(well(patient), [OXYGEN, drug("morphine", mg, "mg", "IV")], 15)
        shares.append(now["ve_l_min"] / well(patient).values()["ve_l_min"])
    assert shares[1] == pytest.approx(shares[0], abs=0.06)


def test_half_the_midazolam_puts_an_eighty_year_old_at_least_as_deep() -> None:
    awake = [
        after(well(patient), [OXYGEN, drug("midazolam", mg, "mg", "IV")], 5)["consciousness"]
        for patient, mg in ((AT_FORTY, 5), (AT_EIGHTY, 2.5))
    ]
    assert awake[1] < awake[0] + 0.05


def test_an_old_person_sags_on_standing_up_and_a_young_one_does_not() -> None:
    shares = [
        after(well(patient), [position("standing")], 0.5)["map"] / well(patient).values()["map"]
        for patient in (YOUNG_MAN, AT_EIGHTY)
    ]
    assert shares[0] > 1
    assert 0.88 < shares[1] < 0.985


def test_a_child_holds_the_pressure_longer_than_an_adult_who_bleeds_the_same_share() -> None:
    kept = []
    for patient in (ADULT, CHILD):
        before, now = bled(0.3, patient)
        kept.append(now["map"] / before["map"])
    assert kept[1] > kept[0] + 0.02


def test_at_rest_the_side_gives_an_expecting_woman_a_tenth_to_a_quarter_more_output() -> None:
    flat = well(EXPECTING).values()["co_l_min"]
    assert 1.1 * flat < after(well(EXPECTING), [position("left_lateral")], 3)["co_l_min"] < 1.25 * flat


def test_midazolam_for_an_intubation_takes_a_tenth_of_the_pressure() -> None:
    before = well().values()["map"]
    assert after(well(), [OXYGEN, INTUBATING_MIDAZOLAM], 5)["map"] == pytest.approx(0.9 * before, rel=0.04)


def test_nobody_breathes_in_the_tonic_phase() -> None:
    body = well()
    before = body.values()["ve_l_min"]
    body.force("seizure_drive", 1.0)
    least = before
    for _ in range(9):
        body.step(5)
        least = min(least, body.values()["ve_l_min"])
    assert least < 0.1 * before
