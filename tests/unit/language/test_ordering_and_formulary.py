"""The formulary and what an order lacks, without any language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.body.doses import micrograms
from knowthyself_tui.domain.body.drugs import DRUGS as BODY_DRUGS
from knowthyself_tui.domain.dosing import dose_mg, infer_unit
from knowthyself_tui.domain.formulary import DRUGS, Drug, members_of
from knowthyself_tui.domain.ordering import confirm, decide

DOSED = [drug for drug in DRUGS.values() if drug.doses]


def drug_order(**slots: str | float) -> Act:
    return Act("give_drug", "request", slots)


def test_every_dose_is_by_a_possible_route_and_its_ends_are_in_order() -> None:
    for drug in DRUGS.values():
        for row in drug.doses:
            assert row.route in drug.routes, drug.id
            assert 0 < row.low <= row.high


def test_class_members_are_drugs_of_their_own() -> None:
    assert set(members_of("beta_blocker")) == {"metoprolol", "bisoprolol", "propranolol", "atenolol", "labetalol"}
    assert "midazolam" in members_of("benzodiazepine")


@pytest.mark.parametrize("known", DOSED, ids=lambda drug: drug.id)
def test_every_accepted_dose_is_carried_out_as_it_stands(known: Drug) -> None:
    for row in known.doses:
        for dose in (row.low, row.high):
            act = decide(drug_order(drug=known.id, dose=dose, unit=row.unit, route=row.route))
            assert act.executes, (known.id, row, act)


@pytest.mark.parametrize(
    ("drug", "number", "route", "unit"),
    [
        ("salbutamol", 5, None, "mg"),
        ("salbutamol", 50, None, "mg"),
        ("salbutamol", 6, "INH", "puffs"),
        ("naloxone", 400, None, "mcg"),
        ("aspirin", 300, None, "mg"),
        ("adrenaline", 0.5, None, "mg"),
        ("adrenaline", 500, None, "mcg"),
        ("magnesium_sulfate", 2, None, "g"),
        ("ipratropium", 500, None, "mcg"),
        ("glucose_iv", 150, None, "mL"),
        ("glucose_oral", 4, "PO", "tablets"),
    ],
)
def test_the_unit_of_a_bare_number_is_the_plausible_one(drug: str, number: float, route: str | None, unit: str) -> None:
    assert infer_unit(DRUGS[drug], number, route) == unit


def test_an_implausible_number_has_no_unit() -> None:
    assert infer_unit(DRUGS["salbutamol"], 123_456_789, None) is None


@given(dose=st.floats(0.001, 10_000))
def test_units_convert(dose: float) -> None:
    grams = dose_mg({"drug": "magnesium_sulfate", "dose": dose, "unit": "g"})
    micrograms = dose_mg({"drug": "magnesium_sulfate", "dose": dose * 1e6, "unit": "mcg"})
    assert grams == pytest.approx(micrograms)
    assert grams == pytest.approx(dose * 1000)


def test_millilitres_need_a_strength() -> None:
    half: dict[str, str | float] = {"drug": "adrenaline", "dose": 0.5, "unit": "mL"}
    assert dose_mg({**half, "concentration": "1:1000"}) == pytest.approx(0.5)
    assert dose_mg({**half, "concentration": "1:10000"}) == pytest.approx(0.05)
    assert dose_mg(half) is None
    assert decide(drug_order(**half, route="IM")).missing == ("concentration",)


def test_gas_that_patients_breathe_to_effect_needs_no_dose() -> None:
    assert decide(drug_order(drug="nitrous_oxide", route="INH")).executes
    assert decide(drug_order(drug="salbutamol", route="INH")).missing == ("dose",)


def test_the_strength_that_is_read_back_is_the_strength_that_the_body_gets() -> None:
    for said, mg in (("1:1000", 1.0), ("1:10000", 0.1), ("10%", 100.0), ("5 mg/mL", 5.0), ("20 mcg/mL", 0.02)):
        slots: dict[str, str | float] = {"drug": "adrenaline", "dose": 2.0, "unit": "mL", "concentration": said}
        assert dose_mg(slots) == pytest.approx(2.0 * mg)
        assert micrograms(BODY_DRUGS["adrenaline"], slots) == pytest.approx(2000.0 * mg)


@given(known=st.sampled_from(DOSED), factor=st.sampled_from([10.0, 0.1]), data=st.data())
def test_ten_times_too_much_or_too_little_is_never_carried_out_unasked(
    known: Drug, factor: float, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(known.doses))
    dose = (row.high if factor > 1 else row.low) * factor
    act = decide(drug_order(drug=known.id, dose=dose, unit=row.unit, route=row.route))
    accepted_otherwise = any(other.route == row.route and other is not row for other in known.doses)
    assert not act.executes or accepted_otherwise


def test_a_dose_within_a_tenth_of_the_range_is_accepted() -> None:
    assert decide(drug_order(drug="salbutamol", dose=5.5, unit="mg", route="NEB")).executes
    assert decide(drug_order(drug="salbutamol", dose=5.6, unit="mg", route="NEB")).read_back


def test_a_confirmed_order_is_carried_out_but_an_incomplete_one_is_not() -> None:
    assert confirm(drug_order(drug="salbutamol", dose=50, unit="mg", route="NEB")).executes
    assert not confirm(drug_order(drug="salbutamol", dose=50, unit="mg")).executes
    assert not confirm(drug_order(drug="salbutamol", dose=5, unit="mg", route="IM")).executes


def test_questions_and_negations_never_execute() -> None:
    slots: dict[str, str | float] = {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}
    assert not decide(Act("give_drug", "question", slots)).executes
    assert not decide(Act("give_drug", "negated", slots)).executes


def test_devices_with_one_sensible_flow_get_it() -> None:
    act = decide(Act("give_oxygen", "request", {"device": "non_rebreather"}))
    assert (act.slots["flow"], act.slots["flow_inferred"], act.executes) == (15, True, True)
    assert decide(Act("give_oxygen", "request", {"device": "nasal_cannula"})).missing == ("flow",)
