"""Answers to an order that waits for one: missing slots, a yes or a no, a correction, another matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.ordering import confirm, decide
from knowthyself_tui.language.clauses import read_clause
from knowthyself_tui.language.doses import drug_slots
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.numbers import units
from knowthyself_tui.language.reading import Context
from knowthyself_tui.language.resources import load_yaml, word_set
from knowthyself_tui.language.slots import SLOTS_BY_INTENT, Slots

_ASKING = frozenset({"what", "which", "how", "why", "when", "where", "who", "should", "is", "are", "do", "does"})
_TARGETS = ("drug", "class", "device", "position", "fluid")


def answer(tokens: Sequence[str], context: Context) -> tuple[Act, ...] | None:
    """The open order with this line's answer in it; None where the line answers nothing."""
    order = context.open_order
    if order is None or context.open_kind is None:
        return None
    line = _without_rejected([token for token in tokens if token != "."])
    if "?" in line or (line and line[0] in _ASKING):
        return None
    details = _bare_details(line, order)
    if details and set(order.missing) & set(details):
        return (_completed(_with(order, details), sure=False),)
    yes, no = _opens_with(line, "yes"), _opens_with(line, "no")
    if yes and context.open_kind == "read_back" and _takes_back(line[yes:]):
        return (cancelled(order),)
    opening, rest = line[: max(yes, no)], _trimmed(line[max(yes, no) :])
    acts = read_clause(rest, asks=False).acts if rest else ()
    others = tuple(act for act in acts if not _fits(act, order))
    joined = bool(opening) and _answers_too(opening, line[len(opening) :])
    if any(act.intent == order.intent for act in others) and not (yes and joined):
        return (cancelled(order), *others) if no else None
    if not joined and _says_something_else(opening, rest, others, agreed=bool(yes)):
        yes = no = 0
    filled = _filled(rest, order, acts, others)
    if filled:
        amended = _with(order, filled)
        said_again = context.open_kind == "read_back" and not no and amended.slots == dict(order.slots)
        return (_completed(amended, sure=said_again), *others)
    if no:
        return (cancelled(order), *others)
    if yes:
        return (_completed(order, sure=context.open_kind == "read_back"), *others)
    return (_completed(order, sure=False),) if _names_the_same(rest, order) else None


def _takes_back(rest: Sequence[str]) -> bool:
    """What follows a yes takes it back or puts it off: "yes please, no wait", "go ahead after the neb"."""
    put_off = rest[:1] and rest[0] in ("after", "before", "when", "once", "if")
    return bool(put_off) or bool({"no", "nope", "wait", "hold", "stop", "cancel"} & set(rest[:3]))


def _bare_details(line: Sequence[str], order: Act) -> Slots:
    """What a line of nothing but details answers: "IV", "im please", "half a litre"; nothing for any other line."""
    small = word_set("small_answers") | light_words() - {"i", "am"} | {"by"}
    said = [token for token in line if token not in small]
    if said == ["i", "am"]:
        said = ["route:IM"]
    if not said or not all(token.startswith(("route:", "q:")) for token in said):
        return {}
    if order.intent == "give_fluids":
        said = [f"q:{1000 * float(token.split(':')[1]):g}:ml" if token.endswith(":l") else token for token in said]
    return _slots_in(said, order)


def _fits(act: Act, order: Act) -> bool:
    """The act says no more than the open order: the same intent, and no other drug, device or fluid."""
    if act.intent != order.intent or act.modality == "negated":
        return False
    if act.intent != "give_drug" or act.slots.get("drug_inferred"):
        return True
    return order.slots.get("drug") in (None, act.slots.get("drug"))


def _names_the_same(tokens: Sequence[str], order: Act) -> bool:
    """The line only names again what is open, such as "the mask" for oxygen."""
    return order.intent == "give_oxygen" and list(tokens) in (["device:mask"], ["a", "device:mask"])


def _filled(tokens: Sequence[str], order: Act, acts: Sequence[Act], others: Sequence[Act]) -> Slots:
    """The slots that the line answers with."""
    filled: Slots = {}
    for act in acts:
        if _fits(act, order):
            said = dict(act.slots)
            filled.update({name: value for name, value in said.items() if not is_inferred(name, said)})
    if not others:
        return {**_slots_in(tokens, order), **filled}
    first = _first_part(tokens)
    says_else = any(not _fits(act, order) for act in read_clause(first, asks=False).acts)
    return filled if says_else or not first else {**_slots_in(first, order), **filled}


