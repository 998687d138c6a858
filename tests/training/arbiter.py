"""Learns the arbiter's weights from the labelled lines: `python -m tests.training.arbiter`.

Writes `knowthyself_tui/language/data/arbiter.yaml` from the sets whose lines the model has not been trained on, and
from the lines with several acts of the others, of which it was shown none. `--report` shows only how each of the sets
`seventh` and later is read with weights that were learned without it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language.arbiter import Candidate, Measures, is_open, may_be_added, measures
from knowthyself_tui.language.clauses import read_clause
from knowthyself_tui.language.combine import combined
from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.reader import people_of, strong_clauses, typed_tokens
from knowthyself_tui.language.reading import Context
from knowthyself_tui.language.resources import word_set
from knowthyself_tui.language.spelling import corrected
from tests.language_scores import DATA

WEIGHTS = Path(__file__).parents[2] / "knowthyself_tui" / "language" / "data" / "arbiter.yaml"
TRAINED_ON = frozenset({"second", "third", "fourth", "fifth", "sixth"})
"""Sets whose lines with one act are among the model's examples."""
LATER = ("seventh", "eighth", "ninth", "tenth", "eleventh")
L2 = 2.0
Weights = Mapping[str, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """A labelled line with what it might hold."""

    name: str
    required: frozenset[str]
    allowed: frozenset[str]
    acts: tuple[Act, ...]
    measured: Mapping[str, tuple[Candidate, Measures]]

    @property
    def open_intents(self) -> list[str]:
        """Intents that the weights decide about."""
        if not self.measured or any(act.intent in word_set("settles_line") for act in self.acts):
            return []
        fixed = {act.intent for act in self.acts if not is_open(act)}
        standing = {act.intent for act in self.acts}
        return [
            intent
            for intent, (candidate, _) in self.measured.items()
            if intent not in fixed and (intent in standing or may_be_added(candidate, self.acts))
        ]

    def is_exact_with(self, weights: Weights) -> bool:
        senses = {intent: sense(weights, measured) for intent, (_, measured) in self.measured.items()}
        free = set(self.open_intents)
        standing = {act.intent for act in self.acts}
        got = (standing - free) | {intent for intent in free if senses[intent] > 0}
        got = got or {max(standing, key=lambda intent: senses.get(intent, 0.0))}
        return self.required <= got <= self.required | self.allowed


def sense(weights: Weights, measured: Measures) -> float:
    """Log odds of an act."""
    return weights["offset"] + sum(weights[name] * value for name, value in measured.items())


def weighed_lines() -> list[Weighed]:
    """Every labelled line."""
    return [line for path in sorted(DATA.glob("utterances_*.jsonl")) for line in _lines_of(path)]


def _lines_of(path: Path) -> Iterator[Weighed]:
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        context = Context(scenario_id=row["scenario"] if row["scenario"] != "general" else None)
        tokens = typed_tokens([corrected(token) for token in tokens_of(row["text"])], people_of(context))
        clauses = [read_clause(clause, asks) for clause, asks in strong_clauses(tokens)]
        if clauses:
            acts, _ = combined(clauses, tokens)
            required = frozenset(act["intent"] for act in row["acts"] if not act.get("optional"))
            optional = frozenset(act["intent"] for act in row["acts"]) | set(row.get("optional_intents", []))
            name = path.stem.removeprefix("utterances_")
            yield Weighed(name, required, optional, acts, measures(acts, clauses, tokens))


def learned_from(lines: Sequence[Weighed]) -> dict[str, float]:
    """Weights by logistic regression; optional acts teach nothing."""
    seen = [line for line in lines if line.name not in TRAINED_ON or len(line.required) > 1]
    rows = [
        (line.measured[intent][1], intent in line.required)
        for line in seen
        for intent in line.open_intents
        if intent in line.required or intent not in line.allowed
    ]
    names = list(rows[0][0])
    table = np.array([[1.0, *(measured[name] for name in names)] for measured, _ in rows])
    point = _regression(table, np.array([wanted for _, wanted in rows]))
    return {name: round(float(x), 3) for name, x in zip(["offset", *names], point, strict=True)}


def _regression(table: Floats, wanted: NDArray[np.bool_]) -> Floats:
    """Offset and slopes; the slopes are held small in units of each measure's spread."""
    spread = table.std(axis=0)
    spread[0] = 1.0
    table = table / spread

    def loss(point: Floats) -> tuple[float, Floats]:
        scores = table @ point
        cost = np.logaddexp(0, np.where(wanted, -scores, scores)).sum() + L2 / 2 * (point[1:] ** 2).sum()
        slope = table.T @ (1 / (1 + np.exp(-scores)) - wanted)
        slope[1:] += L2 * point[1:]
        return float(cost), slope

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / spread)


def report(lines: Sequence[Weighed]) -> None:
    """Exact shares of the later sets, each with the weights of all others."""
    for name in LATER:
        weights = learned_from([line for line in lines if line.name != name])
        own = [line for line in lines if line.name == name]
        print(f"{name}: {sum(line.is_exact_with(weights) for line in own) / len(own):.3f}")


def main() -> None:
    """Write the weights, or only report."""
    lines = weighed_lines()
    report(lines)
    if "--report" not in sys.argv:
        rows = "".join(f"{name}: {value}\n" for name, value in learned_from(lines).items())
        head = "# Weights of `arbiter.py`, learned by `python -m tests.training.arbiter`.\n"
        WEIGHTS.write_text(head + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
