"""The clauses of a line together: what takes over the whole line, what is dropped, the statistical back-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.domain.ordering import decide
from knowthyself_tui.language.backoff import guesser, plain
from knowthyself_tui.language.clauses import ClauseReading
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.intents import label_of, modality_of
from knowthyself_tui.language.resources import word_set

Choices = tuple[tuple[str, Act], ...]

SURE = 0.50
"""Likeness from which the back-off's first guess stands by itself."""
SURE_OF_ONE_WORD = 0.7
POSSIBLE = 0.25
"""Likeness from which a guess is offered as a choice."""

_THIRD_PERSON = frozenset({"she", "he", "her", "his", "him", "they"})
_MAIN_HISTORY = "ask_"
_NO_HISTORY = frozenset({"ask_collateral", "ask_coach", "ask_treatment_question", "ask_identity"})


def combined(parts: Sequence[ClauseReading], tokens: Sequence[str]) -> tuple[tuple[Act, ...], Choices]:
    """The acts of the line, and choices where nothing is sure."""
    injection = next((a for part in parts for a in part.acts if a.intent == "prompt_injection"), None)
    if injection is not None:
        return (injection,), ()
    acts: list[Act] = []
    choices: list[tuple[str, Act]] = []
    for part in parts:
        acts.extend(() if _goes_on_asking(acts, part) else part.acts)
        choices.extend(part.choices)
        if any(act.intent == "handover" for act in part.acts):
            break
        acts.extend(_collateral(part))
    acts = _without_noise(_distinct(acts))
    if acts:
        return tuple(acts), tuple(choices[:3])
    return _guessed(tokens)


def _goes_on_asking(before: Sequence[Act], part: ClauseReading) -> bool:
    """A bare name with a question mark after a question about drugs taken is more of that question."""
    asked = before and before[-1].intent in ("ask_substances", "ask_medications", "ask_self_treatment", "ask_allergies")
    named = {a.intent for a in part.acts} <= {"ask_treatment_question", "give_drug"} and bool(part.acts)
    unordered = not any(a.executes or {"dose", "route"} & set(a.slots) for a in part.acts)
    return bool(asked) and named and unordered and not word_set("ordering") & set(part.tokens)


def _distinct(acts: Sequence[Act]) -> list[Act]:
    found: list[Act] = []
    for act in acts:
        if not any(act.intent == other.intent and dict(act.slots) == dict(other.slots) for other in found):
            found.append(act)
    return found


def _without_noise(acts: list[Act]) -> list[Act]:
    """Swearing round a real order is that order; reports of earlier treatment matter only alone."""
    substance = [
        act
        for act in acts
        if act.intent != "abuse_profanity" and not (act.intent == "state_impression" and act.confidence < 0.5)
    ]
    return substance or acts


def _collateral(part: ClauseReading) -> list[Act]:
    """A question about the patient that names somebody else is asked of that person."""
    if any(act.intent == "ask_collateral" for act in part.acts):
        return []
    history = [a for a in part.acts if a.intent.startswith(_MAIN_HISTORY) and a.intent not in _NO_HISTORY]
    roles = [t.split(":", 1)[1] for t in part.tokens if t.startswith(("role:", "name:"))]
    others = [role for role in roles if role not in ("patient", "crewmate")]
    named = any(t.startswith("name:") and t != "name:patient" for t in part.tokens)
    spoken_to = part.tokens[0].startswith(("role:", "name:")) and part.tokens[0] != "role:bystander"
    first = spoken_to or part.tokens[-1].startswith("name:")
    about_patient = bool(_THIRD_PERSON & set(part.tokens)) or "name:patient" in part.tokens
    if not history or not others or not (named or first) or not (about_patient or first):
        return []
    return [Act("ask_collateral", "question", {"addressee": others[0], "topic": history[0].intent})]


def _guessed(tokens: Sequence[str]) -> tuple[tuple[Act, ...], Choices]:
    """The back-off's reading; a treatment that it guesses is never carried out."""
    said = {token for token in tokens if not token.startswith("name:")}
    if said <= light_words() | word_set("small_answers"):
        return (Act("unintelligible", "none", confidence=0.5, route="back-off"),), ()
    ranked = guesser().rank(plain(tokens))[:3]
    likely = [(intent, score) for intent, score in ranked if score >= POSSIBLE]
    if not likely:
        return (Act("unintelligible", "none", confidence=0.5, route="back-off"),), ()
    first = _guess(*likely[0])
    if likely[0][1] >= (SURE if len(tokens) > 1 else SURE_OF_ONE_WORD):
        return (first,), ()
    return (first,), tuple((label_of(intent), _guess(intent, score)) for intent, score in likely)


def _guess(intent: str, score: float) -> Act:
    act = Act(intent, modality_of(intent), confidence=round(score, 3), route="back-off")
    if intent not in TREATMENT_INTENTS:
        return act
    decided = decide(act)
    return replace(decided, executes=False, read_back="It is not clear what was ordered." if decided.executes else None)
