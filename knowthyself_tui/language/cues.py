"""A stretch of the line with the words in it that make a named treatment no order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowthyself_tui.language.grammar import Match, grammar

SEPARATORS = frozenset({",", "and", "then", "plus", "but", "with", "followed", "also", "so", "while"})
_NEUTRALISED = frozenset({"negated", "stopped", "negated_after", "hypothetical"})


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
    soft = {cue.start for cue in found if cue.intent == "stopped"}
    kept = [
        cue
        for cue in found
        if cue.intent not in ("polite", "neutral")
        and not (cue.intent == "negated" and cue.start in soft)
        and not (cue.intent in _NEUTRALISED and _inside(cue, neutral))
        and not (cue.intent in ("condition", "later", "hypothetical", "question") and _inside(cue, polite))
    ]
    return Clause(tuple(tokens), asks, tuple(sorted(kept, key=lambda cue: cue.start)))


def _inside(cue: Match, others: Sequence[Match]) -> bool:
    return any(other.start <= cue.start < other.end for other in others)
