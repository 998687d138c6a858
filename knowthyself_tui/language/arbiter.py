"""Settles at the end which of the acts that a line may hold stand: every one that the grammar or the model named.

A logistic regression over a few measures of each possible act, among them how likely it is by the whole line and by its
own part, whether the grammar found it and whether it stands so far. `python -m tests.training.arbiter` learns the
weights in `data/arbiter.yaml`. What is carried out and what is refused, planned or asked by rule (`RULE`) stays as it
is; a treatment that is added is read back, unless the grammar found it complete and the model is certain of
its part, which commands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.language.additions import CERTAIN, guessed
from knowthyself_tui.language.backoff import CHATTER
from knowthyself_tui.language.clauses import ClauseReading
from knowthyself_tui.language.details import measurement_of
from knowthyself_tui.language.parts import Part, parts_of
from knowthyself_tui.language.requests import RULE
from knowthyself_tui.language.resources import load_yaml, word_set

POSSIBLE = 0.25
"""Likelihood from which the model's first guess for a part or clause is a candidate."""
_LEAST = 1e-4
_ONLY_WITH_GRAMMAR = frozenset({"give_drug", "give_oxygen", "give_fluids", "hold_or_cancel", "session_control"})
"""Orders with a dose or a flow, and what stops or moves something: the model alone adds none."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act that the line may hold."""

    intent: str
    part: Part
    found: Act | None
    """What the grammar made of it."""
    is_beside_a_treatment: bool
    """Another part of the line names a treatment."""
    is_in_a_fixed_part: bool = False
    """Its part holds an act that stays as it is."""
    trusted: float = 0.0
    """Confidence 0 to 1 of who named it, other than the model for a part."""

    @property
    def weight(self) -> float:
        """Of several candidates of one intent the heaviest counts."""
        return 2.0 * (self.found is not None) + _log(self.part.likelihoods.get(self.intent, 0.0))


Measures = dict[str, float]


def settled(acts: Sequence[Act], clauses: Sequence[ClauseReading], tokens: Sequence[str]) -> tuple[Act, ...]:
    """The acts of a line without those that are unlikely beside the others, and with those that are missing."""
    if any(act.intent in word_set("settles_line") for act in acts):
        return tuple(acts)
    measured = measures(acts, clauses, tokens)
    senses = {intent: _sense(each) for intent, (_, each) in measured.items()}
    kept = [act for act in acts if not is_open(act) or senses.get(act.intent, 0.0) > 0]
    missing = [
        (intent, candidate)
        for intent, (candidate, _) in measured.items()
        if senses[intent] > 0 and may_be_added(candidate, acts)
    ]
    added = [_added(candidate) for _, candidate in sorted(missing, key=lambda each: each[1].part.start)]
    return (*kept, *added) if kept or added else (max(acts, key=lambda act: senses.get(act.intent, 0.0)),)


def is_open(act: Act) -> bool:
    """The act is neither carried out nor made by a rule nor waits for a condition."""
    return not act.executes and act.route != RULE and not act.slots.get("conditional")


def may_be_added(candidate: Candidate, acts: Sequence[Act]) -> bool:
    """The intent is new to the line and one that a part of a line may have."""
    intent = candidate.intent
    if intent in word_set("never_added") or any(act.intent == intent for act in acts):
        return False
    if intent == "state_plan" and any(act.slots.get("conditional") for act in acts):
        return False
    if any(_measures_again(act, intent) for act in acts):
        return False
    if candidate.found is not None:
        return True
    if any(act.intent in CHATTER for act in acts):
        return False
    says_little = len(candidate.part.tokens) == 1 and intent in word_set("asides")
    return intent not in _ONLY_WITH_GRAMMAR and not candidate.is_in_a_fixed_part and not says_little


def _measures_again(act: Act, intent: str) -> bool:
    """The act is a reassessment that takes this measurement by itself: "what are the sats now?"."""
    measured = measurement_of(f"obs:{act.slots.get('focus')}") if act.intent == "reassess" else None
    return measured is not None and measured.intent == intent


