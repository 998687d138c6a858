"""A hundred thousand seconds of random people, illnesses and orders: nothing breaks, nothing leaves its limits."""

from __future__ import annotations

import json
import random
from math import inf, isfinite, nan
from typing import Any

import pytest

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Order
from knowthyself_tui.domain.body import CONDITION_NAMES, FORCED_NAMES, Body, Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.diseases import CONDITIONS
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.positions import POSITIONS
from knowthyself_tui.domain.formulary import DEVICES, FLUIDS
from knowthyself_tui.domain.formulary import DRUGS as FORMULARY
from knowthyself_tui.errors import ContentError, UsageError
from tests.unit.body.bedside import bag, body_of, drug, give, stored

PEOPLE = 64
SECONDS_EACH = 1600
SAVED_BYTES = 6000

VALUE_LIMITS: dict[str, tuple[float, float]] = {
    "hr": (0, 240), "rr": (0, 80), "own_rr": (0, 80), "spo2": (0, 100), "sao2": (0, 100), "paco2_mmhg": (5, 250),
    "pao2_mmhg": (0.4, 760), "ph": (6, 8.3), "etco2_mmhg": (0, 250), "lactate_mmol_l": (0.5, 25), "icp_mmhg": (2, 95),
    "gcs": (3, 15), "consciousness": (0, 1), "energy": (0, 1), "fatigue": (0, 1), "seizing": (0, 1),
    "postictal": (0, 1), "swelling": (0, 1), "mediator_level": (0, 1), "lung_water": (0, 1), "clot": (0, 0.95),
    "obstruction": (0, 1), "fev1_percent": (0, 100), "fio2": (0, 1), "temp_c": (20, 43.5), "sbp": (0, 500),
    "dbp": (0, 400), "map": (0, 450), "co_l_min": (0, 60), "vt_ml": (0, 4000), "ve_l_min": (0, 120),
    "glucose_mmol_l": (0.2, 1e9), "vo2_ml_min": (0, 3000), "haemoglobin_g_l": (0, 300), "bleeding_ml_min": (0, 1e5),
    "blood_lost_ml": (0, 1e7), "pain_felt": (0, 1), "exertion": (0, 1), "arrested": (0, 1), "exhausted": (0, 1),
}  # fmt: skip
STATE_LIMITS: dict[str, tuple[float, float]] = {
    "bronchospasm": (0, 0.97), "mucus_plugging": (0, 0.97), "airway_swelling": (0, 0.95), "pneumothorax": (0, 1),
    "vessel_drive": (0, 1), "heart_drive": (0, 1), "brainstem": (0, 1), "vasomotor": (0, 1), "jugular": (0, 1),
    "brain_injury": (0, 0.95), "mediator": (0, 1), "av_block": (0, 3), "tourniquet": (0, 1), "pressure": (0, 0.95),
    "pain": (0, 1), "airway_soiling": (0, 0.9), "crystalloid_in": (0, 1e6), "crystalloid_out": (0, 1e6),
    "haemoglobin_g": (0, 3000), "o2_fast": (0, 1e4), "n2_fast": (0, 1e4), "oxygen_debt": (0, 1e6),
}  # fmt: skip
FINDING_LIMITS = {"crt_seconds": (1.0, 9.0), "pupils_mm": (1.0, 8.0), "peak_flow_percent": (0.0, 100.0)}

ACTIONS = ["", "", "", "", "stop", "remove", "off", "increase", "reduce", "titrate", "loosen", "cool"]
UNITS = ["mg", "mcg", "g", "mL", "units", "puffs", "sprays", "tablets", "drops", "furlongs"]
NUMBERS: list[Any] = [0, 0.001, 0.5, 1, 5, 12, 100, 5000, 1e6, -3, "2", "many", True]
ROUTES = ["IV", "IO", "IM", "SC", "IN", "PO", "SL", "NEB", "INH", "PR", "BUCCAL", "TOPICAL", "LEFT EAR", ""]
RATES: list[Any] = [*NUMBERS, "fast", "slow", "titrated", "20 min", "kvo", "hyperventilate"]


