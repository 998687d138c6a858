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
