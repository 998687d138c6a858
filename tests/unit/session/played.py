"""A sitting that is really played, killed and taken up again, with something in every table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from knowthyself_tui.content import Library
from knowthyself_tui.domain.events import EventKind
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.session.desk import Desk, Seat
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.session.verify import Verification, verify_links, verify_sitting
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader

NAME = "Zoë Åström"
BEFORE = ["NRB at 15 litres", "sats?", "full set of obs", "any allergies?", "listen to the chest"]
AFTER = ["salbutamol 5mg neb", "IV access", "morphine 10mg IV", "yes", "lie her flat", "cancel that", "sats?"]


class Player:
    """Plays at a desk as the application does: everything is stored at once."""

    def __init__(self, path: Place, code: str = "p001") -> None:
        self.desk = Desk(Library(), path)
        self.seat = self.desk.register(code, NAME, "zoe@example.org", Plan(("asthma",), seed=3, study="pilot", arm="A"))
        self.store(self.seat.sitting.give_consent())
        self.store(self.seat.sitting.start_encounter())

    def store(self, batch: Batch) -> None:
        self.seat.recorder.append(batch).result()

    def say(self, text: str, then_seconds: float) -> None:
        sitting, encounter = self.seat.sitting, self.seat.sitting.encounter
        assert encounter is not None
        self.store(sitting.keep(encounter.say(text)))
        self.wait(then_seconds)

    def wait(self, seconds: float, tick_ms: int = 1700) -> None:
        """Time passes in steps that fall between whole seconds."""
        sitting, encounter = self.seat.sitting, self.seat.sitting.encounter
        assert encounter is not None
        end_ms = encounter.state.at_ms + round(1000 * seconds)
        while encounter.state.at_ms < end_ms and encounter.state.ended is None:
            batch = sitting.keep(encounter.advance_to(min(end_ms, encounter.state.at_ms + tick_ms)))
            if batch != Batch():
                self.store(batch)

    def wait_until_worse(self) -> int:
        """Until the patient's state moves; gives the scenario milliseconds of that second."""
        encounter = self.seat.sitting.encounter
        assert encounter is not None
        while encounter.state.patient_state == "initial":
            self.wait(0.5, tick_ms=500)
        return encounter.state.at_ms // 1000 * 1000

    def resume(self) -> None:
        """The program is gone without a farewell, and started again."""
        self.seat.recorder.close()
        self.seat = self._taken_up()

    def log(self, kind: EventKind, body: Mapping[str, Any], *, inside: bool = True) -> None:
        """An event of a kind that a plain sitting does not have."""
        sitting, encounter = self.seat.sitting, self.seat.sitting.encounter
        assert encounter is not None
        where = {"encounter_id": encounter.record.id, "at_ms": encounter.state.at_ms} if inside else {}
        event = sitting.log.event(kind, body, **where)  # type: ignore[arg-type]  # two kinds of values in one mapping
        sitting.events.append(event)
        if inside:
            encounter.state.evolve(event)
        self.store(Batch((event,)))

    def finish(self) -> None:
        sitting = self.seat.sitting
        self.store(sitting.end_encounter("left"))
        self.store(sitting.reflect("Oxygen came early.", "Call for help sooner.", 55.0))
        self.store(sitting.close("completed"))
        self.seat.recorder.close()

    def _taken_up(self) -> Seat:
        return self.desk.resume(self.desk.look_around().waiting[0])


def play_everything(path: Place) -> str:
    """Plays a sitting whose rows are in every table; gives its id."""
    player = Player(path)
    player.wait_until_worse()
    for line in BEFORE:
        player.say(line, 7.3)
    player.resume()
    player.wait(11.1)
    encounter = player.seat.sitting.encounter
    assert encounter is not None
    player.store(encounter.write_note("Silent chest?"))
    for line in AFTER:
        player.say(line, 23.9)
    player.log("challenge_asked", {"challenge_id": "C1", "question": "What worries you most?"})
    player.log("challenge_answered", {"challenge_id": "C1", "answer": "Her tiring."})
    player.log("alarm_raised", {"parameter": "spo2", "priority": "high"})
    player.log("alarm_answered", {"parameter": "spo2"})
    player.log("warmup_asked", {"question_id": "W1", "position": 1, "question": "How are you?"}, inside=False)
    player.log("warmup_answered", {"question_id": "W1", "answer": "Fine", "follow_ups": ["Why?"]}, inside=False)
    player.log("appeal_made", {"item_id": "A1", "text": "I did that."})
    player.log("plan_written", {"text": "Practise handover."}, inside=False)
    player.log("survey_answered", {"item": "S1", "value": "4"}, inside=False)
    player.finish()
    return player.seat.sitting.session_id


def verified(path: Path, session_id: str) -> Verification:
    with open_reader(path) as reader:
        return verify_sitting(reader.rows, session_id, Library())


def links(path: Path) -> list[str]:
    with open_reader(path) as reader:
        return [str(one) for one in verify_links(reader.rows)]


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in somebody else's hands."""
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()
