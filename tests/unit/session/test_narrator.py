"""Every code that the body can find has its sentence, so the narrator is never at a loss."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest

from knowthyself_tui.content import Library
from knowthyself_tui.domain.body import findings
from knowthyself_tui.domain.procedures import PROCEDURES
from knowthyself_tui.session.narrator import Narrator


def test_every_code_met_on_the_way_to_arrest_has_a_sentence(player: Any) -> None:
    narration = Library().narration()
    narrator = Narrator(narration)
    for seconds in range(0, 1140, 60):
        player.wait(seconds - player.encounter.state.at_ms / 1000)
        for key, code in player.encounter.state.body.findings().items():
            assert code in narration.phrases.get(key, [code]), key
        assert all(narrator.tell(step, player.encounter.state, {}).text for step in PROCEDURES)


def test_no_sentence_is_for_a_code_that_the_body_cannot_find() -> None:
    phrases = Library().narration().phrases
    words = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(findings)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for key in ("air_entry", "wheeze", "work_of_breathing", "skin", "capnogram", "speech", "cyanosis", "percussion"):
        assert set(phrases[key]) <= words, key


@pytest.mark.parametrize("step", sorted(PROCEDURES))
def test_numbers_told_are_the_bodys_own(step: str, player: Any) -> None:
    told = Narrator(Library().narration()).tell(step, player.encounter.state, {})
    shown = player.encounter.state.body.displayed().rounded()
    for channel in told.channels:
        assert told.values[channel] == shown[channel]


def tell(player: Any, step: str, **slots: str) -> Any:
    return Narrator(Library().narration()).tell(step, player.encounter.state, slots)


@pytest.mark.parametrize(
    ("test", "name"), [("x_ray", "X-ray"), ("troponin", "Troponin"), ("lactate", "Lactate"), ("blood_gas", "Blood gas")]
)
def test_a_test_that_no_crew_carries_is_not_available_and_has_no_value(player: Any, test: str, name: str) -> None:
    told = tell(player, "examine_region", test=test, region="chest")
    assert told.text == f"{name}: not available here."
    assert (told.values, told.channels) == ({}, ())


@pytest.mark.parametrize("region", ["teeth", "groin", "ear"])
def test_a_region_without_a_finding_is_never_called_normal(player: Any, region: str) -> None:
    told = tell(player, "examine_region", region=region)
    assert told.text == f"{region.capitalize()}: not available here."
    assert told.ledger == (("finding:not_available", "examined"),)


REGIONS = ["head", "face", "neck", "chest", "abdomen", "back", "pelvis", "leg", "thigh", "arm", "hand", "foot", "skin"]


@pytest.mark.parametrize("region", REGIONS)
def test_the_usual_regions_are_listed(player: Any, region: str) -> None:
    told = tell(player, "examine_region", region=region)
    assert "not available" not in told.text
    assert told.ledger[0][0].startswith("region:")


def test_an_examination_of_nothing_in_particular_is_asked_back(player: Any) -> None:
    assert tell(player, "examine_region").text.endswith("look at.")


def test_a_bedside_test_of_a_region_tells_the_region(player: Any) -> None:
    assert tell(player, "examine_region", test="limb_power", region="leg").ledger[0][0] == "region:leg"


def test_a_search_for_something_in_particular_finds_only_that(player: Any) -> None:
    found = tell(player, "survey_scene", focus="medication").values["clues"].split(",")
    assert "empty_inhalers" in found
    assert "peak_flow_chart" not in found
    assert tell(player, "survey_scene", focus="needles").values["clues"] == ""


def test_a_look_round_finds_the_scene_and_every_clue(player: Any) -> None:
    told = tell(player, "survey_scene", focus="scene")
    assert told.ledger[0] == ("scene", "found")
    assert ("clue:peak_flow_chart", "found") in told.ledger


def test_nothing_is_twice_in_the_ledger_of_a_finding(player: Any) -> None:
    for step in PROCEDURES:
        ledger = tell(player, step).ledger
        assert len(set(ledger)) == len(ledger)
