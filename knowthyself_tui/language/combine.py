"""The clauses of a line together: what takes over the whole line, what is dropped, the statistical back-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.language.backoff import CHATTER, guesser, plain
from knowthyself_tui.language.clauses import ClauseReading
from knowthyself_tui.language.cues import clause_of
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.intents import label_of, modality_of
from knowthyself_tui.language.opinion import confident, guessed_order
from knowthyself_tui.language.resources import word_set

Choices = tuple[tuple[str, Act], ...]

SURE = 0.6
"""Likelihood from which the model's first guess stands by itself."""
SURE_OF_ONE_WORD = 0.75
POSSIBLE = 0.08
"""Likelihood from which a guess is offered as a choice."""
KNOWN_WELL, KNOWN_BY_HEART = 0.5, 0.85
"""Likelihood from which a line of small words means something, with and without the grammar's word for it."""
ANNOUNCES = {"prompt_injection": 0.6, "handover": 0.6}
"""Likelihood from which a whole line is an attempt to break the role, or a handover."""
ASKED_TOO = 0.6
"""Likelihood from which a question to a bystander is a question of history too."""
NOISE = 0.9
"""Likelihood of chatter from which no clinical guess is offered."""

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
        if len(parts) > 1 and not part.acts:
            part = replace(part, acts=tuple(confident(part.tokens)))
        acts.extend(act for act in part.acts if not _goes_on_asking(acts, part) and not _only_named_again(acts, act))
        choices.extend(part.choices)
        if any(act.intent == "handover" for act in part.acts):
            break
        acts.extend(_collateral(part))
    acts = _without_noise(_distinct(acts))
    taken = _announcement(tokens, acts)
    if taken is not None:
        return (taken,), ()
    if _is_too_vague(tokens, acts):
        return (Act("unintelligible", "none", confidence=0.5, route="back-off"),), ()
    if acts:
        return (*acts, *_asked_of_a_bystander(acts, tokens)), tuple(choices[:3])
    guessed, unsure = _guessed(tokens, is_plain=all(part.clause.is_plain for part in parts))
    guessed = (*guessed, *_asked_of_a_bystander(guessed, tokens))
    return (*guessed, *_collateral(ClauseReading(guessed, (), clause_of(tokens, asks=False)))), unsure


def _goes_on_asking(before: Sequence[Act], part: ClauseReading) -> bool:
    """A bare name with a question mark after a question about drugs taken is more of that question."""
    asked = before and before[-1].intent in ("ask_substances", "ask_medications", "ask_self_treatment", "ask_allergies")
    named = {a.intent for a in part.acts} <= {"ask_treatment_question", "give_drug"} and bool(part.acts)
    unordered = not any(a.executes or {"dose", "route"} & set(a.slots) for a in part.acts)
    return bool(asked) and named and unordered and not word_set("ordering") & set(part.tokens)


def _announcement(tokens: Sequence[str], acts: Sequence[Act]) -> Act | None:
    """What a whole line most likely is when it breaks the role or hands over: nothing in it is ordered."""
    intent, likelihood = guesser().rank(plain(tokens))[0]
    least = ANNOUNCES.get(intent)
    if least is None or likelihood < least or [act.intent for act in acts] == [intent]:
        return None
    return next((act for act in acts if act.intent == intent), _guess(intent, likelihood))


def _is_too_vague(tokens: Sequence[str], acts: Sequence[Act]) -> bool:
    """Nothing but small words, and not said in a way that is known well: "is it that or the other"."""
    empty = light_words() | word_set("empty") | word_set("small_answers")
    if not all(token in empty or token.startswith("name:") for token in tokens) or any(a.is_treatment for a in acts):
        return False
    ranked = guesser().rank(plain(tokens))
    if acts and acts[0].route != "back-off":
        return dict(ranked)[acts[0].intent] < KNOWN_WELL
    return ranked[0][1] < KNOWN_BY_HEART


def _only_named_again(before: Sequence[Act], act: Act) -> bool:
    """The name of a drug behind a question about it orders nothing: "is Penthrox okay? the green whistle"."""
    drug = act.slots.get("drug")
    return (
        act.intent == "give_drug"
        and "dose" not in act.slots
        and any(other.intent == "ask_treatment_question" and other.slots.get("drug") == drug for other in before)
    )


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


def _asked_of_a_bystander(guessed: Sequence[Act], tokens: Sequence[str]) -> list[Act]:
    """The history question in a guess that only says of whom it is asked."""
    named = any(token.startswith("name:") and token not in ("name:patient", "name:crewmate") for token in tokens)
    if not named or [act.intent for act in guessed] != ["ask_collateral"]:
        return []
    ranked = guesser().rank(plain(token for token in tokens if not token.startswith("name:")))
    intent, likelihood = next((i, score) for i, score in ranked if i.startswith(_MAIN_HISTORY) and i not in _NO_HISTORY)
    return [_guess(intent, likelihood)] if likelihood >= ASKED_TOO else []


def _guessed(tokens: Sequence[str], *, is_plain: bool) -> tuple[tuple[Act, ...], Choices]:
    """The back-off's reading; a treatment that it guesses is never carried out."""
    said = {token for token in tokens if not token.startswith("name:")}
    if said <= word_set("small_answers"):
        return (Act("unintelligible", "none", confidence=0.5, route="back-off"),), ()
    text = plain(tokens)
    ranked = guesser().rank(text)
    if guesser().chatter_of(text, ranked) >= NOISE:
        best = next(intent for intent, _ in ranked if intent in CHATTER)
        return (_guess(best, dict(ranked)[best]),), ()
    likely = [(intent, score) for intent, score in ranked[:3] if score >= POSSIBLE]
    if not likely:
        return (Act("unintelligible", "none", confidence=0.5, route="back-off"),), ()
    first = _guess(*likely[0], is_plain=is_plain)
    if likely[0][1] >= (SURE if len(tokens) > 1 else SURE_OF_ONE_WORD):
        return (first,), ()
    named = [(intent, score) for intent, score in likely if intent != "unintelligible"]
    return (first,), tuple((label_of(intent), _guess(intent, score)) for intent, score in named)


def _guess(intent: str, score: float, *, is_plain: bool = False) -> Act:
    act = Act(intent, modality_of(intent), confidence=round(score, 3), route="back-off")
    return act if intent not in TREATMENT_INTENTS else guessed_order(act, is_plain=is_plain)
