"""The bots: what each of them types, and for how long it plays."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.bots import Bots
from knowthyself_tui.domain.scenario.judgement import WrongOrder
from knowthyself_tui.session.script import ScriptLine, parse_script

HARM_BEGINS_SECONDS = 60
HARM_SHOWS_MINUTES = 6.0
"""How long after the patient's harm began it is looked at."""
TALKS_MINUTES = 9.0
RANDOM_LINES = 40
TALK = (
    "hello, I'm Sam, a student paramedic",
    "is it all right if I help you?",
    "what has happened today?",
    "when did it start?",
    "how bad is it out of ten?",
    "any allergies?",
    "what medicines do you take?",
    "any medical problems?",
    "when did you last eat or drink?",
    "what were you doing before it came on?",
    "do you smoke?",
    "you're doing really well, we're here to help",
    "who else is here with you?",
    "should I give oxygen?",
    "don't give any morphine",
    "if the pressure drops I will give fluids",
)
"""Questions, comfort, a negation and a condition: nothing that treats."""
POOL = (
    "sats?",
    "blood pressure",
    "listen to the chest",
    "BM",
    "12 lead ECG",
    "oxygen 15 litres non-rebreather",
    "lie him flat",
    "sit her up",
    "recovery position",
    "IV access",
    "250 ml saline",
    "salbutamol 5 mg neb",
    "adrenaline 0.5 mg IM",
    "midazolam 10 mg buccal",
    "naloxone 400 mcg IM",
    "glucose gel 20 g",
    "aspirin 300 mg",
    "gtn 2 sprays",
    "morphine 5 mg IV",
    "tourniquet on the left thigh",
    "bag him at 10 a minute",
    "suction the airway",
    "yes",
    "no",
    "2",
    "stop that",
    "asdf qwer",
    "",
)
"""What the random bot picks from besides the case's own lines."""


@dataclass(frozen=True, slots=True)
class Bot:
    """One run of one case."""

    name: str
    script: tuple[ScriptLine, ...] = ()
    until_minutes: float | None = None
    """None: to the end of the case."""


def bots_of(scenario: Scenario, expected: Bots) -> Iterator[Bot]:
    """Every bot of a case; the harmful ones are called `harmful:<id of the wrong order>`."""
    yield Bot("idle")
    optimal = lines_of(expected.optimal.script)
    yield Bot("optimal", optimal)
    if expected.late is not None:
        yield Bot("late", delayed(optimal, round(60 * expected.late.delay_minutes)))
    for extra in expected.plays:
        yield Bot(f"play:{extra.id}", lines_of(extra.script))
    yield Bot("badly", lines_of(expected.badly.script))
    yield Bot("talk", _every(30, TALK), min(scenario.maximum_minutes, TALKS_MINUTES))
    orders = [order for order in scenario.judgement.wrong_orders if order.example]
    for order in orders:
        script = harmful(order)
        last = max((line.at_seconds or 0 for line in script), default=0) / 60.0
        yield Bot(f"harmful:{order.id}", script, min(scenario.maximum_minutes, last + HARM_SHOWS_MINUTES))
    forbidden = [order for order in orders if order.kind == "contraindicated"]
    yield Bot("contraindicated", tuple(line for order in forbidden for line in _bare(order)))
    yield Bot("random", _at_random(optimal, orders))


def lines_of(script: str) -> tuple[ScriptLine, ...]:
    """A script of the file."""
    return tuple(parse_script(script.splitlines()))


def delayed(script: Sequence[ScriptLine], seconds: int) -> tuple[ScriptLine, ...]:
    """The same script, begun later."""
    return tuple(
        line if line.at_seconds is None else replace(line, at_seconds=line.at_seconds + seconds) for line in script
    )


def harmful(order: WrongOrder) -> tuple[ScriptLine, ...]:
    """A wrong order's example from the first minute on, confirmed when it is read back."""
    lines = parse_script(order.example)
    if lines and lines[0].at_seconds is None:
        lines[0] = replace(lines[0], at_seconds=HARM_BEGINS_SECONDS, after_seconds=None)
    return (*lines, ScriptLine("yes", after_seconds=2))


def _bare(order: WrongOrder) -> tuple[ScriptLine, ...]:
    return (*(ScriptLine(line.text) for line in parse_script(order.example)), ScriptLine("yes", after_seconds=2))


def _every(seconds: int, texts: Sequence[str]) -> tuple[ScriptLine, ...]:
    return tuple(ScriptLine(text, at_seconds=seconds * number) for number, text in enumerate(texts, 1))


def _at_random(optimal: Sequence[ScriptLine], orders: Sequence[WrongOrder]) -> tuple[ScriptLine, ...]:
    """Lines in any order at any time; the seed is fixed, so that a failure can be seen again."""
    chosen = random.Random(7)
    texts = [line.text for line in optimal] + [line.text for order in orders for line in _bare(order)]
    texts = [text for text in (*texts, *POOL) if text and not text.startswith("!")]
    picked = [chosen.choice(texts) for _ in range(RANDOM_LINES)]
    seconds = sorted(chosen.randrange(5, 1100) for _ in picked)
    return tuple(ScriptLine(text, at_seconds=at) for at, text in zip(seconds, picked, strict=True))
