"""A sitting: consent, the scenarios in turn, the student's own reflection, the debrief, the end. Without a screen.

Like an encounter, every step gives a `Batch`; the driver stores it before it shows the next phase, so a sitting
that was killed goes on exactly where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowthyself_tui import __version__
from knowthyself_tui.content import Library
from knowthyself_tui.debrief import Debrief, build_debrief
from knowthyself_tui.domain.body import ENGINE_VERSION
from knowthyself_tui.domain.consent import Consent
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.records import Batch, EncounterRecord, EndReason, StudentRecord
from knowthyself_tui.domain.replay import replay, timeline_of
from knowthyself_tui.domain.timeline import Timeline
from knowthyself_tui.scoring import score
from knowthyself_tui.session.encounter import Encounter
from knowthyself_tui.session.log import SessionLog

Phase = Literal["consent", "briefing", "encounter", "reflection", "debrief", "end"]

SCORING_VERSION = "1"
"""Of the way verdicts and sums are made; stored with each verdict, beside the scenario's own version."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sitting will be, fixed when it starts."""

    scenarios: tuple[str, ...]
    seed: int = 1
    arm: str | None = None
    patient_kind: str = "scripted"
    study: str | None = None
    arm_source: str | None = None
    """Who chose the arm; where nobody says, the option that named it."""
    synthetic: bool = False
    """A program plays it."""