ORDERED = sorted(name for name, row in DRUGS.items() if not row.hidden)
CORNERS = [
    Patient(1, 8, 70, "m", varied=True),
    Patient(90, 35, 140, "f", 10.0, ("heart_failure", "beta_blocked", "copd"), varied=True),
    Patient(40, 180, 165, "m", 1.0, ("hypertension", "atrial_fibrillation")),
    Patient(30, 95, 170, "f", 1.0, ("pregnancy", "anaemia", "ace_inhibitor", "anticoagulated", "little_reserve")),
]


def any_person(draw: random.Random, number: int) -> Patient:
    """From one year and 8 kg to ninety and 180 kg, every second one a woman."""
    if number < len(CORNERS):
        return CORNERS[number]
    age = draw.choice([draw.uniform(1, 14), draw.uniform(14, 90), draw.uniform(18, 90)])
    child = 3 * age + 7
    weight = draw.uniform(max(8.0, 0.7 * child), 1.5 * child) if age < 14 else draw.uniform(35, 180)
    height = min(190.0, 75 + 6 * age) * draw.uniform(0.9, 1.1) if age < 14 else draw.uniform(140, 205)
    lived_with = draw.sample(sorted(COMORBIDITIES), draw.choice([0, 0, 1, 2, 4]))
    return Patient(
        age, weight, height, "f" if number % 2 else "m", draw.choice([1.0, 1.0, 4.3, 10.0]), tuple(lived_with),
        varied=draw.random() < 0.6,
    )  # fmt: skip


def any_illness(draw: random.Random) -> dict[str, float]:
    ill: dict[str, float] = {}
    for name in draw.sample(CONDITION_NAMES, draw.randint(0, 5)):
        row = CONDITIONS[name]
        mild = row.low + 0.3 * draw.random() * (row.high - row.low)
        ill[name] = draw.choice([mild, mild, mild, draw.uniform(row.low, row.high), row.low, row.high, -1e9, 1e9])
    for name in draw.sample(sorted(DRUGS), draw.choice([0, 0, 1])):
        ill[f"taken_{name}_iv_mg"] = draw.choice([0.1, 10.0, 1000.0])
    return ill


def any_order(draw: random.Random) -> Order:
    """Mostly sensible names with slots that need not fit them."""
    name = draw.choice(sorted(FORMULARY))
    every: dict[str, Any] = {
        "drug": draw.choice([name, draw.choice(ORDERED), "elixir"]),
        "dose": draw.choice(NUMBERS),
        "unit": draw.choice(UNITS),
        "route": draw.choice([*ROUTES, *sorted(FORMULARY[name].routes)]),
        "concentration": draw.choice(["1:1000", "1:0", "10%", "5 mg/mL", "strong"]),
        "device": draw.choice([*sorted(DEVICES), "cpr", "pacing", "shock", "bvm", "bellows"]),
        "flow": draw.choice(NUMBERS),
        "rate": draw.choice(RATES),
        "over_minutes": draw.choice(NUMBERS),
        "volume": draw.choice(NUMBERS),
        "volume_unit": draw.choice(["mL", "L"]),
        "fluid": draw.choice([*sorted(FLUIDS), "glucose_10", "beer"]),
        "position": draw.choice([*sorted(POSITIONS), "headstand"]),
        "action": draw.choice(ACTIONS),
        "target_intent": draw.choice([*sorted(TREATMENT_INTENTS), "sing"]),
        "target_spo2_min": draw.choice(NUMBERS),
        "mode": draw.choice(["walk", "carry_chair", "stretcher"]),
        "seal": draw.choice(NUMBERS),
        "percent": draw.choice([24, 60, "28%", 0, 1e6]),
        "adjunct": draw.choice(["opa", "igel", "jaw_thrust", "straw"]),
    }
    kept = {key: value for key, value in every.items() if value != "" and draw.random() < 0.75}
    kept |= {key: every[key] for key in ("drug", "device", "position") if draw.random() < 0.9}
    intent = draw.choice(["give_drug", "give_drug", *sorted(TREATMENT_INTENTS), "hold_or_cancel", "dance"])
    return Order(intent, kept)


