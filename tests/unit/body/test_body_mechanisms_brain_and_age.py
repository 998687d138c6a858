"""What the mechanisms of brain, chemistry, reflexes and age do to a patient."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.body import Body, Patient
from tests.unit.body.ailing import (
    ADRENALINE_IV,
    AT_EIGHTY,
    AT_FORTY,
    BLANKET,
    CHILD,
    LET_GO,
    RESUSCITATION,
    SHOCK,
    arrested,
    bled,
    ill,
    well,
)
from tests.unit.body.bedside import (
    ADULT,
    OXYGEN,
    SALBUTAMOL,
    TODDLER,
    YOUNG_MAN,
    Row,
    after,
    bag,
    drug,
    give,
    position,
)


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


def test_overventilation_to_a_carbon_dioxide_of_25_lowers_the_pressure_in_the_skull_by_about_four() -> None:
    body = well()
    before = body.values()["icp_mmhg"]
    now = after(body, [bag(40)], 5)
    assert 23 < now["paco2_mmhg"] < 27
    assert now["icp_mmhg"] - before == pytest.approx(-4, abs=1)


def test_nobody_breathes_in_the_tonic_phase() -> None:
    body = well()
    before = body.values()["ve_l_min"]
    body.force("seizure_drive", 1.0)
    least = before
    for _ in range(9):
        body.step(5)
        least = min(least, body.values()["ve_l_min"])
    assert least < 0.1 * before


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
