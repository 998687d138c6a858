"""Named things that are ordered by being named: drugs, oxygen and its devices, fluids."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.domain.formulary import DEVICES
from knowthyself_tui.language.grammar import Match

ORDERED_CLASSES = frozenset(
    {
        "analgesic",
        "benzodiazepine",
        "steroid",
        "antihistamine",
        "antiemetic",
        "beta_blocker",
        "anticoagulant",
        "antiseizure",
        "inhaler",
        "bronchodilator",
    }
)
_FLUID_WORDS = frozenset({"fluids", "fluid", "bolus", "crystalloid", "drip"})
_MASK_VERBS = frozenset({"put", "pop", "get", "give", "stick", "apply", "place", "start", "whack"})
_WEIGHT = 1.0


def is_oxygen(token: str) -> bool:
    """The token names oxygen or a device that gives it."""
    if token in ("drug:oxygen", "device:mask"):
        return True
    device = DEVICES.get(token.removeprefix("device:")) if token.startswith("device:") else None
    return device is not None and device.intent == "give_oxygen"


def _intent_of(token: str) -> str | None:
    if token.startswith("class:"):
        return "give_drug" if token.removeprefix("class:") in ORDERED_CLASSES else None
    if is_oxygen(token):
        return None if token == "device:mask" else "give_oxygen"
    if token.startswith(("drug:", "drug?:", "unknown:")):
        return "give_drug"
    if token.startswith("fluid:") or token in _FLUID_WORDS:
        return "give_fluids"
    return None


def _diluted(tokens: Sequence[str], at: int) -> str | None:
    """Glucose of 5 % is a fluid."""
    weak = tokens[at] == "drug:glucose_iv" and "pct:5" in tokens[max(0, at - 2) : at + 3]
    return "give_fluids" if weak else None


def anchors(tokens: Sequence[str]) -> list[Match]:
    """A match for each named thing; a nebuliser without a drug and litres without a device count too."""
    found = [
        Match(intent, at, at + 1, _WEIGHT, anchor=token)
        for at, token in enumerate(tokens)
        if (intent := _diluted(tokens, at) or _intent_of(token)) is not None
    ]
    intents = {match.intent for match in found}
    drugs = [match for match in found if match.intent == "give_drug"]
    if not drugs:
        found.extend(
            Match("give_drug", at, at + 1, _WEIGHT, anchor="route:NEB")
            for at, token in enumerate(tokens)
            if token == "route:NEB"
        )
    if not intents & {"give_oxygen"} and _MASK_VERBS & set(tokens):
        found.extend(
            Match("give_oxygen", at, at + 1, _WEIGHT, anchor=token)
            for at, token in enumerate(tokens)
            if token == "device:mask"
        )
    busy = intents & {"give_oxygen", "give_fluids"} or "device:bvm" in tokens or "route:NEB" in tokens
    if not busy:
        found.extend(
            Match("give_oxygen", at, at + 1, 0.6, anchor=token)
            for at, token in enumerate(tokens)
            if token.startswith("q:") and token.endswith(":l")
        )
    return found
