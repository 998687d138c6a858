"""A batch is stored whole or not at all, and storing it again is harmless."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.errors import StoreError
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.counts import counts

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting


def test_the_same_batch_twice_is_stored_once(writer: Recorder, place: Place, sitting: Sitting) -> None:
    writer.enrol(sitting.student).result()
    batches = [sitting.started(), sitting.encounter_started(), sitting.turn(), sitting.tick(5000)]
    for batch in batches:
        writer.append(batch).result()
    once = counts(place)
    for batch in batches:
        writer.append(batch).result()
    assert counts(place) == once


def test_a_lost_batch_may_come_again_with_later_events(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    first, second = sitting.turn(), sitting.turn()
    writer.append(first).result()
    writer.append(Batch((*first.events, *second.events))).result()
    with open_reader(place) as reader:
        stored = reader.sitting(sitting.session_id)
    assert stored.events[-8:] == (*first.events, *second.events)
    assert verify_chain(stored.events, stored.hashes) is None


def test_another_event_in_a_taken_place_is_refused(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    writer.append(sitting.turn()).result()
    before = counts(place)
    sitting.seq -= 4
    with pytest.raises(StoreError, match="other content"):
        writer.append(sitting.turn()).result()
    assert counts(place) == before


def test_a_gap_in_the_log_is_refused_until_the_missing_batch_came(
    writer: Recorder, place: Place, sitting: Sitting
) -> None:
    sitting.begin(writer)
    before = counts(place)
    missing, later = sitting.turn(), sitting.turn()
    with pytest.raises(StoreError, match="cannot follow"):
        writer.append(later).result()
    assert counts(place) == before
    writer.append(missing).result()
    writer.append(later).result()
    assert counts(place)["event"] == before["event"] + 8


def test_a_reference_to_nothing_is_refused_and_leaves_nothing(writer: Recorder, place: Place, sitting: Sitting) -> None:
    sitting.begin(writer)
    before = counts(place)
    body = {"act_id": "no such act", "topic": "spo2", "text": "88"}
    good = sitting.turn()
    bad = Batch((*good.events, sitting.event("measured", body, at_ms=2000)))
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        writer.append(bad).result()
    assert counts(place) == before
    writer.append(good).result()
    assert counts(place)["turn"] == 1


@pytest.mark.parametrize("value", [float("nan"), object(), "\ud800", 1 << 70])
def test_a_value_that_cannot_be_stored_is_told_and_leaves_nothing(
    writer: Recorder, place: Place, sitting: Sitting, value: object
) -> None:
    sitting.begin(writer)
    before = counts(place)
    batch = sitting.turn()
    said = replace(batch.events[0], body={**batch.events[0].body, "latency_ms": value})
    with pytest.raises(StoreError):
        writer.append(Batch((said, *batch.events[1:]))).result()
    assert counts(place) == before
    writer.append(batch).result()


def test_a_closed_recorder_says_so(writer: Recorder, sitting: Sitting) -> None:
    writer.close()
    writer.close()
    with pytest.raises(StoreError, match="was closed"):
        writer.append(sitting.started()).result()
