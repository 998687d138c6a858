"""Courses of asthma and anaphylaxis as ordered facts: what comes first, what turns, what does not come back."""

from __future__ import annotations

import pytest

from knowthyself_tui.domain.acts import Order
from tests.unit.body.bedside import (
    ADRENALINE,
    OXYGEN,
    SALBUTAMOL,
    Course,
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
