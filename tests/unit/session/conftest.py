"""An encounter without a screen or a store, with counted ids and a fixed wall clock."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.records import Batch, StudentRecord
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.sitting import Plan, Sitting

NOW = "2026-01-01T00:00:00.000Z"


def new_sitting(seed: int = 1) -> Sitting:
    numbers = count(1)
    log = SessionLog("session", new_id=lambda: f"id-{next(numbers):05d}", now=lambda: NOW)
    student = StudentRecord("student", "s1", "Zoë", None, None, None, None, NOW)
    return Sitting(student, Plan(("asthma",), seed=seed), log, Library())


class Player:
    """Plays one encounter and keeps every batch, as a store would."""

    def __init__(self, seed: int = 1) -> None:
        self.sitting = new_sitting(seed)
        self.batches: list[Batch] = [self.sitting.begin(), self.sitting.give_consent(), self.sitting.start_encounter()]
        assert self.sitting.encounter is not None
        self.encounter = self.sitting.encounter

    def say(self, text: str) -> Batch:
        return self._keep(self.encounter.say(text))

    def wait(self, seconds: float) -> Batch:
        return self._keep(self.encounter.advance_to(self.encounter.state.at_ms + round(1000 * seconds)))

    def _keep(self, batch: Batch) -> Batch:
        kept = self.sitting.keep(batch)
        self.batches.append(kept)
        return kept

    def heard(self, speaker: str) -> list[str]:
        """What this speaker has said so far."""
        return [
            event.body["text"]
            for event in self.sitting.events
            if event.kind in ("said", "replied") and event.body["speaker"] == speaker
        ]

    def given(self) -> list[tuple[str, dict[str, object]]]:
        """Orders that reached the body, as (intent, slots)."""
        return [(e.body["intent"], dict(e.body["slots"])) for e in self.sitting.events if e.kind == "carried_out"]

    def told(self, topic: str) -> list[str]:
        """What the narrator told about a procedure."""
        return [
            event.body["text"]
            for event in self.sitting.events
            if event.kind in ("revealed", "measured") and event.body["topic"] == topic
        ]


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def make_player() -> Callable[[int], Player]:
    return Player
