"""Stretches of a clause between weak separators, and what the model makes of their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Literal

from knowthyself_tui.language.backoff import plain, ranked
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.resources import word_set

Mood = Literal["commands", "asks", "tells"]

_PART_ENDS = frozenset({",", "and", "then", "but", "plus", "also", "so"})


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `start` to `end` of a clause, between weak separators."""

    tokens: tuple[str, ...]
    start: int
    end: int
    covered: frozenset[int] = frozenset()
    """Positions that the grammar explains."""
    is_plain: bool = False
    """Nothing in the clause asks, refuses, reports or sets a condition."""

    def holds(self, at: int) -> bool:
        return self.start <= at < self.end

    @property
    def content(self) -> list[str]:
        """The words that say something."""
        return [self.tokens[at - self.start] for at in self._content_at]

    @property
    def explained(self) -> float:
        """Share of these words that the grammar explains."""
        places = self._content_at
        return sum(at in self.covered for at in places) / max(1, len(places))

    @property
    def mood(self) -> Mood:
        """Commands by a verb that opens it or a "please", asks by its first word, or tells."""
        words = list(dropwhile(_is_opening, self.tokens))
        if not words:
            return "tells"
        if words[0] in word_set("commanding") or words[-1] == "please" or "please" in self.tokens[:2]:
            return "commands"
        return "asks" if words[0] in word_set("asking") else "tells"

    @property
    def _content_at(self) -> list[int]:
        small = light_words() | word_set("small_answers")
        return [
            at
            for at, token in enumerate(self.tokens, self.start)
            if token not in small and not token.startswith("name:")
        ]

    @property
    def likelihoods(self) -> Mapping[str, float]:
        """How likely each intent is by these words."""
        return dict(ranked(plain(self.tokens)))

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest intent by these words, and its likelihood."""
        return ranked(plain(self.tokens))[0]


def _is_opening(token: str) -> bool:
    return token in word_set("openings") or token.startswith(("name:", "role:"))


def parts_of(whole: Part) -> Iterator[Part]:
    """The stretches between weak separators."""
    tokens, start = whole.tokens, 0
    for at in range(len(tokens) + 1):
        if at == len(tokens) or tokens[at] in _PART_ENDS:
            if at > start:
                yield replace(whole, tokens=tokens[start:at], start=start, end=at)
            start = at + 1
