"""Type-checks rules against the ids that exist: a rule that loads can be evaluated and means something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from knowthyself_tui.domain.rules.check_acts import check_tests, check_values, intents_of, intents_of_term
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.kinds import (
    NUMERIC,
    TIMES,
    Kind,
    in_words,
    is_whole,
    kind_of_sum,
    must_be_condition,
    must_be_number,
    must_be_time,
    must_compare,
)
from knowthyself_tui.domain.rules.nodes import (
    Acts,
    Both,
    Compare,
    Count,
    Duration,
    Either,
    End,
    Extreme,
    First,
    Initial,
    Member,
    Name,
    Node,
    Not,
    Now,
    Number,
    Running,
    Said,
    StateAt,
    Sum,
    Told,
    Total,
    Value,
    When,
    Word,
)
from knowthyself_tui.domain.rules.suggest import did_you_mean
from knowthyself_tui.domain.rules.vocabulary import STANDARD, Vocabulary

Expected = Literal["time", "condition", "number", "time or condition", "moment", "act condition", "any"]
"""What a rule must be.

`moment` is a condition over the body's values alone, by their bare names; `act condition` one in which a value
without a time means the moment of an act; `any` is a time, number or condition that other rules use by name.
"""


def check(
    node: Node,
    vocabulary: Vocabulary = STANDARD,
    expect: Expected = "condition",
    lets: Mapping[str, Node] | None = None,
) -> None:
    """Refuses a rule that is not of the expected kind or uses an id that does not exist.

    Raises:
        RuleError: with the position and what would be right.
    """
    checker = _Checker(vocabulary, lets or {}, at_moment=expect in ("moment", "act condition"))
    if expect == "moment":
        checker = replace(checker, body_only=True)
    kind = checker.kind(node)
    if expect == "time":
        must_be_time(kind, node)
    elif expect == "number":
        must_be_number(kind, node)
    elif not (expect == "any" and kind in NUMERIC) and not (expect == "time or condition" and kind in TIMES):
        must_be_condition(kind, node)


def check_acts(acts: Acts, vocabulary: Vocabulary = STANDARD, lets: Mapping[str, Node] | None = None) -> None:
    """Refuses a pattern of acts with an unknown name, slot or value.

    Raises:
        RuleError: with the position and what would be right.
    """
    _Checker(vocabulary, lets or {}).acts(acts)


@dataclass(frozen=True, slots=True)
class _Checker:
    vocabulary: Vocabulary
    lets: Mapping[str, Node]
    at_moment: bool = False
    """Whether values without a time mean the moment looked at."""
    body_only: bool = False
    """Whether only the body's values may be used, by their bare names."""
    within: tuple[str, ...] = ()
    """Names whose definitions led here."""

    def kind(self, node: Node) -> Kind:
        if self.body_only and not isinstance(node, _OF_THE_BODY):
            raise RuleError("a rule about one moment can only use the body's values, such as spo2 < 85", node.position)
        return _KINDS[type(node)](self, node)

    def acts(self, acts: Acts) -> frozenset[str]:
        """Checks a pattern and gives the intents it can mean."""
        for term in acts.terms:
            check_tests(term.tests, intents_of_term(term, self.vocabulary, self.lets, ()), self.vocabulary)
            if term.during is not None:
                moment = replace(self, at_moment=True)
                must_be_condition(moment.kind(term.during), term.during)
        return intents_of(acts, self.vocabulary, self.lets)

    def literal(self, node: Number) -> Kind:
        return "literal"

    def word(self, node: Word) -> Kind:
        return "word"

    def minutes(self, node: End | Now) -> Kind:
        return "minutes"

    def name(self, node: Name) -> Kind:
        if self.body_only:
            self._known(node.name, self.vocabulary.values, "value of the body", node)
            return "number"
        named = self.lets.get(node.name)
        if named is None:
            raise RuleError(f"nothing is called {node.name!r}{self._name_hint(node.name)}", node.position)
        if isinstance(named, Acts):
            raise RuleError(f"{node.name!r} is a pattern of acts; write T({node.name})", node.position)
        return self._named_kind(node.name, named, node)

    def _named_kind(self, name: str, named: Node, node: Node) -> Kind:
        if name in self.within:
            raise RuleError(f"{name!r} is defined by itself", node.position)
        kind = replace(self, within=(*self.within, name)).kind(named)
        return "condition" if kind == "told" else kind

    def _name_hint(self, name: str) -> str:
        if name in self.vocabulary.values:
            return f"; write V({name}, t) for its value at minute t"
        if self.vocabulary.intent_of(name):
            return f"; write T({name}) for its time"
        return did_you_mean(name, self.lets) or "; define it under let"

    def first(self, node: First) -> Kind:
        self._acts_or_named_time(node)
        if not is_whole(node.nth):
            raise RuleError("the n of T(a, n) is a whole number from 1", node.nth.position)
        self._time(node.after)
        return "minutes"

    def _acts_or_named_time(self, node: First) -> None:
        only = node.acts.terms[0]
        named = self.lets.get(only.name)
        if named is None or isinstance(named, Acts):
            self.acts(node.acts)
        elif len(node.acts.terms) > 1 or only.tests or only.during:
            raise RuleError(f"{only.name!r} is a time, not an act; write ANY(…) to join times", node.position)
        else:
            must_be_time(self._named_kind(only.name, named, only), node)

    def count(self, node: Count) -> Kind:
        self.acts(node.acts)
        self._window(node.start, node.stop)
        return "number"

    def total(self, node: Total) -> Kind:
        intents = self.acts(node.acts)
        if intents not in ({"give_drug"}, {"give_fluids"}):
            raise RuleError("SUM adds up drugs (mg) or fluids (mL), not both and nothing else", node.position)
        for route in node.routes:
            routes = self.vocabulary.slot_values.get("route", frozenset())
            self._known(route, routes, "route", node)
        self._window(node.start, node.stop)
        return "number"

    def value(self, node: Value) -> Kind:
        self._known(node.name, self.vocabulary.values, "value of the body", node)
        self._moment(node.at, node, f"V({node.name}, …)")
        return "number"

    def initial(self, node: Initial) -> Kind:
        self._known(node.name, self.vocabulary.values, "value of the body", node)
        return "number"

    def state(self, node: StateAt) -> Kind:
        self._moment(node.at, node, "STATE(…)")
        return "state"

    def running(self, node: Running) -> Kind:
        treatment, _, which = node.treatment.partition(":")
        self._known(treatment, self.vocabulary.treatments, "treatment that can run", node)
        if treatment == "infusion" and which:
            self._known(which, self.vocabulary.drugs, "drug", node)
        self._moment(node.at, node, f"ON({node.treatment}, …)")
        return "condition"

    def told(self, node: Told) -> Kind:
        self._known(node.key, self.vocabulary.findings, "finding", node)
        self._moment(node.at, node, f"FINDING({node.key}, …)")
        return "told"

    def said(self, node: Said) -> Kind:
        slots = frozenset().union(*self.vocabulary.intents.values())
        for test in node.tests:
            self._known(test.slot, slots, "slot", test)
            check_values(test, self.vocabulary)
        return "condition"

    def duration(self, node: Duration) -> Kind:
        must_be_condition(replace(self, at_moment=True).kind(node.condition), node.condition)
        self._window(node.start, node.stop)
        return "minutes"

    def when(self, node: When) -> Kind:
        must_be_condition(replace(self, at_moment=True).kind(node.condition), node.condition)
        self._time(node.start)
        return "minutes"

    def extreme(self, node: Extreme) -> Kind:
        for item in node.items:
            self._time(item)
        return "minutes"

    def sum(self, node: Sum) -> Kind:
        return kind_of_sum(self.kind(node.left), self.kind(node.right), node)

    def compare(self, node: Compare) -> Kind:
        left, right = self.kind(node.left), self.kind(node.right)
        must_compare(left, node.operator, right, node, node.right)
        if left == "state" and isinstance(node.right, Word):
            self._known(str(node.right.value), self.vocabulary.states, "state", node.right)
        return "condition"

    def member(self, node: Member) -> Kind:
        kind = self.kind(node.item)
        for value in node.values:
            if kind == "state":
                self._known(str(value), self.vocabulary.states, "state", node)
            elif kind in NUMERIC and isinstance(value, str):
                raise RuleError(f"{in_words(kind)} is never {value!r}", node.position)
            elif kind == "condition":
                raise RuleError("a condition is in no set; compare a state, a finding or a number", node.position)
        return "condition"

    def negation(self, node: Not) -> Kind:
        must_be_condition(self.kind(node.item), node.item)
        return "condition"

    def junction(self, node: Both | Either) -> Kind:
        for item in node.items:
            must_be_condition(self.kind(item), item)
        return "condition"

    def _time(self, node: Node | None) -> None:
        if node is not None:
            must_be_time(self.kind(node), node)

    def _window(self, start: Node | None, stop: Node | None) -> None:
        self._time(start)
        self._time(stop)

    def _moment(self, at: Node | None, node: Node, written: str) -> None:
        if at is None and not self.at_moment:
            raise RuleError(f"say at which minute, for example {written.replace('…', 'END')}", node.position)
        self._time(at)

    def _known(self, word: str, known: frozenset[str], what: str, node: Node) -> None:
        if word not in known:
            raise RuleError(f"{word!r} is no {what}{did_you_mean(word, known)}", node.position)


_OF_THE_BODY = (Number, Name, Value, Initial, Sum, Compare, Member, Not, Both, Either)

_KINDS: dict[type[Node], Callable[[_Checker, Any], Kind]] = {
    Number: _Checker.literal,
    Word: _Checker.word,
    End: _Checker.minutes,
    Now: _Checker.minutes,
    Name: _Checker.name,
    First: _Checker.first,
    Count: _Checker.count,
    Total: _Checker.total,
    Value: _Checker.value,
    Initial: _Checker.initial,
    StateAt: _Checker.state,
    Running: _Checker.running,
    Told: _Checker.told,
    Said: _Checker.said,
    Duration: _Checker.duration,
    When: _Checker.when,
    Extreme: _Checker.extreme,
    Sum: _Checker.sum,
    Compare: _Checker.compare,
    Member: _Checker.member,
    Not: _Checker.negation,
    Both: _Checker.junction,
    Either: _Checker.junction,
}
