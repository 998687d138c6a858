"""Stamps events: ids, sequence numbers and wall time, the only place where a sitting meets the clock on the wall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.store.ids import utc_now_iso, uuid7


class SessionLog:
    """Numbers the events of one sitting."""

    def __init__(
        self,
        session_id: str,
        *,
        last_seq: int = 0,
        new_id: Callable[[], str] = uuid7,
        now: Callable[[], str] = utc_now_iso,
    ) -> None:
        self.session_id = session_id
        self.last_seq = last_seq
        self.new_id = new_id
        self.now = now

    def event(
        self, kind: EventKind, body: Mapping[str, Any], *, encounter_id: str | None = None, at_ms: int = 0
    ) -> Event:
        """The next event of the sitting."""
        self.last_seq += 1
        return Event(
            id=self.new_id(),
            session_id=self.session_id,
            encounter_id=encounter_id,
            seq=self.last_seq,
            kind=kind,
            at_ms=at_ms,
            created_at=self.now(),
            body=dict(body),
        )
