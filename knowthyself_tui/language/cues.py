"""A stretch of the line with the words in it that make a named treatment no order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowthyself_tui.language.grammar import Match, grammar
from knowthyself_tui.language.resources import word_set

SEPARATORS = frozenset({",", "and", "then", "plus", "but", "with", "followed", "also", "so", "while"})
_NEUTRALISED = frozenset({"negated", "stopped", "negated_after", "hypothetical"})
_REFUSALS = frozenset({"negated", "stopped", "negated_after", "undone"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of tokens up to a strong separator, with the cues in it."""

    tokens: tuple[str, ...]
    asks: bool
    """It ends in a question mark."""
    cues: tuple[Match, ...]

    @property
    def is_plain(self) -> bool:
        """Nothing in it asks, refuses, reports or sets a condition."""
        return not self.asks and all(cue.intent == "crew_request" for cue in self.cues)

    def has(self, kind: str) -> bool:
        return any(cue.intent == kind for cue in self.cues)


def clause_of(tokens: Sequence[str], asks: bool) -> Clause:
    """The clause with its cues; words of politeness are no conditions."""
    found = grammar("cues").matches(tokens)
    polite = [cue for cue in found if cue.intent == "polite"]
    neutral = [cue for cue in found if cue.intent == "neutral"]
    soft = [cue for cue in found if cue.intent == "stopped"]
    kept = [
        cue
        for cue in found
        if cue.intent not in ("polite", "neutral")
        and not (cue.intent == "negated" and _inside(cue, soft))
        and not (cue.intent in _NEUTRALISED and _inside(cue, neutral))
        and not (cue.intent in ("condition", "later", "hypothetical", "question") and _inside(cue, polite))
    ]
    conditions = [cue for cue in kept if cue.intent == "condition"]
    meant = [cue for cue in kept if not (cue.intent in _REFUSALS and _is_of_a_condition(cue, conditions, tokens))]
    return Clause(tuple(tokens), asks, tuple(sorted(meant, key=lambda cue: cue.start)))


def _inside(cue: Match, others: Sequence[Match]) -> bool:
    return any(other.start <= cue.start < other.end for other in others)


def _is_of_a_condition(cue: Match, conditions: Sequence[Match], tokens: Sequence[str]) -> bool:
    """The refusal only says when: "if it is not over in five minutes, repeat …", "… if she will not swallow"."""
    before = [other.start for other in conditions if other.start < cue.start]
    if not before or {",", "then"} & set(tokens[before[-1] : cue.start]):
        return False
    orders = word_set("order_openers") | word_set("imperatives") | {",", "then", "repeat"}
    return before[-1] > 0 or any(token in orders for token in tokens[cue.end + 1 :])
