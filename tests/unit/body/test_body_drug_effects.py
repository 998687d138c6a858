"""What each drug does to a resting adult and when, and the doses and forms that can be ordered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import Body, Patient, pharmacology
from knowthyself_tui.domain.body.doses import micrograms
from knowthyself_tui.domain.body.drug_effects import DRUG_EFFECTS
from knowthyself_tui.domain.body.drugs import DRUGS
from knowthyself_tui.domain.body.effects import effects_of
from knowthyself_tui.domain.body.norms import norms_of
from knowthyself_tui.domain.body.state import State

Maker = Callable[[], Body]

ADULT = norms_of(Patient(30, 70, 175, "m"))
RESTING_BREATHING = 6.6


def effect(drug: str, mg: float, route: str, channel: str, minutes: float, over: float | None = None) -> float:
    """A channel of a resting adult so long after a dose."""
    s = State()
    s.co = ADULT.co
    pharmacology.give(s, DRUGS[drug], route, mg * 1000.0, over)
    for _ in range(round(60 * minutes)):
        pharmacology.advance(ADULT, s, RESTING_BREATHING)
    return float(getattr(effects_of(ADULT, s), channel))


@pytest.mark.parametrize(
    ("drug", "mg", "route", "channel", "minutes", "low", "high"),
    [
        ("ketamine", 14, "IV", "analgesia", 3, 0.4, 0.8),
        ("ketamine", 14, "IV", "dissociation", 3, 0.0, 0.1),
        ("ketamine", 70, "IV", "dissociation", 3, 0.5, 0.9),
        ("ketamine", 140, "IV", "dissociation", 5, 0.8, 1.0),
        ("ketamine", 140, "IV", "dissociation", 20, 0.0, 0.45),
        ("nitrous_oxide", 39000, "INH", "analgesia", 1, 0.2, 0.6),
        ("methoxyflurane", 4260, "INH", "analgesia", 5, 0.2, 0.7),
        ("methoxyflurane", 4260, "INH", "analgesia", 25, 0.4, 0.75),
        ("paracetamol", 1000, "PO", "analgesia", 10, 0.0, 0.03),
        ("paracetamol", 1000, "PO", "analgesia", 60, 0.08, 0.3),
        ("ibuprofen", 400, "PO", "analgesia", 60, 0.12, 0.4),
        ("glucagon", 1, "IM", "glycogenolysis", 2, 0.0, 0.15),
        ("glucagon", 1, "IM", "glycogenolysis", 10, 0.6, 1.0),
        ("glucagon", 1, "IM", "glycogenolysis", 90, 0.0, 0.15),
        ("insulin", 0.347, "SC", "insulin", 10, 0.02, 0.25),
        ("insulin", 0.347, "SC", "insulin", 75, 0.5, 0.9),
        ("tranexamic_acid", 1000, "IV", "antifibrinolysis", 2, 0.0, 0.1),
        ("tranexamic_acid", 1000, "IV", "antifibrinolysis", 20, 0.8, 1.0),
        ("rocuronium", 42, "IV", "weakness", 1.5, 0.85, 1.0),
        ("rocuronium", 42, "IV", "weakness", 60, 0.0, 0.3),
        ("suxamethonium", 100, "IV", "weakness", 1, 0.9, 1.0),
        ("suxamethonium", 100, "IV", "weakness", 15, 0.0, 0.1),
        ("propofol", 140, "IV", "hypnotic", 1, 1.0, 3.0),
        ("propofol", 140, "IV", "hypnotic", 12, 0.0, 0.6),
        ("etomidate", 20, "IV", "hypnotic", 1, 1.0, 2.5),
        ("thiopental", 300, "IV", "hypnotic", 1, 1.0, 3.0),
        ("levetiracetam", 4200, "IV", "antiseizure", 20, 0.25, 0.6),
        ("phenytoin", 1400, "IV", "antiseizure", 28, 0.3, 0.6),
        ("valproate", 2800, "IV", "antiseizure", 15, 0.25, 0.6),
        ("adenosine", 6, "IV", "av_block", 0.2, 0.7, 1.0),
        ("adenosine", 6, "IV", "av_block", 1, 0.0, 0.05),
        ("mannitol", 70000, "IV", "osmosis", 30, 0.5, 0.9),
        ("hypertonic_saline", 12500, "IV", "osmosis", 20, 0.5, 0.9),
        ("amiodarone", 300, "IV", "antiarrhythmia", 5, 0.5, 0.9),
    ],
)
def test_effects_come_and_go_when_they_should(
    drug: str, mg: float, route: str, channel: str, minutes: float, low: float, high: float
) -> None:
    assert low <= effect(drug, mg, route, channel, minutes) <= high


def test_phenytoin_is_dangerous_only_when_it_is_pushed() -> None:
    slow = effect("phenytoin", 1400, "IV", "vasodilatation", 27)
    fast = effect("phenytoin", 1400, "IV", "vasodilatation", 4, over=2)
    assert slow < 0.15 < 0.3 < fast


def test_nebulised_adrenaline_shrinks_the_airway_for_an_hour_and_fades_by_two() -> None:
    s = State()
    s.co = ADULT.co
    pharmacology.give(s, DRUGS["adrenaline"], "NEB", 5000.0)
    seen = []
    for _ in range(4):
        for _ in range(600):
            pharmacology.advance(ADULT, s, RESTING_BREATHING)
        seen.append(effects_of(ADULT, s).decongestion)
    for _ in range(80 * 60):
        pharmacology.advance(ADULT, s, RESTING_BREATHING)
    assert min(seen) > 0.3
    assert effects_of(ADULT, s).decongestion < 0.15
    assert max(row.maximum for row in DRUG_EFFECTS if row.channel == "decongestion") <= 0.6


def changes(body: Body, minutes: float, drug: str | None = None, **slots: Any) -> dict[str, float]:
    """Every value minus its value before the order, so many minutes later."""
    before = body.values()
    if drug is not None:
        applied = body.apply(Order("give_drug", {"drug": drug, **slots}))
        assert applied.done, applied.note
    body.step(round(60 * minutes))
    return {name: value - before[name] for name, value in body.values().items() if name in before}


def test_ketamine_raises_pulse_and_pressure_as_white_described(healthy: Maker) -> None:
    body = healthy()
    before = body.values()
    change = changes(body, 4, "ketamine", dose=140, unit="mg", route="IV", over_minutes=1)
    assert 0.10 <= change["hr"] / before["hr"] <= 0.25
    assert 0.14 <= change["map"] / before["map"] <= 0.26
    assert change["gcs"] <= -6


@pytest.mark.parametrize(
    ("slots", "minutes", "name", "low", "high"),
    [
        ({"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}, 15, "hr", 4, 15),
        ({"drug": "salbutamol", "dose": 350, "unit": "mcg", "route": "IV", "over_minutes": 10}, 10, "hr", 10, 24),
        ({"drug": "propofol", "dose": 140, "unit": "mg", "route": "IV"}, 2, "gcs", -12, -7),
        ({"drug": "propofol", "dose": 140, "unit": "mg", "route": "IV"}, 1.5, "map", -30, -8),
        ({"drug": "glucagon", "dose": 1, "unit": "mg", "route": "IM"}, 10, "glucose_mmol_l", 0.3, 1.5),
        ({"drug": "glucagon", "dose": 1, "unit": "mg", "route": "IM"}, 30, "glucose_mmol_l", 2, 5),
        ({"drug": "insulin", "dose": 10, "unit": "units", "route": "SC"}, 60, "glucose_mmol_l", -3.5, -1),
        ({"drug": "adenosine", "dose": 6, "unit": "mg", "route": "IV"}, 0.25, "hr", -72, -15),
        ({"drug": "adenosine", "dose": 6, "unit": "mg", "route": "IV"}, 2, "hr", -3, 3),
        ({"drug": "rocuronium", "dose": 42, "unit": "mg", "route": "IV"}, 2.5, "ve_l_min", -7, -4),
        ({"drug": "verapamil", "dose": 10, "unit": "mg", "route": "IV"}, 5, "map", -15, -2),
        ({"drug": "mannitol", "dose": 70, "unit": "g", "route": "IV"}, 15, "blood_volume_ml", 200, 800),
        ({"drug": "hypertonic_saline", "dose": 250, "unit": "mL", "route": "IV"}, 10, "blood_volume_ml", 300, 900),
        ({"drug": "alfentanil", "dose": 1, "unit": "mg", "route": "IV"}, 3, "rr", -10, -2),
        ({"drug": "heroin", "dose": 10, "unit": "mg", "route": "IV"}, 4, "rr", -14, -4),
        ({"drug": "terbutaline", "dose": 500, "unit": "mcg", "route": "SC"}, 20, "hr", 4, 20),
        ({"drug": "paracetamol", "dose": 1, "unit": "g", "route": "IV"}, 30, "map", -0.5, 0.5),
        ({"drug": "nitrous_oxide", "route": "INH"}, 3, "gcs", 0, 0),
    ],
)
def test_what_each_drug_does_to_a_healthy_adult(
    healthy: Maker, slots: dict[str, Any], minutes: float, name: str, low: float, high: float
) -> None:
    change = changes(healthy(), minutes, **slots)[name]
    assert low <= change <= high, f"{name} {change:+.3g}"


@pytest.mark.parametrize(
    ("drug", "mcg_per_min", "minutes", "name", "low", "high"),
    [
        ("salbutamol", 20, 60, "hr", 18, 40),
        ("salbutamol", 20, 60, "dbp", -15, -2),
        ("noradrenaline", 7, 15, "map", 9, 22),
        ("noradrenaline", 14, 15, "map", 15, 32),
        ("noradrenaline", 14, 15, "hr", -25, -5),
    ],
)
def test_infusions_act_on_the_circulation_as_published(
    healthy: Maker, drug: str, mcg_per_min: float, minutes: float, name: str, low: float, high: float
) -> None:
    body = healthy()
    body.force(f"infusion_{drug}_mcg_min", mcg_per_min)
    change = changes(body, minutes)[name]
    assert low <= change <= high, f"{name} {change:+.3g}"


@pytest.mark.parametrize(
    ("drug", "slots", "mcg"),
    [
        ("insulin", {"dose": 10, "unit": "units"}, 347),
        ("glucagon", {"dose": 1, "unit": "units"}, 1000),
        ("hypertonic_saline", {"dose": 100, "unit": "mL"}, 5e6),
        ("hypertonic_saline", {"dose": 250, "unit": "mL", "concentration": "2.7%"}, 6.75e6),
        ("mannitol", {"dose": 200, "unit": "mL"}, 4e7),
        ("mannitol", {"dose": 500, "unit": "mL", "concentration": "10%"}, 5e7),
        ("tranexamic_acid", {"dose": 10, "unit": "mL"}, 1e6),
        ("methoxyflurane", {"dose": 3, "unit": "mL"}, 4.26e6),
        ("methoxyflurane", {}, 4.26e6),
        ("nitrous_oxide", {}, 3.9e7),
        ("paracetamol", {"dose": 2, "unit": "tablets"}, 1e6),
        ("methadone", {"dose": 2, "unit": "tablets"}, 1e4),
        ("morphine", {}, None),
        ("morphine", {"dose": 10, "unit": "units"}, None),
        ("adrenaline_on_airway", {"dose": 1, "unit": "mg"}, None),
        ("adrenaline_on_airway", {}, None),
    ],
)
def test_doses_of_every_form_become_micrograms(drug: str, slots: dict[str, Any], mcg: float | None) -> None:
    found = micrograms(DRUGS[drug], slots)
    assert found == (None if mcg is None else pytest.approx(mcg))


def test_what_another_drug_leaves_behind_cannot_be_ordered(healthy: Maker) -> None:
    body = healthy()
    before = body.to_json()
    applied = body.apply(Order("give_drug", {"drug": "adrenaline_on_airway", "dose": 1, "unit": "mg", "route": "IV"}))
    assert not applied.done
    assert body.to_json() == before


def test_the_hidden_rows_are_those_that_other_drugs_leave_on_the_airway() -> None:
    topical = {row.topical for row in DRUGS.values() if row.topical}
    assert topical == {name for name, row in DRUGS.items() if row.hidden}


def test_every_row_is_stable_in_steps_of_a_second_and_has_a_source() -> None:
    for row in DRUGS.values():
        assert (row.k10 + row.k12 + row.k13) * 1.3 / 60.0 < 0.2, row.name
        assert row.citation.strip()
        for depots in row.routes.values():
            assert sum(fraction for fraction, _ in depots) <= 1.0, row.name
    assert all(effect_row.citation.strip() and effect_row.ec50 > 0.0 for effect_row in DRUG_EFFECTS)
