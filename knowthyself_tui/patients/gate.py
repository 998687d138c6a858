"""The fact gate: which facts a line unlocks, for whom. Nothing else can be said by any voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.voice import Bystander, Fact, Saying
from knowthyself_tui.patients.base import Cue, Speech

UNKNOWN = "unknown"
MOST_FACTS = 3
"""A person answers what was asked, not everything at once."""

HISTORY_INTENTS = frozenset(
    {
        "ask_chief_complaint",
        "ask_identity",
        "ask_onset",
        "ask_provocation",
        "ask_quality",
        "ask_radiation",
        "ask_severity",
        "ask_timing",
        "ask_symptoms",
        "ask_allergies",
        "ask_medications",
        "ask_pmh",
        "ask_last_intake",
        "ask_events",
        "ask_self_treatment",
        "ask_substances",
        "ask_social_family",
        "ask_loc_amnesia",
        "ask_collateral",
    }
)


NAMING_SLOTS = ("symptom", "topic", "class", "drug", "substance", "item", "region")
"""Slots by which a question names something in particular."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the student's, as far as the people on scene hear it."""

    text: str
    acts: Sequence[Act]

    @property
    def questions(self) -> list[Act]:
        return [act for act in self.acts if act.intent in HISTORY_INTENTS and act.modality != "negated"]

    def is_for(self, bystander: Bystander) -> bool:
        """The line asks the bystander, or calls him or her by name first or last."""
        if any(act.intent == "ask_collateral" for act in self.acts):
            return True
        name = re.escape(bystander.name)
        return re.search(rf"^\W*(?:and |so |ok |okay )?{name}\b|\b{name}\W*$", self.text, re.IGNORECASE) is not None


def cues_for(scenario: Scenario, line: Line, speech: Speech, told: Mapping[str, int]) -> list[Cue]:
    """What each person may say in answer to a line; empty when nobody is asked or addressed."""
    if scenario.bystander is not None and line.is_for(scenario.bystander):
        return [_bystander_cue(scenario, line, told)]
    cue = _patient_cue(scenario, line, speech, told)
    return [cue] if cue.facts or cue.sayings else []


def _patient_cue(scenario: Scenario, line: Line, speech: Speech, told: Mapping[str, int]) -> Cue:
    facts: list[Fact] = []
    sayings: list[tuple[str, Saying]] = []
    for act in line.questions:
        known = [fact for fact in unlocked(scenario.facts, act.intent, line.text, act.slots) if fact.patient]
        facts += [fact for fact in known if fact not in facts]
        if not known and not sayings:
            sayings.append((UNKNOWN, scenario.patient.unknown))
    if facts:
        sayings = []
    elif not sayings:
        sayings = list(_reactions(scenario, line.acts, told))
    sayings += _worry(scenario, line.acts, told, speech)
    return Cue("patient", speech, tuple(facts[:MOST_FACTS]), tuple(sayings), told)


def _bystander_cue(scenario: Scenario, line: Line, told: Mapping[str, int]) -> Cue:
    facts: list[Fact] = []
    for act in line.questions:
        topic = str(act.slots.get("topic", ""))
        intent = topic if act.intent == "ask_collateral" and topic in HISTORY_INTENTS else act.intent
        known = unlocked(scenario.facts, intent, line.text, act.slots)
        facts += [fact for fact in known if fact.bystander and fact not in facts]
    sayings = [] if facts else _bystander_sayings(scenario, line.acts)
    return Cue("bystander", "sentences", tuple(facts[:MOST_FACTS]), tuple(sayings), told)


def _bystander_sayings(scenario: Scenario, acts: Sequence[Act]) -> list[tuple[str, Saying]]:
    assert scenario.bystander is not None
    for act in acts:
        text = scenario.bystander.reactions.get(act.intent)
        if text is not None:
            return [(f"bystander:{act.intent}", Saying(full=text, short=text))]
    unknown = scenario.bystander.unknown
    return [(f"bystander:{UNKNOWN}", Saying(full=unknown, short=unknown))]


def unlocked(facts: Iterable[Fact], intent: str, text: str, slots: Mapping[str, object]) -> list[Fact]:
    """The facts that a question unlocks: those it names if it names any, else the general ones of its intent.

    A question that names something which no fact is about unlocks nothing: the answer is not known, never invented.
    """
    of_intent = [fact for fact in facts if intent in fact.asked]
    named = [fact for fact in of_intent if _is_named(fact, text)]
    if named or any(slots.get(name) for name in NAMING_SLOTS):
        return named
    return [fact for fact in of_intent if not fact.only_if_named]


def _is_named(fact: Fact, text: str) -> bool:
    lowered = text.casefold()
    return any(re.search(rf"\b{re.escape(word.casefold())}", lowered) for word in fact.about)


def _reactions(scenario: Scenario, acts: Sequence[Act], told: Mapping[str, int]) -> Iterable[tuple[str, Saying]]:
    """The first act that the patient reacts to decides; repeated, the patient says the next of its sayings."""
    by_intent = {reaction.intent: reaction for reaction in scenario.patient.reactions}
    for act in acts:
        reaction = by_intent.get(act.intent)
        if reaction is not None and act.modality != "negated":
            key = f"reaction:{act.intent}"
            yield key, reaction.says[min(told.get(key, 0), len(reaction.says) - 1)]
            return


def _worry(
    scenario: Scenario, acts: Sequence[Act], told: Mapping[str, int], speech: Speech
) -> list[tuple[str, Saying]]:
    """At most one worry a turn, each only once, and only with the breath to say it."""
    intents = {act.intent for act in acts}
    if speech in ("syllables", "none"):
        return []
    for worry in scenario.patient.worries:
        key = f"worry:{worry.id}"
        if not told.get(key) and intents.intersection(worry.after):
            return [(key, worry.says)]
    return []
