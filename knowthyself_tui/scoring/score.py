"""Every verdict of an encounter and its total: a pure function of the judgement and the timeline."""

from __future__ import annotations

import math

from knowthyself_tui.domain.records import DecisionVerdict, EncounterResult, GateVerdict
from knowthyself_tui.domain.rules import Evaluator
from knowthyself_tui.domain.scenario.judgement import Judgement
from knowthyself_tui.domain.timeline import Timeline
from knowthyself_tui.scoring.checklist import checklist_verdicts, share
from knowthyself_tui.scoring.communication import communication_points, handover_points
from knowthyself_tui.scoring.competence import competence
from knowthyself_tui.scoring.points import (
    decision_mean,
    decision_verdict,
    gate_verdict,
    lowest_cap,
    milestone_verdict,
)
from knowthyself_tui.scoring.safety import medication_errors, medication_warnings, safety_score

CHECKLIST_POINTS = 60.0
DECISION_POINTS = 30.0
COMMUNICATION_POINTS = 10.0


def score(
    judgement: Judgement, timeline: Timeline, *, encounter_id: str, rule_version: str, complete: bool
) -> EncounterResult:
    """Judge an encounter.

    Args:
        judgement: the scored part of the scenario.
        timeline: the encounter, folded from its log.
        encounter_id: whose result it is.
        rule_version: of the judgement, stored with every verdict.
        complete: whether the encounter ran its minimum time.
    """
    evaluator = Evaluator(timeline, judgement.names)
    checklist = checklist_verdicts(judgement.checklist, evaluator, timeline.end_seconds)
    decisions = tuple(decision_verdict(point, evaluator) for point in judgement.decisions)
    gates = tuple(gate_verdict(gate, evaluator) for gate in judgement.gates)
    errors = medication_errors(judgement.wrong_orders, evaluator)
    pivotal_at = _pivotal_seconds(judgement, evaluator)
    communication = communication_points(judgement.communication, evaluator)
    handover = handover_points(judgement.handover, timeline)
    return EncounterResult(
        encounter_id=encounter_id,
        rule_version=rule_version,
        total=total(share(checklist), decisions, communication + handover, gates),
        cap=lowest_cap(gates),
        checklist_share=share(checklist),
        decision_mean=decision_mean(decisions),
        communication=communication,
        handover=handover,
        competence=competence(pivotal_at, timeline, gates, _critical_gates(judgement), has_errors=bool(errors)),
        pivotal_at=pivotal_at,
        safety_score=safety_score(errors, gates),
        complete=complete,
        checklist=checklist,
        decisions=decisions,
        gates=gates,
        milestones=tuple(milestone_verdict(one, evaluator) for one in judgement.milestones),
        medication_errors=errors,
        medication_warnings=medication_warnings(timeline),
    )


def total(
    checklist_share: float,
    decisions: tuple[DecisionVerdict, ...],
    communication: float,
    gates: tuple[GateVerdict, ...],
) -> float:
    """The total, 0 to 100: 60 checklist + 30 decisions + 10 communication and handover, then the lowest cap.

    When no decision point could be evaluated, the other 70 points are scaled to 100.
    """
    mean = decision_mean(decisions)
    points = CHECKLIST_POINTS * checklist_share + communication
    if mean is None:
        points *= 100.0 / (CHECKLIST_POINTS + COMMUNICATION_POINTS)
    else:
        points += DECISION_POINTS * mean
    cap = lowest_cap(gates)
    return min(points, 100.0 if cap is None else cap)


def _pivotal_seconds(judgement: Judgement, evaluator: Evaluator) -> float | None:
    minutes = evaluator.result(judgement.pivotal.node).minutes
    return round(minutes * 60.0, 3) if math.isfinite(minutes) else None


def _critical_gates(judgement: Judgement) -> frozenset[str]:
    return frozenset(gate.id for gate in judgement.gates if gate.critical)
