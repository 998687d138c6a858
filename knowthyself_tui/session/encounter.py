"""One patient, without a screen: takes lines and lets time pass; the application and the headless run both drive it.

Every call gives a `Batch` of events, samples and snapshots. The driver stores the batch first and shows it
afterwards; what a screen shows comes from the events alone, so a resumed encounter looks the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from knowthyself_tui.domain.acts import Act, Status
from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.domain.fold import EncounterState, Second, opens_handover
from knowthyself_tui.domain.records import (
    ENCOUNTER_IDENTITY,
    Batch,
    EncounterRecord,
    EndReason,
    Snapshot,
    StateChange,
    VitalSample,
)
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.domain.tasks import Task
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.domain.vitals import CHANNELS
from knowthyself_tui.patients import Line, Manners, PatientVoice, ScriptedPatient, id_of
from knowthyself_tui.session import crew
from knowthyself_tui.session.dialogue import answers
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.narrator import Narrator
from knowthyself_tui.session.open_orders import after_line, mark_answered, real_answers, still_waiting
from knowthyself_tui.session.reading import read_line
from knowthyself_tui.store.models import to_json

SAMPLE_SECONDS = 5
"""How often the body is sampled and the encounter snapshotted."""


class Encounter:
    """One scenario under way."""

    def __init__(self, record: EncounterRecord, state: EncounterState, log: SessionLog, narration: Narration) -> None:
        self.record = record
        self.state = state
        self.log = log
        self.narration = narration
        self.narrator = Narrator(narration)
        self.manners = Manners(state.scenario, narration.voices)
        self.voice: PatientVoice = ScriptedPatient(self.manners)
        self.end_requested = False
        """The student asked in words to end the case; the driver confirms."""
        self._batch = Batch()
        self._sampled_ms: int | None = None

    def begin(self) -> Batch:
        """The first batch: the encounter as it starts, with the first sample."""
        started = self._emit("encounter_started", _identity(self.record))
        self.record = replace(self.record, started_at=started.created_at)
        self._batch = replace(self._batch, encounter=self.record)
        self._sample()
        return self._take()

    def say(self, text: str) -> Batch:
        """Take one line of the student's at the present scenario time."""
        line = clean_text(text)
        waiting = still_waiting(self.state.open_order, self.state.at_ms)
        reading = read_line(line, self.state, waiting)
        opens = any(opens_handover(act.intent, act.modality) for act in reading.acts)
        said = self._emit("said", self._turn("student", line, source="typed", phase="handover" if opens else None))
        acts = [mark_answered(act, waiting) for act in real_answers(reading.acts, waiting)]
        acts = acts if reading.choices else crew.with_line(acts, self.state)
        statuses: list[Status] = ["clarify" if reading.choices else crew.status_of(act) for act in acts]
        asked = after_line(waiting, acts, statuses, reading.choices, self.state.at_ms)
        understood = self._understood(said, acts, statuses, asked)
        self._hold(acts, understood.body["acts"])
        heard = Line(line, acts)
        for reply in answers(self.state, self.voice, self.manners, self.narration, heard, statuses, asked):
            self._emit("replied", self._turn(**reply))
        self._run_due_tasks()
        self._control(acts)
        return self._take()

    def advance_to(self, to_ms: int) -> Batch:
        """Let scenario time pass; whatever falls due on the way happens at its own second."""
        self._advance(to_ms)
        return self._take()

    def write_note(self, text: str) -> Batch:
        """Keep a note of the student's own."""
        self._emit("note_written", {"text": clean_text(text)})
        return self._take()

    def end(self, reason: EndReason) -> Batch:
        """End the encounter now."""
        self._end(reason)
        return self._take()

    @property
    def busy_until_ms(self) -> int:
        """When everything under way is done."""
        return max((task.due_ms for task in self.state.tasks), default=self.state.at_ms)

    def snapshot(self) -> Snapshot:
        """The encounter as it is at this moment."""
        return Snapshot(self.record.id, self.state.at_ms, self.state.patient_state, self.state.to_json())

    def visible_channels(self) -> tuple[str, ...]:
        """Vital channels that the student can see: live or measured before."""
        return tuple(name for name in CHANNELS if name in self.state.readings or self.state.is_live(name))

    def _turn(
        self, speaker: str, text: str, *, source: str = "scripted", phase: str | None = None, **more: Any
    ) -> dict[str, Any]:
        return {
            "speaker": speaker,
            "text": text,
            "source": source,
            "phase": phase or ("handover" if self.state.handing_over else "encounter"),
            "complete": True,
            **more,
        }

    def _understood(
        self, said: Event, acts: Sequence[Act], statuses: Sequence[Status], asked: dict[str, Any] | None
    ) -> Event:
        logged = [
            {
                "id": self.log.new_id(),
                **act.to_json(),
                "status": status,
                "patient_state": self.state.patient_state,
            }
            for act, status in zip(acts, statuses, strict=True)
        ]
        return self._emit("understood", {"turn_id": said.id, "acts": logged, "open_order": asked})

    def _hold(self, acts: Sequence[Act], logged: Sequence[dict[str, Any]]) -> None:
        """Carry out "hold", "cancel" and "stop" on what is being prepared or runs, and say what came of it."""
        for act, entry in zip(acts, logged, strict=True):
            if act.intent != "hold_or_cancel":
                continue
            if act.slots.get("unknown_target"):
                self._emit("replied", self._turn("crewmate", self.narration.crewmate["ask_what_to_stop"]))
                continue
            meant = [] if act.completes_open else crew.meant_by(act, self.state.tasks)
            falling = crew.falls_with(meant, self.state.tasks, has_line=self.state.has_line)
            self._cancel([*meant, *falling])
            begun = not meant and not act.completes_open and not act.slots.get("not_yet")
            stops = begun and self.state.would_change(act.intent, act.slots)
            if stops:
                self._carry_out(entry["id"], act.intent, dict(act.slots))
            said = self.narration.crewmate["stopped" if meant or stops else "hold_or_cancel"]
            self._emit("replied", self._turn("crewmate", said))

    def _cancel(self, tasks: Sequence[Task]) -> None:
        for act_id in dict.fromkeys(task.act_id for task in tasks if task.is_treatment):
            self._emit("cancelled", {"act_id": act_id})

    def _control(self, acts: Sequence[Act]) -> None:
        """Ask for the end, or let the time pass that the student wants to wait."""
        for act in acts:
            if act.intent != "session_control" or act.modality in ("negated", "question"):
                continue
            minutes = act.slots.get("minutes")
            if isinstance(minutes, int | float) and minutes > 0:
                self._advance(self.state.at_ms + round(60_000 * float(minutes)))
            elif act.slots.get("command") in ("end", "finish", "stop"):
                self.end_requested = True

    def _advance(self, to_ms: int) -> None:
        while self.state.ended is None and self.state.at_ms < to_ms:
            self._pass_time(min(to_ms, self._next_due_ms(to_ms)))
            self._run_due_tasks()

    def _next_due_ms(self, to_ms: int) -> int:
        return min((task.due_ms for task in self.state.tasks), default=to_ms)

    def _pass_time(self, to_ms: int) -> None:
        for second in self.state.advance(to_ms):
            self._note_second(second)
            if self.state.arrest_is_over:
                return self._end("arrest")
            if second.at_seconds >= 60 * self.state.scenario.maximum_minutes:
                return self._end("time")
        return None

    def _note_second(self, second: Second) -> None:
        if second.moved_from is not None:
            change = StateChange(
                self.record.id, 1000 * second.at_seconds, second.moved_from, second.state, "physiology"
            )
            changes = (*self._batch.state_changes, change)
            self._batch = replace(self._batch, state_changes=changes, snapshot=self.snapshot())
        if second.at_seconds % SAMPLE_SECONDS == 0:
            self._sample()
        if second.turn is not None and not self.state.body.arrested:
            self._tell_turn(second.turn)

    def _tell_turn(self, turn: str) -> None:
        """What nobody at the patient's side could miss is told unasked."""
        text = self.narration.phrases["turns"][turn]
        values = {} if turn == "collapsed" else {"movement": "convulsing" if turn == "convulsing" else "none"}
        body: dict[str, Any] = {
            "act_id": None,
            "topic": "movement",
            "text": text,
            "values": values,
            "channels": [],
            "ledger": [],
        }
        self._emit("revealed", body)

    def _sample(self) -> None:
        self._sampled_ms = self.state.at_ms
        vitals = self.state.body.vitals()
        sample = VitalSample(
            self.record.id,
            self.state.at_ms,
            vitals.rounded(),
            vitals.rhythm,
            self.state.patient_state,
            self.visible_channels(),
        )
        self._batch = replace(self._batch, samples=(*self._batch.samples, sample), snapshot=self.snapshot())

    def _run_due_tasks(self) -> None:
        while self.state.ended is None:
            due = [task for task in self.state.tasks if task.due_ms <= self.state.at_ms]
            if not due:
                return
            self._finish(min(due, key=lambda task: task.due_ms))

    def _finish(self, task: Task) -> None:
        if task.is_treatment:
            return self._carry_out(task.act_id, task.step, dict(task.slots))
        told = self.narrator.tell(task.step, self.state, task.slots)
        kind: EventKind = "measured" if told.channels else "revealed"
        self._emit(
            kind,
            {
                "act_id": task.act_id,
                "topic": task.step,
                "text": told.text,
                "values": told.values,
                "channels": list(told.channels),
                "ledger": [list(entry) for entry in told.ledger],
            },
        )
        return None

    def _carry_out(self, act_id: str, intent: str, slots: dict[str, Any]) -> None:
        """Hand an order to the body as the device makes of it; what cannot be done is refused and never counts."""
        applied = self.state.preview(intent, slots)
        if applied.done:
            flags = {"corrected": True} if applied.code == "corrected" else {}
            given = {**slots, **applied.corrected, **flags}
            body = {"act_id": act_id, "intent": intent, "slots": given, "patient_state": self.state.patient_state}
            self._emit("carried_out", body)
        else:
            self._emit("cancelled", {"act_id": act_id, "status": "refused", "reason": applied.note})
        if applied.note:
            self._emit("replied", self._turn("crewmate", applied.note))

    def _end(self, reason: EndReason) -> None:
        """What was still being prepared is never given."""
        if self.state.ended is not None:
            return
        self._cancel(self.state.tasks)
        if self._sampled_ms != self.state.at_ms:
            self._sample()
        self._emit("encounter_ended", {"reason": reason, "patient_state": self.state.patient_state})

    def _emit(self, kind: EventKind, body: dict[str, Any]) -> Event:
        """Log an event, fold it and put it in the batch under way."""
        event = self.log.event(kind, body, encounter_id=self.record.id, at_ms=self.state.at_ms)
        self.state.evolve(event)
        self._batch = replace(
            self._batch,
            events=(*self._batch.events, event),
            disclosures=(*self._batch.disclosures, *_disclosed(event)),
        )
        return event

    def _take(self) -> Batch:
        batch, self._batch = self._batch, Batch()
        return batch


def _identity(record: EncounterRecord) -> dict[str, Any]:
    """What the encounter is played with: the log alone says how to play it again."""
    document_sha256 = hashlib.sha256(to_json(record.scenario).encode("utf-8")).hexdigest()
    return {**{name: getattr(record, name) for name in ENCOUNTER_IDENTITY}, "scenario_document_sha256": document_sha256}


def _disclosed(event: Event) -> Iterator[tuple[str, str, str]]:
    """The ledger of a reply; that of a finding is written where the turn of its act is known."""
    if event.kind == "replied":
        for key, how in event.body.get("ledger", ()):
            yield event.id, id_of(key), how
