"""The log of a sitting: past-tense events that, folded in order, give everything that happened.

An event's body holds what is needed to fold it again and nothing that can be computed. `said` and `replied` events are
turns, `revealed` and `measured` events are findings, `note_written` is a note: their event id is the id of that row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

EventKind = Literal[
    "session_started",
    "consent_given",
    "phase_entered",
    "warmup_asked",
    "warmup_answered",
    "encounter_started",
    "said",
    "understood",
    "replied",
    "carried_out",
    "cancelled",
    "revealed",
    "measured",
    "challenge_asked",
    "challenge_answered",
    "alarm_raised",
    "alarm_answered",
    "paused",
    "resumed",
    "note_written",
    "encounter_ended",
    "estimate_given",
    "appeal_made",
    "plan_written",
    "survey_answered",
    "session_ended",
]
EVENT_KINDS: frozenset[str] = frozenset(get_args(EventKind))


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log."""

    id: str
    """UUIDv7 made by the program before the write, so that a retry cannot store it twice."""
    session_id: str
    encounter_id: str | None
    seq: int
    """Position in the sitting, from 1; the only order there is."""
    kind: EventKind
    at_ms: int
    """Scenario clock of the encounter in milliseconds; 0 outside an encounter."""
    created_at: str
    """Wall clock, ISO 8601 UTC; for people, never for order."""
    body: Mapping[str, Any] = field(default_factory=dict)


def canonical(event: Event) -> str:
    """The event as JSON with sorted keys and no spaces: what the hash chain is made of."""
    document = {
        "id": event.id,
        "session_id": event.session_id,
        "encounter_id": event.encounter_id,
        "seq": event.seq,
        "kind": event.kind,
        "at_ms": event.at_ms,
        "created_at": event.created_at,
        "body": event.body,
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chain_hash(previous: str, event: Event) -> str:
    """SHA-256 of the previous event's hash and this event; the first event's previous hash is empty."""
    return hashlib.sha256((previous + canonical(event)).encode("utf-8")).hexdigest()


def verify_chain(events: Sequence[Event], hashes: Sequence[str]) -> Event | None:
    """The first event that does not follow from the one before it; None when the chain is whole."""
    previous = ""
    for position, (event, stored) in enumerate(zip(events, hashes, strict=True), start=1):
        if event.seq != position or chain_hash(previous, event) != stored:
            return event
        previous = stored
    return None
