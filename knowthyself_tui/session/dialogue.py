"""Who answers a line, in which order: the crewmate on orders, the patient or bystander on what they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from knowthyself_tui.domain.acts import Status
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.patients import Line, PatientVoice, cues_for
from knowthyself_tui.patients.base import Speech
from knowthyself_tui.session import crew
from knowthyself_tui.session.acts_json import act_from_json

Reply = dict[str, Any]
"""Keyword arguments of a turn: speaker, text and, for people, the ledger of (key, how)."""


def answers(
    state: EncounterState,
    voice: PatientVoice,
    narration: Narration,
    line: Line,
    statuses: Sequence[Status],
    asked: Mapping[str, Any] | None,
) -> Iterator[Reply]:
    """Every reply to one line, in the order they are heard; `asked` is the order that waits for an answer after it."""
    if asked is not None and asked["kind"] == "choice":
        yield {"speaker": "crewmate", "text": _choices(asked["choices"], narration)}
        return
    acknowledged = crew.acknowledgement(line.acts, statuses, narration)
    if acknowledged:
        yield {"speaker": "crewmate", "text": acknowledged}
    for act, status in zip(line.acts, statuses, strict=True):
        if status == "refused":
            yield {"speaker": "crewmate", "text": crew.question(act, narration)}
    if asked is not None and asked["lines"] == 0:
        yield {"speaker": "crewmate", "text": crew.question(act_from_json(asked["act"]), narration)}
    yield from _people(state, voice, line)


def _people(state: EncounterState, voice: PatientVoice, line: Line) -> Iterator[Reply]:
    speech = cast(Speech, "none" if state.body.arrested else state.body.findings()["speech"])
    for cue in cues_for(state.scenario, line, speech, state.told):
        said = voice.answer(cue)
        yield {
            "speaker": said.speaker,
            "text": said.text,
            "source": said.source,
            "ledger": [list(entry) for entry in said.used],
        }


def _choices(choices: Sequence[Mapping[str, Any]], narration: Narration) -> str:
    numbered = " ".join(f"{number}) {choice['label']}" for number, choice in enumerate(choices, 1))
    return narration.crewmate["choices"].format(choices=numbered)
