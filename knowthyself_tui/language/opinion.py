"""Weighs what the grammar found in a clause against what the trained model makes of the same words.

The grammar knows structure, quantities and refusals; the model knows how people phrase things. An intent that the
grammar found counts so many times its likelihood; what stays unlikely beside something else is replaced or dropped, and
parts that the grammar leaves out are added (`additions`). An order that the model doubts is read back.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.language.additions import guessed, left_out
from knowthyself_tui.language.cues import Clause
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.parts import Part, parts_of
from knowthyself_tui.language.requests import RULE
from knowthyself_tui.language.resources import word_set

FOUND, EXPLAINED = math.exp(2.0), math.exp(3.0)
"""How many times its likelihood an intent counts that the grammar found, by some of the words or by most of them."""
ORDERED, SPELT_OUT = math.exp(2.5), math.exp(3.5)
"""The same for a complete order, which needs fewer words explained."""
MOST_WORDS, ORDER_WORDS = 0.6, 0.34
"""Share of the words from which the grammar has explained most of them, and enough of an order."""
DROPS = 0.02
"""Likelihood below which one of several acts is dropped."""
REPORTED, UNLIKELY = 0.6, 0.25
"""Likelihood of a report from which a look is taken for one, where the look itself is less likely than this."""
TRUSTED = 0.1
"""Likelihood from which a complete order is carried out without being read back."""
DISTRUSTED = 0.75
"""Likelihood of a question, refusal, plan or report from which an order is read back."""
Placed = list[tuple[int, Act]]


def weighed(clause: Clause, placed: Placed, cover: Sequence[Match]) -> Placed:
    """The acts of a clause as the model lets them stand, with what it adds; `cover` is what the grammar matched."""
    covered = frozenset(at for match in cover for at in range(match.start, match.end))
    whole = Part(clause.tokens, 0, len(clause.tokens), covered, clause.is_plain)
    if any(_takes_over(act, whole) for _, act in placed):
        return placed
    parts = list(parts_of(whole))
    if not placed:
        return [(at, act) for at, act in left_out(clause, parts, placed, cover) if act.executes]
    kept = [_judged(whole, placed[0])] if len(placed) == 1 else _several(whole, parts, placed)
    return [*kept, *left_out(clause, parts, kept, cover)]


def _takes_over(act: Act, whole: Part) -> bool:
    """The act is an announcement to which everything else in the clause belongs."""
    return act.intent in word_set("takes_over_clause") and whole.likelihoods.get(act.intent, 0.0) >= DROPS


def _several(whole: Part, parts: Sequence[Part], placed: Placed) -> Placed:
    overall = whole.likelihoods
    again = any(act.intent == "reassess" for _, act in placed)
    kept: Placed = []
    for at, act in placed:
        part = next((part for part in parts if part.holds(at)), whole)
        own = max(overall.get(act.intent, 0.0), part.likelihoods.get(act.intent, 0.0))
        begins = part.tokens[at - part.start] in word_set("imperatives")
        if begins or act.intent.startswith("ask_"):
            own = max(own, _stretch(part, at, placed).likelihoods.get(act.intent, 0.0))
        alone = sum(part.holds(other) for other, _ in placed) == 1
        if act.intent in word_set("looks") and _is_a_remark(part, act):
            continue
        if own >= DROPS or again or act.route == RULE or _is_spelt_out(act):
            kept.append((at, _doubted(act, part.likelihoods, own)))
        elif alone and part.tokens != whole.tokens:
            kept.append(_judged(part, (at, act)))
    return kept or [_judged(whole, placed[0])]


def _is_a_remark(part: Part, act: Act) -> bool:
    """The words of a look only report what was seen: "…, resps are back down to six"."""
    best, likelihood = part.best
    own = part.likelihoods.get(act.intent, 0.0)
    return best == "state_impression" and likelihood >= REPORTED and own < UNLIKELY


def _stretch(part: Part, at: int, placed: Placed) -> Part:
    """The words of a part from one act to the next: "any allergies" of "any allergies any medicines"."""
    end = min((other for other, _ in placed if other > at), default=part.end)
    return Part(part.tokens[at - part.start : end - part.start], at, end)


def _judged(part: Part, found: tuple[int, Act]) -> tuple[int, Act]:
    """The act, or what the words are more likely to mean; of what is no order only a look may turn out to be one."""
    at, act = found
    if act.route == RULE or act.slots.get("conditional") or act.slots.get("test"):
        return found
    best, likelihood = part.best
    own = part.likelihoods.get(act.intent, 0.0)
    if own * _standing(part, act) >= likelihood or best in (act.intent, "unintelligible"):
        return at, _doubted(act, part.likelihoods, own)
    if best in TREATMENT_INTENTS and not act.is_treatment and act.intent not in word_set("looks"):
        return at, act
    if best == "hold_or_cancel" and part.explained >= MOST_WORDS:
        return at, act
    return at, guessed(best, likelihood, part)


def _standing(part: Part, act: Act) -> float:
    """How many times its likelihood the grammar's reading counts."""
    if _is_spelt_out(act):
        return SPELT_OUT if part.explained >= ORDER_WORDS else ORDERED
    return EXPLAINED if part.explained >= MOST_WORDS else FOUND


def _is_spelt_out(act: Act) -> bool:
    """A treatment that is complete, or at least says how much or under which condition."""
    named = {"dose", "flow", "volume", "conditional"} & set(act.slots)
    return act.executes or (act.is_treatment and bool(named))


def _doubted(act: Act, likely: Mapping[str, float], own: float) -> Act:
    """The act with its likelihood; not carried out where the words are hardly an order or most likely about one."""
    if act.intent.startswith("ask_"):
        return replace(act, confidence=round(own, 3))
    otherwise = max(likely[intent] for intent in word_set("modal"))
    if act.executes and (own < TRUSTED or otherwise > DISTRUSTED):
        why = "It is not clear that this was ordered."
        return replace(act, executes=False, read_back=why, confidence=round(own, 3))
    return act
