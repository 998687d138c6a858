"""Procedures that a clause only speaks of: "her lips are blue", "the bandage is soaked", "for the blues he took"."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.language.cues import SEPARATORS, Clause
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.numbers import is_number
from knowthyself_tui.language.resources import word_set

_SUBJECTS = frozenset({"he", "she", "they", "it", "there", "name:patient"})
_BEING = frozenset({"is", "are", "was", "were", "has", "had", "looks", "looked", "went", "goes", "feels", "hurt"})
_LONGEST_RELATIVE = 3
"""As in "he took earlier"; longer ones are sentences of their own."""

_DETERMINERS = frozenset(
    {"a", "an", "the", "them", "those", "these", "his", "her", "their", "that", "all", "any", "some"}
)
_RELATIVES = frozenset({"that", "which", "what"})


def is_remark(clause: Clause, match: Match) -> bool:
    """The part of the clause describes something and orders nothing."""
    before, after = _around(clause.tokens, match)
    if match.anchor is None and _is_seen(before):
        return True
    if word_set("orderly") & {*before, *after}:
        return False
    if _is_described(after):
        return True
    if match.anchor is not None:
        return not _has_amount(before, after) and len(before) >= 2 and _is_pronoun_and_being(before[-2:])
    return not _is_imperative(clause.tokens, match) and _describes(before)


def gives_reason(clause: Clause, match: Match, treatments: Sequence[Match]) -> bool:
    """A procedure behind "for" after another treatment is what that one is for: "…IV for the shock"."""
    at = match.start
    while at > 0 and clause.tokens[at - 1] in _DETERMINERS:
        at -= 1
    if match.anchor is not None or at == 0 or clause.tokens[at - 1] != "for":
        return False
    swapped = {"swap", "change", "switch", "exchange"} & set(clause.tokens)
    return not swapped and any(other.end < at for other in treatments)


def _around(tokens: Sequence[str], match: Match) -> tuple[Sequence[str], Sequence[str]]:
    """The words before and behind the match up to the next separators."""
    start, end = match.start, match.end
    while start > 0 and tokens[start - 1] not in SEPARATORS:
        start -= 1
    while end < len(tokens) and tokens[end] not in SEPARATORS:
        end += 1
    return tokens[start : match.start], tokens[match.end : end]


def _is_described(after: Sequence[str]) -> bool:
    """What follows says how the thing is, or who took or had it."""
    rest = after[1:] if after and after[0] in _RELATIVES else after
    if 2 <= len(rest) <= _LONGEST_RELATIVE and rest[0] in _SUBJECTS and rest[1] in word_set("taking"):
        return True
    return bool(after) and after[0] in _BEING


def _is_seen(before: Sequence[str]) -> bool:
    return bool({"i", "we"} & set(before[:1])) and bool({"see", "saw", "found", "notice"} & set(before))


def _describes(before: Sequence[str]) -> bool:
    """A sentence with a subject of its own leads up to the match."""
    return bool(before) and (before[0] in _SUBJECTS or bool(_BEING & set(before[1:3])))


def _is_pronoun_and_being(words: Sequence[str]) -> bool:
    return words[0] in _SUBJECTS and words[1] in _BEING


def _is_imperative(tokens: Sequence[str], match: Match) -> bool:
    """The match begins with a verb of its own: "she is tired bag her"."""
    before = tokens[match.start - 1] if match.start else ""
    spoken = before in _SUBJECTS or before in _BEING or before in _DETERMINERS
    return tokens[match.start] in word_set("imperatives") and not spoken


def _has_amount(before: Sequence[str], after: Sequence[str]) -> bool:
    return any(token.startswith(("q:", "route:", "device:")) or is_number(token) for token in (*before, *after))
