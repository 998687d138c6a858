"""A snapshot and the events after it are the whole encounter; so is the log alone."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.records import Snapshot
from knowthyself_tui.domain.replay import replay

LINES = [
    "NRB at 15 litres",
    "salbutamol 5mg neb",
    "sats?",
    "blood pressure",
    "full set of obs",
    "listen to the chest",
    "hydrocortisone 100mg IV",
    "cancel that",
    "give oxygen",
    "salbutamol 50mg neb",
    "yes",
    "any allergies?",
    "lie her flat",
    "magnesium 2g IV over 20 minutes",
    "stop the oxygen",
    "12 lead please",
]


def resumed(player: Any) -> EncounterState:
    """The encounter from what a store would hold: through JSON, newest snapshot, events after it."""
    snapshots = [batch.snapshot for batch in player.batches if batch.snapshot is not None]
    newest: Snapshot = snapshots[-1]
    state = EncounterState.from_json(Library().load("asthma").scenario, json.loads(json.dumps(newest.document)))
    for event in player.sitting.events:
        if event.encounter_id is not None and event.seq > state.last_seq:
            state.evolve(event)
    return state


@pytest.mark.parametrize("seed", range(6))
def test_resuming_gives_the_same_encounter_to_the_last_bit(seed: int, make_player: Callable[[int], Any]) -> None:
    chance = random.Random(seed)
    player = make_player(seed)
    for _ in range(25):
        player.say(chance.choice(LINES))
        player.wait(chance.choice([0.4, 3, 7.3, 21, 64]))
        if player.encounter.state.ended:
            break
        again, live = resumed(player), player.encounter.state
        list(again.advance(live.at_ms))
        assert json.dumps(again.to_json()) == json.dumps(live.to_json())


def test_the_log_alone_gives_every_stored_sample_again(player: Any) -> None:
    for line in LINES:
        player.say(line)
        player.wait(17)
    events = [event for event in player.sitting.events if event.encounter_id is not None]
    timeline = replay(player.encounter.state.scenario, 1, events, end_ms=player.encounter.state.at_ms)
    for batch in player.batches:
        for sample in batch.samples:
            again = timeline.sample_at(sample.at_ms / 1000)
            assert again is not None
            assert again.state == sample.state
            for name in ("hr", "rr", "spo2"):
                assert round(again.values[name] or 0) == (sample.values[name] or 0)


def test_the_same_seed_and_lines_give_the_same_log(make_player: Callable[[int], Any]) -> None:
    first, second = make_player(3), make_player(3)
    for player in (first, second):
        for line in LINES:
            player.say(line)
            player.wait(11)
    assert first.sitting.events == second.sitting.events
    assert [batch.samples for batch in first.batches] == [batch.samples for batch in second.batches]


def test_leaving_in_the_middle_keeps_the_clock_to_the_millisecond(player: Any) -> None:
    player.say("blood pressure")
    player.wait(12.345)
    player.batches.append(player.sitting.pause())
    again = resumed(player)
    assert again.at_ms == 12_345
    assert [task.due_ms for task in again.tasks] == [30_000]
    assert json.dumps(again.to_json()["body"]) == json.dumps(player.encounter.state.to_json()["body"])
