"""Looks, measurements and calls that the line asks about or refuses rather than requests."""

from __future__ import annotations

from knowthyself_tui.domain.acts import Act, Slots
from knowthyself_tui.language.conditions import is_condition
from knowthyself_tui.language.cues import Clause
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.intents import modality_of

RULE = "rule"
"""Route of an act that a question, refusal or plan around a named thing makes; likelihood has no say in it."""

_FURTHEST_REFUSAL = 8
"""Words from "don't" to the end of what is refused."""

_ENDING = frozenset({",", "but", "then", "so", "forget", "we", "you"})
"""Words after which a refusal is over or was none: "don't forget to", "why don't we"."""

_ALLOWING = frozenset({"driving_allowed", "discharge", "insulin_omit"})
"""Topics of advice that a question may only ask about: "can I let her drive"."""

_REFUSING = frozenset({"not", "no", "never", "without", "nobody", "avoid", "against"})
_NEVER_REFUSED = frozenset({"instruct_patient"})
"""The words of an instruction to the patient hold its own "don't"."""


def request_act(clause: Clause, match: Match, slots: Slots) -> Act:
    """The act of a match that is no treatment, as a question or refusal where it is one."""
    modality = modality_of(match.intent)
    route = RULE if slots.get("sure") else "grammar"
    slots = {name: value for name, value in slots.items() if name != "sure"}
    if _only_wonders(clause, match, slots):
        return Act("ask_treatment_question", "question", {"procedure": _asked_about(match, slots)}, route=RULE)
    if slots.get("instruction") == "restrain":
        if is_condition(clause, match):
            return Act("state_plan", "statement", route=RULE)
        if _REFUSING & set(clause.tokens[: match.start]):
            return Act("hold_or_cancel", "negated", {"target_intent": "restrain", "not_yet": True}, route=RULE)
    asked_for = modality == "request" or _asks_to_ask(clause, match)
    if asked_for and _is_asked_whether(clause, match):
        return Act(
            "ask_treatment_question", "question", {"procedure": match.intent.removeprefix("measure_")}, route=RULE
        )
    if match.intent == "hold_or_cancel" and _is_double(clause, match):
        return Act("state_plan", "statement", route=RULE)
    if modality == "request" and match.intent not in _NEVER_REFUSED and _is_refused(clause, match):
        if match.intent == "session_control":
            return Act(match.intent, "negated", slots)
        return Act("hold_or_cancel", "negated", {"target_intent": match.intent}, route=RULE)
    return Act(match.intent, modality, slots, route=route)


def _only_wonders(clause: Clause, match: Match, slots: Slots) -> bool:
    """Whether a stop or an advice that allows something is only asked about: "should I let some blood through"."""
    allows = match.intent == "safety_net_advice" and bool(_ALLOWING & set(str(slots.get("topic", "")).split(",")))
    if not allows and match.intent != "hold_or_cancel":
        return False
    asked = any(
        cue.intent in ("question", "whether")
        and cue.start <= match.start
        and (allows or bool({"i", "we"} & set(clause.tokens[cue.start : cue.end])))
        for cue in clause.cues
    )
    return asked or (allows and clause.asks)


def _asked_about(match: Match, slots: Slots) -> str:
    return str(slots.get("target_intent") or match.intent.removeprefix("measure_"))


def _is_double(clause: Clause, match: Match) -> bool:
    """A stop that is refused itself: "don't take the collar off"."""
    before = clause.tokens[max(0, match.start - 2) : match.start]
    return before == ("do", "not") or before[-1:] == ("never",)


def _asks_to_ask(clause: Clause, match: Match) -> bool:
    """The crew wonders whether to put a question: "should I ask about allergies"."""
    return match.intent.startswith("ask_") and "ask" in clause.tokens[max(0, match.start - 3) : match.start]


def _is_asked_whether(clause: Clause, match: Match) -> bool:
    for cue in clause.cues:
        if cue.intent == "whether" and cue.start < match.start:
            between = clause.tokens[cue.end : match.start]
            if clause.asks or not {",", "but"} & set(between):
                return True
        if cue.intent == "whether_after" and clause.asks and match.end <= cue.start <= match.end + 1:
            return True
    return False


def _is_refused(clause: Clause, match: Match) -> bool:
    for cue in clause.cues:
        if cue.intent == "undone" and cue.start < match.start:
            between = clause.tokens[cue.end : match.end]
            if len(between) <= _FURTHEST_REFUSAL and not _ENDING & set(between):
                return True
        if cue.intent == "undone_after" and match.end <= cue.start <= match.end + 1:
            return not _ENDING & set(clause.tokens[match.end : cue.start])
    return False
