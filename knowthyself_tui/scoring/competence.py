"""The level of competence: by the patient's state when the pivotal treatment was carried out and afterwards.

The table of levels leaves three cases open. They are settled so: a patient better than `initial` at the pivotal
treatment counts as `initial`; one who was treated and ends better than `critical` without reaching a higher level
is `developing`, unless a critical gate or more than one gate failed; everything else is `novice`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from knowthyself_tui.domain.records import GateVerdict
from knowthyself_tui.domain.rules import STATES
from knowthyself_tui.domain.scenario.judgement import NOVICE_CAP
from knowthyself_tui.domain.timeline import Timeline

Competence = Literal["exemplary", "competent", "developing", "novice"]


def competence(
    pivotal_seconds: float | None,
    timeline: Timeline,
    gates: Sequence[GateVerdict],
    critical_gates: frozenset[str],
    *,
    has_errors: bool,
) -> Competence:
    """The level of an encounter.

    Args:
        pivotal_seconds: when the pivotal treatment was carried out; None for never.
        gates: the gates' verdicts.
        critical_gates: ids of the gates that are critical.
        has_errors: whether any medication error was made.
    """
    failed = [gate for gate in gates if gate.failed]
    sample = None if pivotal_seconds is None else timeline.sample_at(pivotal_seconds)
    if sample is None or _arrested(timeline) or any(gate.cap <= NOVICE_CAP for gate in failed):
        return "novice"
    then, last = sample.state, timeline.samples[-1].state
    recovered = last in ("improving", "stable")
    if recovered and not failed and _at_least(then, "deteriorating"):
        return "exemplary" if _at_least(then, "initial") and not has_errors else "competent"
    minor_lapse = len(failed) <= 1 and not any(gate.id in critical_gates for gate in failed)
    survived = _at_least(last, "deteriorating")
    return "developing" if survived and (then == "critical" or minor_lapse) else "novice"


def _arrested(timeline: Timeline) -> bool:
    return timeline.end_reason == "arrest" or any(sample.state == "arrest" for sample in timeline.samples)


def _at_least(state: str, floor: str) -> bool:
    return STATES.index(state) >= STATES.index(floor)
