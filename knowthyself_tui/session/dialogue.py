"""Who answers a line, in which order: the crewmate on orders, the patient or bystander on what they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from knowthyself_tui.domain.acts import Act, Status
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.patients import Line, PatientVoice, cues_for
from knowthyself_tui.patients.base import Speech
from knowthyself_tui.session import crew

Reply = dict[str, Any]
"""Keyword arguments of a turn: speaker, text and, for people, the ledger of (key, how)."""


def answers(
    state: EncounterState,
    voice: PatientVoice,
    narration: Narration,
    line: Line,
    statuses: Sequence[Status],
    choices: Sequence[tuple[str, Act]],
) -> Iterator[Reply]:
    """Every reply to one line, in the order they are heard."""
    if choices:
        yield {"speaker": "crewmate", "text": _choices(choices, narration)}
    acknowledged = crew.acknowledgement(line.acts, statuses, narration)
    if acknowledged:
        yield {"speaker": "crewmate", "text": acknowledged}
    for act, status in zip(line.acts, statuses, strict=True):
        if status in ("clarify", "refused"):
            yield {"speaker": "crewmate", "text": crew.question(act, narration)}
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


def _choices(choices: Sequence[tuple[str, Act]], narration: Narration) -> str:
    numbered = " ".join(f"{number}) {label}" for number, (label, _) in enumerate(choices, 1))
    return narration.crewmate["choices"].format(choices=numbered)
