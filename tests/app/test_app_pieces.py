"""The parts of the application that need no screen: clock, keeper, transcript, readout, crash report."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.app import keeper as keeper_module
from knowthyself_tui.app.clock import ScenarioClock
from knowthyself_tui.app.crash import explain
from knowthyself_tui.app.keeper import Keeper, Storing
from knowthyself_tui.app.keyboard import watching_decoder
from knowthyself_tui.app.readout import age_words
from knowthyself_tui.app.screens.reflection import score_estimate
from knowthyself_tui.app.transcript import finding_of, lines_of, note_of, orders_of
from knowthyself_tui.domain.events import Event, EventKind
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import StoreFull, UsageError


class Hand:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def event(kind: EventKind, body: dict[str, Any], at_ms: int = 195_000, seq: int = 1) -> Event:
    return Event(f"e{seq}", "s", "c", seq, kind, at_ms, "2026-01-01T00:00:00Z", body)


def test_the_clock_adds_up_what_passed_and_hands_it_out_once() -> None:
    hand = Hand()
    clock = ScenarioClock(hand)
    hand.seconds = 0.2504
    clock.gather()
    hand.seconds = 1.0005
    assert clock.take_ms() == 1000
    assert clock.take_ms() == 0
    hand.seconds = 2.0005
    assert clock.take_ms() == 1000


def test_a_step_longer_than_fifteen_seconds_is_sleep_and_does_not_count() -> None:
    hand = Hand()
    clock = ScenarioClock(hand)
    hand.seconds = 15.5
    assert clock.take_ms() == 0
    hand.seconds = 30.0
    assert clock.take_ms() == 14_500


def test_a_held_clock_stands_still_until_every_reason_is_gone() -> None:
    hand = Hand()
    clock = ScenarioClock(hand)
    hand.seconds = 1
    clock.hold("quitting")
    hand.seconds = 3
    clock.hold("storing")
    clock.let_go("quitting")
    hand.seconds = 5
    assert clock.take_ms() == 1000
    clock.let_go("storing")
    hand.seconds = 6
    assert clock.take_ms() == 1000


def test_a_turn_shows_who_said_it_and_when_and_its_brackets_stay() -> None:
    said = event("said", {"speaker": "student", "text": "[b]x[/b] \x1b[2J"})
    assert [str(line) for line in lines_of(said)] == ["03:15 You: [b]x[/b] ␛[2J"]
    replied = event("replied", {"speaker": "patient", "text": "Can't… breathe."})
    assert [str(line) for line in lines_of(replied)] == ["03:15 Patient: Can't… breathe."]


def test_a_treatment_carried_out_leaves_a_receipt() -> None:
    slots = {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}
    done = event("carried_out", {"act_id": "a", "intent": "give_drug", "slots": slots})
    assert [str(line) for line in lines_of(done)] == ["03:15 ✓ salbutamol 5 mg nebulised"]


def test_a_stopped_treatment_is_named() -> None:
    stopped = event(
        "carried_out", {"act_id": "a", "intent": "hold_or_cancel", "slots": {"target_intent": "give_oxygen"}}
    )
    assert [str(line) for line in lines_of(stopped)] == ["03:15 ✓ stopped: oxygen"]


def test_a_cancelled_order_is_named_from_the_line_that_gave_it() -> None:
    act = {"id": "a", "intent": "give_drug", "slots": {"drug": "ipratropium"}}
    orders = orders_of([event("understood", {"acts": [act]})])
    cancelled = event("cancelled", {"act_id": "a"}, seq=2)
    assert [str(line) for line in lines_of(cancelled, orders)] == ["03:15 ✗ cancelled: ipratropium"]


def test_findings_are_told_and_kept_and_notes_are_only_kept() -> None:
    found = event("measured", {"text": "Blood pressure 138/86.", "topic": "measure_bp"})
    assert [str(line) for line in lines_of(found)] == ["03:15 Blood pressure 138/86."]
    assert finding_of(found) == "03:15 Blood pressure 138/86."
    note = event("note_written", {"text": "tired"})
    assert lines_of(note) == []
    assert note_of(note) == "03:15 tired"
    assert note_of(found) is None
    assert finding_of(note) is None


def test_nothing_of_how_a_line_was_understood_shows() -> None:
    assert lines_of(event("understood", {"acts": [], "turn_id": "e1"})) == []
    assert lines_of(event("phase_entered", {"phase": "debrief", "position": 0})) == []


def test_ages_are_told_in_seconds_then_minutes() -> None:
    assert [age_words(ms) for ms in (0, 59_900, 60_000, 150_000)] == ["0 s ago", "59 s ago", "1 min ago", "2 min ago"]


@pytest.mark.parametrize(("text", "value"), [("", None), (" ", None), ("70", 70.0), ("70,5 %", 70.5), ("0", 0.0)])
def test_an_estimate_is_a_number_or_nothing(text: str, value: float | None) -> None:
    assert score_estimate(text) == value


@pytest.mark.parametrize("text", ["101", "-1", "good", "nan", "inf"])
def test_an_estimate_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        score_estimate(text)


def test_a_byte_that_is_not_utf8_becomes_a_replacement_character() -> None:
    gone: list[bool] = []
    decoder = watching_decoder(lambda: gone.append(True))("utf-8")()
    assert decoder.decode(b"a\xffb") == "a\ufffdb"
    assert decoder.decode(b"", final=True) == ""
    assert gone == []


def test_the_end_of_the_keyboard_is_noticed() -> None:
    gone: list[bool] = []
    watching_decoder(lambda: gone.append(True))("utf-8")().decode(b"")
    assert gone == [True]


def test_a_crash_is_explained_in_a_sentence_and_its_report_holds_no_local_variables(data_folder: Path) -> None:
    try:
        secret = "the student's own words"
        raise ZeroDivisionError(len(secret))
    except ZeroDivisionError as error:
        sentence = explain(error)
    report = data_folder / "crash.txt"
    assert str(report) in sentence
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert explain(UsageError("Say it so.")) == "Say it so."


class Script:
    """An `append` that fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.stored: list[Batch] = []

    def append(self, batch: Batch) -> Future[None]:
        future: Future[None] = Future()
        if self.failures:
            self.failures -= 1
            future.set_exception(StoreFull("The disk is full."))
        else:
            self.stored.append(batch)
            future.set_result(None)
        return future


