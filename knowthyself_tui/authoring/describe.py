"""A case in plain words: what it teaches, what it is judged by, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowthyself_tui.content import LoadedScenario
from knowthyself_tui.domain.rules import explain
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.drug_column import DrugColumn
from knowthyself_tui.domain.scenario.judgement import Gate, WrongOrder
from knowthyself_tui.domain.scenario.questions import Challenge


def description(loaded: LoadedScenario) -> Iterator[str]:
    """The case, line by line."""
    case = loaded.scenario
    yield f"{case.title} ({case.id} {case.version}, {loaded.sha256[:12]}, protocol {loaded.protocol})"
    yield case.notice
    yield f"Difficulty {case.difficulty} of 3, {case.minimum_minutes:g} to {case.maximum_minutes:g} minutes."
    signed = case.signed_off_by
    yield f"Signed off by {signed.name}, {signed.role}, {signed.date}." if signed.name else "Signed off by nobody yet."
    yield from _list("Learning objectives", case.learning_objectives)
    yield from _checklist(case)
    yield from _decisions(case)
    yield from _list("Safety gates", [_gate(gate) for gate in case.judgement.gates])
    yield from _list("Wrong orders", [_wrong(order) for order in case.judgement.wrong_orders])
    yield from _drugs(case.judgement.drugs)
    yield from _list("Challenge points", [_challenge(one) for one in case.judgement.challenges])
    yield from _list("Teaching points", [f"{point.text} {point.question}" for point in case.teaching_points])
    yield from _list("Open questions", case.open_questions)
    yield from _list("Sources", case.sources)


def _gate(gate: Gate) -> str:
    return f"{gate.id} {gate.title} (cap {gate.cap:g}): fails when {explain(gate.failed.node)}"


def _wrong(order: WrongOrder) -> str:
    unless = f", unless {explain(order.unless.node)}" if order.unless else ""
    return f"{order.id}: {explain(order.match.acts)}{unless}; {order.severity}. {order.reason}"


def _challenge(challenge: Challenge) -> str:
    return f"{challenge.id} when {explain(challenge.when.node)}: {challenge.question}"


def _checklist(case: Scenario) -> Iterator[str]:
    rows = []
    for item in case.judgement.checklist:
        late = f", half until {explain(item.late.node)}" if item.late else ""
        rows.append(
            f"{item.id} {item.title} ({item.tier}, {item.weight:g} points): "
            f"{explain(item.done.node)}; in time by {explain(item.target.node)}{late}. {item.source}"
        )
    yield from _list("Checklist (minutes since patient contact)", rows)


def _decisions(case: Scenario) -> Iterator[str]:
    rows = []
    for point in case.judgement.decisions:
        parts = (("dangerous", point.dangerous), ("optimal", point.optimal), ("acceptable", point.acceptable))
        said = "; ".join(f"{name}: {explain(rule.node)}" for name, rule in parts)
        rows.append(f"{point.id} {point.title}: {said}; anything else is suboptimal")
    yield from _list("Decision points", rows)


def _drugs(column: DrugColumn | None) -> Iterator[str]:
    if column is None:
        return
    groups = ("core", "adjunct", "no_effect", "minor", "severe", "gate")
    rows = [f"{name.replace('_', ' ')}: {', '.join(getattr(column, name)) or 'none'}" for name in groups]
    rows += [f"{drug}: {when}" for drug, when in column.conditional.items()]
    yield from _list("Drugs in this case", rows)


def _list(title: str, rows: Sequence[str]) -> Iterator[str]:
    lines = [f"  - {row}" for row in rows]
    if lines:
        yield ""
        yield title
        yield from lines
