"""An encounter out of what was rescued of it: as it began, and the newest snapshot that can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.domain.events import Event
from knowthyself_tui.domain.records import ENCOUNTER_IDENTITY, EncounterRecord
from knowthyself_tui.store.rescue.columns import Row
from knowthyself_tui.store.rescue.pool import object_of

ScenarioOf = Callable[[str, str], Mapping[str, Any] | None]
"""The document of a scenario by its id and the SHA-256 of its file; None when that is not at hand."""


@dataclass(frozen=True, slots=True)
class RescuedSnapshot:
    """The engine's document as it was stored, and the moment that it shows."""

    document: str
    at_ms: int
    patient_state: str


def record_of(started: Event, versions: Sequence[Row], scenario_of: ScenarioOf) -> EncounterRecord | None:
    """The encounter as it began, from its first event and its row; None when neither says enough.

    Its scenario is empty when it can be had from nowhere.
    """
    known: dict[str, Any] = {"started_at": started.created_at}
    for row in reversed(versions):
        known |= {name: row[name] for name in (*ENCOUNTER_IDENTITY, "started_at") if row.get(name) is not None}
    known |= {name: started.body[name] for name in ENCOUNTER_IDENTITY if name in started.body}
    if started.encounter_id is None or not known.keys() >= set(ENCOUNTER_IDENTITY):
        return None
    stored = next(filter(None, (object_of(row.get("scenario")) for row in versions)), None)
    scenario = stored or scenario_of(known["scenario_id"], known["scenario_sha256"]) or {}
    return EncounterRecord(id=started.encounter_id, session_id=started.session_id, scenario=scenario, **known)


def snapshot_of(versions: Iterable[Row], last_seq: int, clock_ms: float) -> RescuedSnapshot | None:
    """The newest snapshot that knows of no event after those brought over.

    Args:
        last_seq: position of the last event of the sitting that was brought over.
        clock_ms: scenario time of the last event of the encounter; without end for a whole one.
    """
    found = [snapshot for row in versions if (snapshot := _snapshot(row, last_seq, clock_ms)) is not None]
    return max(found, key=lambda snapshot: snapshot.at_ms, default=None)


def last_seq_of(versions: Iterable[Row]) -> int:
    """The last event that any snapshot of an encounter knows of."""
    documents = (object_of(row.get("engine")) for row in versions)
    return max((_seq_in(document) or 0 for document in documents if document), default=0)


def _snapshot(row: Row, last_seq: int, clock_ms: float) -> RescuedSnapshot | None:
    text, at_ms, state = row.get("engine"), row.get("engine_at_ms"), row.get("patient_state")
    document = object_of(text)
    if document is None or not isinstance(at_ms, int) or not isinstance(state, str):
        return None
    seq = _seq_in(document)
    is_early_enough = at_ms < clock_ms if seq is None else seq <= last_seq
    return RescuedSnapshot(str(text), at_ms, state) if is_early_enough else None


def _seq_in(document: Mapping[str, Any]) -> int | None:
    seq = document.get("last_seq")
    return seq if isinstance(seq, int) else None
