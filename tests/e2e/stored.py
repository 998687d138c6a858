"""What a killed program left in its files: the log, the engine folded from it, what a screen of it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowthyself_tui.app.readout import readout_of
from knowthyself_tui.app.transcript import Line, finding_of, lines_of, note_of, orders_of
from knowthyself_tui.content import Library
from knowthyself_tui.domain.events import Event, verify_chain
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.errors import StoreError
from knowthyself_tui.session.resume import resume_sitting
from knowthyself_tui.store.reader import Reader, StoredEncounter, StoredSitting, open_copy, open_reader
from tests.e2e.screens import View, squeezed

UNDER_WAY_CHARACTERS = 240
"""What fits into the two rows of what is under way."""


@cache
def library() -> Library:
    return Library()


def sitting_in(path: Path, *, live: bool = False) -> StoredSitting | None:
    """The newest sitting of a database; None where there is none."""
    if not path.exists():
        return None
    with open_reader(path) if live else open_copy(path) as reader:
        sessions = reader.sessions()
        return reader.sitting(max(session.id for session in sessions)) if sessions else None


def faults_of(path: Path) -> list[str]:
    """What is wrong with a database that a killed program left; nothing where it never came to be."""
    if not path.exists():
        return []
    try:
        with open_copy(path) as reader:
            return list(_faults(reader))
    except StoreError as error:
        return [f"unreadable: {error}"]


def _faults(reader: Reader) -> Iterator[str]:
    integrity = [row["integrity_check"] for row in reader.rows("PRAGMA integrity_check")]
    if integrity != ["ok"]:
        yield f"integrity: {integrity[:3]}"
    for session in reader.sessions():
        stored = reader.sitting(session.id)
        broken = verify_chain(stored.events, stored.hashes)
        if broken is not None:
            yield f"chain: broken at {broken.seq}"
        turns = reader.rows("SELECT id FROM turn WHERE session_id = ? ORDER BY seq", (session.id,))
        spoken = [event.id for event in stored.events if event.kind in ("said", "replied")]
        if [row["id"] for row in turns] != spoken:
            yield f"turns: {len(turns)} rows for {len(spoken)} events"


def phase_of(stored: StoredSitting) -> str:
    return next((event.body["phase"] for event in reversed(stored.events) if event.kind == "phase_entered"), "")


def engine_faults(stored: StoredSitting) -> list[str]:
    """Where the newest snapshot and what follows differ from the whole log folded from its start."""
    encounter = resume_sitting(stored, library()).encounter
    if encounter is None:
        return []
    last = Screenplay(stored, stored.encounters[-1])
    state = last.state_after(len(last.events))
    _pass(state, encounter.state.at_ms)
    folded, resumed = state.to_json(), encounter.state.to_json()
    return [f"engine: {name} differs" for name in folded if folded[name] != resumed[name]]


@dataclass(frozen=True, slots=True)
class Shown:
    """The logged lines of a screen."""

    conversation: tuple[str, ...]
    findings: tuple[str, ...]
    notes: tuple[str, ...]


class Screenplay:
    """What the encounter screen shows after each event of one encounter."""

    def __init__(self, stored: StoredSitting, encounter: StoredEncounter) -> None:
        self.scenario = Scenario.model_validate(encounter.record.scenario)
        self.seed = encounter.record.seed
        self.events = [event for event in stored.events if event.encounter_id == encounter.record.id]

    def lines_after(self, number: int) -> Shown:
        """What is shown once the first `number` events are."""
        events = self.events[:number]
        orders = orders_of(events)
        scene = str(Line("narrator", 0, "", self.scenario.scene))
        talk = [scene, *(str(line) for event in events for line in lines_of(event, orders))]
        return Shown(_squeezed(talk), _texts(finding_of(e) for e in events), _texts(note_of(e) for e in events))

    def state_after(self, number: int) -> EncounterState:
        state = EncounterState.begin(self.scenario, self.seed)
        for event in self.events[:number]:
            state.evolve(event)
        return state

    def holds(self, view: View) -> bool:
        """Whether every logged line on the screen is stored, in order from the first."""
        kept = self.lines_after(len(self.events))
        pairs = ((view.conversation, kept.conversation), (view.findings, kept.findings), (view.notes, kept.notes))
        return all(lines[: len(shown)] == shown for shown, lines in pairs)

    def explains(self, view: View) -> bool:
        """Whether the log up to some event, folded up to the clock on the screen, gives all that is on the screen."""
        shown = Shown(view.conversation, view.findings, view.notes)
        numbers = [number for number in range(len(self.events) + 1) if self.lines_after(number) == shown]
        return any(_is_of(view, self.state_after(number)) for number in reversed(numbers))

    def last_at_ms(self) -> int:
        return self.events[-1].at_ms if self.events else 0


def _is_of(view: View, state: EncounterState) -> bool:
    assert view.clock_seconds is not None
    if state.at_ms > 1000 * view.clock_seconds + 999:
        return False
    _pass(state, 1000 * view.clock_seconds)
    early = readout_of(state)
    _pass(state, 1000 * view.clock_seconds + 999)
    late = readout_of(state)
    tiles = [{(tile.value, tile.age) for tile in pair} for pair in zip(early.tiles, late.tiles, strict=True)]
    fits = all(tile in expected for tile, expected in zip(view.tiles, tiles, strict=True))
    return fits and _same_under_way(view.under_way, early.under_way, late.under_way)


def _same_under_way(seen: Sequence[tuple[str, int]], early: Sequence[str], late: Sequence[str]) -> bool:
    """What no longer fits into the two rows need not be seen."""
    complete = len("  ".join(early)) < UNDER_WAY_CHARACTERS
    if len(seen) > len(early) or (complete and len(seen) != len(early)):
        return False
    texts = [squeezed(f"{name}… {seconds} s") for name, seconds in seen]
    return all(text in map(squeezed, pair) for text, pair in zip(texts, zip(early, late, strict=True), strict=False))


def _pass(state: EncounterState, to_ms: int) -> None:
    for _ in state.advance(to_ms):
        pass


def _texts(texts: Iterator[str | None]) -> tuple[str, ...]:
    return _squeezed(text for text in texts if text is not None)


def _squeezed(texts: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(squeezed(text) for text in texts)


def tokens_of(events: Sequence[Event], tokens: set[str], name: str) -> set[str]:
    """Those of `tokens` that are stored: in the log, or in the student's name."""
    texts = [name, *(str(dict(event.body)) for event in events)]
    return {token for token in tokens if any(token in text for text in texts)}
