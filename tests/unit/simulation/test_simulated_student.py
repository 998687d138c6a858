"""One student's file: how a sitting ends, and what the effect does to it."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from tests.unit.session.played import links, verified
from tests.unit.simulation.conftest import PlayOne, rows_of

STATUS = "SELECT status, phase FROM session"
ENDED = "SELECT e.end_reason, r.complete FROM encounter e LEFT JOIN encounter_result r ON r.encounter_id = e.id"
TOTAL = "SELECT total FROM encounter_result"


def is_clean(path: Path) -> bool:
    ((session_id,),) = rows_of(path, "SELECT id FROM session")
    return verified(path, session_id).is_clean and not links(path)


def test_who_only_registers_leaves_a_sitting_without_consent(play_one: PlayOne) -> None:
    path, played = play_one(registers_only=True)
    assert played.encounters == 0
    assert rows_of(path, STATUS) == [("in_progress", "consent")]
    assert rows_of(path, "SELECT consented_at FROM student") == [(None,)]


@pytest.mark.parametrize(("leaving", "status"), [("paused", "paused"), ("closed", "in_progress")])
def test_who_stops_inside_an_encounter_leaves_it_unjudged(play_one: PlayOne, leaving: str, status: str) -> None:
    path, played = play_one(stops_in=0, leaving=leaving)
    assert played.encounters == 1
    assert rows_of(path, STATUS) == [(status, "encounter")]
    assert rows_of(path, ENDED) == [(None, None)]
    assert is_clean(path)


def test_who_abandons_has_a_debrief_and_no_more(play_one: PlayOne) -> None:
    path, played = play_one(stops_in=0, leaving="abandoned")
    assert (played.encounters, rows_of(path, STATUS)) == (1, [("abandoned", "end")])
    assert rows_of(path, ENDED)[0][1] == 1


def test_who_leaves_early_is_judged_and_marked_as_incomplete(play_one: PlayOne) -> None:
    path, _ = play_one(leaves_early=frozenset({0}))
    assert rows_of(path, ENDED) == [("left", 0)]
    assert rows_of(path, STATUS) == [("completed", "end")]
    assert is_clean(path)


@pytest.mark.slow
def test_the_effect_raises_the_scores_of_arm_a(play_one: PlayOne) -> None:
    """Students 1 and 3 are of arm A; everything but their skill stays the same."""
    means = [mean(rows_of(play_one(number, effect)[0], TOTAL)[0][0] for number in (1, 3)) for effect in (0.0, 3.0)]
    assert means[0] + 8 < means[1]
