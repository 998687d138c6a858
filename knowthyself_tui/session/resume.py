"""Takes a stored sitting up again exactly where its last durable event or snapshot left it."""

from __future__ import annotations

from typing import cast, get_args

from pydantic import ValidationError

from knowthyself_tui.content import Library
from knowthyself_tui.domain.body import ENGINE_VERSION
from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.errors import ContentError, StoreError
from knowthyself_tui.session.encounter import Encounter
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.sitting import Phase, Plan, Sitting
from knowthyself_tui.store.reader import StoredEncounter, StoredSitting


def resume_sitting(stored: StoredSitting, library: Library) -> Sitting:
    """The sitting as it was: newest snapshot and the events after it; time while it was closed does not count.

    Raises:
        StoreError: the log does not fit together.
        ContentError: it was begun with a scenario or a body that this version does not have.
    """
    try:
        return _resumed(stored, library)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StoreError(
            "The record of this sitting does not fit together, so it cannot go on; begin a new one, and keep the file."
        ) from error


def _resumed(stored: StoredSitting, library: Library) -> Sitting:
    session = stored.session
    plan = Plan(
        scenarios=session.scenario_queue,
        seed=1 if session.seed is None else session.seed,
        arm=session.arm,
        patient_kind=session.patient_kind or "scripted",
        study=session.study,
        arm_source=session.arm_source,
        synthetic=session.synthetic,
    )
    last_seq = stored.events[-1].seq if stored.events else 0
    sitting = Sitting(stored.student, plan, SessionLog(session.id, last_seq=last_seq), library)
    sitting.events = list(stored.events)
    for event in stored.events:
        if event.kind == "phase_entered":
            sitting.phase, sitting.position = _place(event)
    for encounter in stored.encounters:
        sitting.records[encounter.record.id] = encounter.record
        if encounter.record.position == sitting.position:
            sitting.encounter = _resume_encounter(encounter, stored, sitting, library)
    return sitting


def _place(event: Event) -> tuple[Phase, int]:
    phase, position = event.body["phase"], event.body["position"]
    if phase not in get_args(Phase) or not isinstance(position, int):
        raise ValueError("a phase that there is not")
    return cast(Phase, phase), position


def _resume_encounter(
    encounter: StoredEncounter, stored: StoredSitting, sitting: Sitting, library: Library
) -> Encounter:
    """The scenario comes from the database, so a changed file cannot change an encounter under way."""
    scenario = _stored_scenario(encounter)
    state = _snapshot_state(scenario, encounter) or EncounterState.begin(scenario, encounter.record.seed)
    for event in stored.events:
        if event.encounter_id == encounter.record.id and event.seq > state.last_seq:
            state.evolve(event)
    return Encounter(encounter.record, state, sitting.log, library.narration())


def _snapshot_state(scenario: Scenario, encounter: StoredEncounter) -> EncounterState | None:
    """The newest snapshot; None when there is none that can be read, and the log is folded from the start."""
    if encounter.record.engine_version != ENGINE_VERSION:
        raise ContentError(
            "This sitting was begun with another version of the patient's body, and cannot go on here; "
            "finish it with that version or begin a new one. Its file stays as it is."
        )
    if encounter.snapshot is None:
        return None
    try:
        return EncounterState.from_json(scenario, encounter.snapshot.document)
    except (KeyError, TypeError, ValueError, StoreError):
        return None


def _stored_scenario(encounter: StoredEncounter) -> Scenario:
    try:
        return Scenario.model_validate(encounter.record.scenario)
    except ValidationError as error:
        raise ContentError(
            "This sitting was begun with a scenario that this version cannot read; begin a new one, and keep the file."
        ) from error
