"""Everything that people in a scenario can say, with its place in the file: what the checks of wording go through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from knowthyself_tui.domain.scenario.voice import Fact, Saying, Spoken, SpokenText

if TYPE_CHECKING:
    from knowthyself_tui.domain.scenario import Scenario

Place = tuple[str, str]
"""(where in the file, text)"""


def spoken(scenario: Scenario) -> Iterator[Place]:
    """Every saying of the patient and the bystander."""
    patient = scenario.patient
    plain = [("unknown", patient.unknown), ("confused", patient.confused), ("stray", patient.stray)]
    plain.append(("other_question", patient.other_question))
    for name, sayings in plain:
        yield from _texts(f"patient.{name}", sayings)
    for reaction in patient.reactions:
        yield from _texts(f"reaction {reaction.intent}", reaction.says)
    for worry in patient.worries:
        yield from _texts(f"worry {worry.id}", [worry.says])
    for fact in scenario.facts:
        if fact.patient is not None:
            yield from _texts(f"fact {fact.id}", [fact.patient])
        for told in bystander_texts(fact):
            yield f"fact {fact.id}", " ".join((told.text, *told.by_state.values()))
    for person in scenario.people:
        said = [text for texts in person.reactions.values() for text in texts]
        yield "bystander", " ".join((*person.unknown, *said))


def bystander_texts(fact: Fact) -> list[SpokenText]:
    """How everybody but the patient says a fact."""
    return [told for told in (fact.bystander, *fact.others.values()) if told is not None]


def shown(scenario: Scenario) -> Iterator[Place]:
    """What students read before anybody speaks."""
    yield "title", scenario.title
    yield "dispatch", scenario.dispatch.call
    yield "scene", scenario.scene


def _texts(where: str, sayings: Iterable[Saying]) -> Iterator[Place]:
    for saying in sayings:
        wordings = [saying, *(saying.by_state.values() if isinstance(saying, Spoken) else ())]
        for wording in wordings:
            yield where, f"{wording.full} {wording.short}"


def states_named(scenario: Scenario) -> Iterator[tuple[str, Iterable[str]]]:
    """The keys of every `by_state`, with their place."""
    for reaction in scenario.patient.reactions:
        for saying in reaction.says:
            yield f"reaction {reaction.intent}", saying.by_state
    for worry in scenario.patient.worries:
        yield f"worry {worry.id}", worry.says.by_state
    for fact in scenario.facts:
        for told in (fact.patient, *bystander_texts(fact)):
            if told is not None:
                yield f"fact {fact.id}", told.by_state
    for region in scenario.regions:
        yield f"region {region.names[0]}", region.by_state
    if scenario.ecg_12lead is not None:
        yield "ecg_12lead", scenario.ecg_12lead.by_state
