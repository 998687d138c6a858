"""Virtual patients, what they live with, and what a monitor shows of them."""

from __future__ import annotations

import json
from functools import cache
from math import log, sqrt
from statistics import mean, median, stdev
from typing import Any

import pytest

from knowthyself_tui.domain.body import Body, Patient
from knowthyself_tui.domain.body.comorbidity import COMORBIDITIES
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.variability import SPREAD, multipliers
from knowthyself_tui.errors import ContentError
from tests.unit.body.bedside import ADRENALINE, ADULT, OXYGEN, PRESSURE, SALBUTAMOL, body_of, drug, fluid, give

VARIED = Patient(30, 70, 175, "m", varied=True)
SEEDS = range(300)


@pytest.mark.parametrize("name", sorted(SPREAD))
def test_over_many_seeds_people_lie_around_the_average(name: str) -> None:
    average = getattr(norms_of(ADULT), name)
    found = [getattr(norms_of(VARIED, seed), name) / average for seed in SEEDS]
    assert median(found) == pytest.approx(1.0, abs=0.02 + 0.16 * SPREAD[name])
    assert stdev(map(log, found)) == pytest.approx(sqrt(log(1 + SPREAD[name] ** 2)), rel=0.2)
    assert 0.2 < min(found) < 1 < max(found) < 4


def test_the_differences_between_people_do_not_go_together() -> None:
    people = [multipliers(seed) for seed in SEEDS]
    names = sorted(SPREAD)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            pairs = [(log(each[one]), log(each[other])) for each in people]
            left, right = mean(pair[0] for pair in pairs), mean(pair[1] for pair in pairs)
            spread = stdev(pair[0] for pair in pairs) * stdev(pair[1] for pair in pairs)
            together = mean((pair[0] - left) * (pair[1] - right) for pair in pairs) / spread
            assert abs(together) < 0.2, (one, other)


@cache
def _varied(seed: int) -> dict[str, Any]:
    return Body.new(VARIED, {}, seed=seed, position="supine").to_json()


def varied(seed: int) -> Body:
    return Body.from_json(_varied(seed))


def desaturation_seconds(body: Body) -> int:
    """Time to a saturation of 90 % in apnoea with a closed airway from room air."""
    body.force("airway", "closed")
    for second in range(300):
        body.step()
        if body.values()["sao2"] < 90:
            return second
    return 300


def test_over_seeds_the_apnoea_that_people_stand_lies_around_the_average() -> None:
    usual = desaturation_seconds(body_of("healthy"))
    times = [desaturation_seconds(varied(seed)) for seed in range(18)]
    assert median(times) == pytest.approx(usual, rel=0.2)
    assert 0.06 < stdev(times) / mean(times) < 0.5
    assert len(set(times)) > 8


def test_varied_people_are_well_at_rest() -> None:
    for seed in range(18):
        values = varied(seed).values()
        for name, low, high in (("hr", 60, 85), ("sao2", 95.5, 99), ("paco2_mmhg", 34, 46), ("map", 82, 102)):
            assert low < values[name] < high, (name, seed)
        assert values["gcs"] == 15


def test_the_same_seed_is_the_same_person_and_another_seed_another() -> None:
    texts = [json.dumps(Body.new(VARIED, {}, seed=seed).to_json()) for seed in (5, 5, 6)]
    assert texts[0] == texts[1]
    bodies = [Body.new(VARIED, {}, seed=seed).values() for seed in (5, 6)]
    assert bodies[0]["vo2_ml_min"] != bodies[1]["vo2_ml_min"]


def test_a_varied_person_stays_the_same_through_saving() -> None:
    body = Body.new(VARIED, {"bronchospasm": 0.5}, seed=9)
    other = Body.from_json(json.loads(json.dumps(body.to_json())))
    for each in (body, other):
        give(each, SALBUTAMOL).step(300)
    assert other.to_json() == body.to_json()


