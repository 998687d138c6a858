"""Everything that people in a scenario can say, with its place in the file: what the checks of wording go through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from knowthyself_tui.domain.scenario.voice import Saying, Spoken

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
        if fact.bystander is not None:
            yield f"fact {fact.id}", " ".join((fact.bystander.text, *fact.bystander.by_state.values()))
    if scenario.bystander is not None:
        said = [text for texts in scenario.bystander.reactions.values() for text in texts]
        yield "bystander", " ".join((*scenario.bystander.unknown, *said))


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
        for told in (fact.patient, fact.bystander):
            if told is not None:
                yield f"fact {fact.id}", told.by_state
