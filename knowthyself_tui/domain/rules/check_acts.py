"""Checks patterns of acts: known names, slots that those acts have, values that those slots take."""

from __future__ import annotations

from collections.abc import Mapping

from knowthyself_tui.domain.rules.compare import is_number
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.nodes import Acts, Node, SlotTest, Term
from knowthyself_tui.domain.rules.suggest import did_you_mean
from knowthyself_tui.domain.rules.vocabulary import Vocabulary


def intents_of(acts: Acts, vocabulary: Vocabulary, lets: Mapping[str, Node]) -> frozenset[str]:
    """The intents that a pattern can mean.

    Raises:
        RuleError: a term has an unknown name, or a named pattern leads back to itself.
    """
    return frozenset().union(*(intents_of_term(term, vocabulary, lets, ()) for term in acts.terms))


def intents_of_term(
    term: Term, vocabulary: Vocabulary, lets: Mapping[str, Node], within: tuple[str, ...]
) -> frozenset[str]:
    """The intents of one term; `within` are the named patterns that led here."""
    named = lets.get(term.name)
    if isinstance(named, Acts):
        if term.name in within:
            raise RuleError(f"{term.name!r} is defined by itself", term.position)
        inner = (intents_of_term(one, vocabulary, lets, (*within, term.name)) for one in named.terms)
        return frozenset().union(*inner)
    intent = vocabulary.intent_of(term.name)
    if intent is None:
        names = vocabulary.act_names() | {name for name, node in lets.items() if isinstance(node, Acts)}
        raise RuleError(
            f"{term.name!r} is no intent, drug, drug class or device{did_you_mean(term.name, names)}",
            term.position,
        )
    return frozenset({intent})


def check_tests(tests: tuple[SlotTest, ...], intents: frozenset[str], vocabulary: Vocabulary) -> None:
    """Every tested slot is one that acts of all these intents can carry, with a value it can have."""
    for test in tests:
        for intent in sorted(intents):
            slots = vocabulary.intents.get(intent, frozenset())
            if test.slot not in slots:
                hint = did_you_mean(test.slot, slots)
                raise RuleError(f"{intent} has no slot {test.slot!r}{hint}", test.position)
        if test.slot == "class" and intents == {"give_drug"}:
            _check_among(test, frozenset(vocabulary.classes))
        check_values(test, vocabulary)


def check_values(test: SlotTest, vocabulary: Vocabulary) -> None:
    """Order needs a number; a slot with a closed list needs one of its values."""
    if test.operator in ("<", "<=", ">", ">="):
        if not is_number(test.values[0]):
            raise RuleError(f"{test.slot} {test.operator} needs a number", test.position)
        return
    closed = frozenset(vocabulary.devices) if test.slot == "device" else vocabulary.slot_values.get(test.slot)
    if closed is not None:
        _check_among(test, closed)


def _check_among(test: SlotTest, closed: frozenset[str]) -> None:
    for value in test.values:
        if value not in closed:
            what = test.slot.replace("_", " ")
            raise RuleError(f"{value!r} is no {what}{did_you_mean(str(value), closed)}", test.position)
