"""Courses of head injury, infarct, low glucose, sepsis, pneumothorax and croup as ordered facts."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body
from tests.unit.body.bedside import (
    KETAMINE,
    OXYGEN,
    Course,
    bag,
    body_of,
    drug,
    fluid,
    position,
    watch,
)

NEVER = float("inf")


def peak_minute(course: Course, name: str) -> float:
    series = course.series(name)
    return series.index(max(series)) * course.every / 60


def pulse_pressure(row: dict[str, float]) -> float:
    return row["sbp"] - row["dbp"]


@pytest.fixture(scope="module")
def untreated_head_injury() -> Course:
    return watch(body_of("fresh head injury"), 75)


def test_a_head_injury_has_a_quiet_time_before_consciousness_falls(untreated_head_injury: Course) -> None:
    course = untreated_head_injury
    falls = course.minute_when(lambda row: row["gcs"] <= course.rows[0]["gcs"] - 2)
    pressed = course.minute_when(lambda row: row["icp_mmhg"] > 28)
    assert 5 < pressed < falls
    pressures = [course.at(minute, "icp_mmhg") for minute in range(0, int(falls) + 6, 3)]
    assert pressures == sorted(pressures)


def test_one_pupil_goes_before_the_cushing_response_and_breath_stops_before_the_heart(
    untreated_head_injury: Course,
) -> None:
    course = untreated_head_injury
    unequal = next(i for i, found in enumerate(course.findings) if found["pupils_equal"] == "no") * course.every / 60
    slow_and_high = course.minute_when(lambda row: row["hr"] < 55 and row.get("sbp", 0) > course.rows[0]["sbp"] + 20)
    apnoea = course.minute_when(lambda row: row["rr"] < 4)
    assert unequal < slow_and_high < apnoea <= course.arrest_minute < NEVER
    right = float(course.finding(unequal, "pupil_right_mm"))
    assert right > float(course.finding(unequal, "pupil_left_mm"))


def test_treating_a_head_injury_buys_time_only(untreated_head_injury: Course) -> None:
    orders: list[tuple[float, Order]] = [(15, position("head_up_30")), (15, OXYGEN)]
    orders.append((18, drug("hypertonic_saline", 250, "mL", "IV")))
    treated = watch(body_of("fresh head injury"), 120, orders)

    def coma(course: Course) -> float:
        return course.minute_when(lambda row: row["gcs"] <= 6)

    assert coma(untreated_head_injury) + 3 < coma(treated) < NEVER


def test_an_infarct_is_stable_until_the_heart_fibrillates_at_once() -> None:
    course = watch(body_of("infarct"), 10, every=5)
    before = [row for index, row in enumerate(course.rows) if index * course.every < 8 * 60]
    for name, most in (("hr", 3), ("sbp", 4), ("spo2", 1), ("gcs", 0)):
        values = [row[name] for row in before]
        assert max(values) - min(values) <= most
    assert 8 <= course.arrest_minute <= 8.1
    fibrillating = body_of("infarct")
    fibrillating.step(8 * 60 + 5)
    assert fibrillating.vitals().rhythm == "ventricular_fibrillation"


def fall_after_gtn(case: str) -> float:
    body = body_of(case)
    before = body.values()["sbp"]
    return before - min(watch(body, 8, [(0, drug("gtn", 0.4, "mg", "SL"))]).series("sbp"))


def test_a_nitrate_lowers_the_pressure_of_a_left_infarct_and_more_that_of_a_right_one() -> None:
    left, right = fall_after_gtn("infarct"), fall_after_gtn("right infarct")
    assert 5 <= left <= 25
    assert right > left + 3


def test_low_glucose_is_sweaty_fast_wide_and_drowsy() -> None:
    body, well = body_of("hypoglycaemia"), body_of("healthy").values()
    values = body.values()
    assert body.findings()["skin"] == "sweaty"
    assert values["hr"] > well["hr"] + 10
    assert pulse_pressure(values) > pulse_pressure(well) + 5
    assert 4 <= values["gcs"] <= 10


def test_glucose_by_vein_wakes_in_minutes_and_glucagon_takes_longer() -> None:
    glucose = watch(body_of("hypoglycaemia"), 15, [(0, drug("glucose_iv", 15, "g", "IV"))])
    glucagon = watch(body_of("hypoglycaemia"), 35, [(0, drug("glucagon", 1, "mg", "IM"))])

    def awake(course: Course) -> float:
        return course.minute_when(lambda row: row["gcs"] >= 15)

    assert 3 <= awake(glucose) <= 9
    assert awake(glucose) + 5 < awake(glucagon) <= 30
    assert awake(watch(body_of("hypoglycaemia"), 20)) == NEVER


def test_sepsis_is_fast_warm_and_declines_slowly_and_fluid_helps_in_part() -> None:
    alone = watch(body_of("sepsis"), 60, every=60)
    treated = watch(body_of("sepsis"), 60, [(0, fluid(2000, 20))], every=60)
    assert alone.at(0, "hr") > 100
    assert alone.at(0, "rr") > 20
    assert 0.5 < alone.at(0, "map") - alone.at(60, "map") < 15
    assert alone.at(60, "temp_c") > alone.at(0, "temp_c") > 37.2
    assert treated.at(20, "map") > alone.at(20, "map") + 2
    assert treated.at(20, "map") < body_of("healthy").values()["map"]


def test_the_pulse_pressure_of_sepsis_is_wide_for_its_mean() -> None:
    ill, well = body_of("sepsis").values(), body_of("healthy").values()
    assert pulse_pressure(ill) / ill["map"] >= 0.9 * pulse_pressure(well) / well["map"]


def test_a_pneumothorax_is_slow_when_breathing_and_kills_in_minutes_on_the_bag() -> None:
    breathing = watch(body_of("fresh pneumothorax"), 20)
    sedated = watch(body_of("fresh pneumothorax"), 20, [(0, KETAMINE)])
    bagged = watch(body_of("fresh pneumothorax"), 20, [(0, KETAMINE), (0.5, bag(12))])

    def shocked(course: Course) -> float:
        return course.minute_when(lambda row: row.get("sbp", 0.0) < 80)

    assert breathing.arrest_minute == NEVER
    assert shocked(bagged) < 10
    assert shocked(bagged) + 3 < min(shocked(sedated), shocked(breathing))


def test_a_full_tension_pneumothorax_on_the_bag_stops_the_heart() -> None:
    course = watch(body_of("fresh pneumothorax"), 40, [(0, KETAMINE), (0.5, bag(12))])
    assert course.arrest_minute < NEVER


def test_the_signs_of_a_tension_pneumothorax_come_in_order() -> None:
    course = watch(body_of("fresh pneumothorax"), 22)
    found = course.findings
    resonant = next(i for i, each in enumerate(found) if each["percussion"] == "hyper_resonant_one_side")
    shifted = next(i for i, each in enumerate(found) if each["trachea"] == "deviated")
    assert resonant < shifted
    assert course.at(20, "cvp_mmhg") > course.at(0, "cvp_mmhg")


def test_a_needle_helps_a_tension_pneumothorax_and_not_within_the_minute() -> None:
    def decompressed() -> Body:
        body = body_of("fresh pneumothorax")
        body.step(20 * 60)
        return body

    course = watch(decompressed(), 10, [(0, Order("chest_procedure", {"device": "needle_decompression"}))], every=5)
    before = course.at(0, "hr")
    assert course.at(10, "hr") < before - 15
    assert course.at(0, "spo2") + 2 < course.at(5, "spo2")
    assert course.at(1, "spo2") < course.at(5, "spo2") - 1


def test_breath_sounds_are_lost_over_a_tension_pneumothorax() -> None:
    body = body_of("fresh pneumothorax")
    body.step(25 * 60)
    assert body.findings()["trachea"] == "deviated"
    assert body.findings()["air_entry"] != "normal"


@pytest.fixture(scope="module")
def untreated_croup() -> Course:
    return watch(body_of("fresh croup"), 40)


def test_croup_retains_carbon_dioxide_and_slows_at_exhaustion(untreated_croup: Course) -> None:
    course = untreated_croup
    carbon = [course.at(minute, "paco2_mmhg") for minute in (1, 3, 6, 9)]
    assert carbon == sorted(carbon)
    assert carbon[-1] > 45
    fastest = peak_minute(course, "rr")
    assert fastest < course.arrest_minute - 1
    assert course.rows[-2]["rr"] < max(course.series("rr")) - 20
    assert course.arrest_minute < 40


def test_nebulised_adrenaline_opens_croup_within_ten_minutes() -> None:
    course = watch(body_of("croup"), 12, [(0, drug("adrenaline", 5, "mg", "NEB"))])
    swollen = course.at(0, "swelling")
    assert course.at(10, "swelling") < 0.75 * swollen
    assert course.at(10, "paco2_mmhg") < course.at(0, "paco2_mmhg") - 5
    assert course.at(10, "rr") < course.at(0, "rr") - 5
    assert course.at(1, "swelling") > 0.9 * swollen
