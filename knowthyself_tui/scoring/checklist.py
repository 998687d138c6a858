"""The checklist: full credit by the target, half by the late minute; what was not done is a row, too.

Rows whose condition never arose are left out, their weight spread pro rata over the others (fact sheet 0.6).
"""

from __future__ import annotations

import math

from knowthyself_tui.domain.records import ChecklistVerdict
from knowthyself_tui.domain.rules import Evaluator, Result
from knowthyself_tui.domain.rules.fields import Rule
from knowthyself_tui.domain.scenario.judgement import ChecklistItem

FULL_WEIGHT = 100.0


def checklist_verdicts(
    items: tuple[ChecklistItem, ...], evaluator: Evaluator, end_seconds: float
) -> tuple[ChecklistVerdict, ...]:
    """One verdict for each row that applies; their weights add up to 100."""
    due = [item for item in items if _applies(item, evaluator)]
    scale = FULL_WEIGHT / math.fsum(item.weight for item in due)
    return tuple(_verdict(item, item.weight * scale, evaluator, end_seconds) for item in due)


def share(verdicts: tuple[ChecklistVerdict, ...]) -> float:
    """The part of the checklist that was earned, 0 to 1."""
    return math.fsum(verdict.credit for verdict in verdicts) / FULL_WEIGHT


def _applies(item: ChecklistItem, evaluator: Evaluator) -> bool:
    return item.applies is None or evaluator.result(item.applies.node).holds


def _verdict(item: ChecklistItem, weight: float, evaluator: Evaluator, end_seconds: float) -> ChecklistVerdict:
    done = evaluator.result(item.done.node)
    done_seconds = _done_seconds(done, end_seconds)
    target, late = _seconds(item.target, evaluator), _seconds(item.late, evaluator)
    return ChecklistVerdict(
        id=item.id,
        title=item.title,
        done_at=done_seconds,
        target=target,
        late=late,
        credit=_credit(done_seconds, target, late, weight),
        weight=weight,
        evidence=done.evidence,
    )


def _done_seconds(done: Result, end_seconds: float) -> float | None:
    """A condition counts as done at the end; never and unknown are None."""
    if isinstance(done.value, bool):
        return end_seconds if done.value else None
    return _finite(done.minutes)


def _seconds(rule: Rule | None, evaluator: Evaluator) -> float | None:
    return None if rule is None else _finite(evaluator.result(rule.node).minutes)


def _finite(minutes: float) -> float | None:
    """Seconds to the millisecond, as the log counts them."""
    return round(minutes * 60.0, 3) if math.isfinite(minutes) else None


def _credit(done: float | None, target: float | None, late: float | None, weight: float) -> float:
    if done is None:
        return 0.0
    if target is not None and done <= target:
        return weight
    return weight / 2 if late is not None and done <= late else 0.0