def any_forcing(draw: random.Random) -> tuple[str, float | str]:
    name = draw.choice([each for each in FORCED_NAMES if "<drug>" not in each] + ["infusion", "taken"])
    if name == "infusion":
        return f"infusion_{draw.choice(sorted(DRUGS))}_mcg_min", draw.choice([0.0, 5.0, 1e5])
    if name == "taken":
        return f"taken_{draw.choice(sorted(DRUGS))}_iv_mg", draw.choice([-1.0, 0.1, 50.0])
    words = {
        "airway": ["closed", "open"], "breathing": ["apnoea", "free"], "position": sorted(POSITIONS),
        "rhythm": ["vf", "pea", "asystole", "sinus", "sinus"],
    }  # fmt: skip
    if name in words:
        return name, draw.choice(words[name])
    silly = [-5.0, 0.0, 0.1, 0.3, 0.5, 1.0, 40.0]
    if name == "fio2":
        return name, draw.choice([-1.0, 0.1, 0.21, 0.6, 1.0])
    return name, draw.choice(silly if name in ("bleed_ml_min", "blood_removed_ml") else [*silly, 1e5])


def leavers(body: Body, patient: Patient, seed: int) -> list[str]:
    """What is outside its limits or is no number."""
    values, state, found = body.values(), stored(body), body.findings()
    numbers = [(name, value) for name, value in (*values.items(), *state.items()) if isinstance(value, float)]
    wrong = [f"{name} = {value}" for name, value in numbers if not isfinite(value)]
    for source, limits in ((values, VALUE_LIMITS), (state, STATE_LIMITS), (found, FINDING_LIMITS)):
        for name, (low, high) in limits.items():
            if name in source and not low - 1e-9 <= float(source[name]) <= high + 1e-9:
                wrong.append(f"{name} = {source[name]}")
    if state["blood"] < 0.12 * norms_of(patient, seed).blood - 1e-6:
        wrong.append(f"blood = {state['blood']}")
    if not {"hr", "rr", "gcs", "map", "sao2", "paco2_mmhg"} <= set(values):
        wrong.append("a value is missing")
    return wrong


def assert_typed_none(body: Body) -> None:
    vitals = body.vitals()
    absent = {name for name in ("hr", "rr", "spo2", "sbp", "dbp", "etco2_kpa", "gcs") if getattr(vitals, name) is None}
    assert absent == set(vitals.reasons)
    assert ("sbp" in absent) == ("dbp" in absent) == body.arrested


@pytest.mark.parametrize("number", range(PEOPLE))
def test_nothing_in_any_combination_breaks_the_body(number: int) -> None:
    draw = random.Random(number)
    patient, seed = any_person(draw, number), draw.randint(0, 10**9)
    place = draw.choice(sorted(POSITIONS))
    body = Body.new(patient, any_illness(draw), seed=seed, lead_seconds=draw.choice([0, 0, 120]), position=place)
    restore_at, end = draw.randint(100, 1400), body.seconds + SECONDS_EACH
    twin: Body | None = None
    while body.seconds < end:
        order, forcing = any_order(draw), any_forcing(draw) if draw.random() < 0.08 else None
        for each in (body, twin) if twin else (body,):
            each.apply(order)
            if forcing:
                each.force(*forcing)
        seconds = draw.choice([1, 10, 30, 60, 120])
        body.step(seconds)
        assert not (wrong := leavers(body, patient, seed)), (wrong, body.seconds, order, forcing, patient)
        assert_typed_none(body)
        if twin is not None:
            twin.step(seconds)
            assert twin.to_json() == body.to_json()
            twin = None if body.seconds > restore_at + 200 else twin
        elif restore_at <= body.seconds < restore_at + 120:
            text = json.dumps(body.to_json(), sort_keys=True, allow_nan=False)
            assert len(text) <= 2 * SAVED_BYTES
            twin = Body.from_json(json.loads(text))
            assert twin.values() == body.values()
            assert twin.displayed() == body.displayed()


