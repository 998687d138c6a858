"""Who answers a line, in which order: the crewmate on orders, the patient or bystander on what they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from knowthyself_tui.domain.acts import Status
from knowthyself_tui.domain.fold import EncounterState
from knowthyself_tui.domain.rules import moment
from knowthyself_tui.domain.scenario.mood import Mood
from knowthyself_tui.domain.scenario.narration import Narration
from knowthyself_tui.patients import Condition, Known, Line, Manners, PatientVoice, cues_for, id_of, spoken_reply
from knowthyself_tui.patients.base import Speech
from knowthyself_tui.session import crew
from knowthyself_tui.session.acts_json import act_from_json

AWAKE_EYES = 4
"""The eye score of someone who is awake."""
Reply = dict[str, Any]
"""Keyword arguments of a turn: speaker, text and, for people, the ledger of (key, how)."""


def answers(
    state: EncounterState,
    voice: PatientVoice,
    manners: Manners,
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
    if any(act.slots.get("about") == "order" for act in line.acts):
        yield {"speaker": "crewmate", "text": narration.crewmate["nothing_open"]}
        return
    yield from _people(state, voice, manners, line)


def condition_of(state: EncounterState) -> Condition:
    """How able the patient is to speak now: breath, consciousness, state and mood."""
    findings = state.body.findings()
    speech = cast(Speech, "none" if state.body.arrested else findings["speech"])
    mood = _mood_of(state)
    verbal = round(float(findings["gcs_verbal"]))
    if mood is not None and mood.verbal is not None:
        verbal = min(verbal, mood.verbal)
    return Condition(speech, verbal, state.patient_state, mood.name if mood else None)


def parts_of(state: EncounterState) -> tuple[int, int, int]:
    """Eye, verbal and motor score; whom a mood makes muddled is awake instead of drowsy, with the same sum."""
    findings = state.body.findings()
    eye, verbal, motor = (round(float(findings[f"gcs_{part}"])) for part in ("eye", "verbal", "motor"))
    lost = min(max(0, verbal - condition_of(state).verbal), AWAKE_EYES - eye)
    return eye + lost, verbal - lost, motor


def _mood_of(state: EncounterState) -> Mood | None:
    values, initial = state.body.values(), state.tracker.initial_values
    return next((mood for mood in state.scenario.moods if moment(mood.rule, values, initial)), None)


def _people(state: EncounterState, voice: PatientVoice, manners: Manners, line: Line) -> Iterator[Reply]:
    known = Known({name: value for name, (value, _) in state.readings.items()}, {id_of(key) for key in state.told})
    for cue in cues_for(manners, line, condition_of(state), state.told):
        said = spoken_reply(voice, manners, cue, known)
        yield {
            "speaker": said.speaker,
            **({"name": cue.name} if cue.name else {}),
            "text": said.text,
            "source": said.source,
            "ledger": [[cue.key_of(told_id), how] for told_id, how in said.used],
        }


def _choices(choices: Sequence[Mapping[str, Any]], narration: Narration) -> str:
    numbered = " ".join(f"{number}) {choice['label']}" for number, choice in enumerate(choices, 1))
    return narration.crewmate["choices"].format(choices=numbered)
