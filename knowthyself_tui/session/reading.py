"""Reads a line in the encounter's context: who is here, what was said last, which order waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.protocol_scope import under
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.language import Context, Reading, read
from knowthyself_tui.session.acts_json import act_from_json


def read_line(text: str, state: EncounterState, waiting: Mapping[str, Any] | None) -> Reading:
    """How the student's line is understood here and now."""
    picked = _picked_choice(text, waiting)
    if picked is not None:
        return Reading((picked,), text=text)
    reading = read(text, _context_of(state, waiting))
    return replace(reading, acts=tuple(under(act, state.scenario.formulary) for act in reading.acts))


def people(scenario: Scenario) -> dict[str, str]:
    """Names on scene in lower case, with their role."""
    names = {scenario.patient.call_name.casefold(): "patient"}
    for person in scenario.people:
        names[person.name.casefold()] = "bystander"
        names[person.relation.casefold()] = "bystander"
    return names


def _context_of(state: EncounterState, waiting: Mapping[str, Any] | None) -> Context:
    asked = waiting if waiting and waiting["kind"] != "choice" else None
    return Context(
        scenario_id=state.scenario.id,
        names=people(state.scenario),
        recent=tuple(act_from_json(act) for act in state.recent),
        open_order=act_from_json(asked["act"]) if asked else None,
        open_kind=asked["kind"] if asked else None,
    )


def _picked_choice(text: str, waiting: Mapping[str, Any] | None) -> Act | None:
    """The reading that "2" picks from numbered choices."""
    if waiting is None or waiting["kind"] != "choice":
        return None
    answer = text.strip().rstrip(".)")
    if not answer.isascii() or not answer.isdigit() or not 1 <= int(answer) <= len(waiting["choices"]):
        return None
    return act_from_json(waiting["choices"][int(answer) - 1]["act"])
