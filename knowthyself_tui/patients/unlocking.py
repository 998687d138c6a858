"""Which facts a question unlocks: the only way by which anything can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from knowthyself_tui.domain.scenario.voice import Fact

NAMING_SLOTS = ("symptom", "topic", "class", "drug", "substance", "item", "region")
"""Slots by which a question names something in particular."""


def unlocked(facts: Iterable[Fact], intent: str, text: str, slots: Mapping[str, object]) -> list[Fact]:
    """The facts that a question unlocks: those it names if it names any, else the general ones of its intent.

    A question that names something which no fact is about unlocks nothing: the answer is not known, never invented.
    """
    of_intent = [fact for fact in facts if intent in fact.asked]
    named = [str(slots[name]).replace("_", " ") for name in NAMING_SLOTS if slots.get(name)]
    by_text = _named_in(of_intent, [text])
    if by_text or named:
        return by_text or _named_in(of_intent, named)
    return [fact for fact in of_intent if not fact.must_be_named(intent)]


def _named_in(facts: Sequence[Fact], texts: Sequence[str]) -> list[Fact]:
    return [fact for fact in facts if any(is_about(fact, text) for text in texts)]


def is_about(fact: Fact, text: str) -> bool:
    """Whether words of `text` name the fact."""
    lowered = text.casefold().replace("-", " ")
    return any(re.search(rf"\b{re.escape(word.casefold())}", lowered) for word in fact.about)