def batch(seq: int) -> Batch:
    return Batch(events=(event("note_written", {"text": str(seq)}, seq=seq),))


async def test_batches_are_shown_in_order_and_only_after_they_are_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "RETRY_SECONDS", 0.01)
    script = Script(failures=2)
    told: list[Storing] = []
    keeper = Keeper(script.append, told.append)
    shown: list[tuple[Batch, int]] = []
    for seq in (1, 2, 3):

        async def work(seq: int = seq) -> Batch:
            return batch(seq)

        keeper.submit(work, lambda one: shown.append((one, len(script.stored))))
    task = asyncio.create_task(keeper.run())
    while not keeper.is_idle:
        await asyncio.sleep(0.01)
    task.cancel()
    assert shown == [(batch(1), 1), (batch(2), 2), (batch(3), 3)]
    assert told == [Storing("failing", "The disk is full."), Storing()]


async def test_a_write_that_takes_long_is_told_and_shown_when_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper_module, "SLOW_SECONDS", 0.01)
    future: Future[None] = Future()
    told: list[Storing] = []
    shown: list[Batch] = []
    keeper = Keeper(lambda _: future, told.append)

    async def work() -> Batch:
        return batch(1)

    keeper.submit(work, shown.append)
    task = asyncio.create_task(keeper.run())
    while not told:
        await asyncio.sleep(0.01)
    assert (told, shown) == ([Storing("slow")], [])
    future.set_result(None)
    assert await keeper.finish()
    task.cancel()
    assert told == [Storing("slow"), Storing()]
    assert shown == [batch(1)]


async def test_a_batch_with_nothing_in_it_is_not_stored() -> None:
    script = Script()
    keeper = Keeper(script.append, lambda _: None)

    async def work() -> Batch:
        return Batch()

    keeper.submit(work, lambda _: None)
    task = asyncio.create_task(keeper.run())
    assert await keeper.finish()
    task.cancel()
    assert script.stored == []
