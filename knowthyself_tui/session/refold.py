"""A stored log played again: every batch that the sitting must have handed to the store, from its events alone.

Samples, state changes, snapshots, disclosures and verdicts come out of the same `Encounter` and `Sitting` that
made them; only the events are not made but taken from the log.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from knowthyself_tui.content import Library
from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.records import Batch, EncounterRecord, Snapshot, StudentRecord
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.session.encounter import Encounter
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.sitting import Plan, Sitting
from knowthyself_tui.store.models import to_json

RecordOf = Callable[[Event], tuple[EncounterRecord, Scenario]]
"""What an encounter was begun with, given its first event."""


def batches_again(
    student: StudentRecord,
    events: Sequence[Event],
    library: Library,
    record_of: RecordOf,
    passed_ms: Mapping[str, int],
) -> Iterator[Batch]:
    """The batches of a sitting, one an event, then the time that passed after the last one.

    Args:
        student: whose sitting it is.
        events: its whole log, in order.
        library: for the sentences that all scenarios share.
        record_of: what an encounter was begun with.
        passed_ms: how far the clock of an encounter without an end has run, by encounter id.
    """
    session_id = events[0].session_id if events else ""
    sitting = Sitting(student, Plan(()), SessionLog(session_id), library)
    under_way: _Again | None = None
    for event in events:
        sitting.events.append(event)
        if event.kind == "encounter_started":
            record, scenario = record_of(event)
            under_way = _Again(record, scenario, library)
            yield under_way.begin_with(event)
        elif under_way is None:
            yield Batch((event,))
        else:
            batch = under_way.follow(event)
            if event.kind == "encounter_ended":
                sitting.encounter = under_way
                batch = replace(batch, result=sitting.debrief().result)
                under_way = None
            yield batch
    if under_way is not None:
        yield under_way.wait_until(passed_ms.get(under_way.record.id, 0))


class _StoredLog(SessionLog):
    """Hands out the event of the log instead of stamping a new one."""

    stored: Event

    def event(
        self, kind: EventKind, body: Mapping[str, Any], *, encounter_id: str | None = None, at_ms: int = 0
    ) -> Event:
        return self.stored


class _Again(Encounter):
    """An encounter that takes its events from the log."""

    def __init__(self, record: EncounterRecord, scenario: Scenario, library: Library) -> None:
        self._stored = _StoredLog(record.session_id)
        super().__init__(record, EncounterState.begin(scenario, record.seed), self._stored, library.narration())
        self._newest: Snapshot | None = None
        self._since: list[Event] = []
        """The encounter's events after the newest snapshot."""

    def begin_with(self, started: Event) -> Batch:
        self._stored.stored = started
        return self._kept(self.begin(), None)

    def follow(self, event: Event) -> Batch:
        """What the sitting stored with this event of the log."""
        if event.kind == "resumed":
            self._wake()
        if event.encounter_id != self.record.id:
            return Batch((event,))
        self._let_pass(event.at_ms)
        if event.kind == "paused":
            return self._kept(replace(self._take(), events=(event,), snapshot=self.snapshot()), event)
        if event.kind == "encounter_ended" and self._sampled_ms != self.state.at_ms:
            self._sample()
        self._stored.stored = event
        self._emit(event.kind, dict(event.body))
        return self._kept(self._take(), event)

    def wait_until(self, to_ms: int) -> Batch:
        """What was stored while nothing was said."""
        self._let_pass(min(to_ms, self._limit_ms))
        return self._take()

    @property
    def _limit_ms(self) -> int:
        return round(60_000 * self.state.scenario.maximum_minutes)

    def _let_pass(self, to_ms: int) -> None:
        if to_ms > self._limit_ms:
            raise ValueError(f"an event at {to_ms} ms, when the case was over")
        for second in self.state.advance(to_ms):
            self._note_second(second)

    def _tell_turn(self, turn: str) -> None:
        """What was told unasked stands in the log like everything else."""

    def _kept(self, batch: Batch, event: Event | None) -> Batch:
        if batch.snapshot is not None:
            self._newest, self._since = batch.snapshot, []
        if event is not None:
            self._since.append(event)
        return batch

    def _wake(self) -> None:
        """As `resume` does it: the newest snapshot as the store gives it back, and the events after it."""
        if self._newest is None:
            return
        document = json.loads(to_json(self._newest.document))
        self.state = EncounterState.from_json(self.state.scenario, document)
        for event in self._since:
            if event.seq > self.state.last_seq:
                self.state.evolve(event)
        self._sampled_ms = None
