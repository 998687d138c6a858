"""Time and ids of a simulated sitting: from the seed alone, never from the clock on the wall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.store.ids import uuid7_of

FIRST_DAY = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)
"""A Monday, when the first students come."""
STUDENTS_A_DAY = 8
DAYS_A_WEEK = 5
MINUTES_BETWEEN = 60
"""From one student's appointment to the next one's."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class SimulatedClock:
    """Says what time it is for one student, and makes ids of that time."""

    def __init__(self, start: datetime, chance: Random) -> None:
        self.moment = start
        self._chance = chance

    def iso(self) -> str:
        """The moment as the store writes times."""
        return self.moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def wait(self, seconds: float) -> None:
        self.moment += timedelta(milliseconds=round(1000 * seconds))

    def new_id(self) -> str:
        """The next id of this student's."""
        return uuid7_of((self.moment - _EPOCH) // timedelta(milliseconds=1), self._chance.getrandbits(74))


class SimulatedLog(SessionLog):
    """A log whose clock runs with the scenario's; between encounters the player lets time pass."""

    def __init__(self, clock: SimulatedClock) -> None:
        super().__init__(clock.new_id(), new_id=clock.new_id, now=clock.iso)
        self._clock = clock
        self._began: dict[str, datetime] = {}

    def event(
        self, kind: EventKind, body: Mapping[str, Any], *, encounter_id: str | None = None, at_ms: int = 0
    ) -> Event:
        """The next event, stamped at its scenario time."""
        if encounter_id is not None:
            began = self._began.setdefault(encounter_id, self._clock.moment)
            self._clock.moment = max(self._clock.moment, began + timedelta(milliseconds=at_ms))
        return super().event(kind, body, encounter_id=encounter_id, at_ms=at_ms)


def appointment(number: int, chance: Random) -> datetime:
    """When student `number`, from 1 on, sits down: eight on each working day, an hour apart, and rarely on time."""
    day, place = divmod(number - 1, STUDENTS_A_DAY)
    week, weekday = divmod(day, DAYS_A_WEEK)
    late = timedelta(milliseconds=round(1000 * chance.uniform(0.0, 600.0)))
    return FIRST_DAY + timedelta(days=7 * week + weekday, minutes=MINUTES_BETWEEN * place) + late
