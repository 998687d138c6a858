"""What a simulated student could say in a case: the lines of its optimal script and its wrong orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowthyself_tui.content import Library
from knowthyself_tui.content.bots import load_bots
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.bots import Bots
from knowthyself_tui.domain.scenario.judgement import WrongOrder
from knowthyself_tui.errors import ContentError
from knowthyself_tui.session.reading import read_line
from knowthyself_tui.session.script import BARE_SECONDS, END, ScriptLine, parse_script


@dataclass(frozen=True, slots=True)
class Timed:
    """A line and when the best student says it."""

    seconds: int
    """Of scenario time."""
    text: str
    is_treatment: bool = False
    """It orders something that is done to the patient."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as a student sees it."""

    id: str
    lines: tuple[Timed, ...]
    wrong_orders: tuple[WrongOrder, ...]
    """Those that have an example of how they are given."""
    minimum_seconds: int
    maximum_seconds: int


def check_case(library: Library, scenario_id: str) -> Bots:
    """What the author says of the case's best course.

    Raises:
        ContentError: there is no such case, or nothing beside it says what a good student types.
    """
    library.load(scenario_id)
    bots = load_bots(library.path_of(scenario_id))
    if bots is None:
        raise ContentError(
            f"Nobody can be simulated in {scenario_id!r}: a bots.yaml beside it must say the optimal course."
        )
    return bots


def load_case(library: Library, scenario_id: str) -> Case:
    """A case with the script of its author.

    Raises:
        ContentError: as `check_case` does.
    """
    bots, scenario = check_case(library, scenario_id), library.load(scenario_id).scenario
    return Case(
        id=scenario_id,
        lines=_with_treatments(timed(parse_script(bots.optimal.script.splitlines())), scenario),
        wrong_orders=tuple(order for order in scenario.judgement.wrong_orders if order.example),
        minimum_seconds=round(60 * scenario.minimum_minutes),
        maximum_seconds=round(60 * scenario.maximum_minutes),
    )


def timed(script: Sequence[ScriptLine]) -> tuple[Timed, ...]:
    """The lines of a script with a time for each, as if nothing took longer than its author thought."""
    return tuple(_timed(script))


def _timed(script: Iterable[ScriptLine]) -> Iterable[Timed]:
    last = 0
    for line in script:
        if line.at_seconds is not None:
            last = line.at_seconds
        else:
            last += BARE_SECONDS if line.after_seconds is None else line.after_seconds
        if line.text and line.text != END:
            yield Timed(last, line.text)


def _with_treatments(lines: Sequence[Timed], scenario: Scenario) -> tuple[Timed, ...]:
    """The lines with what they are read as at patient contact."""
    contact = EncounterState.begin(scenario, seed=1)
    readings = [read_line(line.text, contact, None) for line in lines]
    return tuple(
        replace(line, is_treatment=any(act.is_treatment for act in reading.acts))
        for line, reading in zip(lines, readings, strict=True)
    )
