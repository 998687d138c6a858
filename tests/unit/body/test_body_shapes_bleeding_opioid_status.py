"""Courses of bleeding, opioid overdose and convulsion as ordered facts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowthyself_tui.domain.acts import Order
from tests.unit.body.bedside import (
    OXYGEN,
    TOURNIQUET,
    Course,
    bag,
    body_of,
    drug,
    fluid,
    watch,
)

NEVER = float("inf")


def peak_minute(course: Course, name: str) -> float:
    series = course.series(name)
    return series.index(max(series)) * course.every / 60


def pulse_pressure(row: dict[str, float]) -> float:
    return row["sbp"] - row["dbp"]


@pytest.fixture(scope="module")
def untreated_bleeding() -> Course:
    return watch(body_of("fresh bleeding"), 30)


def test_bleeding_narrows_the_pulse_pressure_before_the_systolic_falls(untreated_bleeding: Course) -> None:
    course = untreated_bleeding
    rest = course.rows[0]
    narrowed = course.minute_when(lambda row: "sbp" in row and pulse_pressure(row) < 0.85 * pulse_pressure(rest))
    fallen = course.minute_when(lambda row: "sbp" in row and row["sbp"] < 0.85 * rest["sbp"])
    assert narrowed < fallen
    assert course.at(narrowed, "sbp") > 0.9 * rest["sbp"]
    assert course.at(narrowed, "hr") > rest["hr"] + 5


def test_the_systolic_holds_to_the_third_class_and_then_collapses(untreated_bleeding: Course) -> None:
    course = untreated_bleeding
    start = course.rows[0]["blood_volume_ml"]

    def systolic_at(share: float) -> float:
        return course.at(course.minute_when(lambda row: row["blood_lost_ml"] >= share * start), "sbp")

    assert systolic_at(0.15) > 105
    assert systolic_at(0.28) > 88
    early = systolic_at(0.05) - systolic_at(0.20)
    late = systolic_at(0.35) - systolic_at(0.50)
    assert late > 1.5 * early


def test_end_tidal_carbon_dioxide_falls_with_the_output_of_a_bleeding_heart(untreated_bleeding: Course) -> None:
    alive = [row for row in untreated_bleeding.rows if "sbp" in row and row["gcs"] > 8]
    pairs = sorted((row["co_l_min"], row["etco2_mmhg"]) for row in alive)[::4]
    assert all(low[1] <= high[1] + 1 for low, high in pairwise(pairs))
    assert alive[-1]["etco2_mmhg"] < 0.65 * alive[0]["etco2_mmhg"]


def test_a_tourniquet_halts_the_fall_and_does_not_restore() -> None:
    course = watch(body_of("fresh bleeding"), 30, [(5, TOURNIQUET)])
    at_tourniquet = course.at(5, "map")
    assert min(course.series("map")[24:]) > at_tourniquet - 4
    assert max(course.series("map")[24:]) < at_tourniquet + 4
    assert course.at(30, "map") < course.at(0, "map") - 4
    assert course.at(30, "hr") > course.at(0, "hr") + 20


def test_saline_without_haemostasis_loses_more_blood_and_only_puts_death_off() -> None:
    dry = watch(body_of("internal bleeding"), 75)
    wet = watch(body_of("internal bleeding"), 75, [(10, fluid(4000, 40))])
    assert wet.rows[-1]["blood_lost_ml"] > dry.rows[-1]["blood_lost_ml"] + 300
    assert dry.arrest_minute < wet.arrest_minute < 75
    assert wet.at(dry.arrest_minute - 1, "haemoglobin_g_l") < dry.at(dry.arrest_minute - 1, "haemoglobin_g_l") - 20


def test_small_boluses_hold_a_permissive_pressure_after_the_bleeding_is_stopped() -> None:
    body = body_of("fresh bleeding")
    body.step(420)
    orders: list[tuple[float, Order]] = [(0, TOURNIQUET), *((minute, fluid(250, 5)) for minute in (1, 8, 15))]
    course = watch(body, 25, orders)
    assert all(85 <= row["sbp"] <= 112 for row in course.rows[8:])


@pytest.fixture(scope="module")
def untreated_opioid() -> Course:
    return watch(body_of("fresh opioid"), 10, every=5)


def test_an_opioid_takes_rate_and_pupils_first_then_saturation_and_then_the_mind_is_gone(
    untreated_opioid: Course,
) -> None:
    course = untreated_opioid
    slow = course.minute_when(lambda row: row["rr"] < 8)
    small = next(i for i, found in enumerate(course.findings) if float(found["pupils_mm"]) < 2) * course.every / 60
    blue = course.minute_when(lambda row: row["spo2"] < 90)
    gone = course.minute_when(lambda row: row["gcs"] <= 8)
    assert max(slow, small) < blue <= 4
    assert slow < gone


def test_end_tidal_carbon_dioxide_rises_all_the_way_in_an_opioid_overdose(untreated_opioid: Course) -> None:
    samples = [untreated_opioid.at(minute, "paco2_mmhg") for minute in (0, 1, 2, 4, 6, 8)]
    assert samples == sorted(samples)
    assert untreated_opioid.at(6, "etco2_mmhg") > untreated_opioid.at(0, "etco2_mmhg") + 8


def test_oxygen_alone_makes_an_opioid_overdose_pink_while_carbon_dioxide_climbs() -> None:
    course = watch(body_of("opioid"), 12, [(0, OXYGEN)])
    assert course.at(10, "spo2") >= 97
    assert course.at(10, "etco2_mmhg") >= 55
    assert course.at(10, "gcs") <= 8


def test_a_bag_mends_an_opioid_overdose_within_two_minutes() -> None:
    course = watch(body_of("opioid"), 3, [(0, bag(12))])
    assert course.at(2, "spo2") >= 94
    assert course.at(2, "paco2_mmhg") < course.at(0, "paco2_mmhg")
    assert course.at(2, "gcs") <= 8


@pytest.mark.parametrize("route", ["IV", "IM"])
def test_naloxone_brings_breathing_back_in_minutes(route: str) -> None:
    """Into a muscle up to nine minutes, as in Kelly 2005 (the window of the bench)."""
    naloxone = drug("naloxone", 0.4 if route == "IV" else 0.8, "mg", route)
    course = watch(body_of("opioid"), 12, [(0, bag(10)), (0.1, naloxone)])
    assert 0.5 <= course.minute_when(lambda row: row["own_rr"] >= 10) <= (5 if route == "IV" else 9)


def test_after_methadone_naloxone_wakes_and_an_hour_later_the_patient_sleeps_again() -> None:
    course = watch(body_of("methadone"), 95, [(0, drug("naloxone", 0.4, "mg", "IV"))], every=60)
    asleep, awake, again = course.at(0, "gcs"), max(course.series("gcs")), course.at(90, "gcs")
    assert asleep <= 9
    assert awake >= 13
    assert again <= awake - 2
    assert course.at(90, "paco2_mmhg") > min(course.series("paco2_mmhg")) + 5
    assert course.minute_when(lambda row: row["gcs"] == awake) < 20


@pytest.fixture(scope="module")
def untreated_status() -> Course:
    return watch(body_of("fresh status"), 60)


def test_a_convulsion_drives_heart_and_pressure_up(untreated_status: Course) -> None:
    for name, least in (("hr", 30), ("sbp", 15), ("temp_c", 0.2), ("lactate_mmol_l", 5)):
        assert untreated_status.at(6, name) > untreated_status.at(0, name) + least
    assert untreated_status.at(6, "gcs") == 3


def test_heat_climbs_while_a_convulsion_lasts(untreated_status: Course) -> None:
    heat = [untreated_status.at(minute, "temp_c") for minute in range(0, 31, 5)]
    assert heat == sorted(heat)
    assert heat[-1] > 38


def test_carbon_dioxide_is_high_during_a_convulsion(untreated_status: Course) -> None:
    assert max(untreated_status.at(minute, "etco2_mmhg") for minute in range(4, 31)) >= 45


def test_lactate_does_not_return_while_the_muscles_still_convulse(untreated_status: Course) -> None:
    assert untreated_status.at(30, "seizing") > 0.9
    assert untreated_status.at(30, "lactate_mmol_l") > 0.7 * max(untreated_status.series("lactate_mmol_l"))


def test_the_pressure_of_a_convulsion_sags_after_half_an_hour(untreated_status: Course) -> None:
    assert untreated_status.at(20, "map") > untreated_status.at(0, "map") + 10
    assert untreated_status.at(45, "map") < untreated_status.at(20, "map") - 5


def test_a_benzodiazepine_stops_the_convulsion_and_sleep_follows() -> None:
    course = watch(body_of("status"), 30, [(0, drug("midazolam", 10, "mg", "IM"))])
    stopped = course.minute_when(lambda row: row["seizing"] < 0.5)
    assert 2 <= stopped <= 8
    assert all(5 <= course.at(minute, "gcs") <= 11 for minute in (8, 12, 15))
    assert course.at(28, "gcs") > course.at(8, "gcs")


def test_too_much_benzodiazepine_takes_consciousness_and_breath() -> None:
    once = watch(body_of("status"), 15, [(0, drug("midazolam", 10, "mg", "IM"))])
    doses: list[tuple[float, Order]] = [(0, drug("midazolam", 10, "mg", "IM")), (4, drug("midazolam", 20, "mg", "IV"))]
    much = watch(body_of("status"), 15, doses)
    assert much.at(10, "gcs") <= 4
    assert much.at(10, "rr") < once.at(10, "rr") - 1.5
    assert much.at(10, "paco2_mmhg") > once.at(10, "paco2_mmhg") + 5
