"""The gate on the way out: what any voice answers is checked against its cue before anybody hears it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from knowthyself_tui.patients.base import Cue, PatientVoice, Speech, Utterance
from knowthyself_tui.patients.manners import Manners
from knowthyself_tui.patients.quantities import quantities
from knowthyself_tui.patients.scripted import ScriptedPatient

LONGEST_STRETCH: dict[Speech, int] = {"phrases": 7, "words": 3, "syllables": 3}
"""Most words between two breaths that pass; a nod counts as one."""
_BREATHS = r"…|\.\.\.|(?<=[.!?])\s"
_LABEL = r"(?:^|\n|[.!?…]\s+)\s*\W?[A-Z][\w ]{0,20}:\s"


@dataclass(frozen=True, slots=True)
class Known:
    """What the student knows already, and may therefore hear again."""

    measured: Mapping[str, float | None] = field(default_factory=dict)
    """Vital channel to the value the student was told last."""
    told: Iterable[str] = ()
    """Ids of facts that were told before."""


def spoken_reply(voice: PatientVoice, manners: Manners, cue: Cue, known: Known) -> Utterance:
    """The voice's answer to a cue, or the scripted one in its place when it says more than it may."""
    scripted = ScriptedPatient(manners).answer(cue)
    if cue.speaker == "narrator":
        return scripted
    said = voice.answer(cue)
    if not any(faults(said, manners, cue, known)):
        return said
    return replace(scripted, used=tuple((told_id, "replaced") for told_id, _ in scripted.used))


def faults(said: Utterance, manners: Manners, cue: Cue, known: Known) -> Iterator[str]:
    """What is wrong with an answer, one sentence each; nothing for one that may be heard."""
    if said.speaker != cue.speaker:
        yield f"{said.speaker} answers for {cue.speaker}"
    if not said.text.strip():
        yield "says nothing"
    yield from (f"uses {told_id}, which is not in the cue" for told_id, _ in said.used if told_id not in cue.ids)
    if not said.used:
        yield "does not say what it used"
    yield from (f"says {word!r}" for word in manners.scenario.forbidden_in(said.text))
    yield from (f"says {word!r}" for word in manners.voices.clinical_in(said.text))
    yield from _numbers(said, manners, cue, known)
    yield from _other_voices(said.text, cue)
    if cue.speaker == "patient" and _too_long(said.text, cue.speech):
        yield "speaks longer than there is breath for"
    yield from (f"gives away {name}" for name in manners.locks.broken_by(said.text, cue, known.told))


def _numbers(said: Utterance, manners: Manners, cue: Cue, known: Known) -> Iterator[str]:
    words = manners.voices.numbers
    allowed = {float(value) for value in known.measured.values() if value is not None}
    for telling in cue:
        allowed |= quantities(f"{telling.saying.full} {telling.saying.short}", words)
    for number in sorted(quantities(said.text, words) - allowed):
        yield f"says the number {number:g}"


def _other_voices(text: str, cue: Cue) -> Iterator[str]:
    """A voice is one person: no lines of others, no stage directions beside a nod."""
    if re.search(_LABEL, text) or "\n" in text.strip():
        yield "speaks for others"
    own = " ".join(telling.saying.full + telling.saying.short for telling in cue)
    for direction in re.findall(r"[(\[*][^)\]*]*[)\]*]", text):
        if direction not in own and not re.fullmatch(r"\((?:nods|shakes (?:her|his) head)\)", direction):
            yield "tells what happens"


def _too_long(text: str, speech: Speech) -> bool:
    limit = LONGEST_STRETCH.get(speech)
    bare = re.sub(r"\([^)]*\)", " ", text)
    return limit is not None and any(len(part.split()) > limit for part in re.split(_BREATHS, bare))