def test_the_random_people_cover_what_they_should() -> None:
    people = []
    for number in range(PEOPLE):
        people.append(any_person(random.Random(number), number))
    assert PEOPLE * SECONDS_EACH >= 100_000
    assert {person.sex for person in people} == {"f", "m"}
    assert min(person.age_years for person in people) < 3
    assert max(person.age_years for person in people) > 80
    assert min(person.weight_kg for person in people) < 12
    assert max(person.weight_kg for person in people) > 165
    assert {name for person in people for name in person.comorbidities} == set(COMORBIDITIES)
    assert {person.varied for person in people} == {True, False}


def test_a_saved_body_is_small_even_with_forty_drugs_on_board() -> None:
    body = body_of("asthma")
    for name in sorted(name for name, row in DRUGS.items() if not row.hidden)[:40]:
        body.force(f"taken_{name}_iv_mg", 0.1)
    body.step(120)
    assert len(json.dumps(body.to_json(), separators=(",", ":"))) <= SAVED_BYTES


def test_ten_drugs_fluids_and_devices_fit_into_the_saved_size() -> None:
    body = give(body_of("bleeding"), bag(10))
    for name in ("morphine", "ketamine", "midazolam", "adrenaline", "tranexamic_acid", "fentanyl", "naloxone",
                 "amiodarone", "atropine", "hydrocortisone"):  # fmt: skip
        give(body, drug(name, 1, "mg", "IV"))
    body.step(90)
    assert len(json.dumps(body.to_json())) <= SAVED_BYTES


@pytest.mark.parametrize("name", ["glucose", "glucose_pure", "glucose_10", "beer", "", "5% glucose"])
def test_a_fluid_that_nobody_carries_breaks_nothing(name: str) -> None:
    body = body_of("healthy")
    body.apply(Order("give_fluids", {"fluid": name, "volume": 100}))
    body.step(120)
    assert not leavers(body, body.patient, 1)


@pytest.mark.parametrize("name", sorted(row.name for row in DRUGS.values() if row.hidden))
def test_a_drug_that_nobody_can_order_is_not_given(name: str) -> None:
    body = body_of("healthy")
    body.apply(Order("give_drug", {"drug": name, "dose": 5, "unit": "mg"}))
    body.step(60)
    assert f"c_{name}" not in body.values()


@pytest.mark.parametrize("name", ["blood_removed_ml", "bleed_ml_min"])
def test_losing_all_blood_at_once_breaks_nothing(name: str) -> None:
    body = body_of("healthy")
    body.force(name, 1e5)
    body.step(60)
    assert not leavers(body, body.patient, 1)
    assert body.arrested


@pytest.mark.parametrize("value", [1.5, 40.0, 1e5])
def test_a_forced_oxygen_fraction_above_one_is_refused_or_kept_in(value: float) -> None:
    body = body_of("healthy")
    try:
        body.force("fio2", value)
    except UsageError:
        return
    body.step(60)
    assert not leavers(body, body.patient, 1)


def _survives(name: str, value: float) -> bool:
    body = body_of("healthy")
    try:
        body.force(name, value)
    except (UsageError, ContentError):
        return True
    body.step(5)
    state = [each for each in body.to_json().values() if isinstance(each, float)]
    return all(isfinite(each) for each in (*body.values().values(), *state))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_a_forced_value_that_is_no_number_is_refused_or_harmless(value: float) -> None:
    names = [name for name in FORCED_NAMES if "<drug>" not in name]
    assert [name for name in names if not _survives(name, value)] == []


def test_a_severity_that_is_no_number_is_refused() -> None:
    with pytest.raises(ContentError):
        Body.new(Patient(30, 70, 175, "m"), {"sepsis": nan})


def test_a_zero_in_a_slot_is_a_zero_and_not_a_missing_slot() -> None:
    none, poor = give(body_of("opioid"), bag(10, seal=0)), give(body_of("opioid"), bag(10, seal=0.05))
    none.step(120)
    poor.step(120)
    assert none.values()["paco2_mmhg"] >= poor.values()["paco2_mmhg"] - 0.05
    room_air, oxygen = give(body_of("opioid"), bag(10, flow=0)), give(body_of("opioid"), bag(10, flow=15))
    assert room_air.values()["fio2"] < oxygen.values()["fio2"] - 0.3
