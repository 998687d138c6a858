"""Every reply and finding of an encounter can be traced to what it disclosed and to the turn that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.patients import Cue, Utterance
from knowthyself_tui.session.desk import Desk
from knowthyself_tui.session.headless import play_script
from knowthyself_tui.session.script import parse_script
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.store.reader import Reader, open_reader

SCRIPT = """
00:05 Hi Maya, I'm Sam. Is it ok if I help you?
00:06 sats?
00:06 full set of obs
00:15 when did it start and have you any allergies?
listen to the chest
asdfgh
Dan, what has happened?
any allergies?
any allergies?
look around
is the scene safe?
feel her abdomen
do a chest x-ray
12 lead please
peak flow
top to toe survey
reassess
12:30 any allergies?
""".strip().splitlines()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path: Path = tmp_path_factory.mktemp("ledger") / "k.db"
    seat = Desk(Library(), path).register("s1", "", None, Plan(("asthma",)))
    try:
        for _ in play_script(
            seat.sitting, parse_script(SCRIPT), lambda batch: seat.recorder.append(batch).result() and None
        ):
            pass
    finally:
        seat.recorder.close()
    with open_reader(path) as reader:
        yield reader


def test_every_reply_of_a_person_is_in_the_ledger(played: Reader) -> None:
    replies = played.rows("SELECT id, text FROM turn WHERE speaker IN ('patient', 'bystander', 'narrator')")
    traced = {row["turn_id"] for row in played.rows("SELECT turn_id FROM disclosure")}
    assert len(replies) > 8
    assert [reply["text"] for reply in replies if reply["id"] not in traced] == []


def test_every_finding_is_in_the_ledger_under_the_students_turn(played: Reader) -> None:
    untraced = played.rows(
        "SELECT f.topic FROM finding f JOIN act a ON a.id = f.act_id WHERE NOT EXISTS (SELECT 1 FROM disclosure d"
        " JOIN turn t ON t.id = d.turn_id AND t.speaker = 'student' WHERE d.turn_id = a.turn_id)"
    )
    assert played.rows("SELECT count(*) AS n FROM finding")[0]["n"] > 15
    assert untraced == []


def test_what_the_ledger_names_is_in_the_scenarios_list(played: Reader) -> None:
    listed = {(each.id, each.how) for each in Library().load("asthma").scenario.disclosable}
    rows = played.rows("SELECT fact_id, how FROM disclosure WHERE fact_id NOT LIKE 'reaction:%'")
    assert {(row["fact_id"], row["how"]) for row in rows} <= listed


@pytest.mark.parametrize(
    ("told_id", "how"),
    [
        ("onset", "asked"),
        ("allergies", "asked"),
        ("reaction:other_question", "asked"),
        ("reaction:silence", "asked"),
        ("reaction:unintelligible", "asked"),
        ("vital:spo2", "examined"),
        ("finding:air_entry", "examined"),
        ("finding:ecg_12lead", "examined"),
        ("finding:peak_flow", "examined"),
        ("finding:not_available", "examined"),
        ("region:abdomen", "examined"),
        ("clue:empty_inhalers", "found"),
        ("scene", "found"),
        ("hazards", "found"),
    ],
)
def test_each_way_of_disclosing_is_there(played: Reader, told_id: str, how: str) -> None:
    assert played.rows("SELECT 1 AS yes FROM disclosure WHERE fact_id = ? AND how = ?", (told_id, how))


def test_what_was_asked_back_for_is_not_in_the_ledger_of_that_turn(played: Reader) -> None:
    (row,) = played.rows("SELECT turn_id FROM disclosure WHERE fact_id = 'reaction:other_question'")
    rows = played.rows("SELECT fact_id FROM disclosure WHERE turn_id = ?", (row["turn_id"],))
    assert {row["fact_id"] for row in rows} == {"onset", "reaction:other_question"}


class Blurter:
    """Answers every cue with what it must not say."""

    def answer(self, cue: Cue) -> Utterance:
        return Utterance(
            cue.speaker, "I was on a ventilator in intensive care, my SpO2 is 61.", (("history", "asked"),)
        )


def test_a_voice_that_says_more_than_it_may_is_replaced_and_the_ledger_says_so(player: Any) -> None:
    player.encounter.voice = Blurter()
    batch = player.say("any allergies?")
    assert player.heard("patient") == ["No drugs… Pollen… dust."]
    assert [(told_id, how) for _, told_id, how in batch.disclosures] == [("allergies", "replaced")]


def test_a_fact_of_the_bystander_goes_into_the_ledger_under_its_own_id(player: Any) -> None:
    batch = player.say("Dan, any allergies?")
    assert [(told_id, how) for _, told_id, how in batch.disclosures] == [("allergies", "asked")]
