"""Every shipped case goes as its author expects, by all bots; and each says what it must say about itself."""

from __future__ import annotations

import re

import pytest

from knowthyself_tui.authoring.bots import lines_of
from knowthyself_tui.authoring.course import EPOCH
from knowthyself_tui.authoring.examine import examine_file, examine_play
from knowthyself_tui.content import Library
from knowthyself_tui.content.bots import load_bots
from knowthyself_tui.domain.records import StudentRecord
from knowthyself_tui.domain.replay import replay
from knowthyself_tui.session.headless import play_script
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.sitting import Plan, Sitting

LIBRARY = Library()
IDS = LIBRARY.ids()
EIGHT = {
    "asthma", "anaphylaxis", "haemorrhage", "opioid", "status_epilepticus", "head_injury", "stemi", "hypoglycaemia",
}  # fmt: skip
TAG = re.compile(r"\[(?:C|C2|G|O|S|U)\b[^\]]*\]")


def test_the_eight_are_there() -> None:
    assert set(IDS) >= EIGHT


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_case_is_sound(scenario_id: str) -> None:
    assert examine_file(LIBRARY.path_of(scenario_id)).problems == ()


@pytest.mark.slow
def test_the_bots_find_every_case_as_its_author_does() -> None:
    verdicts = list(examine_play([LIBRARY.path_of(scenario_id) for scenario_id in IDS]))
    assert {verdict.scenario_id: verdict.problems for verdict in verdicts} == dict.fromkeys(IDS, ())
    assert sum(verdict.bots for verdict in verdicts) >= 200


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_case_says_what_it_is_and_what_it_rests_on(scenario_id: str) -> None:
    case = LIBRARY.load(scenario_id).scenario
    assert "not clinically signed off" in case.notice.casefold()
    assert case.signed_off_by.name == ""
    assert case.open_questions
    assert case.learning_objectives
    assert all(TAG.search(item.source) for item in case.judgement.checklist)
    assert sum(bool(TAG.search(source)) for source in case.sources) >= 2
    assert case.judgement.challenges
    assert case.judgement.reflections
    assert len(case.teaching_points) >= 4
    assert (LIBRARY.path_of(scenario_id).parent / "README.md").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("scenario_id", IDS)
def test_what_a_bot_records_is_what_the_log_gives(scenario_id: str) -> None:
    expected = load_bots(LIBRARY.path_of(scenario_id))
    assert expected is not None
    student = StudentRecord("bot", "bot", "", None, None, None, None, EPOCH)
    sitting = Sitting(student, Plan((scenario_id,)), SessionLog("bot"), LIBRARY, recording=True)
    sitting.begin()
    for _ in play_script(sitting, lines_of(expected.badly.script), lambda batch: None, until_seconds=400):
        pass
    encounter = sitting.encounter
    assert encounter is not None
    events = [event for event in sitting.events if event.encounter_id == encounter.record.id]
    state = encounter.state
    assert sitting.timeline() == replay(state.scenario, encounter.record.seed, events, end_ms=state.at_ms)
