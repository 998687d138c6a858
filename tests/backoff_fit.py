"""The arithmetic of `tests.train_backoff`: sparse features, weights by L-BFGS, likelihoods that hold."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from knowthyself_tui.language.backoff import softened
from knowthyself_tui.language.backoff_features import features

Example = tuple[str, str]
"""An intent and a text as `plain` gives it."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """What the training depends on besides the examples."""

    seed: int = 20
    least_texts: int = 3
    """Texts in which a feature occurs before it counts."""
    evenness: float = 0.25
    """0 counts every example alike, 1 every intent."""
    l2: float = 0.2
    steps: int = 63
    """Whole steps from 0 to the largest weight."""
    least_steps: int = 5
    """A feature other than a word is left out where no intent moves it this many steps."""
    iterations: int = 60


@dataclass(frozen=True)
class Fit:
    """Weights per feature and intent, before rounding."""

    intents: list[str]
    names: list[str]
    common: list[str]
    weights: Floats
    bias: Floats

    def scores(self, texts: Sequence[str]) -> Floats:
        """Scores, a row per text and a column per intent."""
        rows = {name: index for index, name in enumerate(self.names)}
        common = frozenset(self.common)
        table = _table([features(text, common) for text in texts], rows, np.ones(len(rows)))
        return np.asarray(table @ self.weights) + self.bias


def fitted(examples: Sequence[Example], settings: Settings) -> Fit:
    """Softmax regression on the examples."""
    intents = sorted({intent for intent, _ in examples})
    uses = Counter(word for _, text in examples for word in set(text.split()))
    common = sorted(word for word, count in uses.items() if count > 1)
    words = frozenset(common)
    seen = [features(text, words) for _, text in examples]
    texts = Counter(name for found in seen for name in found)
    kept = {name for name, count in texts.items() if count >= settings.least_texts}
    first = [f"={word}" for word in common]
    names = [*first, *sorted(kept - set(first))]
    rarity = np.array([math.log((1 + len(examples)) / (1 + texts[name])) for name in names])
    rows = {name: index for index, name in enumerate(names)}
    table = _table(seen, rows, rarity)
    wanted = np.array([intents.index(intent) for intent, _ in examples])
    weight = np.bincount(wanted).astype(float)[wanted] ** -settings.evenness
    weights, bias = _regression(table, wanted, weight / weight.mean(), settings)
    return Fit(intents, names, common, weights * rarity[:, None], bias)


def _table(found: Sequence[set[str]], rows: dict[str, int], values: Floats) -> csr_matrix[np.float64]:
    """A row per text, as long as one whatever the number of its features."""
    columns = [sorted(rows[name] for name in names if name in rows) for names in found]
    ends = np.cumsum([0, *(len(each) for each in columns)])
    flat = np.array([column for each in columns for column in each], dtype=np.int64)
    scale = np.repeat([1 / math.sqrt(max(1, len(each))) for each in columns], np.diff(ends))
    return csr_matrix((values[flat] * scale, flat, ends), shape=(len(found), len(rows)))


def _regression(
    table: csr_matrix[np.float64], wanted: NDArray[np.int64], weight: Floats, settings: Settings
) -> tuple[Floats, Floats]:
    lines, columns = table.shape
    width, each = int(wanted.max()) + 1, np.arange(lines)
    turned = table.T.tocsr()

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, bias = point[: columns * width].reshape(columns, width), point[columns * width :]
        scores = np.asarray(table @ weights) + bias
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        totals = odds.sum(axis=1)
        cost = -float((weight * (scores[each, wanted] - np.log(totals))).sum())
        wrong = odds / totals[:, None]
        wrong[each, wanted] -= 1
        wrong *= weight[:, None]
        slope = np.asarray(turned @ wrong) + settings.l2 * weights
        return cost + settings.l2 / 2 * float((weights**2).sum()), np.concatenate([slope.ravel(), wrong.sum(axis=0)])

    found = minimize(
        loss, np.zeros((columns + 1) * width), jac=True, method="L-BFGS-B", options={"maxiter": settings.iterations}
    )
    return found.x[: columns * width].reshape(columns, width), found.x[columns * width :]


def calibration(scores: Floats, wanted: NDArray[np.int64]) -> tuple[float, float]:
    """Temperature and doubt under which the likelihood of a first guess is how often it is right."""
    right = scores.argmax(axis=1) == wanted
    # Some doubt always, so that no intent is ever impossible.
    grid = [(t / 20, d / 50) for t in range(6, 61) for d in range(1, 21)]
    return min(grid, key=lambda each: _surprise(highest(scores, *each), right))


def highest(scores: Floats, temperature: float, doubt: float) -> Floats:
    """Likelihood of each row's first guess."""
    odds = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return np.asarray((1 - doubt) / odds.sum(axis=1) + doubt / scores.shape[1])


def _surprise(likely: Floats, right: NDArray[np.bool_]) -> float:
    return -float(np.log(np.clip(np.where(right, likely, 1 - likely), 1e-6, 1)).mean())


def chatter_line(measures: Floats, is_chatter: NDArray[np.bool_]) -> list[float]:
    """Offset and slopes of a logistic line through measures, both kinds counted alike."""
    table = np.column_stack([np.ones(len(measures)), measures])
    weight = np.where(is_chatter, 0.5 / is_chatter.mean(), 0.5 / (1 - is_chatter.mean()))

    def loss(point: Floats) -> float:
        sense = np.where(is_chatter, 1, -1) * (table @ point)
        return float((weight * np.logaddexp(0, -sense)).mean()) + 1e-4 * float((point**2).sum())

    return [round(float(x), 4) for x in minimize(loss, np.zeros(table.shape[1]), method="BFGS").x]


def likelihoods(scores: Floats, temperature: float, doubt: float) -> Floats:
    """Likelihoods, a row per text."""
    return np.array([softened(list(row), temperature, doubt) for row in scores])
