"""The words of a clause covered by the grammar: which readings compete, and which take over what follows."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.language.anchors import anchors
from knowthyself_tui.language.cues import Clause
from knowthyself_tui.language.grammar import Match, best_cover, grammar
from knowthyself_tui.language.resources import word_set

_GIVEN = ("q:", "pct:", "route:IV")
"""With one of these "glucose" is what is given, not what is measured."""


def cover_of(clause: Clause) -> list[Match]:
    """The best readings of the clause's words, without those that an earlier one takes over."""
    kept: list[Match] = []
    for match in best_cover(_candidates(clause.tokens)):
        if not any(_takes_over(clause, earlier, match) for earlier in kept):
            kept.append(match)
    return kept


def _candidates(tokens: Sequence[str]) -> list[Match]:
    """Matches of the grammar and named things; next to a drug or fluid, "IV" alone is its route."""
    named = anchors(tokens)
    found = grammar().matches(tokens)
    given = any(match.intent in ("give_drug", "give_fluids") for match in (*named, *found))
    if given:
        found = [
            match
            for match in found
            if match.intent != "vascular_access" or _names_access(tokens[match.start : match.end])
        ]
    if any(token.startswith(_GIVEN) for token in tokens):
        found = [match for match in found if "drug:glucose_iv" not in tokens[match.start : match.end]]
    return [*found, *named]


def _names_access(tokens: Sequence[str]) -> bool:
    gauged = any(t.startswith("q:") and t.endswith((":g", ":gauge")) for t in tokens)
    named = bool(word_set("access") & set(tokens)) or tokens[0] in ("a", "an")
    return named or (gauged and "route:IV" not in tokens)


def _takes_over(clause: Clause, earlier: Match, match: Match) -> bool:
    """What follows an announcement, a plan or a report orders and measures nothing of its own."""
    announcing = word_set("takes_over_clause")
    if earlier.intent in announcing:
        return match.intent not in ("prompt_injection", "prealert")
    if earlier.intent not in word_set("takes_over_part"):
        return False
    between = clause.tokens[earlier.end : match.start]
    if any(token in (",", "and", "but", "then") for token in between):
        return False
    return match.intent in word_set("findings") or earlier.intent in word_set("takes_over_treatments")