def _plain_answer(opening: Sequence[str]) -> set[str]:
    """The words of an opening that are an answer and not just a way to begin, such as "okay"."""
    return set(opening) - set(load_yaml("words.yaml")["weak_answers"]) - {","}


def _answers_too(opening: Sequence[str], rest: Sequence[str]) -> bool:
    """An opening yes or no answers although something else follows: "yes and sit her up", "yes go ahead, NRB at 15"."""
    following = [token for token in rest if token != ","][:1]
    plain = _plain_answer(opening)
    return bool(plain) and (following in (["and"], ["then"]) or len(plain) > 1)


def _says_something_else(opening: Sequence[str], rest: Sequence[str], others: Sequence[Act], *, agreed: bool) -> bool:
    """Behind its opening the line goes on to another matter; in doubt it confirms nothing, but may cancel."""
    more = set(rest) - light_words() - word_set("small_answers") - word_set("confirming") - {"name:crewmate"}
    if others or "name:patient" in more:
        return True
    weak = not _plain_answer(opening)
    return bool(more) and (agreed or weak or rest[0] in word_set("no_refusal"))


def _first_part(tokens: Sequence[str]) -> Sequence[str]:
    return next((tokens[:at] for at, token in enumerate(tokens) if token in (",", "and", "then")), tokens)


def _without_rejected(line: list[str]) -> list[str]:
    """The line without "not 50" and "instead of 50"."""
    kept: list[str] = []
    at = 0
    while at < len(line):
        width = 2 if line[at] == "not" else 3 if line[at] in ("instead", "rather") else 0
        value = line[at + width - 1 : at + width] if width else []
        rejected = value and (value[0][0].isdigit() or (":" in value[0] and bool(kept)))
        if rejected:
            at += width
        else:
            kept.append(line[at])
            at += 1
    return kept


def _opens_with(line: Sequence[str], which: str) -> int:
    """How many tokens of yes or no the line opens with; 0 for none."""
    phrases: list[str] = load_yaml("words.yaml")[which]
    for phrase in sorted(phrases, key=len, reverse=True):
        words = phrase.split()
        if list(line[: len(words)]) == words:
            length = len(words)
            rest = list(line[length:])
            skip = 1 if rest[:1] == [","] else 0
            return length + skip + _opens_with(rest[skip:], which)
    return 0


def _trimmed(tokens: Sequence[str]) -> list[str]:
    trimmed = list(tokens)
    while trimmed and trimmed[0] in (",", "and"):
        trimmed.pop(0)
    return trimmed


def is_inferred(name: str, slots: Slots) -> bool:
    return name.endswith("_inferred") or bool(slots.get(f"{name}_inferred"))


def _slots_in(tokens: Sequence[str], order: Act) -> Slots:
    if order.intent == "give_drug":
        drug = order.slots.get("drug")
        found = drug_slots(None if drug is None else str(drug), [f"drug:{drug}", *tokens])
        named = next((t for t in tokens if t.startswith("drug:")), None)
        if named is not None:
            found["drug"] = named.removeprefix("drug:")
        unit = next((units()[t] for t in tokens if t in units() and t not in ("can", "i")), None)
        if unit is not None and "unit" not in found and "dose" in order.slots:
            found["unit"] = "mL" if unit == "ml" else unit
        return found
    extract = SLOTS_BY_INTENT.get(order.intent)
    found = extract(tokens) if extract else {}
    if order.intent == "give_oxygen" and list(tokens[:2]) == ["high", "flow"]:
        found.setdefault("device", "non_rebreather")
    return found


def _with(order: Act, filled: Slots) -> Act:
    kept = {
        name: value
        for name, value in order.slots.items()
        if name.removesuffix("_inferred") not in filled and name != "conditional"
    }
    return replace(order, slots={**kept, **filled})


def _completed(order: Act, *, sure: bool) -> Act:
    asked = replace(order, modality="request", missing=(), read_back=None, refusal=None, confidence=1.0)
    decided = confirm(asked) if sure else decide(asked)
    return replace(decided, route="context", completes_open=True)


def cancelled(order: Act) -> Act:
    target = {name: order.slots[name] for name in _TARGETS if name in order.slots}
    slots = {"target_intent": order.intent, **target}
    return Act("hold_or_cancel", "negated", slots, route="context", completes_open=True)
