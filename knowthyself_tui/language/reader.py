"""From a typed line to acts: normalise, correct, name things, split, match, place in context."""

from __future__ import annotations

from collections.abc import Mapping

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language.arbiter import settled
from knowthyself_tui.language.clauses import read_clause
from knowthyself_tui.language.combine import combined
from knowthyself_tui.language.dialogue import answer
from knowthyself_tui.language.lexicon import entities
from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.numbers import digits, quantities
from knowthyself_tui.language.reading import Context, Reading
from knowthyself_tui.language.references import postponed, with_references
from knowthyself_tui.language.resources import load_yaml
from knowthyself_tui.language.shorthand import resolved, with_unknown_drugs
from knowthyself_tui.language.spelling import corrected, is_known
from knowthyself_tui.language.wording import with_forms, with_reasons

NO_CONTEXT = Context()
_STRONG = (".", "?")
_LONGEST_CLAUSE = 60
"""Tokens after which a comma ends a clause, so that pasted text stays fast."""


def read(text: str, context: Context = NO_CONTEXT) -> Reading:
    """What the student meant by `text`."""
    words = [corrected(token) for token in tokens_of(text)]
    cleaned = " ".join(words)
    tokens = typed_tokens(words, people_of(context))
    if not any(token not in (*_STRONG, ",") for token in tokens):
        return Reading((Act("unintelligible", "none"),), text=cleaned)
    answered = answer(tokens, context)
    if answered is not None:
        return Reading(answered, text=cleaned)
    clauses = strong_clauses(tokens)
    parts = [read_clause(clause, asks) for clause, asks in clauses]
    acts, choices = combined(parts, tokens)
    referred = with_references(acts, tokens, context)
    if referred == acts:
        referred = settled(acts, parts, tokens)
    choices = choices if referred == acts else ()
    referred = with_forms(with_reasons(postponed(referred, tokens), clauses), words)
    return Reading(referred, choices, cleaned)


def typed_tokens(words: list[str], people: Mapping[str, str]) -> list[str]:
    """Words with quantities, names and shorthand as typed tokens."""
    named = resolved(entities(quantities(digits(words)), people))
    return with_unknown_drugs(named, is_known)


def people_of(context: Context) -> Mapping[str, str]:
    """Names that may be said, with the role of each."""
    known: dict[str, dict[str, str]] = load_yaml("people.yaml")
    on_scene = context.names or known.get(context.scenario_id or "", {})
    return {**known["crew"], **{name.lower(): role for name, role in on_scene.items()}}


def strong_clauses(tokens: list[str]) -> list[tuple[list[str], bool]]:
    """The stretches between full stops and question marks, and whether each asks."""
    clauses: list[tuple[list[str], bool]] = []
    current: list[str] = []
    for token in [*tokens, "."]:
        if token in _STRONG:
            while current and current[-1] == ",":
                current.pop()
            if current:
                clauses.append((current, token == "?"))
            elif token == "?" and clauses and not clauses[-1][1]:
                clauses[-1] = (clauses[-1][0], True)
            current = []
        elif token == "," and len(current) >= _LONGEST_CLAUSE:
            clauses.append((current, False))
            current = []
        elif current or token != ",":
            current.append(token)
    return clauses
