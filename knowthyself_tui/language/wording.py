"""What the words of the whole line add to its acts: why something is held back, in which form sugar is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import Act, SlotValue
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.language.grammar import grammar, light_words
from knowthyself_tui.language.lexicon import spellings
from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.resources import load_yaml

_BECAUSE = frozenset({"because", "since", "as", "due"})
_LONGEST_REASON = 4
"""Words of a reason that is kept as it was said."""
_GLUCOSE = "glucose_oral"


def with_reasons(acts: Sequence[Act], clauses: Sequence[tuple[list[str], bool]]) -> tuple[Act, ...]:
    """The acts with `reason` on each drug that is held back."""
    held = [act for act in acts if act.intent == "hold_or_cancel" and _names_a_drug(act)]
    reason = _reason([token for clause, asks in clauses if not asks for token in [*clause, "."]]) if held else None
    if reason is None:
        return tuple(acts)
    return tuple(replace(act, slots={**act.slots, "reason": reason}) if act in held else act for act in acts)


def _names_a_drug(act: Act) -> bool:
    return "class" in act.slots or act.slots.get("drug") not in (None, "oxygen")


def _reason(tokens: Sequence[str]) -> str | None:
    found = sorted(grammar("reasons").matches(tokens), key=lambda match: -match.weight)
    if found:
        return found[0].intent
    at = next((at for at, token in enumerate(tokens) if token in _BECAUSE), None)
    if at is None:
        return None
    said = tokens[at + 1 :]
    said = said[: next((end for end, token in enumerate(said) if token in (".", ",", "and", "but")), len(said))]
    condition = next((token for token in said if token.startswith(("cond:", "sym:"))), None)
    if condition is not None:
        return condition.split(":", 1)[1]
    content = [token for token in said if token.isalpha() and token not in light_words()]
    return "_".join(content[:_LONGEST_REASON]) or None


def with_forms(acts: Sequence[Act], words: Sequence[str]) -> tuple[Act, ...]:
    """The acts with `form` on each order of sugar by mouth: gel, tablets, sweets or what is drunk or eaten."""
    sugar = [act for act in acts if act.slots.get("drug") == _GLUCOSE and act.intent == "give_drug"]
    forms = _forms_in(words) if sugar else []
    if not forms or len(forms) not in (1, len(sugar)):
        return tuple(acts)
    of = dict(zip(map(id, sugar), forms * len(sugar) if len(forms) == 1 else forms, strict=False))
    return tuple(_formed(act, of[id(act)]) if id(act) in of else act for act in acts)


def _formed(act: Act, form: str) -> Act:
    slots: dict[str, SlotValue] = {**act.slots, "form": form}
    if form != "tablets" or not act.slots.get("unit_inferred"):
        return replace(act, slots=slots)
    decided = decide(replace(act, slots={**slots, "unit": "tablets"}, missing=(), read_back=None))
    return decided if act.executes or act.missing else replace(decided, executes=False, read_back=act.read_back)


def _forms_in(words: Sequence[str]) -> list[str]:
    """The forms of sugar that the words name, in order; the longest name counts."""
    phrases = sorted(
        (
            (tuple(tokens_of(spelt)), form)
            for form, names in load_yaml("words.yaml")["sugar_forms"].items()
            for name in names
            for spelt in spellings(name)
        ),
        key=lambda pair: -len(pair[0]),
    )
    found: list[str] = []
    at = 0
    while at < len(words):
        hit = next(((name, form) for name, form in phrases if tuple(words[at : at + len(name)]) == name), None)
        at += len(hit[0]) if hit else 1
        if hit is not None and found[-1:] != [hit[1]]:
            found.append(hit[1])
    return found
