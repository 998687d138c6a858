"""Reads a line in the encounter's context: who is here, what was said last, which order waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.language import Context, Reading, read


def read_line(text: str, state: EncounterState) -> Reading:
    """How the student's line is understood here and now."""
    picked = _picked_choice(text, state.open_order)
    if picked is not None:
        return Reading((picked,), text=text)
    return read(text, context_of(state))


def context_of(state: EncounterState) -> Context:
    """What the reading may lean on."""
    waiting = state.open_order if state.open_order and state.open_order["kind"] != "choice" else None
    return Context(
        scenario_id=state.scenario.id,
        names=people(state.scenario),
        recent=tuple(act_from_json(act) for act in state.recent),
        open_order=act_from_json(waiting["act"]) if waiting else None,
        open_kind=waiting["kind"] if waiting else None,
    )


def people(scenario: Scenario) -> dict[str, str]:
    """Names on scene in lower case, with their role."""
    names = {scenario.patient.call_name.casefold(): "patient"}
    if scenario.bystander is not None:
        names[scenario.bystander.name.casefold()] = "bystander"
        names[scenario.bystander.relation.casefold()] = "bystander"
    return names


def act_to_json(act: Act) -> dict[str, Any]:
    """Everything of an act, so that an order that waits survives a restart."""
    return asdict(act) | {"slots": dict(act.slots), "missing": list(act.missing)}


def act_from_json(data: Mapping[str, Any]) -> Act:
    """An act from the log or from a waiting order."""
    fields = {name: data[name] for name in Act.__slots__ if name in data}
    return Act(**fields | {"missing": tuple(data.get("missing", ()))})


def _picked_choice(text: str, open_order: Mapping[str, Any] | None) -> Act | None:
    """The reading that "2" picks from numbered choices."""
    if open_order is None or open_order["kind"] != "choice":
        return None
    answer = text.strip().rstrip(".)")
    if not answer.isascii() or not answer.isdigit() or not 1 <= int(answer) <= len(open_order["choices"]):
        return None
    return act_from_json(open_order["choices"][int(answer) - 1]["act"])
