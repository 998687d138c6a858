"""A student at the keyboard: types the lines of a performance and answers when the crew asks back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from knowthyself_tui.session.script import END, ScriptLine
from knowthyself_tui.session.sitting import Sitting
from knowthyself_tui.simulation.chance import Odds, happens
from knowthyself_tui.simulation.performance import Performance, Said

ANSWER_SECONDS = 5
ADDS_WHAT_IS_MISSING = Odds(1.5, 0.4)
"""That a question of the crew about an order is answered."""
INSISTS = Odds(0.6, -0.4)
"""That an unusual order is confirmed when it is read back."""
TAKES_IT_BACK = "no, don't give that"
FIRST_CHOICE = "1"


def typed_lines(sitting: Sitting, performance: Performance, ability: float, chance: Random) -> Iterator[ScriptLine]:
    """The script of the sitting's present encounter, each line made when the one before it was said."""
    for line in performance.lines:
        yield ScriptLine(line.text, at_seconds=round(line.seconds))
        answer = _answer(_asked_now(sitting), line, ability, chance)
        if answer:
            yield ScriptLine(answer, after_seconds=ANSWER_SECONDS)
    yield ScriptLine(END, at_seconds=performance.end_seconds)


def _asked_now(sitting: Sitting) -> Mapping[str, Any] | None:
    """What the crew has just asked."""
    assert sitting.encounter is not None
    state = sitting.encounter.state
    waiting = state.open_order
    return waiting if waiting and waiting["asked_at_ms"] == state.at_ms else None


def _answer(asked: Mapping[str, Any] | None, line: Said, ability: float, chance: Random) -> str | None:
    if asked is None:
        return None
    if asked["kind"] == "choice":
        return FIRST_CHOICE
    if asked["kind"] == "read_back":
        return "yes" if happens(INSISTS, ability, chance) else TAKES_IT_BACK
    return line.full if happens(ADDS_WHAT_IS_MISSING, ability, chance) else None
