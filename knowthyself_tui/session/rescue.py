"""Writes a sitting under way into a new file, when its own was moved, deleted or replaced beneath it."""

from __future__ import annotations

from pathlib import Path

from knowthyself_tui.content import Library
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import EncounterRecord
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.locations import safe_name
from knowthyself_tui.session.refold import batches_again
from knowthyself_tui.session.sitting import Sitting
from knowthyself_tui.store.recorder import Recorder


def new_place(lost: Path, session_id: str) -> Path:
    """Where the sitting goes on: the same name where it is free, else one beside it."""
    return lost if not lost.exists() else lost.with_name(f"{lost.stem}-{safe_name(session_id)[-12:]}.db")


def write_again(sitting: Sitting, recorder: Recorder, library: Library) -> None:
    """Everything of the sitting from memory; each batch is on the disk when this returns."""

    def record_of(event: Event) -> tuple[EncounterRecord, Scenario]:
        record = sitting.records[event.encounter_id or ""]
        return record, Scenario.model_validate(record.scenario)

    recorder.enrol(sitting.student).result()
    present = sitting.encounter
    passed_ms = {present.record.id: present.state.at_ms} if present is not None else {}
    for batch in batches_again(sitting.student, tuple(sitting.events), library, record_of, passed_ms):
        recorder.append(batch).result()
