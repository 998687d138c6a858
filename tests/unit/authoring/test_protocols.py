"""Overlays change doses, scope and rows, are recorded, and never change what they do not name."""

from __future__ import annotations

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.content.protocols import load_protocol, protocol_ids, under_protocol
from knowthyself_tui.domain.acts import Act, Slots, SlotValue
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.domain.protocol_scope import under
from knowthyself_tui.domain.scenario.protocol import laid_over
from knowthyself_tui.errors import ContentError


def order(**slots: SlotValue) -> Act:
    return decide(Act("give_drug", "request", slots))


def test_the_default_changes_nothing() -> None:
    library = Library()
    document = library.load("asthma").document
    assert under_protocol(document, "uk") is document
    assert library.load("asthma").protocol == "uk"


@pytest.mark.parametrize("name", protocol_ids())
@pytest.mark.parametrize("scenario_id", Library().ids())
def test_every_case_holds_under_every_protocol(name: str, scenario_id: str) -> None:
    assert Library(protocol=name).load(scenario_id).protocol == name


def test_a_dose_that_one_protocol_accepts_is_read_back_under_another() -> None:
    us = load_protocol("us")
    two_milligrams = order(drug="naloxone", dose=2.0, unit="mg", route="IM")
    assert two_milligrams.read_back
    assert under(two_milligrams, us).executes
    small = order(drug="aspirin", dose=75.0 * 2, unit="mg", route="PO")
    assert small.executes
    assert under(order(drug="aspirin", dose=100.0, unit="mg", route="PO"), us).read_back


def test_what_is_not_carried_is_refused() -> None:
    refused = under(order(drug="chlorphenamine", dose=10.0, unit="mg", route="IV"), load_protocol("us"))
    assert refused.refusal == "chlorphenamine is not carried"
    assert not refused.executes


def test_a_confirmed_order_stays_confirmed() -> None:
    slots: Slots = {"drug": "aspirin", "dose": 75.0, "unit": "mg", "route": "PO", "read_back_confirmed": True}
    act = Act("give_drug", "request", slots, executes=True)
    assert under(act, load_protocol("us")) == act


def test_a_row_is_laid_over_by_its_id() -> None:
    rows = [{"id": "A1", "title": "one", "weight": 4}, {"id": "A2", "title": "two"}]
    merged = laid_over({"checklist": rows}, {"checklist": [{"id": "A2", "title": "other"}]})
    assert merged["checklist"] == [rows[0], {"id": "A2", "title": "other"}]
    with pytest.raises(KeyError, match="A9"):
        laid_over({"checklist": rows}, {"checklist": [{"id": "A9"}]})


def test_an_unknown_protocol_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ContentError, match="uk, us"):
        load_protocol("mars")
