"""Orders that wait for an answer: which one is asked next, what counts as its answer, and when it is let go.

A read-back is confirmed or amended by the very next line or not at all, so that a later "okay" gives no wrong dose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowthyself_tui.domain.acts import Act, Status
from knowthyself_tui.session.acts_json import act_to_json

Waiting = dict[str, Any]
"""`kind` (missing, read_back, choice), `act` or `choices`, `asked_at_ms`, `lines` since, `then`: what is next."""

PATIENCE: Mapping[str, tuple[int, int]] = {"read_back": (0, 60_000), "choice": (0, 60_000), "missing": (2, 120_000)}
"""Kind to how many unrelated lines, and how many milliseconds, a question outlives [S]."""


def still_waiting(waiting: Mapping[str, Any] | None, at_ms: int) -> Mapping[str, Any] | None:
    """The question, unless too much was said or time passed since it was asked."""
    if waiting is None:
        return None
    lines, milliseconds = PATIENCE[waiting["kind"]]
    in_time = waiting["lines"] <= lines and at_ms - waiting["asked_at_ms"] <= milliseconds
    return waiting if in_time else None


def real_answers(acts: Sequence[Act], waiting: Mapping[str, Any] | None) -> list[Act]:
    """The acts without an answer that is none: a "sure" or "right" that only begins another sentence."""
    if waiting is None or waiting["kind"] == "choice":
        return list(acts)
    says_more = any(not act.completes_open and not act.is_treatment for act in acts)
    return [act for act in acts if not (act.completes_open and _is_no_answer(act, waiting, says_more=says_more))]


def _is_no_answer(act: Act, waiting: Mapping[str, Any], *, says_more: bool) -> bool:
    if act.intent == "hold_or_cancel":
        return False
    if waiting["kind"] == "read_back":
        return says_more
    return bool(dict(act.slots) == waiting["act"]["slots"])


def mark_answered(act: Act, waiting: Mapping[str, Any] | None) -> Act:
    """Note on an order that was read back whether the student confirmed or amended it."""
    if waiting is None or waiting["kind"] != "read_back" or not act.completes_open or act.intent == "hold_or_cancel":
        return act
    same = all(act.slots.get(name) == value for name, value in waiting["act"]["slots"].items())
    return replace(act, slots={**act.slots, ("read_back_confirmed" if same else "amended"): True})


def after_line(
    waiting: Mapping[str, Any] | None,
    acts: Sequence[Act],
    statuses: Sequence[Status],
    choices: Sequence[tuple[str, Act]],
    at_ms: int,
) -> Waiting | None:
    """What waits for an answer after a line, with everything that waits behind it."""
    queue = [_choice(choices)] if choices else []
    queue += [_question(act) for act, status in zip(acts, statuses, strict=True) if status == "clarify" and not choices]
    if waiting is not None and waiting["kind"] != "choice":
        answered = any(act.completes_open or _drops(act, waiting) for act in acts)
        if not answered and not queue:
            return {**waiting, "lines": waiting["lines"] + 1}
        queue += [] if answered else [{"kind": waiting["kind"], "act": waiting["act"]}]
        queue += waiting["then"]
    if not queue:
        return None
    return {**queue[0], "asked_at_ms": at_ms, "lines": 0, "then": queue[1:]}


def _question(act: Act) -> Waiting:
    return {"kind": "missing" if act.missing else "read_back", "act": act_to_json(act)}


def _choice(choices: Sequence[tuple[str, Act]]) -> Waiting:
    return {"kind": "choice", "choices": [{"label": label, "act": act_to_json(act)} for label, act in choices]}


def _drops(act: Act, waiting: Mapping[str, Any]) -> bool:
    """A "don't give it" about the very order that waits."""
    if act.intent != "hold_or_cancel":
        return False
    asked = waiting["act"]
    target, drug = act.slots.get("target_intent"), act.slots.get("drug")
    return target in (None, asked["intent"]) and drug in (None, asked["slots"].get("drug"))
