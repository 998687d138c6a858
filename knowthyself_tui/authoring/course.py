"""Plays a case from a script, in memory, and keeps its course and its verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowthyself_tui.content import Library
from knowthyself_tui.domain.acts import Status
from knowthyself_tui.domain.records import Batch, EncounterResult, StudentRecord, VitalSample
from knowthyself_tui.session.headless import play_script
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.script import ScriptLine
from knowthyself_tui.session.sitting import Plan, Sitting

Readings = Mapping[str, float | None]

EPOCH = "2000-01-01T00:00:00.000Z"
_BOT = StudentRecord("bot", "bot", "", None, None, None, None, EPOCH)


@dataclass(frozen=True)
class Course:
    """One played case."""

    samples: tuple[VitalSample, ...]
    """Every five seconds of the case."""
    states: tuple[tuple[float, str], ...]
    """(minute, state) of every change, the first at 0."""
    result: EncounterResult
    statuses: tuple[tuple[str, Status], ...]
    """(intent, status) of every act."""

    def at(self, minute: float) -> Readings | None:
        """True values at a minute; None after the end."""
        found = [sample for sample in self.samples if sample.at_ms <= 60_000 * minute]
        over = not found or 60_000 * minute > self.samples[-1].at_ms + 5000
        return None if over else found[-1].values

    def reached(self, state: str) -> float | None:
        """The minute at which the patient first was in a state."""
        return next((minute for minute, name in self.states if name == state), None)

    @property
    def end_state(self) -> str:
        return self.states[-1][1]

    @property
    def minutes(self) -> float:
        return self.samples[-1].at_ms / 60_000


def play(
    library: Library, scenario_id: str, script: Sequence[ScriptLine], until_minutes: float | None = None
) -> Course:
    """Play `scenario_id` from a script to its end, or to a minute."""
    sitting = Sitting(_BOT, Plan((scenario_id,)), SessionLog("bot"), library, recording=True)
    sitting.begin()
    batches: list[Batch] = []
    until = None if until_minutes is None else round(60 * until_minutes)

    def keep(batch: Batch) -> None:
        batches.append(batch)

    for _ in play_script(sitting, script, keep, until_seconds=until):
        pass
    return _course(batches)


def _course(batches: Sequence[Batch]) -> Course:
    events = [event for batch in batches for event in batch.events]
    changes = [(change.at_ms / 60_000, change.to_state) for batch in batches for change in batch.state_changes]
    acts = [act for event in events if event.kind == "understood" for act in event.body["acts"]]
    return Course(
        tuple(sample for batch in batches for sample in batch.samples),
        ((0.0, "initial"), *changes),
        next(batch.result for batch in batches if batch.result is not None),
        tuple((act["intent"], act["status"]) for act in acts),
    )
