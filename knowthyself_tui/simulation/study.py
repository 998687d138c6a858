"""The study that is simulated: who is in which arm, who plays which cases, who is how skilled, who does not finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowthyself_tui.simulation.chance import stream

Arm = Literal["A", "B"]
Leaving = Literal["paused", "closed", "abandoned"]

BLOCK: tuple[Arm, ...] = ("A", "A", "B", "B")
"""Arms of four students who follow each other, in any order."""
NAME = "simulation"
PRACTICE = 0.15
"""What each encounter of a sitting adds to ability, in SD of skill."""
FORM_SD = 0.35
"""How far the form of a student varies between encounters, in SD of skill."""
ONLY_REGISTERS = 0.03
"""Share of students who begin a sitting and never agree to it."""
STOPS = 0.06
"""Share who agree and do not finish their sitting."""
LEAVES_EARLY = 0.03
"""Share of encounters that are ended before their minimum time."""


@dataclass(frozen=True, slots=True)
class Study:
    """What a cohort is made from: with this version, the same study gives the same databases."""

    seed: int
    effect: float
    """Added to the skill of arm A, in SD of skill."""
    cases: tuple[str, ...]
    """Scenario ids in the order in which they are handed out."""
    encounters_each: int
    folders: tuple[Path, ...] = ()
    """Where cases are besides the shipped ones."""
    protocol: str = "uk"


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated student."""

    number: int
    """From 1 on."""
    arm: Arm
    skill: float
    """The effect of the arm included, in SD."""
    cases: tuple[str, ...]
    registers_only: bool
    stops_in: int | None
    """Index of the encounter with which the sitting stops."""
    leaving: Leaving
    """How it stops: left by the menu, the window closed, or abandoned after that encounter."""
    leaves_early: frozenset[int]
    """Indices of the encounters that are ended before their minimum time."""

    @property
    def code(self) -> str:
        return f"SIM-{self.number:04}"


def handed_out(cases: Sequence[str], seed: int) -> tuple[str, ...]:
    """The cases in the order that a seed gives them."""
    mixed = sorted(cases)
    stream(seed, "cases").shuffle(mixed)
    return tuple(mixed)


def person(study: Study, number: int) -> Person:
    """Student `number` of a study, whoever else is in it."""
    arm, fate = arm_of(study.seed, number), stream(study.seed, number, "fate")
    drawn, stops_in = fate.random(), fate.randrange(study.encounters_each)
    leaving: Leaving = fate.choice(("paused", "closed", "abandoned"))
    early = frozenset(index for index in range(study.encounters_each) if fate.random() < LEAVES_EARLY)
    return Person(
        number=number,
        arm=arm,
        skill=stream(study.seed, number, "skill").gauss(0.0, 1.0) + (study.effect if arm == "A" else 0.0),
        cases=_cases_of(study, number),
        registers_only=drawn < ONLY_REGISTERS,
        stops_in=stops_in if ONLY_REGISTERS <= drawn < ONLY_REGISTERS + STOPS else None,
        leaving=leaving,
        leaves_early=early,
    )


def arm_of(seed: int, number: int) -> Arm:
    """The arm by permuted blocks of four."""
    block, place = divmod(number - 1, len(BLOCK))
    arms = list(BLOCK)
    stream(seed, "block", block).shuffle(arms)
    return arms[place]


def ability(study: Study, someone: Person, position: int) -> float:
    """What a student can do in one encounter, in SD of skill around the average student's first one."""
    form = stream(study.seed, someone.number, position, "form").gauss(0.0, FORM_SD)
    return someone.skill + PRACTICE * position + form


def _cases_of(study: Study, number: int) -> tuple[str, ...]:
    """Each student begins one case later, so that every case is played in every place of a sitting."""
    count = len(study.cases)
    return tuple(study.cases[(number - 1 + index) % count] for index in range(study.encounters_each))
