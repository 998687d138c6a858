"""Whether the drug column, the wrong orders and the formulary agree, without playing the case."""

from __future__ import annotations

from collections.abc import Iterator

from knowthyself_tui.domain.acts import Slots
from knowthyself_tui.domain.formulary import DRUGS, Drug
from knowthyself_tui.domain.rules import STANDARD
from knowthyself_tui.domain.rules.matching import is_called, passes
from knowthyself_tui.domain.rules.nodes import Acts, Term
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.drug_column import CARRIED
from knowthyself_tui.domain.scenario.judgement import WrongOrder
from knowthyself_tui.domain.timeline import LoggedAct

HARMFUL = ("minor", "severe", "gate")
USEFUL = ("core", "adjunct")
ENOUGH = {
    "minor": ("minor", "moderate", "severe", "critical"),
    "severe": ("severe", "critical"),
    "gate": ("severe", "critical"),
}
"""Severities of a wrong order that a kind of drug asks for."""


def contradictions(scenario: Scenario) -> Iterator[str]:
    """What the drug column says and the wrong orders do not, and the other way round."""
    column = scenario.judgement.drugs
    if column is None:
        yield "judgement.drugs: say for every drug what it is in this case"
        return
    for drug_id in sorted(CARRIED - {"oxygen"}):
        kind = column.kind_of(drug_id)
        orders = [order for order in scenario.judgement.wrong_orders if _means(scenario, order, DRUGS[drug_id])]
        if kind in HARMFUL and not any(order.severity in ENOUGH[kind] for order in orders):
            yield f"judgement.drugs: {drug_id} is {kind}, but no wrong order of that weight means it"
        always = [order.id for order in orders if _is_always_wrong(scenario, order, DRUGS[drug_id])]
        if kind in USEFUL and always:
            yield f"judgement.drugs: {drug_id} is {kind}, but {always[0]} makes a usual dose of it an error"


def _means(scenario: Scenario, order: WrongOrder, drug: Drug) -> bool:
    """Whether an accepted dose of the drug, by any accepted route, is this wrong order, whatever the circumstances."""
    return any(_matches(scenario, order.match.acts, slots) for slots in _usual(drug))


def _usual(drug: Drug) -> Iterator[Slots]:
    """Accepted orders of a drug; any dose by its usual route where none is accepted."""
    for row in drug.doses:
        for dose in {row.low, row.high}:
            yield {"drug": drug.id, "dose": dose, "unit": row.unit, "route": row.route}
    if not drug.doses and drug.routes:
        yield {"drug": drug.id, "dose": 1.0, "unit": "mg", "route": drug.routes[0]}


def _matches(scenario: Scenario, acts: Acts, slots: Slots) -> bool:
    act = LoggedAct("-", "-", "give_drug", "request", slots, "executed", 0.0, "initial")
    return any(_is_meant(scenario, term, act) for term in acts.terms)


def _is_meant(scenario: Scenario, term: Term, act: LoggedAct) -> bool:
    named = scenario.judgement.acts.get(term.name)
    if named is not None:
        called = any(_is_meant(scenario, inner, act) for inner in named.acts.terms)
    else:
        called = is_called(act, term.name, STANDARD)
    return called and passes(act, tuple(test for test in term.tests if test.slot != "state"))


def _is_always_wrong(scenario: Scenario, order: WrongOrder, drug: Drug) -> bool:
    """Whether every accepted order of the drug is this error, whatever the circumstances."""
    if order.unless is not None or _is_conditional(scenario, order.match.acts):
        return False
    return all(_matches(scenario, order.match.acts, slots) for slots in _usual(drug))


def _is_conditional(scenario: Scenario, acts: Acts) -> bool:
    named = (scenario.judgement.acts.get(term.name) for term in acts.terms)
    return any(
        term.during is not None or any(test.slot == "state" for test in term.tests) for term in acts.terms
    ) or any(pattern is not None and _is_conditional(scenario, pattern.acts) for pattern in named)
