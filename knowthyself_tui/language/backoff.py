"""How likely each intent is by the words of a text.

Multinomial logistic regression over words, pairs of words and pieces of words. `python -m tests.train_backoff` learns
the weights from the lines of `tests/training` and writes `data/backoff.json`. What it may decide: `opinion.py`.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from knowthyself_tui.language.backoff_features import features, new_share, plain

__all__ = ["CHATTER", "Guesser", "guesser", "plain", "ranked", "softened", "unpacked"]

CHATTER = ("off_topic", "small_talk", "unintelligible")
"""Intents of lines that have nothing to do with the case."""


class Guesser:
    """Ranks intents for a text."""

    def __init__(self, trained: Mapping[str, Any]) -> None:
        names = unpacked(trained["features"]).decode().split("\n")
        self._intents: list[str] = trained["intents"]
        self._rows = {name: index for index, name in enumerate(names)}
        self._common = frozenset(name[1:] for name in names[: trained["common_words"]])
        self._weights = memoryview(unpacked(trained["weights"])).cast("b")
        self._trained = trained

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Intents with their likelihood 0 to 1, most likely first; the likelihoods add up to 1."""
        likelihoods = softened(self._scores(text), self._trained["temperature"], self._trained["doubt"])
        return sorted(zip(self._intents, likelihoods, strict=True), key=lambda item: (-item[1], item[0]))

    def chatter_of(self, text: str, ranked: Sequence[tuple[str, float]]) -> float:
        """Likelihood 0 to 1 that a text, ranked already, is small talk, off topic or noise: no guess is offered."""
        offset, of_intents, of_words = self._trained["chatter"]
        share = sum(likelihood for intent, likelihood in ranked if intent in CHATTER)
        sense = offset + of_intents * math.log(share / (1 - share)) + of_words * self.new_share(text)
        return 1 / (1 + math.exp(-sense))

    def new_share(self, text: str) -> float:
        """Share of the words, 0 to 1, that the examples do not use twice."""
        return new_share(text.split(), self._common)

    def _scores(self, text: str) -> list[float]:
        width, bias = len(self._intents), self._trained["bias"]
        starts = [self._rows[name] * width for name in features(text, self._common) if name in self._rows]
        if not starts:
            return list(bias)
        totals = map(sum, zip(*(self._weights[start : start + width] for start in starts), strict=True))
        scale = self._trained["step"] / math.sqrt(len(starts))
        return [total * scale + offset for total, offset in zip(totals, bias, strict=True)]


def softened(scores: Sequence[float], temperature: float, doubt: float) -> list[float]:
    """Likelihoods of scores: a softmax, of which the share `doubt` is spread over all."""
    highest = max(scores)
    odds = [math.exp((score - highest) / temperature) for score in scores]
    certain, spread = (1 - doubt) / sum(odds), doubt / len(odds)
    return [odd * certain + spread for odd in odds]


def unpacked(lines: Sequence[str]) -> bytes:
    """Bytes that are shipped as lines of base64 over zlib."""
    return zlib.decompress(base64.b64decode("".join(lines)))


@cache
def guesser() -> Guesser:
    """The guesser with the shipped weights."""
    text = files("knowthyself_tui.language").joinpath("data", "backoff.json").read_text("utf-8")
    return Guesser(json.loads(text))


@lru_cache(maxsize=1024)
def ranked(text: str) -> tuple[tuple[str, float], ...]:
    """Intents with their likelihood by the shipped weights, most likely first; kept, as a line asks more than once."""
    return tuple(guesser().rank(text))