def test_the_seed_of_an_average_person_changes_only_the_noise() -> None:
    bodies = [give(Body.new(ADULT, {"bronchospasm": 0.5}, seed=seed), SALBUTAMOL, OXYGEN) for seed in (1, 2)]
    for body in bodies:
        body.step(300)
    assert bodies[0].values() == bodies[1].values()
    assert bodies[0].to_json() | {"seed": 2} == bodies[1].to_json()
    assert bodies[0].displayed() != bodies[1].displayed()


@cache
def _settled(name: str, position: str) -> dict[str, Any]:
    patient = Patient(60, 75, 172, "m", comorbidities=(name,) if name else ())
    return Body.new(patient, {}, position=position).to_json()


def living_with(name: str, position: str = "supine") -> Body:
    return Body.from_json(_settled(name, position))


def at_rest(name: str) -> dict[str, float]:
    return living_with(name).values()


def test_every_comorbidity_has_a_test_of_its_meaning() -> None:
    assert set(COMORBIDITIES) == {
        "hypertension", "copd", "heart_failure", "anaemia", "atrial_fibrillation", "beta_blocked", "ace_inhibitor",
        "anticoagulated", "little_reserve", "pregnancy", "pde5_inhibitor",
    }  # fmt: skip


def test_hypertension_is_a_raised_pressure_that_the_reflexes_defend() -> None:
    assert at_rest("hypertension")["sbp"] > at_rest("")["sbp"] + 15
    assert at_rest("hypertension")["hr"] == pytest.approx(at_rest("")["hr"], abs=4)
    body = living_with("hypertension")
    body.force("blood_removed_ml", 300)
    body.step(180)
    assert body.values()["sbp"] > at_rest("")["sbp"] + 8


def test_copd_retains_carbon_dioxide_and_saturates_less() -> None:
    ill, well = at_rest("copd"), at_rest("")
    assert ill["paco2_mmhg"] > well["paco2_mmhg"] + 3
    assert ill["sao2"] < well["sao2"] - 1
    assert ill["ph"] > 7.34


def test_copd_is_an_obstruction_that_drugs_do_not_relieve() -> None:
    body = living_with("copd")
    before = body.values()["fev1_percent"]
    assert before < 70
    give(body, SALBUTAMOL).step(900)
    assert body.values()["fev1_percent"] < before + 8


def test_copd_has_less_breath_in_reserve() -> None:
    tired = []
    for name in ("", "copd"):
        body = living_with(name, "upright")
        body.force("bronchospasm", 0.8)
        body.step(900)
        tired.append(body.values()["fatigue"])
    assert tired[1] > tired[0] + 0.02


def test_a_failing_heart_floods_the_lungs_with_fluid_that_others_bear() -> None:
    water, output = [], []
    for name in ("", "heart_failure"):
        body = give(living_with(name), fluid(2000, 20))
        output.append(body.values()["co_l_min"])
        body.step(2400)
        water.append(body.values()["lung_water"])
    assert water[0] == 0
    assert water[1] > 0.02
    assert at_rest("heart_failure")["cvp_mmhg"] > at_rest("")["cvp_mmhg"]


def test_anaemia_is_a_haemoglobin_near_85() -> None:
    assert at_rest("anaemia")["haemoglobin_g_l"] == pytest.approx(85, abs=3)
    assert at_rest("anaemia")["co_l_min"] > at_rest("")["co_l_min"] * 1.1
    assert at_rest("anaemia")["sao2"] > 95


def test_atrial_fibrillation_is_seen_on_the_monitor() -> None:
    assert living_with("atrial_fibrillation").vitals().rhythm == "atrial_fibrillation"
    assert at_rest("atrial_fibrillation")["hr"] > at_rest("")["hr"] + 3


def test_a_beta_blocked_heart_answers_bleeding_less() -> None:
    rates = {}
    for name in ("", "beta_blocked"):
        body = living_with(name)
        before = body.values()["hr"]
        body.force("blood_removed_ml", 1200)
        body.step(240)
        rates[name] = body.values()["hr"] - before
    assert rates["beta_blocked"] < 0.75 * rates[""]
    assert at_rest("beta_blocked")["hr"] < at_rest("")["hr"]


