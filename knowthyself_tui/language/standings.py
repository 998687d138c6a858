"""The act that a named treatment makes, given what it is in its clause."""

from __future__ import annotations

from dataclasses import replace

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.language.cues import Clause
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.modality import Standing, part_of
from knowthyself_tui.language.orders import Item, as_act, doubtful_drugs, procedure_of, target_slots
from knowthyself_tui.language.requests import RULE
from knowthyself_tui.language.resources import word_set

_ASKING_FIRST = frozenset({"have", "has", "did", "do", "does", "is", "are", "was", "any"})


def treatment_act(clause: Clause, item: Item, standing: Standing) -> Act | None:
    """The act of one treatment; None where it was only spoken of."""
    if item.match.slots.get("asks"):
        return Act(item.intent, "question", {k: v for k, v in item.match.slots.items() if k != "asks"})
    if item.match.slots.get("note") or (standing == "done" and _writes_the_time(item)):
        return _noted(clause, standing, item)
    match standing:
        case "order":
            return None if _only_named(clause, item) else _ordered(item)
        case "unclear":
            return _doubted(item, "It was said in one breath with a refusal or a report.")
        case "done":
            return replace(_doubted(item, "It sounded as if it had already been done."), modality="statement")
        case "negated":
            return Act("hold_or_cancel", "negated", {"target_intent": item.intent, **target_slots(item)}, route=RULE)
        case "question":
            return Act("ask_treatment_question", "question", procedure_of(item))
        case "condition":
            return _conditional(clause, item)
        case "hypothetical":
            return Act("state_plan", "statement", target_slots(item), route=RULE)
        case "explain":
            return Act("explain_plan", "statement", target_slots(item))
        case "mention":
            return _mentioned(clause, item)
        case "reference":
            return None


def drug_choices(item: Item, act: Act) -> list[tuple[str, Act]]:
    """The order with each drug that a misspelt word could be."""
    if act.intent != "give_drug":
        return []
    return [
        (drug.replace("_", " "), decide(replace(act, slots={**act.slots, "drug": drug}, missing=())))
        for drug in doubtful_drugs(item)
    ]


_WRITING = frozenset({"write", "note", "record", "log", "document", "mark", "jot", "scribble", "chart"})


def _writes_the_time(item: Item) -> bool:
    return item.intent == "control_bleeding" and bool(_WRITING & set(item.tokens)) and "time" in item.tokens


def _noted(clause: Clause, standing: Standing, item: Item) -> Act:
    """The time of a tourniquet is written down; nothing is put on and nothing is taken off."""
    slots: dict[str, SlotValue] = {"device": "tourniquet", "note_time": True}
    opens_a_question = clause.tokens[0] in _ASKING_FIRST and clause.tokens[1:2] != ("not",)
    if standing == "question" or (clause.asks and not clause.has("crew_request")) or opens_a_question:
        return Act("ask_treatment_question", "question", {"device": "tourniquet"}, route=RULE)
    if standing in ("negated", "hypothetical") and "forget" not in item.tokens:
        return Act("state_plan", "statement", {"target": "note_time"}, route=RULE)
    if standing == "condition":
        return Act("control_bleeding", "statement", {**slots, "conditional": True}, route=RULE)
    return Act("control_bleeding", "statement", slots, route=RULE)


def _ordered(item: Item) -> Act:
    act = decide(as_act(item))
    if act.slots.get("drug_inferred") and act.executes:
        return replace(act, executes=False, read_back="No drug was named.")
    if doubtful_drugs(item):
        return replace(act, executes=False, missing=("drug", *(m for m in act.missing if m != "drug")))
    return act


def _only_named(clause: Clause, item: Item) -> bool:
    """A drug named in a sentence about something else: no dose, route or word of ordering, but other words."""
    named = item.match.anchor is not None and item.match.anchor.startswith(("drug:", "class:"))
    slots = as_act(item).slots
    if not named or item.intent != "give_drug" or {"dose", "route"} & set(slots):
        return False
    if clause.tokens[item.match.end : item.match.end + 1] == ("to",) and _opens(clause, item.match.start):
        return False
    words = set(part_of(clause, item.match))
    others = [word for word in words if word.isalpha() and word not in light_words()]
    return len(others) >= 2 and not words & word_set("ordering")


def _opens(clause: Clause, at: int) -> bool:
    """Nothing but an amount stands before the drug: "bit of lorazepam to settle her"."""
    return all(token in word_set("amounts") for token in clause.tokens[:at])


def _doubted(item: Item, why: str) -> Act:
    act = decide(as_act(item, confidence=0.5))
    return replace(act, executes=False, read_back=why if act.executes else act.read_back)


def _conditional(clause: Clause, item: Item) -> Act:
    """A contingency: a plan where the student says "I will", else an order that waits for its condition."""
    planned = any(
        clause.tokens[at] in ("i", "we") and clause.tokens[at + 1] in word_set("planning")
        for at in range(len(clause.tokens) - 1)
    )
    if planned or {"plan", "would"} & set(clause.tokens):
        return Act("state_plan", "statement", target_slots(item))
    act = as_act(item)
    return replace(act, slots={**act.slots, "conditional": True}, executes=False)


def _mentioned(clause: Clause, item: Item) -> Act:
    if clause.asks or clause.tokens[0] in _ASKING_FIRST:
        return Act("ask_self_treatment", "question", target_slots(item), confidence=0.6)
    slots = {"finding": "treated_before", **target_slots(item)}
    return Act("state_impression", "statement", slots, confidence=0.4)
