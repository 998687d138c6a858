"""Medication and treatment errors that were carried out, near misses, and the safety score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowthyself_tui.domain.acts import TREATMENT_INTENTS
from knowthyself_tui.domain.records import GateVerdict, MedicationError, Severity
from knowthyself_tui.domain.rules import Evaluator, parse_acts
from knowthyself_tui.domain.scenario.judgement import WrongOrder
from knowthyself_tui.domain.timeline import LoggedAct, Timeline

SEVERITIES: tuple[Severity, ...] = ("minor", "moderate", "severe", "critical")
PENALTIES: dict[Severity, float] = {"minor": 5.0, "moderate": 15.0, "severe": 40.0, "critical": 40.0}
GATE_PENALTY = 40.0
FULL_SAFETY = 100.0

_CONFIRMED = parse_acts(" OR ".join(f"{intent}{{read_back_confirmed=true}}" for intent in sorted(TREATMENT_INTENTS)))
_CONFIRMED_REASON = "It was outside the accepted dose, route or rate and was confirmed when it was read back."


def medication_errors(wrong_orders: Sequence[WrongOrder], evaluator: Evaluator) -> tuple[MedicationError, ...]:
    """Every order of the wrong list that was carried out, and every odd one confirmed after read-back.

    One act makes one error: the most severe of those it matches, of equals the one listed first.
    """
    worst: dict[str, MedicationError] = {}
    for error in _all_errors(wrong_orders, evaluator):
        known = worst.get(error.act_id)
        if known is None or SEVERITIES.index(error.severity) > SEVERITIES.index(known.severity):
            worst[error.act_id] = error
    return tuple(worst[act_id] for act_id in evaluator.in_order(frozenset(worst)))


def _all_errors(wrong_orders: Sequence[WrongOrder], evaluator: Evaluator) -> Iterable[MedicationError]:
    listed: set[str] = set()
    for order in wrong_orders:
        for act in evaluator.matches(order.match.acts):
            if order.unless is None or not evaluator.holds_at(order.unless.node, act.at_seconds):
                listed.add(act.id)
                yield _error(act, order.kind, order.severity, order.reason)
    for act in evaluator.matches(_CONFIRMED):
        if act.id not in listed:
            yield _error(act, "wrong_dose", "moderate", _CONFIRMED_REASON)


def _error(act: LoggedAct, kind: str, severity: Severity, reason: str) -> MedicationError:
    return MedicationError(act.id, act.at_seconds, _what(act), kind, severity, reason)


def _what(act: LoggedAct) -> str:
    """The drug or fluid; for other orders the device, position or mode, or the intent where none is said."""
    if act.intent == "give_oxygen":
        return "oxygen"
    for slot in ("drug", "fluid", "device", "position", "mode"):
        if slot in act.slots:
            return str(act.slots[slot])
    return act.intent


def medication_warnings(timeline: Timeline) -> int:
    """Orders that were amended at read-back (near misses) and equipment settings that had to be corrected."""
    return sum(act.slots.get("amended") is True or act.slots.get("corrected") is True for act in timeline.acts)


def safety_score(errors: Sequence[MedicationError], gates: Sequence[GateVerdict]) -> float:
    """100 less 40 for each severe or gate-failing error, 15 for a moderate, 5 for a minor; not below 0."""
    failing = {one for gate in gates if gate.failed for one in gate.evidence}
    lost = sum(GATE_PENALTY if error.act_id in failing else PENALTIES[error.severity] for error in errors)
    return max(0.0, FULL_SAFETY - lost)
