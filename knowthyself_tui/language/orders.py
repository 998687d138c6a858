"""Treatment orders of a clause: which words belong to which, and the acts they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.formulary import DEVICES, DRUGS
from knowthyself_tui.language.doses import drug_slots
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.numbers import is_number
from knowthyself_tui.language.slots import SLOTS_BY_INTENT, Slots, quantity
from knowthyself_tui.language.spelling import DOUBT

_CONJUNCTIONS = frozenset({"and", "plus", "then", "with", "followed", "also", "but", "while", "alongside"})
_DRIVING_L_MIN = 8
"""Oxygen flow that drives a nebuliser (fact sheet section 3)."""

_JOINING = frozenset({"with", "on", "at", "via", "using", "by", "through", "in", "from", "of"})


@dataclass(frozen=True, slots=True)
class Item:
    """One ordered thing with the tokens that belong to it."""

    match: Match
    tokens: tuple[str, ...]

    @property
    def intent(self) -> str:
        return self.match.intent


def items_of(tokens: Sequence[str], cover: Sequence[Match], treatments: Sequence[Match]) -> list[Item]:
    """The treatments of a clause with their words; oxygen words that belong together are one order."""
    merged = _merged(tokens, treatments)
    if not merged:
        return []
    bounds = [_bound(tokens, left, right) for left, right in pairwise(merged)]
    starts, ends = [0, *bounds], [*bounds, len(tokens)]
    items = []
    for match, start, end in zip(merged, starts, ends, strict=True):
        others = [other for other in cover if other not in treatments and other.intent != "state_plan"]
        blocked = {at for other in others for at in range(other.start, other.end)}
        own = tuple(token for at, token in enumerate(tokens[start:end], start) if at not in blocked)
        items.append(Item(match, own))
    return _with_shared_routes(_with_driving_oxygen(items))


def _with_driving_oxygen(items: list[Item]) -> list[Item]:
    """Oxygen without a mask at the flow of a nebuliser drives the neb of the drug beside it."""
    driving = next((item for item in items if _drives_a_neb(item)), None)
    drug = next((item for item in items if item.intent == "give_drug"), None)
    if driving is None or drug is None:
        return items
    whole = replace(drug, tokens=(*driving.tokens, *drug.tokens))
    return [whole if item is drug else item for item in items if item is not driving]


def _drives_a_neb(item: Item) -> bool:
    masked = any(token.startswith("device:") for token in item.tokens)
    return item.intent == "give_oxygen" and "route:NEB" in item.tokens and not masked and _low_flow(item.tokens)


def _merged(tokens: Sequence[str], treatments: Sequence[Match]) -> list[Match]:
    merged: list[Match] = []
    for match in treatments:
        last = merged[-1] if merged else None
        if last is not None and _belong_together(tokens, last, match):
            slots = {name: value for name, value in match.slots.items() if name != "note"} | dict(last.slots)
            merged[-1] = replace(last, end=match.end, slots=slots, anchor=last.anchor or match.anchor)
        else:
            merged.append(match)
    return merged


def _belong_together(tokens: Sequence[str], left: Match, right: Match) -> bool:
    """Whether `right` only adds to the order at `left`: oxygen to a device, a diluent to a drug."""
    between = tokens[left.end : right.start]
    if left.intent == right.intent == "control_bleeding" and right.slots.get("note"):
        return not left.slots.get("note")
    if left.intent == right.intent == "give_drug":
        return left.anchor is None and right.anchor is not None and not {",", "and", "then", "with"} & set(between)
    if left.intent == right.intent == "give_oxygen":
        devices = [m for m in (left, right) if m.anchor and m.anchor.startswith("device:")]
        swapped = {"for", "to", "into", "swap", "change"} & set(tokens)
        named_twice = len(devices) == 2 and "device:mask" not in {m.anchor for m in devices}
        return not named_twice or bool(swapped)
    joined = bool(_JOINING & set(between)) and not {"and", ",", "then"} & set(between)
    joined = joined or bool({"driven", "powered"} & set(between))
    if left.intent == "ventilate_bvm" and right.intent == "give_oxygen" and (right.anchor or "").startswith("q:"):
        return not {"and", "then"} & set(between)
    if right.intent == "give_oxygen" and right.anchor in ("drug:oxygen", "device:mask"):
        if left.intent == "ventilate_bvm":
            return joined or not between
        drives = joined or (right.anchor == "drug:oxygen" and _low_flow(tokens[right.end :]))
        return left.intent == "give_drug" and drives and "route:NEB" in tokens
    if right.intent == "give_fluids" and left.intent == "give_drug":
        return "in" in between or "into" in between
    if left.intent == right.intent == "move_transport":
        return not set(left.slots) & set(right.slots)
    if left.intent == right.intent and left.intent in ("give_fluids", "ventilate_bvm", "vascular_access"):
        return _same_kind(left, right) and not {"and", "then", "is", "are", "was"} & set(between)
    return False


def _low_flow(tokens: Sequence[str]) -> bool:
    """The first litres said are those that drive a nebuliser."""
    litres = next((quantity(token) for token in tokens if token.startswith("q:")), None)
    return litres is not None and litres[1] == "l" and litres[0] <= _DRIVING_L_MIN


def _same_kind(left: Match, right: Match) -> bool:
    named = [m.anchor for m in (left, right) if m.anchor and m.anchor.startswith("fluid:")]
    devices = {m.slots["device"] for m in (left, right) if "device" in m.slots}
    return len(set(named)) < 2 and len(devices) < 2


def _bound(tokens: Sequence[str], left: Match, right: Match) -> int:
    """Where the words of `left` end and those of `right` begin."""
    between = range(left.end, right.start)
    conjunctions = [at for at in between if tokens[at] in _CONJUNCTIONS]
    commas = [at for at in between if tokens[at] == ","]
    if conjunctions:
        return conjunctions[-1]
    if commas:
        return commas[-1]
    start = right.start
    if right.intent == "give_oxygen":
        while start > left.end and (tokens[start - 1].endswith(":l") or tokens[start - 1] in ("of", "at")):
            start -= 1
        return start
    while start > left.end and (tokens[start - 1] in ("of", "some", "the") or _amount(tokens[start - 1])):
        start -= 1
    said_before = left.start > 0 and any(_amount(token) for token in tokens[max(0, left.start - 2) : left.start])
    return start if said_before else right.start


def _amount(token: str) -> bool:
    return token.startswith("q:") or is_number(token)


def _with_shared_routes(items: list[Item]) -> list[Item]:
    """A route said once at the end of a list of drugs counts for those before it that can take it."""
    shared: list[Item] = []
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if item.intent == "give_drug" and following is not None and following.intent == "give_drug":
            own = [token for token in item.tokens if token.startswith("route:")]
            later = [token for token in following.tokens if token.startswith("route:")]
            drug = DRUGS.get(_drug_id(item.match) or "")
            if not own and len(later) == 1 and drug and later[0].removeprefix("route:") in drug.routes:
                item = replace(item, tokens=(*item.tokens, later[0]))
        shared.append(item)
    return shared


def _drug_id(match: Match) -> str | None:
    if match.anchor is None or not match.anchor.startswith("drug:"):
        return None
    return match.anchor.removeprefix("drug:")


def slots_of(item: Item) -> Slots:
    """The slots of an order, its drug or device included."""
    if item.intent == "give_drug":
        return _named_drug(item)
    extract = SLOTS_BY_INTENT.get(item.intent)
    slots: Slots = dict(extract(item.tokens)) if extract else {}
    slots.update(item.match.slots)
    if "device" not in slots:
        slots.update(_named_device(item))
    if item.intent == "give_fluids" and "drug:glucose_iv" in item.tokens:
        slots["fluid"] = "glucose_5"
    return slots


def _named_device(item: Item) -> Slots:
    """The device that the words name, where it is one for this intent."""
    names = (token.removeprefix("device:") for token in item.tokens if token.startswith("device:"))
    found = next((name for name in names if name in DEVICES and DEVICES[name].intent == item.intent), None)
    return {} if found is None or found == "bvm" else {"device": found}


def _named_drug(item: Item) -> Slots:
    anchor = item.match.anchor or ""
    slots = drug_slots(_drug_id(item.match), item.tokens)
    slots.update(item.match.slots)
    kind, _, name = anchor.partition(":")
    if kind in ("drug", "unknown"):
        slots["drug"] = name
    elif anchor == "class:inhaler":
        slots.update({"drug": "salbutamol", "route": "INH"})
    elif kind == "class":
        slots["class"] = name
    elif anchor == "route:NEB":
        slots.update({"drug": "salbutamol", "drug_inferred": True, "route": "NEB"})
    return slots


def doubtful_drugs(item: Item) -> list[str]:
    """The drugs that a misspelt word could be."""
    anchor = item.match.anchor or ""
    return anchor.removeprefix(DOUBT).split("|") if anchor.startswith(DOUBT) else []


def target_slots(item: Item) -> Slots:
    """What a negation or question is about: the intent and the drug, device or position."""
    full = slots_of(item)
    kept = ("drug", "class", "device", "position", "fluid")
    return {name: full[name] for name in kept if name in full}


def procedure_of(item: Item) -> Slots:
    """The slots of a question about a treatment."""
    slots = target_slots(item)
    if item.intent == "give_oxygen" and "drug" not in slots:
        slots["drug"] = "oxygen"
    if item.intent == "give_fluids":
        return {"procedure": "fluids"}
    if slots.get("class") == "analgesic":
        return {"procedure": "analgesia"}
    if slots.get("device") == "ett":
        return {"procedure": "rsi"}
    full = slots_of(item)
    if "dose" in full:
        slots["dose"] = full["dose"]
    return slots


def as_act(item: Item, confidence: float = 1.0) -> Act:
    """The order as it was said, before anything is inferred."""
    return Act(item.intent, "request", slots_of(item), confidence=confidence)
