"""Learns the back-off's weights from the example lines: `python -m tests.train_backoff`.

Makes likelihoods honest on held-out lines and writes `knowthyself_tui/language/data/backoff.json`. `--report` shows the
held-out results only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
import sys
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from knowthyself_tui.language.backoff import CHATTER
from knowthyself_tui.language.backoff_features import new_share, plain
from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.reader import typed_tokens
from knowthyself_tui.language.resources import load_yaml
from knowthyself_tui.language.spelling import corrected
from tests.backoff_fit import Example, Fit, Floats, Settings, calibration, chatter_line, fitted, likelihoods

DATA = Path(__file__).parents[1] / "knowthyself_tui" / "language" / "data"
LINES = Path(__file__).parent / "training"
FOLDS = 5
LINE_LENGTH = 112


def tokens_like_the_reader(line: str) -> list[str]:
    """Typed tokens of a line, everybody's name known."""
    people = {name: role for names in load_yaml("people.yaml").values() for name, role in names.items()}
    return typed_tokens([corrected(word) for word in tokens_of(line)], people)


@cache
def example_lines() -> dict[str, list[str]]:
    """Intent to its example lines, from every file of `tests/training`."""
    lines: dict[str, list[str]] = {}
    for file in sorted(LINES.glob("*.yaml")):
        for intent, some in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader).items():
            lines.setdefault(intent, []).extend(some)
    return lines


def examples() -> list[Example]:
    """Intent and text of every example line, each text once."""
    texts = {plain(tokens_like_the_reader(line)): intent for intent, lines in example_lines().items() for line in lines}
    return [(intent, text) for text, intent in texts.items() if text]


def fingerprint(settings: Settings) -> str:
    """Changes with the example lines and the settings."""
    content = json.dumps([example_lines(), asdict(settings)], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def held_out(known: Sequence[Example], settings: Settings) -> tuple[Floats, Floats]:
    """Scores of every example by a model that has not seen it, and the share of its words that were new to it."""
    order = list(range(len(known)))
    random.Random(settings.seed).shuffle(order)
    scores = np.zeros((len(known), len({intent for intent, _ in known})))
    news = np.zeros(len(known))
    for fold in range(FOLDS):
        out = order[fold::FOLDS]
        fit = fitted([known[i] for i in sorted(set(order) - set(out))], settings)
        scores[out] = fit.scores([known[i][1] for i in out])
        news[out] = [new_share(known[i][1].split(), set(fit.common)) for i in out]
    return scores, news


def share_in_top(scores: Floats, wanted: NDArray[np.int64], top: int) -> float:
    """Share of the rows of which the wanted column is among the `top` highest."""
    return float((np.argsort(-scores, axis=1)[:, :top] == wanted[:, None]).any(axis=1).mean())


def packed(content: bytes) -> list[str]:
    """Bytes as lines of text, small; `backoff.unpacked` gives them back."""
    text = base64.b64encode(zlib.compress(content, 9)).decode()
    return [text[start : start + LINE_LENGTH] for start in range(0, len(text), LINE_LENGTH)]


def rounded(fit: Fit, settings: Settings) -> dict[str, Any]:
    """The weights as whole steps, as the file holds them."""
    step = float(np.abs(fit.weights).max()) / settings.steps
    whole = np.round(fit.weights / step).astype(np.int8)
    first = len(fit.common)
    telling = np.abs(whole).max(axis=1) >= settings.least_steps
    telling[:first] = True
    names, whole = [name for name, tells in zip(fit.names, telling, strict=True) if tells], whole[telling]
    return {
        "intents": fit.intents,
        "bias": [round(float(x), 3) for x in fit.bias],
        "step": round(step, 6),
        "common_words": len(fit.common),
        "features": packed("\n".join(names).encode()),
        "weights": packed(whole.tobytes()),
    }


def trained() -> dict[str, Any]:
    """The content of `backoff.json`; says on the way what the held-out lines show."""
    known, settings = examples(), Settings()
    intents = sorted({intent for intent, _ in known})
    wanted = np.array([intents.index(intent) for intent, _ in known])
    scores, news = held_out(known, settings)
    print(f"{len(known)} lines, held out: right {share_in_top(scores, wanted, 1):.3f}", end=" ")
    print(f"within three {share_in_top(scores, wanted, 3):.3f}", flush=True)
    return {
        "fingerprint": fingerprint(settings),
        "settings": asdict(settings),
        **measures(scores, news, wanted, intents),
        **rounded(fitted(known, settings), settings),
    }


def measures(scores: Floats, news: Floats, wanted: NDArray[np.int64], intents: list[str]) -> dict[str, Any]:
    """What turns scores into likelihoods and into the likelihood of chatter, from held-out scores."""
    temperature, doubt = calibration(scores, wanted)
    likely = likelihoods(scores, temperature, doubt)
    say_likelihoods(likely, wanted)
    columns = [intents.index(intent) for intent in CHATTER]
    chat = likely[:, columns].sum(axis=1)
    is_chatter = np.isin(wanted, columns)
    table = np.column_stack([np.log(chat / (1 - chat)), news])
    line = chatter_line(table, is_chatter)
    say_chatter(table @ line[1:] + line[0], is_chatter)
    return {"temperature": temperature, "doubt": doubt, "chatter": line}


def say_likelihoods(likely: Floats, wanted: NDArray[np.int64]) -> None:
    """How often the first guess is right, by its likelihood."""
    first, right = likely.max(axis=1), likely.argmax(axis=1) == wanted
    for low, high in pairwise((0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)):
        within, above = (first >= low) & (first < high), first >= low
        if not within.any():
            continue
        print(f"  {low:.2f}: {within.sum()} lines, said {first[within].mean():.2f}", end=" ")
        print(
            f"right {right[within].mean():.2f}; all above: {above.mean():.2f} of lines, right {right[above].mean():.2f}"
        )


def say_chatter(sense: Floats, is_chatter: NDArray[np.bool_]) -> None:
    """Shares of chatter and of real lines above some likelihoods of chatter."""
    likely = 1 / (1 + np.exp(-sense))
    for level in (0.3, 0.5, 0.7, 0.8, 0.9):
        caught, lost = (likely[is_chatter] >= level).mean(), (likely[~is_chatter] >= level).mean()
        print(f"  chatter >= {level}: {caught:.2f} of the chatter, {lost:.2f} of the real lines")


def main() -> None:
    """Write the file, or only report."""
    content = json.dumps(trained(), indent=0)
    print(f"{len(content) / 1000:.0f} kB")
    if "--report" not in sys.argv:
        (DATA / "backoff.json").write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
