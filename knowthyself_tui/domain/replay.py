"""An encounter's log folded again into the timeline that rules, scoring and debrief read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from knowthyself_tui.domain.acts import Status
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.timeline import LoggedAct, LoggedFinding, LoggedTurn, Sample, Timeline


def replay(scenario: Scenario, seed: int, events: Sequence[Event], *, end_ms: int | None = None) -> Timeline:
    """Fold `events` (one encounter, in order of seq) from patient contact on.

    Args:
        end_ms: up to where time passed when the log has no end yet; the last event by default.
    """
    state = EncounterState.begin(scenario, seed)
    samples = [state.sample()]
    for event in events:
        samples += _pass_time(state, event.at_ms)
        state.evolve(event)
    last_ms = events[-1].at_ms if events else 0
    samples += _pass_time(state, max(last_ms, end_ms or 0))
    return timeline_of(events, samples, state)


def timeline_of(events: Sequence[Event], samples: Sequence[Sample], state: EncounterState) -> Timeline:
    """The timeline of an encounter whose body is known second by second."""
    return Timeline(
        acts=_acts(events, samples),
        turns=tuple(_turn(event) for event in events if event.kind in ("said", "replied")),
        findings=tuple(_finding(event) for event in events if event.kind in ("revealed", "measured")),
        samples=tuple(samples),
        end_seconds=state.at_ms / 1000,
        end_reason=state.ended or "",
    )


def _pass_time(state: EncounterState, to_ms: int) -> list[Sample]:
    return [state.sample() for _ in state.advance(to_ms)]


def _acts(events: Sequence[Event], samples: Sequence[Sample]) -> tuple[LoggedAct, ...]:
    """The acts with their last known status and slots, at the moment they were ordered."""
    status: dict[str, Status] = {}
    slots: dict[str, Mapping[str, Any]] = {}
    for event in events:
        act_id = event.body.get("act_id")
        if event.kind == "cancelled":
            status[str(act_id)] = event.body.get("status", "cancelled")
        elif event.kind == "carried_out":
            status[str(act_id)] = "executed"
            slots[str(act_id)] = event.body["slots"]
    return tuple(
        LoggedAct(
            id=act["id"],
            turn_id=event.body["turn_id"],
            intent=act["intent"],
            modality=act["modality"],
            slots=slots.get(act["id"], act["slots"]),
            status=status.get(act["id"], act["status"]),
            at_seconds=event.at_ms / 1000,
            patient_state=samples[min(event.at_ms // 1000, len(samples) - 1)].state,
        )
        for event in events
        if event.kind == "understood"
        for act in event.body["acts"]
    )


def _turn(event: Event) -> LoggedTurn:
    body = event.body
    return LoggedTurn(event.id, body["speaker"], body["text"], event.at_ms / 1000, body["phase"])


def _finding(event: Event) -> LoggedFinding:
    body = event.body
    return LoggedFinding(event.id, body["act_id"], body["topic"], body["text"], event.at_ms / 1000, body["values"])
