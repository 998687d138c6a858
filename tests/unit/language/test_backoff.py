"""The shipped weights of the back-off: learned from the example lines of now, right often enough, honest, quick."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from knowthyself_tui.language.backoff import CHATTER, Guesser, guesser, plain
from knowthyself_tui.language.combine import NOISE
from knowthyself_tui.language.resources import load_yaml
from tests.backoff_fit import Settings, fitted
from tests.train_backoff import DATA as SHIPPED
from tests.train_backoff import examples, fingerprint, rounded, tokens_like_the_reader

DATA = Path(__file__).parent / "data"
TRAINED = json.loads((SHIPPED / "backoff.json").read_text("utf-8"))
AGAIN = "run `python -m tests.train_backoff`"
TEXTS = (
    "what seems to be the trouble today",
    "have a proper look at her tummy would you",
    "nip down the stairs to the truck now",
    "fjdk wpeo lskd",
    "who won the cup final on saturday",
)


class Line(NamedTuple):
    """A labelled line that is not among the examples."""

    text: str
    wanted: set[str]


def _labelled() -> Iterator[tuple[str, list[str], set[str]]]:
    for name in (
        "utterances_dev.jsonl",
        "utterances_seventh.jsonl",
        "utterances_eighth.jsonl",
        "utterances_ninth.jsonl",
        "utterances_tenth.jsonl",
        "utterances_eleventh.jsonl",
    ):
        for row in map(json.loads, (DATA / name).read_text("utf-8").splitlines()):
            optional = {act["intent"] for act in row["acts"]} | set(row.get("optional_intents", []))
            yield row["text"], row["intents"], optional
    for line in (DATA / "lines.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, labels = line.split(" | ")[:2]
            yield text, [i for i in labels.split() if i[-1] != "?"], {i.rstrip("?") for i in labels.split()}


def held_out() -> list[Line]:
    """Lines with one required intent, without those that the examples hold too."""
    known = {text for _, text in examples()}
    lines = [
        Line(plain(tokens_like_the_reader(text)), {*required, *optional})
        for text, required, optional in _labelled()
        if len(required) == 1
    ]
    return [line for line in lines if line.text and line.text not in known]


HELD_OUT = held_out()
CHATTER_LINES = [plain(tokens_like_the_reader(line)) for line in (DATA / "chatter.txt").read_text("utf-8").splitlines()]


def test_the_weights_are_those_of_the_example_lines() -> None:
    settings = Settings(**TRAINED["settings"])
    assert TRAINED["fingerprint"] == fingerprint(settings), (
        f"the lines of tests/training or the settings have changed: {AGAIN}"
    )


@pytest.mark.long
def test_training_again_gives_the_same_guesses() -> None:
    """Another machine may round a weight the other way, and a new name in the lexicon may change a few texts."""
    settings = Settings(**TRAINED["settings"])
    again = Guesser({**TRAINED, **rounded(fitted(examples(), settings), settings)})
    same = [again.rank(line.text)[0][0] == guesser().rank(line.text)[0][0] for line in HELD_OUT]
    assert sum(same) / len(same) >= 0.97, AGAIN


def test_every_intent_can_be_guessed() -> None:
    assert TRAINED["intents"] == sorted(load_yaml("intents.yaml"))


def test_the_file_is_small() -> None:
    assert (SHIPPED / "backoff.json").stat().st_size < 900_000


@pytest.mark.parametrize("text", [*TEXTS, ""])
def test_likelihoods_add_up_and_are_in_order(text: str) -> None:
    ranked = guesser().rank(text)
    likelihoods = [likelihood for _, likelihood in ranked]
    assert sum(likelihoods) == pytest.approx(1)
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert ranked == Guesser(TRAINED).rank(text)


@pytest.mark.parametrize(("top", "floor"), [(1, 0.84), (3, 0.94)])
def test_held_out_lines_are_guessed(top: int, floor: float) -> None:
    right = [bool(line.wanted & {i for i, _ in guesser().rank(line.text)[:top]}) for line in HELD_OUT]
    assert len(right) > 600
    assert sum(right) / len(right) >= floor


@pytest.mark.parametrize("low", [0.5, 0.6, 0.7, 0.8])
def test_a_likelihood_promises_no_more_than_is_kept(low: float) -> None:
    """The labelled lines are easier than those that the grammar leaves, for which the likelihoods are made."""
    first = [(guesser().rank(line.text)[0], line.wanted) for line in HELD_OUT]
    right = [intent in wanted for (intent, likelihood), wanted in first if low <= likelihood < low + 0.1]
    assert len(right) > 20
    assert sum(right) / len(right) >= low


def test_chatter_is_told_from_real_lines() -> None:
    """Neither is among the examples; the real lines are those of the labelled sets."""

    def is_noise(text: str) -> bool:
        return guesser().chatter_of(text, guesser().rank(text)) >= NOISE

    caught = [is_noise(text) for text in CHATTER_LINES]
    lost = [is_noise(line.text) for line in HELD_OUT if not line.wanted & {*CHATTER, "abuse_profanity"}]
    assert sum(caught) / len(caught) >= 0.75
    assert sum(lost) / len(lost) <= 0.01


def test_the_chatter_lines_are_not_among_the_examples() -> None:
    assert not {text for _, text in examples()} & set(CHATTER_LINES)


def _seconds_of_a_fixed_loop() -> float:
    started = time.perf_counter()
    sum(number * number for number in range(20_000))
    return time.perf_counter() - started


def test_a_guess_costs_less_than_a_fixed_loop() -> None:
    """The loop takes about a millisecond; the best of several tries, as others may be using the machine."""
    guesser().rank("warm up")

    def seconds_of_a_guess() -> float:
        started = time.perf_counter()
        for text in TEXTS:
            guesser().rank(text)
        return (time.perf_counter() - started) / len(TEXTS)

    loop = min(_seconds_of_a_fixed_loop() for _ in range(7))
    assert min(seconds_of_a_guess() for _ in range(7)) < loop
