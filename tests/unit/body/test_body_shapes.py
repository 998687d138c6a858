"""Courses of illness as ordered facts: what comes first, what follows, what turns and what does not come back."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body
from tests.unit.body.bedside import (
    ADRENALINE,
    KETAMINE,
    OXYGEN,
    SALBUTAMOL,
    TOURNIQUET,
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
def untreated_asthma() -> Course:
    return watch(body_of("asthma"), 40)


@pytest.fixture(scope="module")
def asthma_on_oxygen() -> Course:
    return watch(body_of("asthma"), 40, [(0, OXYGEN)])


@pytest.fixture(scope="module")
def treated_asthma() -> Course:
    orders: list[tuple[float, Order]] = [(0, OXYGEN), *((minute, SALBUTAMOL) for minute in (1, 11, 21))]
    orders.append((2, drug("ipratropium", 0.5, "mg", "NEB")))
    orders.append((3, drug("magnesium_sulfate", 2, "g", "IV", over_minutes=20)))
    return watch(body_of("asthma"), 40, orders)


def test_untreated_asthma_breathes_faster_then_slower_and_then_the_heart_stops(untreated_asthma: Course) -> None:
    rates = untreated_asthma.series("rr")
    fastest = peak_minute(untreated_asthma, "rr")
    assert 1 < fastest < untreated_asthma.arrest_minute - 3
    assert max(rates) > rates[0] + 3
    assert untreated_asthma.at(untreated_asthma.arrest_minute - 2, "rr") < rates[0] - 10


def test_carbon_dioxide_in_untreated_asthma_is_low_then_normal_then_high(untreated_asthma: Course) -> None:
    assert untreated_asthma.at(0, "paco2_mmhg") < 37
    normal = untreated_asthma.minute_when(lambda row: row["paco2_mmhg"] >= 40)
    high = untreated_asthma.minute_when(lambda row: row["paco2_mmhg"] >= 50)
    assert 2 < normal < high < untreated_asthma.arrest_minute
    # The normal value is the dangerous one: she is already tiring when it is reached.
    assert untreated_asthma.at(normal, "rr") < max(untreated_asthma.series("rr"))


def test_the_chest_falls_silent_before_untreated_asthma_kills(untreated_asthma: Course) -> None:
    entries = [found["air_entry"] for found in untreated_asthma.findings]
    assert entries[0] != "silent"
    assert entries.index("silent") * untreated_asthma.every / 60 < untreated_asthma.arrest_minute - 3


def test_on_oxygen_the_saturation_falls_late_and_hides_the_failing_breath(
    asthma_on_oxygen: Course, untreated_asthma: Course
) -> None:
    retaining = asthma_on_oxygen.minute_when(lambda row: row["paco2_mmhg"] >= 60)
    assert retaining < NEVER
    assert asthma_on_oxygen.at(retaining, "spo2") >= 92
    falls = asthma_on_oxygen.minute_when(lambda row: row["spo2"] < 88)
    assert falls > retaining
    assert falls > untreated_asthma.minute_when(lambda row: row["spo2"] < 88) + 5
    assert untreated_asthma.arrest_minute < asthma_on_oxygen.arrest_minute < NEVER


def test_treated_asthma_turns_in_minutes_keeps_a_fast_heart_and_is_not_well_in_forty(treated_asthma: Course) -> None:
    lowest = min(treated_asthma.series("fev1_percent"))
    turned = treated_asthma.minute_when(lambda row: row["fev1_percent"] > lowest + 2)
    assert turned - 1 <= 10
    assert treated_asthma.at(11, "fev1_percent") > treated_asthma.at(0, "fev1_percent") + 3
    assert min(treated_asthma.series("hr")) > 100
    assert 20 < treated_asthma.at(40, "fev1_percent") < 70
    assert treated_asthma.arrest_minute == NEVER


@pytest.fixture(scope="module")
def untreated_anaphylaxis() -> Course:
    return watch(body_of("fresh anaphylaxis"), 45)


def test_anaphylaxis_is_warm_before_it_is_cold(untreated_anaphylaxis: Course) -> None:
    course = untreated_anaphylaxis
    dilated = course.minute_when(lambda row: row["dbp"] < course.rows[0]["dbp"] - 3)
    assert dilated < 6
    assert float(course.finding(dilated, "crt_seconds")) <= 2
    assert course.at(dilated, "co_l_min") > course.rows[0]["co_l_min"]
    cold = next(index for index, found in enumerate(course.findings) if float(found["crt_seconds"]) >= 4)
    assert cold * course.every / 60 > dilated + 3
    assert course.arrest_minute < 45


def test_adrenaline_acts_in_minutes_and_one_dose_without_fluid_drifts_back() -> None:
    ill = body_of("fresh anaphylaxis")
    ill.step(360)
    contact = ill.values()["map"]
    treated = watch(ill, 60, [(0, ADRENALINE)])
    assert treated.at(5, "map") > contact + 3
    best = max(treated.series("map")[:60])
    assert treated.at(40, "map") < best - 10
    assert treated.at(50, "map") < treated.at(35, "map")


def test_fluid_holds_what_adrenaline_gained() -> None:
    lasting, drifting = body_of("fresh anaphylaxis"), body_of("fresh anaphylaxis")
    for body in (lasting, drifting):
        body.step(360)
    with_fluid = watch(lasting, 40, [(0, ADRENALINE), (1, fluid(2000, 20))])
    without = watch(drifting, 40, [(0, ADRENALINE)])
    assert all(with_fluid.at(minute, "map") > without.at(minute, "map") for minute in (12, 20, 30, 40))


def test_standing_up_in_anaphylaxis_is_a_collapse_and_being_kept_upright_kills_early() -> None:
    courses = {}
    for place in ("supine", "upright", "standing"):
        body = body_of("fresh anaphylaxis")
        body.step(420)
        courses[place] = watch(body, 20, [(0, position(place))], every=5)
    assert min(courses["standing"].series("map")[:6]) < courses["standing"].at(0, "map") - 20
    assert min(courses["standing"].series("gcs")[:12]) <= 12
    assert courses["upright"].arrest_minute + 1.5 < courses["supine"].arrest_minute


def test_in_anaphylaxis_delay_costs() -> None:
    pressures = []
    for minute in (4.0, 8.0, 14.0):
        course = watch(body_of("fresh anaphylaxis"), 20, [(minute, ADRENALINE)])
        pressures.append(course.at(20, "map") if course.arrest_minute == NEVER else 0.0)
    assert pressures == sorted(pressures, reverse=True)
    assert pressures[0] > pressures[-1] + 3


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
    naloxone = drug("naloxone", 0.4 if route == "IV" else 0.8, "mg", route)
    course = watch(body_of("opioid"), 12, [(0, bag(10)), (0.1, naloxone)])
    assert 0.5 <= course.minute_when(lambda row: row["own_rr"] >= 10) <= (5 if route == "IV" else 8)


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
