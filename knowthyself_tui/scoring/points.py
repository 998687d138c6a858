"""Decision points, safety gates and milestones."""

from __future__ import annotations

import math
from collections.abc import Sequence

from knowthyself_tui.domain.records import DecisionVerdict, GateVerdict, MilestoneVerdict, Rating
from knowthyself_tui.domain.rules import Evaluator
from knowthyself_tui.domain.rules.fields import Rule
from knowthyself_tui.domain.scenario.judgement import DecisionPoint, Gate, Milestone

RATING_WEIGHTS: dict[Rating, float] = {
    "optimal": 1.0,
    "acceptable": 0.75,
    "suboptimal": 0.4,
    "dangerous": 0.0,
}
"""Simulation design [S], fact sheet 0.5."""


def decision_verdict(point: DecisionPoint, evaluator: Evaluator) -> DecisionVerdict:
    """Dangerous, optimal, acceptable, in that order; anything else is suboptimal."""
    local = evaluator.with_lets({name: rule.node for name, rule in point.let.items()})
    if not local.result(point.evaluate_if.node).holds:
        return DecisionVerdict(point.id, point.title, "not_evaluated")
    ratings: tuple[tuple[Rating, Rule], ...] = (
        ("dangerous", point.dangerous),
        ("optimal", point.optimal),
        ("acceptable", point.acceptable),
    )
    seen: set[str] = set()
    for rating, rule in ratings:
        result = local.result(rule.node)
        if result.holds:
            return DecisionVerdict(point.id, point.title, rating, result.evidence)
        seen.update(result.evidence)
    return DecisionVerdict(point.id, point.title, "suboptimal", evaluator.in_order(frozenset(seen)))


def decision_mean(verdicts: Sequence[DecisionVerdict]) -> float | None:
    """Mean weight of the evaluated points, 0 to 1; None when none could be evaluated."""
    weights = [RATING_WEIGHTS[verdict.rating] for verdict in verdicts if verdict.rating in RATING_WEIGHTS]
    return math.fsum(weights) / len(weights) if weights else None


def gate_verdict(gate: Gate, evaluator: Evaluator) -> GateVerdict:
    """Whether a gate failed, and on what evidence; a gate that held has none."""
    result = evaluator.result(gate.failed.node)
    evidence = result.evidence if result.holds else ()
    return GateVerdict(gate.id, gate.title, result.holds, gate.cap, evidence)


def lowest_cap(verdicts: Sequence[GateVerdict]) -> float | None:
    """The lowest cap of the failed gates; None when none failed."""
    return min((verdict.cap for verdict in verdicts if verdict.failed), default=None)


def milestone_verdict(milestone: Milestone, evaluator: Evaluator) -> MilestoneVerdict:
    """When a milestone was reached; None when it was not."""
    result = evaluator.result(milestone.reached.node)
    if math.isinf(result.minutes):
        return MilestoneVerdict(milestone.id, None)
    return MilestoneVerdict(milestone.id, round(result.minutes * 60.0, 3), result.evidence)