def test_the_swelling_of_an_ace_inhibitor_clears_slowly() -> None:
    swelling = []
    for name in ("", "ace_inhibitor"):
        body = living_with(name)
        body.force("mediator", 1.0)
        body.step(420)
        give(body, ADRENALINE).step(420)
        swelling.append(body.values()["swelling"])
    assert swelling[1] > swelling[0] + 0.02


def test_the_clots_of_the_anticoagulated_form_slowly() -> None:
    lost, clot = [], []
    for name in ("", "anticoagulated"):
        body = living_with(name)
        body.force("haemorrhage_ml_min", 250)
        give(body, PRESSURE).step(1500)
        lost.append(body.values()["blood_lost_ml"])
        clot.append(body.values()["clot"])
    assert clot[1] < 0.6 * clot[0]
    assert lost[1] > lost[0] + 20


def test_after_sildenafil_a_nitrate_lowers_the_pressure_far_more() -> None:
    falls = []
    for name in ("", "pde5_inhibitor"):
        body = living_with(name)
        before = body.values()["sbp"]
        give(body, drug("gtn", 0.4, "mg", "SL")).step(300)
        falls.append(before - body.values()["sbp"])
    assert falls[1] > 1.4 * falls[0]
    assert at_rest("pde5_inhibitor")["sbp"] == pytest.approx(at_rest("")["sbp"], abs=3)


@pytest.mark.parametrize("name", ["little_reserve", "pregnancy", "anaemia"])
def test_those_with_little_reserve_desaturate_sooner(name: str) -> None:
    assert desaturation_seconds(living_with(name)) < desaturation_seconds(living_with("")) - 2


def test_pregnancy_breathes_more_and_has_more_and_thinner_blood() -> None:
    patient = Patient(30, 75, 168, "f", comorbidities=("pregnancy",))
    expecting = Body.new(patient, {}, position="supine").values()
    other = Body.new(Patient(30, 75, 168, "f"), {}, position="supine").values()
    assert expecting["paco2_mmhg"] < other["paco2_mmhg"] - 5
    assert expecting["ve_l_min"] > other["ve_l_min"] * 1.2
    assert expecting["blood_volume_ml"] == pytest.approx(1.4 * other["blood_volume_ml"], rel=0.05)
    assert expecting["haemoglobin_g_l"] < other["haemoglobin_g_l"] - 15
    assert 7.38 < expecting["ph"] < 7.48
    assert expecting["hr"] > other["hr"] + 6


def test_every_comorbidity_can_be_lived_with_and_with_all_others() -> None:
    for names in (*((name,) for name in COMORBIDITIES), tuple(COMORBIDITIES)):
        values = Body.new(Patient(50, 80, 170, "f", comorbidities=names), {}, position="supine").values()
        assert values["gcs"] == 15, names
        assert values["map"] > 65
        assert values["sao2"] > 85


def test_a_comorbidity_that_is_not_known_is_named_in_the_error() -> None:
    with pytest.raises(ContentError, match="gout"):
        norms_of(Patient(50, 80, 170, "f", comorbidities=("gout",)))


def test_the_bronchodilator_response_differs_between_varied_people() -> None:
    gains = []
    for seed in range(10):
        body = varied(seed)
        body.force("bronchospasm", 0.6)
        before = body.values()["fev1_percent"]
        give(body, SALBUTAMOL).step(900)
        gains.append(body.values()["fev1_percent"] - before)
    assert min(gains) > 2
    assert max(gains) > 1.3 * min(gains)


def test_the_same_dose_of_an_opioid_depresses_varied_people_differently() -> None:
    rates = []
    for seed in range(10):
        body = give(varied(seed), drug("morphine", 15, "mg", "IV"))
        body.step(600)
        rates.append(body.values()["rr"])
    assert max(rates) - min(rates) > 1
