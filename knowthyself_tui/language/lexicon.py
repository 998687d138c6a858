"""Names of things become typed tokens: `ventolin` → `drug:salbutamol`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.resources import load_yaml

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""First word → phrases that begin with it, longest first, with their token."""


@cache
def names() -> dict[str, str]:
    """Every name in the lexicon, as typed, with its token."""
    table: dict[str, dict[str, list[str]]] = load_yaml("lexicon.yaml")
    return {
        spelt: f"{kind}:{entity}"
        for kind, entities in table.items()
        for entity, phrases in entities.items()
        for phrase in phrases
        for spelt in spellings(str(phrase))
    }


def spellings(phrase: str) -> list[str]:
    """A phrase with each of its alternatives: `up the|his nose` is `up the nose` and `up his nose`."""
    return [" ".join(words) for words in product(*(word.split("|") for word in phrase.split()))]


def _index(named: Iterable[tuple[str, str]]) -> Phrases:
    found: Phrases = {}
    for phrase, token in named:
        words = tuple(tokens_of(phrase))
        found.setdefault(words[0], []).append((words, token))
    for phrases in found.values():
        phrases.sort(key=lambda pair: -len(pair[0]))
    return found


@cache
def _phrases() -> Phrases:
    return _index(names().items())


def entities(tokens: list[str], people: Mapping[str, str]) -> list[str]:
    """The tokens with the longest known names replaced, people on scene included."""
    phrases = _phrases()
    out: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        for words, name in phrases.get(token, ()):
            if tuple(tokens[at : at + len(words)]) == words:
                out.append(name)
                at += len(words)
                break
        else:
            out.append(f"name:{people[token]}" if token in people else token)
            at += 1
    return out


@cache
def drug_words() -> dict[str, str]:
    """Single words that name a drug, with its id."""
    return {
        phrase: token.split(":", 1)[1]
        for phrase, token in names().items()
        if token.startswith("drug:") and " " not in phrase
    }


@cache
def stated_conditions() -> frozenset[str]:
    """Conditions that an impression can name, alone or with a severity before them."""
    table: dict[str, dict[str, list[str]]] = load_yaml("lexicon.yaml")
    graded = {f"{severity}_{condition}" for severity in table["sev"] for condition in table["cond"]}
    return frozenset({*table["cond"], *graded})
