"""Which treatments of a clause wait for a condition, and which conditions govern something else."""

from __future__ import annotations

from collections.abc import Sequence

from knowthyself_tui.language.cues import SEPARATORS, Clause
from knowthyself_tui.language.grammar import Match
from knowthyself_tui.language.resources import word_set


def is_conditional(clause: Clause, match: Match, treatments: Sequence[Match]) -> bool:
    """A condition before the match, or after it with no later treatment for it to govern."""
    for cue in clause.cues:
        if cue.intent != "condition":
            continue
        if cue.start < match.start:
            return True
        if _governs_else(clause, cue, match, treatments):
            continue
        separated = cue.start > 0 and clause.tokens[cue.start - 1] in SEPARATORS
        governs_later = any(other.start > cue.start for other in treatments)
        if not (separated and governs_later):
            return True
    return False


def _governs_else(clause: Clause, cue: Match, match: Match, treatments: Sequence[Match]) -> bool:
    """The condition behind the order is none of its own."""
    return (
        clause.tokens[cue.start] == "before"
        or _says_how_long(clause, cue)
        or _is_in_a_remark(clause, cue, match)
        or _governs_own_part(clause, cue, match)
        or _governs_last_only(clause, cue, match, treatments)
    )


def is_condition(clause: Clause, match: Match) -> bool:
    """The words at `match` are the condition of something: "if her sats drop"."""
    return any(
        cue.intent == "condition"
        and cue.start < match.start
        and not {",", "then", "and"} & set(clause.tokens[cue.start : match.start])
        for cue in clause.cues
    )


def _governs_own_part(clause: Clause, cue: Match, match: Match) -> bool:
    """The condition belongs to a later part of the clause: "…, repeat in 5 if no better"."""
    start = cue.start
    while start > match.end and clause.tokens[start - 1] not in SEPARATORS:
        start -= 1
    own = clause.tokens[start : cue.start]
    return start > match.end and bool(word_set("contingent") & set(own))


def _governs_last_only(clause: Clause, cue: Match, match: Match, treatments: Sequence[Match]) -> bool:
    """The condition is of the last of several orders: "glucose now, then toast if she wakes up"."""
    last = max((other for other in treatments if other.end <= cue.start), key=lambda other: other.start, default=match)
    if last.start < match.end:
        return False
    between = clause.tokens[match.end : last.start]
    return "then" in between or ("," in between and "only" in clause.tokens[max(0, cue.start - 1) : cue.end])


def _is_in_a_remark(clause: Clause, cue: Match, match: Match) -> bool:
    """The words belong to a sentence about the patient behind the order: "bag her, she is slow after the diazepam"."""
    start = cue.start
    while start > match.end and clause.tokens[start - 1] not in SEPARATORS:
        start -= 1
    return match.end < start < cue.start and clause.tokens[start] in ("she", "he", "it", "they", "name:patient")


def _says_how_long(clause: Clause, cue: Match) -> bool:
    """An "until" behind an order says how long, unless the order is to wait."""
    postponed = {"wait", "leave", "hold", "save", "keep", "delay", "not"} & set(clause.tokens[: cue.start])
    return clause.tokens[cue.start] in ("until", "till") and not postponed