class Sitting:
    """One student's sitting."""

    def __init__(
        self, student: StudentRecord, plan: Plan, log: SessionLog, library: Library, *, recording: bool = False
    ) -> None:
        """`recording` keeps every second of the body, so that verdicts need no second run; for bots."""
        self.student = student
        self.plan = plan
        self.log = log
        self.library = library
        self.recording = recording
        self.phase: Phase = "consent"
        self.position = 0
        """Index of the present scenario in the queue."""
        self.encounter: Encounter | None = None
        self.events: list[Event] = []
        """Everything that happened in this sitting, in order."""
        self.records: dict[str, EncounterRecord] = {}
        """What each encounter was begun with, by its id."""
        self._folded: tuple[tuple[str, int, int], Timeline] | None = None

    @property
    def session_id(self) -> str:
        return self.log.session_id

    @property
    def needs_consent(self) -> bool:
        return self.student.consent_version != self.library.consent().version

    def begin(self) -> Batch:
        """The sitting's first batch."""
        started = self.log.event(
            "session_started",
            {
                "student_id": self.student.id,
                "student_code": self.student.code,
                "arm": self.plan.arm,
                "arm_source": self.plan.arm_source or ("option" if self.plan.arm else "none"),
                "challenge_points": False,
                "language": "en",
                "scenario_queue": list(self.plan.scenarios),
                "seed": self.plan.seed,
                "patient_kind": self.plan.patient_kind,
                "model": None,
                "study": self.plan.study,
                "synthetic": self.plan.synthetic,
                "app_version": __version__,
                "status": "in_progress",
            },
        )
        return self._keep(Batch(events=(started, self._enter("consent" if self.needs_consent else "briefing"))))

    def give_consent(self) -> Batch:
        """The student agreed to the present consent text."""
        consent: Consent = self.library.consent()
        given = self.log.event(
            "consent_given",
            {"version": consent.version, "text_sha256": consent.sha256, "student_id": self.student.id},
        )
        self.student = replace(self.student, consented_at=given.created_at, consent_version=consent.version)
        return self._keep(Batch(events=(given, self._enter("briefing"))))

    def start_encounter(self) -> Batch:
        """Walk in on the next patient of the queue."""
        loaded = self.library.load(self.plan.scenarios[self.position])
        record = EncounterRecord(
            id=self.log.new_id(),
            session_id=self.session_id,
            position=self.position,
            scenario_id=loaded.scenario.id,
            scenario_version=loaded.scenario.version,
            scenario_sha256=loaded.sha256,
            scenario=loaded.document,
            seed=self.plan.seed + self.position,
            started_at=self.log.now(),
            engine_version=ENGINE_VERSION,
            protocol=loaded.protocol,
        )
        state = EncounterState.begin(loaded.scenario, record.seed)
        if self.recording:
            state.recorded = [state.sample()]
        self.encounter = Encounter(record, state, self.log, self.library.narration())
        entered = self._enter("encounter")
        begun = self.encounter.begin()
        self.records[record.id] = self.encounter.record
        return self._keep(replace(begun, events=(entered, *begun.events)))

    def keep(self, batch: Batch) -> Batch:
        """Take in a batch that the encounter gave, and move on when it ended the encounter."""
        self._keep(batch)
        if self.encounter is None or self.encounter.state.ended is None or self.phase != "encounter":
            return batch
        entered = self._enter("reflection")
        finished = replace(batch, events=(*batch.events, entered), result=self.debrief().result)
        self.events.append(entered)
        return finished

    def end_encounter(self, reason: EndReason) -> Batch:
        """End the present encounter; its verdicts are stored in the same transaction."""
        assert self.encounter is not None
        return self.keep(self.encounter.end(reason))

    def reflect(self, went_well: str, change: str, score_estimate: float | None) -> Batch:
        """The student's own view, before any verdict shows."""
        assert self.encounter is not None
        given = self.log.event(
            "estimate_given",
            {
                "encounter_id": self.encounter.record.id,
                "went_well": went_well,
                "change": change,
                "score": score_estimate,
                "seconds": None,
            },
            encounter_id=self.encounter.record.id,
            at_ms=self.encounter.state.at_ms,
        )
        return self._keep(Batch(events=(given, self._enter("debrief"))))

    def debrief(self) -> Debrief:
        """Every verdict of the present encounter with what it rests on, from the log alone."""
        assert self.encounter is not None
        encounter, timeline = self.encounter, self.timeline()
        scenario = encounter.state.scenario
        result = score(
            scenario.judgement,
            timeline,
            encounter_id=encounter.record.id,
            rule_version=f"{SCORING_VERSION}/{scenario.version}",
            complete=timeline.end_reason == "arrest" or timeline.end_seconds >= 60 * scenario.minimum_minutes,
        )
        return build_debrief(scenario, timeline, result)

    def timeline(self) -> Timeline:
        """The present encounter as it is judged: the log folded again, once for each length of the log."""
        assert self.encounter is not None
        encounter = self.encounter
        key = (encounter.record.id, self.log.last_seq, encounter.state.at_ms)
        if self._folded is None or self._folded[0] != key:
            events = [event for event in self.events if event.encounter_id == encounter.record.id]
            self._folded = key, _timeline(encounter, events)
        return self._folded[1]

    def pause(self) -> Batch:
        """The student leaves for now; an encounter under way is kept to the millisecond."""
        snapshot = self.encounter.snapshot() if self.encounter and self.phase == "encounter" else None
        return self._keep(Batch(events=(self._leave_or_return("paused"),), snapshot=snapshot))

    def resumed(self) -> Batch:
        """The student is back."""
        return self._keep(Batch(events=(self._leave_or_return("resumed"),)))

    def _leave_or_return(self, kind: Literal["paused", "resumed"]) -> Event:
        if self.encounter is None or self.phase != "encounter":
            return self.log.event(kind, {})
        return self.log.event(kind, {}, encounter_id=self.encounter.record.id, at_ms=self.encounter.state.at_ms)

    def next_step(self) -> Batch:
        """After a debrief: the next scenario's briefing, or the end of the sitting."""
        if self.position + 1 < len(self.plan.scenarios):
            self.position += 1
            self.encounter = None
            return self._keep(Batch(events=(self._enter("briefing"),)))
        return self.close("completed")

    def close(self, status: Literal["completed", "abandoned"]) -> Batch:
        """End the sitting."""
        entered = self._enter("end")
        ended = self.log.event("session_ended", {"status": status})
        return self._keep(Batch(events=(entered, ended)))

    def _enter(self, phase: Phase) -> Event:
        self.phase = phase
        return self.log.event("phase_entered", {"phase": phase, "position": self.position})

    def _keep(self, batch: Batch) -> Batch:
        self.events += batch.events
        return batch


def _timeline(encounter: Encounter, events: Sequence[Event]) -> Timeline:
    state = encounter.state
    if state.recorded is not None:
        return timeline_of(events, state.recorded, state)
    return replay(state.scenario, encounter.record.seed, events, end_ms=state.at_ms)
