"""The asthma patient against the course that the fact sheet (S1.4, S1.11) aims at."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body

Maker = Callable[[], Body]
Plan = Mapping[int, list[tuple[str, dict[str, Any]]]]
Course = list[dict[str, float]]

OXYGEN = ("give_oxygen", {"device": "non_rebreather", "flow": 15})
SALBUTAMOL = ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"})
OPTIMAL: Plan = {
    60: [OXYGEN],
    180: [SALBUTAMOL],
    480: [
        SALBUTAMOL,
        ("give_drug", {"drug": "ipratropium", "dose": 0.5, "unit": "mg", "route": "NEB"}),
    ],
    660: [
        ("vascular_access", {"device": "IV"}),
        ("give_drug", {"drug": "hydrocortisone", "dose": 100, "unit": "mg", "route": "IV"}),
    ],
    780: [("give_drug", {"drug": "magnesium_sulfate", "dose": 2, "unit": "g", "route": "IV", "over_minutes": 20})],
}


def course(body: Body, plan: Plan, minutes: int) -> Course:
    """Values at every whole minute from contact; stops at the arrest."""
    rows = [body.values()]
    for second in range(60 * minutes):
        for intent, slots in plan.get(second, []):
            assert body.apply(Order(intent, slots)).done
        body.step()
        if body.seconds % 60 == 0:
            rows.append(body.values())
        if body.arrested:
            break
    return rows


def minute_when(rows: Course, reached: Callable[[dict[str, float]], bool]) -> int:
    return next(minute for minute, row in enumerate(rows) if reached(row))


def test_she_is_found_as_the_fact_sheet_says(asthmatic: Maker) -> None:
    body = asthmatic()
    vitals = body.vitals()
    assert body.seconds == 0
    assert abs((vitals.hr or 0) - 128) <= 12
    assert abs((vitals.rr or 0) - 32) <= 5
    assert abs((vitals.spo2 or 0) - 88) <= 3
    assert abs((vitals.sbp or 0) - 138) <= 12
    assert abs((vitals.dbp or 0) - 86) <= 12
    assert abs((vitals.etco2_kpa or 0) - 3.3) <= 0.8
    assert vitals.gcs == 15
    assert abs((vitals.temp_c or 0) - 37.1) <= 0.3
    assert abs((vitals.glucose_mmol_l or 0) - 5.8) <= 0.5
    assert vitals.rhythm == "sinus_tachycardia"


def test_her_first_examination_is_the_fact_sheets(asthmatic: Maker) -> None:
    found = asthmatic().findings()
    expected = {
        "air_entry": "reduced",
        "wheeze": "expiratory",
        "bases": "almost_nothing",
        "percussion": "resonant",
        "trachea": "central",
        "expansion": "small",
        "work_of_breathing": "severe",
        "accessory_muscles": "yes",
        "speech": "words",
        "airway": "clear",
        "cyanosis": "none",
        "skin": "sweaty",
        "radial_pulse": "fast",
        "avpu": "A",
        "capnogram": "shark_fin",
        "gcs_verbal": 5.0,
    }
    assert {name: found[name] for name in expected} == expected
    assert 25 <= float(found["peak_flow_percent"]) <= 35
    assert 1.4 <= float(found["crt_seconds"]) <= 2.5


def test_untreated_she_tires_and_arrests_on_time(asthmatic: Maker) -> None:
    rows = course(asthmatic(), {}, 22)
    assert 14 <= len(rows) <= 18
    assert rows[-1]["arrested"] == 0
    assert 3 <= minute_when(rows, lambda v: v["spo2"] < 85 or v["exhausted"] > 0 or v["gcs"] < 15) <= 7
    assert 11 <= minute_when(rows, lambda v: v["gcs"] < 9 or v["rr"] < 10 or v.get("spo2", 0) < 70) <= 15


def test_untreated_every_vital_moves_the_keyframes_way(asthmatic: Maker) -> None:
    rows = course(asthmatic(), {}, 15)
    fastest = max(row["rr"] for row in rows)
    peak = next(minute for minute, row in enumerate(rows) if row["rr"] == fastest)
    assert fastest > rows[0]["rr"] + 4
    assert 4 <= peak <= 9
    assert rows[14]["rr"] < 12
    assert all(later["spo2"] < earlier["spo2"] for earlier, later in itertools.pairwise(rows))
    assert rows[5]["hr"] > rows[0]["hr"] + 8
    assert rows[15]["hr"] < rows[0]["hr"]
    assert rows[5]["sbp"] > rows[0]["sbp"]
    assert rows[0]["etco2_kpa"] < rows[9]["etco2_kpa"] < rows[13]["etco2_kpa"]
    assert rows[9]["gcs"] < 15
    assert rows[13]["gcs"] < 10


def test_untreated_the_chest_falls_silent_before_the_arrest(asthmatic: Maker) -> None:
    body = asthmatic()
    body.step(540)
    found = body.findings()
    assert found["air_entry"] == "silent"
    assert found["wheeze"] == "faint"
    assert found["work_of_breathing"] == "exhausted"
    body.step(240)
    assert body.findings()["speech"] == "none"
    assert body.findings()["wheeze"] == "none"


def test_optimal_treatment_turns_her_round(asthmatic: Maker) -> None:
    rows = course(asthmatic(), OPTIMAL, 20)
    assert rows[5]["spo2"] >= 92
    assert all(row["spo2"] >= 92 - 3 for row in rows[5:]), "the keyframe's 92 with the tolerance of 3"
    assert all(row["gcs"] == 15 for row in rows)
    assert 10 <= minute_when(rows, lambda v: v["fev1_percent"] >= rows[0]["fev1_percent"] + 10) <= 16
    last = rows[20]
    assert 114 <= last["hr"] <= 128
    assert 20 <= last["rr"] <= 26
    assert 94 <= round(last["spo2"]) <= 99
    assert last["sbp"] < rows[0]["sbp"]
    assert last["etco2_kpa"] >= rows[0]["etco2_kpa"]


def test_optimal_treatment_gives_her_speech_and_breath_sounds_back(asthmatic: Maker) -> None:
    body = asthmatic()
    course(body, OPTIMAL, 12)
    assert body.findings()["speech"] == "phrases"
    assert body.findings()["wheeze"] == "loud"
    course(body, {}, 9)
    found = body.findings()
    assert found["speech"] in ("phrases", "sentences")
    assert found["bases"] == "reduced"
    assert 40 <= float(found["peak_flow_percent"]) <= 60


def test_oxygen_alone_masks_the_failure_and_does_not_stop_it(asthmatic: Maker) -> None:
    rows = course(asthmatic(), {60: [OXYGEN]}, 40)
    hidden = rows[14]
    assert hidden["spo2"] >= 93
    assert hidden["paco2_mmhg"] > 50
    assert hidden["gcs"] < 13
    assert 18 < len(rows) < 36


def test_a_late_rescue_with_the_bag_and_bronchodilators_can_save_her(asthmatic: Maker) -> None:
    plan: Plan = {
        780: [
            ("ventilate_bvm", {"rate": 10}),
            ("give_drug", {"drug": "adrenaline", "dose": 0.5, "unit": "mg", "route": "IM"}),
            SALBUTAMOL,
        ]
    }
    rows = course(asthmatic(), plan, 30)
    assert len(rows) == 31
    assert rows[30]["spo2"] > 94
    assert rows[30]["gcs"] > rows[14]["gcs"]


def test_a_sedative_leaves_her_drowsy_with_rising_carbon_dioxide(asthmatic: Maker) -> None:
    sedative = ("give_drug", {"drug": "midazolam", "dose": 5, "unit": "mg", "route": "IV"})
    with_it = course(asthmatic(), {60: [OXYGEN], 120: [sedative]}, 6)
    without = course(asthmatic(), {60: [OXYGEN]}, 6)
    assert with_it[6]["gcs"] < 13
    assert with_it[6]["paco2_mmhg"] > without[6]["paco2_mmhg"] + 1
    assert with_it[6]["rr"] < without[6]["rr"] - 8
