"""Slots of a drug order out of the tokens around it: dose, unit, route, concentration, rate, site."""

from __future__ import annotations

from knowthyself_tui.domain.dosing import amount
from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.language.slots import (
    CORRECTIONS,
    REPEATING,
    Slots,
    Tokens,
    bare_numbers,
    in_range,
    number,
    quantities_of,
)

_MASS = ("mg", "mcg", "g")
_MULTIPLES = frozenset({"x", "times", "twice", "double", "triple", "half"})
"""Words that multiply a number: the dose is asked for rather than computed."""

_SHARED_OUT = frozenset({"each", "in", "now"})
"""Behind "half" these share a dose out rather than change it: "half each side"."""

_MUSCLES = frozenset({"region:thigh", "deltoid", "deltoids", "quad", "quads", "vastus", "glute", "gluteal", "buttock"})
_WORDS_TO_A_MUSCLE = 4
"""As in "into his right outer thigh"."""

_COUNTED = ("ml", "puffs", "units", "tube", "tablets", "sprays", "can", "bottle")


def drug_slots(drug_id: str | None, tokens: Tokens) -> Slots:
    """Dose, unit, route, concentration, rate and site of one drug order."""
    slots: Slots = {}
    _route(tokens, slots)
    _concentration(tokens, slots)
    _dose(drug_id, tokens, slots)
    _rate(tokens, slots)
    _site(tokens, slots)
    if "route" not in slots and _is_into_muscle(tokens) and (drug_id is None or "IM" in DRUGS[drug_id].routes):
        slots["route"] = "IM"
    if REPEATING & set(_own_part(tokens)):
        slots["repeat"] = True
    if "device:spacer" in tokens:
        slots["device"] = "spacer"
        slots.setdefault("route", "INH")
    flows = quantities_of(tokens, ("l",))
    if flows and slots.get("route") == "NEB":
        slots["flow"], slots["flow_unit"] = flows[0][1], "L/min"
    return slots


def _own_part(tokens: Tokens) -> Tokens:
    """The words up to the first separator behind the drug's name."""
    named = next((at for at, token in enumerate(tokens) if token.startswith(("drug:", "class:"))), 0)
    ends = (at for at in range(named, len(tokens)) if tokens[at] in (",", "and", "then", "before", "because"))
    return tokens[: next(ends, len(tokens))]


def _route(tokens: Tokens, slots: Slots) -> None:
    routes = {
        token.removeprefix("route:")
        for at, token in enumerate(tokens)
        if token.startswith("route:") and tokens[max(0, at - 1) : at] not in (["not"], ("not",))
    }
    if {"chew", "chewed", "swallow", "drink", "eat"} & set(tokens):
        routes.add("PO")
    if len(routes) == 2 and "IV" in routes and "IO" in routes:
        routes = {"IV"}
    if len(routes) == 1:
        slots["route"] = routes.pop()


def _concentration(tokens: Tokens, slots: Slots) -> None:
    for token in tokens:
        if token.startswith("conc:"):
            slots["concentration"] = token.removeprefix("conc:")
        elif token.startswith("pct:") and "drug:glucose_iv" in tokens:
            slots["concentration"] = token.removeprefix("pct:") + "%"


def _dose(drug_id: str | None, tokens: Tokens, slots: Slots) -> None:
    if any(token in _MULTIPLES and not _is_shared_out(tokens, at) for at, token in enumerate(tokens)):
        return
    found = quantities_of(tokens, _MASS) or quantities_of(tokens, _COUNTED)
    if found and any(in_range(tokens, at) for at, _, _ in found):
        return
    if not found:
        _bare_dose(tokens, slots)
        return
    chosen = _one_of(drug_id, tokens, [(value, unit) for _, value, unit in found], slots)
    if chosen is not None:
        slots["dose"], slots["unit"] = chosen[0], "mL" if chosen[1] == "ml" else chosen[1]


def _is_shared_out(tokens: Tokens, at: int) -> bool:
    return bool(_SHARED_OUT & set(tokens[at + 1 : at + 2]))


def _one_of(
    drug_id: str | None, tokens: Tokens, found: list[tuple[int | float, str]], slots: Slots
) -> tuple[int | float, str] | None:
    """The one dose that was said; None where two different ones were."""
    if len(set(found)) == 1 or CORRECTIONS & set(tokens):
        return found[-1]
    drug = DRUGS.get(drug_id or "")
    if drug is None:
        return None
    concentration = slots.get("concentration")
    said = None if concentration is None else str(concentration)
    amounts = {
        found_amount
        for value, unit in found
        if (found_amount := amount(drug, value, "mL" if unit == "ml" else unit, said)) is not None
    }
    return found[0] if len({round(a.value, 6) for a in amounts}) == 1 else None


def _bare_dose(tokens: Tokens, slots: Slots) -> None:
    numbers = [(at, value) for at, value in bare_numbers(tokens) if not _is_count(tokens, at)]
    if any(in_range(tokens, at) for at, _ in numbers):
        return
    values = {value for _, value in numbers}
    if len(values) == 1 or (numbers and CORRECTIONS & set(tokens)):
        slots["dose"] = numbers[-1][1]
        if str(slots.get("concentration", "")).startswith("1:"):
            slots["unit"] = "mL"
            slots["unit_inferred"] = True


def _is_count(tokens: Tokens, at: int) -> bool:
    """The number counts nebulisers or doses: "2 nebs"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    before = tokens[at - 1] if at else ""
    if after in ("doses", "dose", "goes", "rounds"):
        return True
    return after == "route:NEB" and not before.startswith("drug:")


def _rate(tokens: Tokens, slots: Slots) -> None:
    for token in tokens:
        if token.startswith("over:"):
            minutes = number(token.removeprefix("over:"))
            slots["over_minutes"] = minutes
            slots["rate"] = f"{minutes} min"
    if "rate" not in slots:
        if {"slow", "slowly"} & set(tokens):
            slots["rate"] = "slow"
        elif {"titrated", "titrate", "titrating"} & set(tokens):
            slots["rate"] = "titrated"


def _is_into_muscle(tokens: Tokens) -> bool:
    """The dose goes "into the deltoid": the muscle is named behind the drug or dose."""
    named = next((at for at, token in enumerate(tokens) if token.startswith(("drug:", "q:"))), len(tokens))
    for at in range(named, len(tokens)):
        near = tokens[at + 1 : at + 2 + _WORDS_TO_A_MUSCLE]
        if tokens[at] in ("in", "into") and (_MUSCLES & set(near) or " ".join(near).find("upper region:arm") >= 0):
            return not {"pain", "wound", "fracture", "injury", "bleed", "bleeding"} & set(tokens[named : at + 1])
    return False


def _site(tokens: Tokens, slots: Slots) -> None:
    text = " ".join(tokens)
    if "region:thigh" in tokens:
        outer = "outer" in text or "lateral" in text
        slots["site"] = "lateral_thigh" if outer else "right_thigh" if "right" in tokens else "thigh"
    elif "deltoid" in tokens or "region:arm" in tokens or "shoulder" in tokens:
        slots["site"] = "deltoid"
