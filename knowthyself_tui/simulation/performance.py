"""From ability to a script: what a student says in a case, when, how completely, and what goes wrong.

Each number below was chosen so that the scores of a cohort look like those of a class; the README beside this file
says how they come out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from knowthyself_tui.domain.scenario.judgement import WrongOrder
from knowthyself_tui.session.script import parse_script
from knowthyself_tui.simulation.case import Case, Timed, timed
from knowthyself_tui.simulation.chance import Odds, happens, lognormal, poisson, probability, stream

THINKS_OF_IT = Odds(-0.55, 0.65)
"""That a line of average difficulty is said at its time."""
REMEMBERS = Odds(0.2, 0.25)
"""That it is said later where it was not thought of at its time."""
TREATMENT = 2.0
"""Log-odds added to both for a treatment: questions and second looks are left out sooner than drugs."""
LATER_SECONDS = (40.0, 180.0)
"""How much later."""
DIFFICULTY_SD = 0.4
"""How far the lines of a case differ, in log-odds; the same for every cohort, so that items can be compared."""
SENTENCE_LOG_ODDS = 0.9
"""Taken off for each sentence of a long line, a handover, which is said in part."""
LONG_LINE_SENTENCES = 3
BEHIND = Odds(math.log(85.0), -0.35)
"""Logarithm of the seconds by which a student falls behind the best one, with this scatter."""
BEHIND_SCATTER = 0.25
FALLS_BEHIND_IN_SECONDS = 240.0
"""After these seconds by two thirds of it."""
HESITATION = Odds(math.log(22.0), -0.35)
"""Logarithm of the seconds before a line, with this scatter."""
HESITATION_SCATTER = 0.7
SWAPS = Odds(-1.8, -0.2)
"""That a line changes places with the next one."""
IS_VAGUE = Odds(-2.0, -0.3)
"""That an amount is left out."""
WRONG_ORDERS = Odds(-0.9, -0.45)
"""Logarithm of the mean number of wrong orders in an encounter."""
MOST_WRONG_ORDERS = 5
WRONG_BETWEEN_SECONDS = (60.0, 600.0)
SEVERITY_WEIGHTS = {"minor": 5.0, "moderate": 5.0, "severe": 2.0, "critical": 0.5}
"""How often errors of a severity are drawn, relative to each other."""
LINGERS_SECONDS = (20.0, 90.0)
"""From the last line to the end of the encounter."""

_AMOUNT = re.compile(r"\b\d+(?:\.\d+)?\s?(?:mg|mcg|g|ml|litres?|units?)\b\s?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.;])\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """One line as this student types it."""

    seconds: float
    """Of scenario time."""
    text: str
    full: str
    """What is typed when the crew asks for what was left out."""


@dataclass(frozen=True, slots=True)
class Performance:
    """One student in one case."""

    lines: tuple[Said, ...]
    end_seconds: int
    """When the student is done; the case may end before."""


def perform(case: Case, ability: float, name: str) -> Performance:
    """What a student of this ability does; `name` keeps this encounter's chance apart from every other's."""
    right = _swapped(list(_right_lines(case, ability, name)), ability, stream(name, "swaps"))
    wrong = _wrong_lines(case, ability, stream(name, "wrong"))
    lines = sorted([*right, *wrong], key=lambda line: line.seconds)
    lingers = stream(name, "end").uniform(*LINGERS_SECONDS)
    last = lines[-1].seconds if lines else 0.0
    return Performance(tuple(lines), round(max(last + lingers, case.minimum_seconds + lingers)))


def _right_lines(case: Case, ability: float, name: str) -> Iterator[Said]:
    """The lines of the best student that this one says, later and not always whole."""
    behind = lognormal(BEHIND, BEHIND_SCATTER, ability, stream(name, "behind"))
    for index, line in enumerate(case.lines):
        chance = stream(name, index)
        log_odds = _log_odds(case, index, ability)
        thinks, remembers = chance.random() < probability(log_odds), _remembers(line, ability, chance)
        delay = lognormal(HESITATION, HESITATION_SCATTER, ability, chance)
        later = 0.0 if thinks else chance.uniform(*LATER_SECONDS)
        text = _as_typed(line.text, log_odds, ability, chance)
        if text and (thinks or remembers):
            delay += later + behind * (1.0 - math.exp(-line.seconds / FALLS_BEHIND_IN_SECONDS))
            yield Said(line.seconds + delay, text, line.text)


def _log_odds(case: Case, index: int, ability: float) -> float:
    """That this student thinks of a line at its time."""
    difficulty = stream(case.id, index, "difficulty").gauss(0.0, DIFFICULTY_SD)
    return THINKS_OF_IT.at(ability) + _key(case.lines[index]) - difficulty


def _remembers(line: Timed, ability: float, chance: Random) -> bool:
    return chance.random() < probability(REMEMBERS.at(ability) + _key(line))


def _key(line: Timed) -> float:
    return TREATMENT if line.is_treatment else 0.0


def _as_typed(text: str, log_odds: float, ability: float, chance: Random) -> str:
    """A long line in part, one without its amount, or the line as it is."""
    is_vague = happens(IS_VAGUE, ability, chance)
    sentences = _SENTENCE_END.split(text)
    if len(sentences) >= LONG_LINE_SENTENCES:
        told = probability(log_odds - SENTENCE_LOG_ODDS)
        return " ".join([sentences[0], *(one for one in sentences[1:] if chance.random() < told)])
    return _AMOUNT.sub("", text).strip() if is_vague else text


def _swapped(lines: list[Said], ability: float, chance: Random) -> list[Said]:
    """Some lines trade places with the next one, each at the other's time."""
    for index in range(len(lines) - 1):
        if happens(SWAPS, ability, chance):
            first, second = lines[index : index + 2]
            lines[index] = Said(first.seconds, second.text, second.full)
            lines[index + 1] = Said(second.seconds, first.text, first.full)
    return lines


def _wrong_lines(case: Case, ability: float, chance: Random) -> Iterator[Said]:
    """Wrong orders of this case; the better the student, the fewer."""
    count = poisson(math.exp(WRONG_ORDERS.at(ability)), chance.random())
    weights = [SEVERITY_WEIGHTS[order.severity] for order in case.wrong_orders]
    for _ in range(min(count, MOST_WRONG_ORDERS) if weights else 0):
        order = chance.choices(case.wrong_orders, weights)[0]
        start = chance.uniform(*WRONG_BETWEEN_SECONDS)
        for line in _example(order):
            yield Said(start + line.seconds, line.text, line.text)


def _example(order: WrongOrder) -> tuple[Timed, ...]:
    """How it is given, from its first line on; whether it is confirmed is up to the student."""
    lines = timed(parse_script(order.example))
    return tuple(Timed(line.seconds - lines[0].seconds, line.text) for line in lines if line.text.casefold() != "yes")
