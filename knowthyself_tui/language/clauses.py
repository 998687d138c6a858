"""One clause to acts: its words covered by the grammar, its treatments judged, the rest named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowthyself_tui.domain.acts import TREATMENT_INTENTS, Act
from knowthyself_tui.language.conditions import is_condition
from knowthyself_tui.language.cover import cover_of
from knowthyself_tui.language.cues import Clause, clause_of
from knowthyself_tui.language.details import details_of, measurement_of
from knowthyself_tui.language.grammar import ABSORBED, Match
from knowthyself_tui.language.modality import Standing, part_of, standing_of
from knowthyself_tui.language.opinion import weighed
from knowthyself_tui.language.orders import Item, items_of, slots_of
from knowthyself_tui.language.requests import RULE, request_act
from knowthyself_tui.language.resources import word_set
from knowthyself_tui.language.standings import drug_choices, treatment_act


@dataclass(frozen=True, slots=True)
class ClauseReading:
    """The acts of one clause, with what is needed to weigh them against the rest of the line."""

    acts: tuple[Act, ...]
    choices: tuple[tuple[str, Act], ...]
    clause: Clause
    found: tuple[tuple[int, Act], ...] = ()
    """What the grammar made of it before the model weighed that, each with its place."""

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.clause.tokens


Placed = list[tuple[int, Act]]
"""Acts with where in the clause they were said."""


def read_clause(tokens: Sequence[str], asks: bool) -> ClauseReading:
    """The acts of a clause."""
    clause = clause_of(tokens, asks)
    cover = cover_of(clause)
    treatments = [match for match in cover if match.intent in TREATMENT_INTENTS]
    items = items_of(tokens, cover, treatments)
    judged = [(item, standing_of(clause, item.match, cover)) for item in items]
    placed, choices = _treatment_acts(clause, judged)
    if any(match.intent in word_set("asks_about_drugs") for match in cover):
        placed = [(at, act) for at, act in placed if not _only_asked_about(act)]
    placed += _other_acts(clause, cover, judged)
    placed = sorted(_without_reasons(clause, placed, cover, items), key=lambda pair: pair[0])
    stand = sorted(weighed(clause, placed, cover), key=lambda pair: pair[0])
    return ClauseReading(tuple(_merged([act for _, act in stand])), tuple(choices[:3]), clause, tuple(placed))


def _treatment_acts(clause: Clause, judged: Sequence[tuple[Item, Standing]]) -> tuple[Placed, list[tuple[str, Act]]]:
    placed: Placed = []
    choices: list[tuple[str, Act]] = []
    for item, standing in judged:
        act = treatment_act(clause, item, standing)
        if act is not None:
            placed.append((item.match.start, act))
            choices.extend(drug_choices(item, act))
    return placed, choices


def _only_asked_about(act: Act) -> bool:
    """A drug beside a question of history is what that question is about."""
    return act.intent == "ask_treatment_question" or (act.intent == "ask_self_treatment" and act.confidence < 1)


def _other_acts(clause: Clause, cover: Sequence[Match], judged: Sequence[tuple[Item, Standing]]) -> Placed:
    """The acts of matches that are no treatments, without findings that only serve a question or condition."""
    ordered = any(standing == "order" for _, standing in judged)
    asked_at = min((item.match.start for item, standing in judged if standing == "question"), default=None)
    placed: Placed = []
    for match in cover:
        if match.intent == ABSORBED or match.intent in TREATMENT_INTENTS:
            continue
        serves_question = asked_at is not None and match.start > asked_at
        if match.intent in word_set("findings") and (serves_question or is_condition(clause, match)):
            continue
        if match.intent == "reassess" and is_condition(clause, match) and judged:
            continue
        if ordered and match.intent.startswith("ask_") and _is_told(clause, match):
            continue
        slots = {**details_of(match.intent, clause.tokens, match), **match.slots}
        act = request_act(clause, match, slots)
        placed.append((match.start, act))
        if act.intent in word_set("looks") and word_set("once_more") & set(part_of(clause, match)):
            focus = details_of("reassess", part_of(clause, match), match)
            placed.append((match.start, Act("reassess", "request", focus, route=RULE)))
        if act.intent == "reassess":
            placed += [(match.start, act) for act in _repeated(clause.tokens[match.start : match.end])]
    return placed


def _is_told(clause: Clause, match: Match) -> bool:
    """The words say something of the patient rather than ask: "…, she has missed her lunchtime one"."""
    return not clause.asks and part_of(clause, match)[:1] in (("she",), ("he",), ("they",), ("name:patient",))


def _repeated(tokens: Sequence[str]) -> list[Act]:
    """The measurements that a reassessment names: "check her blood pressure again"."""
    taken = (measurement_of(token) for token in tokens if token.startswith("obs:"))
    return [act for act in taken if act is not None]


def _without_reasons(clause: Clause, placed: Placed, cover: Sequence[Match], items: Sequence[Item]) -> Placed:
    """The acts without words that only give the reason or the aim of an order beside them."""
    needless: set[str] = set()
    if any(item.intent == "give_oxygen" and "target_spo2_min" in slots_of(item) for item in items):
        needless.add("state_plan")
    if any(item.intent == "control_bleeding" for item in items):
        needless.add("check_catastrophic_bleeding")
    sizes = [
        sum(token != "," for token in clause.tokens[match.start : match.end])
        for match in cover
        if match.intent == "state_impression"
    ]
    one_word = bool(items) and max(sizes, default=2) == 1
    return [
        (at, act)
        for at, act in placed
        if act.intent not in needless and not (one_word and act.intent == "state_impression" and not act.slots)
    ]


def _merged(acts: list[Act]) -> list[Act]:
    """Acts without those that another of the same intent already says."""
    merged: list[Act] = []
    for act in acts:
        twin = next((at for at, other in enumerate(merged) if _says_the_same(other, act)), None)
        if twin is None:
            merged.append(act)
        else:
            merged[twin] = replace(merged[twin], slots={**act.slots, **merged[twin].slots})
    return merged


def _says_the_same(left: Act, right: Act) -> bool:
    if left.intent != right.intent:
        return False
    if left.intent == "ask_treatment_question" or left.intent not in TREATMENT_INTENTS | {"hold_or_cancel"}:
        return all(right.slots.get(name, value) == value for name, value in left.slots.items())
    return dict(left.slots) == dict(right.slots)
