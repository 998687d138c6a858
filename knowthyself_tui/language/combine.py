"""The clauses of a line together: what takes over the whole line, what is dropped, the statistical back-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowthyself_tui.domain.acts import Act
from knowthyself_tui.language.additions import confident, guessed
from knowthyself_tui.language.backoff import CHATTER, guesser, plain, ranked
from knowthyself_tui.language.clauses import ClauseReading
from knowthyself_tui.language.cues import clause_of
from knowthyself_tui.language.grammar import light_words
from knowthyself_tui.language.intents import asks_history, label_of
from knowthyself_tui.language.parts import Part
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

UNCLEAR = Act("unintelligible", "none", confidence=0.5, route="back-off")
_THIRD_PERSON = frozenset({"she", "he", "her", "his", "him", "they"})


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
        return (UNCLEAR,), ()
    if acts:
        return (*acts, *_asked_of_a_bystander(acts, tokens)), tuple(choices[:3])
    guesses, unsure = _guessed(tokens, is_plain=all(part.clause.is_plain for part in parts))
    guesses = (*guesses, *_asked_of_a_bystander(guesses, tokens))
    return (*guesses, *_collateral(ClauseReading(guesses, (), clause_of(tokens, asks=False)))), unsure


def _goes_on_asking(before: Sequence[Act], part: ClauseReading) -> bool:
    """A bare name with a question mark after a question about drugs taken is more of that question."""
    asked = before and before[-1].intent in ("ask_substances", "ask_medications", "ask_self_treatment", "ask_allergies")
    named = {a.intent for a in part.acts} <= {"ask_treatment_question", "give_drug"} and bool(part.acts)
    unordered = not any(a.executes or {"dose", "route"} & set(a.slots) for a in part.acts)
    return bool(asked) and named and unordered and not word_set("ordering") & set(part.tokens)


def _announcement(tokens: Sequence[str], acts: Sequence[Act]) -> Act | None:
    """What a whole line most likely is when it breaks the role or hands over: nothing in it is ordered."""
    intent, likelihood = ranked(plain(tokens))[0]
    least = ANNOUNCES.get(intent)
    if least is None or likelihood < least or [act.intent for act in acts] == [intent]:
        return None
    return next((act for act in acts if act.intent == intent), _guess(intent, likelihood, tokens))


def _is_too_vague(tokens: Sequence[str], acts: Sequence[Act]) -> bool:
    """Nothing but small words, and not said in a way that is known well: "is it that or the other"."""
    empty = light_words() | word_set("empty") | word_set("small_answers")
    if not all(token in empty or token.startswith("name:") for token in tokens) or any(a.is_treatment for a in acts):
        return False
    likely = ranked(plain(tokens))
    if acts and acts[0].route != "back-off":
        return dict(likely)[acts[0].intent] < KNOWN_WELL
    return likely[0][1] < KNOWN_BY_HEART


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
    history = [act for act in part.acts if asks_history(act.intent)]
    roles = [t.split(":", 1)[1] for t in part.tokens if t.startswith(("role:", "name:"))]
    others = [role for role in roles if role not in ("patient", "crewmate")]
    named = any(t.startswith("name:") and t != "name:patient" for t in part.tokens)
    spoken_to = part.tokens[0].startswith(("role:", "name:")) and part.tokens[0] != "role:bystander"
    first = spoken_to or part.tokens[-1].startswith("name:")
    about_patient = bool(_THIRD_PERSON & set(part.tokens)) or "name:patient" in part.tokens
    if not history or not others or not (named or first) or not (about_patient or first):
        return []
    return [Act("ask_collateral", "question", {"addressee": others[0], "topic": history[0].intent})]


def _asked_of_a_bystander(acts: Sequence[Act], tokens: Sequence[str]) -> list[Act]:
    """The history question of a line that was only read as asking somebody."""
    named = any(token.startswith("name:") and token not in ("name:patient", "name:crewmate") for token in tokens)
    if not named or [act.intent for act in acts] != ["ask_collateral"]:
        return []
    likely = ranked(plain(token for token in tokens if not token.startswith("name:")))
    intent, likelihood = next(guess for guess in likely if asks_history(guess[0]))
    return [_guess(intent, likelihood, tokens)] if likelihood >= ASKED_TOO else []


def _guessed(tokens: Sequence[str], *, is_plain: bool) -> tuple[tuple[Act, ...], Choices]:
    """The model's reading of a line of which the grammar makes nothing, with choices where it is unsure."""
    said = {token for token in tokens if not token.startswith("name:")}
    if said <= word_set("small_answers"):
        return (UNCLEAR,), ()
    text = plain(tokens)
    guesses = ranked(text)
    if guesser().chatter_of(text, guesses) >= NOISE:
        best, score = next(guess for guess in guesses if guess[0] in CHATTER)
        return (_guess(best, score, tokens),), ()
    likely = [guess for guess in guesses[:3] if guess[1] >= POSSIBLE]
    if not likely:
        return (UNCLEAR,), ()
    first = _guess(*likely[0], tokens, is_plain=is_plain)
    if likely[0][1] >= (SURE if len(tokens) > 1 else SURE_OF_ONE_WORD):
        return (first,), ()
    named = [guess for guess in likely if guess[0] != UNCLEAR.intent]
    return (first,), tuple((label_of(intent), _guess(intent, score, tokens)) for intent, score in named)


def _guess(intent: str, likelihood: float, tokens: Sequence[str], *, is_plain: bool = False) -> Act:
    return guessed(intent, likelihood, Part(tuple(tokens), 0, len(tokens), is_plain=is_plain))
