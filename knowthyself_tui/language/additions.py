"""Acts that only the trained model finds, in parts of a clause or clauses that the grammar leaves out.

How likely an act must be depends on how its part is said: one that opens with a verb of command or a word of asking is
hardly ever a remark, one that tells something often is. Of the orders that the model adds, only a simple one that it is
certain of and that is plainly said is carried out; every other one is read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.language.backoff import CHATTER
from knowthyself_tui.language.cues import Clause
from knowthyself_tui.language.details import details_of
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.intents import modality_of
from knowthyself_tui.language.modality import standing_of
from knowthyself_tui.language.parts import Part
from knowthyself_tui.language.resources import word_set
from knowthyself_tui.language.slots import SLOTS_BY_INTENT

CERTAIN = 0.93
"""Likelihood from which a simple order is carried out although the grammar does not know its words."""
SIMPLE = frozenset({"suction", "keep_warm", "ventilate_bvm", "control_bleeding"})
"""Orders without a dose or a flow: what they do, or do first, is known from their intent."""
ADDS, ADDS_A_QUESTION, ADDS_A_COMMAND = 0.92, 0.6, 0.7
"""Likelihood from which a part that the grammar leaves out becomes an act."""
ADDS_BESIDE_AN_ORDER = 0.85
"""The same for a question or a look beside an order, which must be commanded or asked."""
ADDS_A_WORD_TO_THE_PATIENT, ADDS_A_REFUSAL = 0.9, 0.95
_TO_THE_PATIENT = frozenset({"reassure", "explain_plan"})
Placed = list[tuple[int, Act]]


def confident(tokens: Sequence[str]) -> list[Act]:
    """What the model is sure of in a clause of which the grammar makes nothing; see `guessed` for treatments."""
    part = Part(tuple(tokens), 0, len(tokens))
    act = _sure(part)
    return [] if act is None else [act]


def left_out(clause: Clause, parts: Sequence[Part], placed: Placed, cover: Sequence[Match]) -> Placed:
    """What the model is sure of in parts where the grammar found nothing."""
    known = {act.intent for _, act in placed}
    if len(parts) == 1 or known & set(CHATTER):
        return []
    orders = any(act.is_treatment or act.intent == "hold_or_cancel" for _, act in placed)
    added: Placed = []
    for part in parts:
        if not any(part.holds(at) for at, _ in placed):
            act = _sure(_as_it_stands(clause, part, cover), beside_an_order=orders)
            if act is not None and act.intent not in known:
                added.append((part.start, act))
    return added


def _as_it_stands(clause: Clause, part: Part, cover: Sequence[Match]) -> Part:
    """The part, plain only where it commands and a treatment that the grammar found there would be an order."""
    intent, _ = part.best
    if intent not in TREATMENT_INTENTS:
        return part
    match = Match(intent, part.start, part.end, 0.0)
    is_order = part.mood == "commands" and standing_of(clause, match, [*cover, match]) == "order"
    return replace(part, is_plain=is_order)


def _sure(part: Part, *, beside_an_order: bool = False) -> Act | None:
    """The act of a part by the model alone. Beside an order, what is no order is a remark unless it is asked for."""
    best, likelihood = part.best
    fits = _may_order(part, best) if best in TREATMENT_INTENTS else _says_enough(part, best)
    return guessed(best, likelihood, part) if fits and likelihood >= _least(part, best, beside_an_order) else None


def _least(part: Part, intent: str, beside_an_order: bool) -> float:
    """Likelihood from which the act of a part stands; above 1 where none does."""
    never, mood = 2.0, part.mood
    if intent in word_set("asides"):
        return _least_of_an_aside(part, intent, beside_an_order)
    if beside_an_order and intent not in TREATMENT_INTENTS:
        return never if mood == "tells" else ADDS_BESIDE_AN_ORDER
    if intent.startswith("ask_"):
        return ADDS_A_QUESTION if len(part.content) > 1 or mood == "asks" else ADDS
    return ADDS_A_COMMAND if mood == "commands" else ADDS


def _least_of_an_aside(part: Part, intent: str, beside_an_order: bool) -> float:
    if intent == "hold_or_cancel" and part.mood == "commands":
        return ADDS_A_REFUSAL
    if intent in _TO_THE_PATIENT and len(part.content) > 1 and not beside_an_order:
        return ADDS_A_WORD_TO_THE_PATIENT
    return 2.0


def _says_enough(part: Part, intent: str) -> bool:
    if len(part.tokens) > 1 and (intent.startswith("ask_") or part.mood == "commands"):
        return True
    return len(part.content) > 1


def _may_order(part: Part, intent: str) -> bool:
    """A part may be an order of its own: it is no detail of a drug, oxygen or fluid beside it."""
    return intent not in ("give_drug", "give_oxygen", "give_fluids") and len(part.tokens) > 1


_HOLDING = frozenset({"press", "pressing", "push", "pressure", "pack", "packing", "wound", "bandage", "hand", "hands"})


def _holds_bleeding(tokens: Sequence[str]) -> bool:
    """Something is to be put on, beside the time that is noted."""
    return bool(_HOLDING & set(tokens)) or any(token.startswith("device:") for token in tokens)


def guessed(intent: str, likelihood: float, part: Part) -> Act:
    """The act that only the model found, with the slots its words name.

    A treatment is read back, unless it is simple, certain and plainly said.
    """
    slots = details_of(intent, part.tokens, Match(intent, 0, len(part.tokens), 0.0))
    if intent in SLOTS_BY_INTENT:
        slots = {**slots, **SLOTS_BY_INTENT[intent](part.tokens)}
    if slots.get("note_time") and not _holds_bleeding(part.tokens):
        slots = {"device": "tourniquet", "note_time": True}
        return Act(intent, "statement", slots, confidence=round(likelihood, 3), route="back-off")
    act = Act(intent, modality_of(intent), slots, confidence=round(likelihood, 3), route="back-off")
    if intent not in TREATMENT_INTENTS:
        return act
    decided = decide(act)
    if not decided.executes or (part.is_plain and intent in SIMPLE and likelihood >= CERTAIN):
        return decided
    return replace(decided, executes=False, read_back="It is not clear what was ordered.")
