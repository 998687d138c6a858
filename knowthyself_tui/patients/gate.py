"""The fact gate: what each person may say in answer to a line. Nothing else can be said by any voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from knowthyself_tui.domain.scenario.voice import CONFUSED, Bystander, Fact, Reaction, Saying
from knowthyself_tui.patients.base import BYSTANDER, REACTION, WORRY, Condition, Cue, Speech, Telling, fact_key
from knowthyself_tui.patients.line import HISTORY_INTENTS, Line, Question
from knowthyself_tui.patients.manners import Manners
from knowthyself_tui.patients.unlocking import unlocked

__all__ = ["HISTORY_INTENTS", "MOST_FACTS", "cues_for"]

MOST_FACTS = 3
"""A person answers what was asked, not everything at once."""
INJECTION, UNCLEAR = "prompt_injection", "unintelligible"

Told = Mapping[str, int]
"""How often each key has been said."""


def cues_for(manners: Manners, line: Line, condition: Condition, told: Told) -> list[Cue]:
    """What each person may say in answer to a line, in the order they speak; empty when nobody is meant."""
    bystander = manners.scenario.bystander
    person = _person_meant(manners, line)
    if person is None and bystander is not None and _speaks_instead(manners, line, condition):
        person = bystander
    if person is not None:
        return [_bystander_cue(manners, person, line, condition, told)]
    tellings = _patient_tellings(manners, line, condition, told)
    if not tellings:
        return []
    if not condition.is_voiceless:
        facts = tuple(telling for telling in tellings if not telling.id.startswith((REACTION, WORRY)))
        return [Cue("patient", _length(condition), facts, tuple(each for each in tellings if each not in facts))]
    return [_without_words(manners, condition, told), *_offer(manners, bystander, line, told)]


def _person_meant(manners: Manners, line: Line) -> Bystander | None:
    """Who besides the patient the line is for: whoever it names, or the main bystander for a question to anyone."""
    scenario, patient = manners.scenario, manners.scenario.patient.call_name
    named = next((other for other in scenario.others if line.is_spoken_to(other, patient)), None)
    if named is not None or scenario.bystander is None:
        return named
    return scenario.bystander if line.is_for(scenario.bystander, patient) else None


def _speaks_instead(manners: Manners, line: Line, condition: Condition) -> bool:
    """The bystander answers for a child always, for an adult only when the adult cannot."""
    bystander = manners.scenario.bystander
    if bystander is None or not bystander.speaks_for_patient or not (line.asks or line.is_unclear):
        return False
    return condition.is_voiceless or manners.scenario.patient.age_years < manners.voices.child_below_years


def _length(condition: Condition) -> Speech:
    """Stray words come a few at a time however much breath there is."""
    return "words" if condition.verbal == 3 and condition.speech in ("sentences", "phrases") else condition.speech


def _without_words(manners: Manners, condition: Condition, told: Told) -> Cue:
    name = "sounds" if condition.verbal == 2 and condition.speech != "none" else "silence"
    key = f"{REACTION}{name}"
    text = manners.narrated(name, told.get(key, 0))
    return Cue("narrator", "sentences", reactions=(Telling(key, Saying(full=text, short=text), key),))


def _offer(manners: Manners, bystander: Bystander | None, line: Line, told: Told) -> list[Cue]:
    """A bystander who sees that the patient cannot answer says once that he or she may be asked."""
    key = f"{REACTION}{BYSTANDER}offer"
    if bystander is None or not line.asks or told.get(key) or line.calls(manners.scenario.patient.call_name):
        return []
    text = manners.fill(manners.voices.bystander.offer)
    telling = Telling(key, Saying(full=text, short=text), key)
    return [Cue("bystander", "sentences", reactions=(telling,), name=bystander.name)]


def _patient_tellings(manners: Manners, line: Line, condition: Condition, told: Told) -> list[Telling]:
    if condition.verbal <= 3 or condition.is_voiceless:
        return _in_turn(manners, "stray", told) if _is_for_patient(manners, line) else []
    if line.is_unclear and not _is_injection(line):
        return _again_please(manners, condition, told)
    facts, more = _answered(line, lambda question: _known(manners, question, condition))
    tellings = [_fact(fact, condition, told) for fact in facts]
    if condition.verbal == 4:
        return tellings or _muddled(manners, line, condition, told)
    if not tellings:
        unanswered = line.questions and not _is_injection(line)
        tellings = _in_turn(manners, "unknown", told) if unanswered else _reaction(manners, line, condition, told)
    more_asked = _in_turn(manners, "other_question", told) if more else []
    return [*tellings, *more_asked, *_worry(manners, line, condition, told, facts)]


def _muddled(manners: Manners, line: Line, condition: Condition, told: Told) -> list[Telling]:
    """A reaction that has words for this way of being, or else whatever goes through a confused head."""
    if not _is_for_patient(manners, line):
        return []
    reaction = None if line.asks else _reacts(manners, line)
    if reaction is not None:
        key = f"{REACTION}{reaction.intent}"
        variant, saying = reaction.said(told.get(key, 0)).wording((CONFUSED, *condition.states))
        if variant:
            return [Telling(key, saying, key)]
    return _in_turn(manners, CONFUSED, told)


def _again_please(manners: Manners, condition: Condition, told: Told) -> list[Telling]:
    """Asks what was meant."""
    reaction = manners.reaction(UNCLEAR)
    if reaction is None:
        return []
    key = f"{REACTION}{UNCLEAR}"
    _, saying = reaction.said(told.get(key, 0)).wording(condition.states)
    return [Telling(key, saying, key)]


def _is_for_patient(manners: Manners, line: Line) -> bool:
    """The line asks the patient something or does what a patient reacts to."""
    return bool(line.asks) or _reacts(manners, line) is not None


def _is_injection(line: Line) -> bool:
    return any(act.intent == INJECTION for act in line.acts)


def _known(manners: Manners, question: Question, condition: Condition) -> list[Fact]:
    facts = unlocked(manners.scenario.facts, question.intent, question.text, question.slots)
    felt = set(manners.voices.felt)
    return [fact for fact in facts if fact.patient is not None and (condition.verbal == 5 or _stays(fact, felt))]


def _stays(fact: Fact, felt: set[str]) -> bool:
    """A confused patient still tells what it feels like now, and what has a wording for confusion."""
    assert fact.patient is not None
    return CONFUSED in fact.patient.by_state or felt.issuperset(fact.asked)


def _answered(line: Line, known: Callable[[Question], Sequence[Fact]]) -> tuple[list[Fact], bool]:
    """The facts for the first question, and whether another question of the line asks for different ones."""
    questions = [] if _is_injection(line) else line.questions
    if not questions:
        return [], False
    first = list(known(questions[0]))
    ids = {fact.id for fact in first}
    others = [question for question in questions[1:] if question.intent != questions[0].intent]
    more = any(fact.id not in ids for question in questions[1:] for fact in known(question))
    run_together = len({question.intent for question in questions}) > 2 and len({one.text for one in questions}) == 1
    # A guess beside a question is mostly the same question read twice; the shape of the line tells when it is another.
    unheard = any(not known(question) for question in others) or run_together
    unheard = unheard or (line.asks_twice and (not others or line.is_half_heard))
    return first[:MOST_FACTS], more or unheard


def _fact(fact: Fact, condition: Condition, told: Told) -> Telling:
    assert fact.patient is not None
    states = (CONFUSED, *condition.states) if condition.verbal == 4 else condition.states
    variant, saying = fact.patient.wording(states)
    key = fact_key(fact.id, bystander=False, variant=variant)
    return Telling(fact.id, saying, key, told.get(key, 0))


def _in_turn(manners: Manners, name: str, told: Told) -> list[Telling]:
    key = f"{REACTION}{name}"
    return [Telling(key, manners.patient_saying(name, told.get(key, 0)), key)]


def _reacts(manners: Manners, line: Line) -> Reaction | None:
    """The first act that the patient reacts to decides; an attempt to break the role goes before all others."""
    acts = sorted(line.acts, key=lambda act: act.intent != INJECTION)
    named = line.calls(manners.scenario.patient.call_name)
    for act in acts:
        reaction = manners.reaction(act.intent)
        if reaction is not None and act.modality != "negated" and (named or not reaction.if_named):
            return reaction
    return None


def _reaction(manners: Manners, line: Line, condition: Condition, told: Told) -> list[Telling]:
    reaction = _reacts(manners, line)
    if reaction is None:
        return []
    key = f"{REACTION}{reaction.intent}"
    _, saying = reaction.said(told.get(key, 0)).wording(condition.states)
    return [Telling(key, saying, key)]


def _worry(manners: Manners, line: Line, condition: Condition, told: Told, facts: Iterable[Fact]) -> list[Telling]:
    """At most one worry a turn, each once, with the breath to say it, and never before what it is about is told."""
    if condition.speech == "syllables" or _is_injection(line):
        return []
    intents = {act.intent for act in line.acts}
    known = {fact.id for fact in facts} | {key.partition("@")[0] for key in told}
    for worry in manners.scenario.patient.worries:
        key = f"{WORRY}{worry.id}"
        ready = not worry.once_told or known.intersection(worry.once_told)
        if not told.get(key) and intents.intersection(worry.after) and ready:
            return [Telling(key, worry.says.wording(condition.states)[1], key)]
    return []


def _bystander_cue(manners: Manners, person: Bystander, line: Line, condition: Condition, told: Told) -> Cue:
    other = None if person is manners.scenario.bystander else person.name

    def known(question: Question) -> list[Fact]:
        facts = unlocked(manners.scenario.facts, question.intent, question.text, question.slots)
        return [fact for fact in facts if fact.told_by(other) is not None]

    facts, more = _answered(line, known)
    tellings = tuple(_told_by_bystander(fact, other, condition, told) for fact in facts)
    reactions = [] if tellings else [_bystander_reaction(manners, person, line, told)]
    if more:
        reactions.append(_bystander_says(manners, person, "other_question", told))
    return Cue("bystander", "sentences", tellings, tuple(reactions), person.name)


def _told_by_bystander(fact: Fact, other: str | None, condition: Condition, told: Told) -> Telling:
    saying = fact.told_by(other)
    assert saying is not None
    variant, text = saying.wording(condition.states)
    key = fact_key(fact.id, bystander=True, variant=f"{other}/{variant}" if other else variant)
    return Telling(fact.id, Saying(full=text, short=text), key, told.get(key, 0))


def _bystander_reaction(manners: Manners, person: Bystander, line: Line, told: Told) -> Telling:
    acts = sorted(line.acts, key=lambda act: act.intent != INJECTION)
    name = next((act.intent for act in acts if manners.bystander_reacts_to(person, act.intent)), None)
    if line.is_unclear:
        name = UNCLEAR
    elif name is None or (line.asks and not _is_injection(line)):
        name = "unknown" if line.asks else "heard"
    return _bystander_says(manners, person, name, told)


def _bystander_says(manners: Manners, person: Bystander, name: str, told: Told) -> Telling:
    main = person is manners.scenario.bystander
    key = f"{REACTION}{BYSTANDER}{name}{'' if main else f'@{person.name}'}"
    text = manners.bystander_text(person, name, told.get(key, 0))
    return Telling(key, Saying(full=text, short=text), key)