def measures(
    acts: Sequence[Act], clauses: Sequence[ClauseReading], tokens: Sequence[str]
) -> dict[str, tuple[Candidate, Measures]]:
    """Every intent that the line may hold, with its heaviest candidate and what is measured of it."""
    heaviest: dict[str, Candidate] = {}
    for candidate in _candidates(clauses):
        known = heaviest.get(candidate.intent)
        if known is None or candidate.weight > known.weight:
            heaviest[candidate.intent] = candidate
    whole = Part(tuple(tokens), 0, len(tokens))
    is_treated = any(act.is_treatment for clause in clauses for _, act in clause.found)
    for intent, trusted in ((whole.best[0], 0.0), *((act.intent, act.confidence) for act in acts)):
        heaviest.setdefault(intent, Candidate(intent, whole, None, is_treated, trusted=trusted))
    line = whole.likelihoods
    several = sum(len(list(parts_of(_whole(clause)))) for clause in clauses) > 1
    return {
        intent: (candidate, _measured(candidate, acts, line, several=several)) for intent, candidate in heaviest.items()
    }


def _measured(candidate: Candidate, acts: Sequence[Act], line: Mapping[str, float], *, several: bool) -> Measures:
    intent, likely = candidate.intent, candidate.part.likelihoods
    by_line, by_part = _log(line[intent]), _log(likely[intent])
    return {
        "stands": float(any(act.intent == intent for act in acts)),
        "standing_acts": float(len({act.intent for act in acts})),
        "found": float(candidate.found is not None),
        "trusted": candidate.trusted,
        "first_of_line": float(next(iter(line)) == intent),
        "certainty_of_line": next(iter(line.values())),
        "by_line": by_line,
        "by_line_of_several_parts": by_line if several else 0.0,
        "by_part": by_part,
        "behind_first_of_part": by_part - _log(next(iter(likely.values()))),
        "by_part_beside_a_treatment": by_part if candidate.is_beside_a_treatment else 0.0,
    }


def _candidates(clauses: Sequence[ClauseReading]) -> Iterator[Candidate]:
    """What the grammar found, and what the model makes of parts and clauses."""
    split = [(clause, list(parts_of(_whole(clause)))) for clause in clauses]
    treated = [part for clause, parts in split for part in parts if _treats(clause, part)]
    for clause, parts in split:
        whole = _whole(clause)
        for at, act in clause.found:
            part = next((part for part in parts if part.holds(at)), whole)
            yield Candidate(act.intent, part, act, any(other is not part for other in treated), trusted=act.confidence)
        for part in (*parts, whole):
            intent, likelihood = part.best
            fixed = any(part.holds(at) and _settles(act, intent) for at, act in clause.found)
            if likelihood >= POSSIBLE:
                yield Candidate(intent, part, None, any(other is not part for other in treated), fixed)


def _settles(act: Act, intent: str) -> bool:
    """Beside this act the model alone adds no such intent to the same part; a look is no second one by itself."""
    return not is_open(act) or (intent == "reassess" and act.intent in word_set("looks"))


def _whole(clause: ClauseReading) -> Part:
    return Part(clause.tokens, 0, len(clause.tokens))


def _treats(clause: ClauseReading, part: Part) -> bool:
    return any(part.holds(at) and act.is_treatment for at, act in clause.found)


def _sense(measured: Measures) -> float:
    """Log odds that the line holds the act."""
    weights: Mapping[str, float] = load_yaml("arbiter.yaml")
    return weights["offset"] + sum(weights[name] * value for name, value in measured.items())


def _added(candidate: Candidate) -> Act:
    act = candidate.found
    if act is None:
        act = guessed(candidate.intent, candidate.part.likelihoods[candidate.intent], candidate.part)
    best, likelihood = candidate.part.best
    agreed = best == act.intent and likelihood >= CERTAIN and candidate.part.mood == "commands"
    if act.executes and act.intent in TREATMENT_INTENTS and not agreed:
        return replace(act, executes=False, read_back="It is not clear that this was ordered.")
    return act


def _log(likelihood: float) -> float:
    return math.log(max(likelihood, _LEAST))
