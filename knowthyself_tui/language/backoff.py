"""A statistical guess for clauses that the grammar does not know.

TF-IDF over words and character 2- to 5-grams, nearest example lines per intent by cosine; the example
lines are `data/phrasings.yaml`. It never decides a treatment alone: see `reader.py`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.resources import load_yaml

Vector = dict[str, float]


def _features(text: str) -> Iterator[str]:
    words = text.split()
    for word in words:
        yield "=" + word
        padded = f" {word} "
        for size in (3, 4, 5):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
    for first, second in pairwise(words):
        yield f"{first}+{second}"


class Guesser:
    """Ranks intents for a text."""

    def __init__(self, examples: list[tuple[str, str]]) -> None:
        counted = [(intent, Counter(_features(text))) for intent, text in examples]
        documents = Counter(feature for _, counts in counted for feature in counts)
        self._idf = {f: math.log((1 + len(counted)) / (1 + n)) + 0.3 for f, n in documents.items()}
        self._intents = [intent for intent, _ in counted]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, (_, counts) in enumerate(counted):
            for feature, value in self._vector(counts).items():
                self._postings[feature].append((index, value))

    def _vector(self, counts: Counter[str]) -> Vector:
        raw = {f: (1 + math.log(n)) * self._idf[f] for f, n in counts.items() if f in self._idf}
        length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        return {f: v / length for f, v in raw.items()}

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Intents with their likeness 0 to 1, best first: the mean of the best two examples, weighted."""
        scores = [0.0] * len(self._intents)
        for feature, value in self._vector(Counter(_features(text))).items():
            for index, weight in self._postings[feature]:
                scores[index] += value * weight
        best: dict[str, list[float]] = defaultdict(list)
        for intent, score in zip(self._intents, scores, strict=True):
            best[intent].append(score)
        ranked = {
            intent: 0.75 * top[0] + 0.25 * (top[1] if len(top) > 1 else 0.0)
            for intent, values in best.items()
            for top in [sorted(values, reverse=True)]
        }
        return sorted(ranked.items(), key=lambda item: -item[1])


def plain(tokens: Iterable[str]) -> str:
    """Typed tokens as the back-off sees them: names by kind and id, numbers as one sign."""
    return " ".join(_plain(token) for token in tokens if token not in (",", ".", "?"))


def _plain(token: str) -> str:
    if token[:1].isdigit():
        return "#"
    kind, colon, rest = token.partition(":")
    if kind in ("q", "over", "every", "later", "pct", "conc"):
        return f"#{rest.rpartition(':')[2]}" if kind == "q" else kind
    return f"{kind} {rest}" if colon else token


@cache
def guesser() -> Guesser:
    """The guesser trained on the shipped example lines."""
    from knowthyself_tui.language.reader import typed_tokens

    phrasings: dict[str, list[str]] = load_yaml("phrasings.yaml")
    return Guesser(
        [(intent, plain(typed_tokens(tokens_of(line), {}))) for intent, lines in phrasings.items() for line in lines]
    )
