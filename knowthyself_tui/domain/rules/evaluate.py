"""What a rule comes to for one encounter, and what in the log it rests on.

Times are minutes since patient contact, INF when never, None when unknown. Inside DUR, WHEN and `while`, what
has no time of its own means the moment looked at; elsewhere it means the end of the encounter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from knowthyself_tui.domain.rules.compare import add, compares, is_among, is_number
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.evidence import NOTHING, Found, Result, union
from knowthyself_tui.domain.rules.log import Log, Telling
from knowthyself_tui.domain.rules.matching import is_called, passes
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
    Term,
    Told,
    Total,
    Value,
    When,
    Word,
)
from knowthyself_tui.domain.rules.slots import amount_of
from knowthyself_tui.domain.rules.vocabulary import STANDARD, Vocabulary
from knowthyself_tui.domain.timeline import LoggedAct, Sample, Timeline

Lets = Mapping[str, Node]
"""Named rules and act patterns that a rule may use."""


def evaluate(node: Node, timeline: Timeline, lets: Lets | None = None, *, vocabulary: Vocabulary = STANDARD) -> Result:
    """The value of a checked rule over a whole encounter."""
    return Evaluator(timeline, lets, vocabulary=vocabulary).result(node)


class Evaluator:
    """Evaluates many rules over one encounter, sharing what it has looked up."""

    def __init__(self, timeline: Timeline, lets: Lets | None = None, *, vocabulary: Vocabulary = STANDARD) -> None:
        self._log = Log(timeline)
        self._lets: Lets = lets or {}
        self._vocabulary = vocabulary
        self._known: dict[str, Found] = {}

    def with_lets(self, lets: Lets) -> Evaluator:
        """The same encounter with further names."""
        more = Evaluator(self._log.timeline, {**self._lets, **lets}, vocabulary=self._vocabulary)
        more._log = self._log
        return more

    def result(self, node: Node) -> Result:
        """The value of a rule at the end of the encounter."""
        found = self._find(node, None)
        return Result(found.value, self.in_order(found.ids))

    def holds_at(self, node: Node, seconds: float) -> bool:
        """Whether a condition held at a moment of the encounter."""
        return self._find(node, seconds).value is True

    def matches(self, acts: Acts) -> tuple[LoggedAct, ...]:
        """Every act of the log that a pattern means, in order of time."""
        return tuple(self._matching(acts))

    def in_order(self, ids: frozenset[str]) -> tuple[str, ...]:
        """Ids of the log in its order."""
        return self._log.in_order(ids)

    def _seconds(self, at: Node | None, now: float | None) -> tuple[float | None, frozenset[str]]:
        """The second that an optional time argument means, and what that rests on."""
        if at is None:
            return (self._log.timeline.end_seconds if now is None else now), NOTHING
        found = self._find(at, now)
        return (found.value * 60.0 if is_number(found.value) else None), found.ids

    def _sample(self, at: Node | None, now: float | None) -> tuple[Sample | None, frozenset[str]]:
        seconds, ids = self._seconds(at, now)
        return (None if seconds is None else self._log.sample_at(seconds)), ids

    def _window(self, start: Node | None, stop: Node | None, now: float | None) -> tuple[float, float, frozenset[str]]:
        """First and last second of a window; an unknown or never start leaves it empty."""
        first, first_ids = (0.0, NOTHING) if start is None else self._seconds(start, now)
        last, last_ids = self._seconds(stop, None if stop is None else now)
        ids = first_ids | last_ids
        return (math.inf if first is None else first), (-math.inf if last is None else last), ids

    def _matching(self, acts: Acts) -> Iterator[LoggedAct]:
        return (act for act in self._log.acts if any(self._means(term, act) for term in acts.terms))

    def _means(self, term: Term, act: LoggedAct) -> bool:
        named = self._lets.get(term.name)
        if isinstance(named, Acts):
            called = any(self._means(inner, act) for inner in named.terms)
        else:
            called = is_called(act, term.name, self._vocabulary)
        if not called or not passes(act, term.tests):
            return False
        return term.during is None or self.holds_at(term.during, act.at_seconds)

    def _time_named(self, acts: Acts) -> Node | None:
        """The named time that `T(name)` refers to, when the name is one and no pattern of acts."""
        only = acts.terms[0]
        if len(acts.terms) > 1 or only.tests or only.during:
            return None
        named = self._lets.get(only.name)
        return None if isinstance(named, Acts) else named

    def _find(self, node: Node, now: float | None) -> Found:
        return _FINDERS[type(node)](self, node, now)

    def _constant(self, node: Number | Word, now: float | None) -> Found:
        return Found(node.value)

    def _end(self, node: End, now: float | None) -> Found:
        return Found(self._log.timeline.end_seconds / 60.0)

    def _now(self, node: Now, now: float | None) -> Found:
        return Found((self._log.timeline.end_seconds if now is None else now) / 60.0)

    def _named(self, node: Name, now: float | None) -> Found:
        named = self._lets.get(node.name)
        if named is None:
            raise RuleError(f"nothing is called {node.name!r}; define it under let", node.position)
        if now is not None:
            return self._find(named, now)
        if node.name not in self._known:
            self._known[node.name] = self._find(named, None)
        return self._known[node.name]

    def _first(self, node: First, now: float | None) -> Found:
        named = self._time_named(node.acts)
        if named is not None:
            return self._find(named, None)
        earliest, ids = (0.0, NOTHING) if node.after is None else self._seconds(node.after, now)
        nth = self._find(node.nth, now).value
        if earliest is None or not is_number(nth):
            return Found(None, ids)
        matching = [act for act in self._matching(node.acts) if compares(act.at_seconds, ">=", earliest)]
        if len(matching) < nth or math.isinf(earliest):
            return Found(math.inf, ids)
        act = matching[int(nth) - 1]
        return Found(act.at_seconds / 60.0, ids | {act.id})

    def _count(self, node: Count, now: float | None) -> Found:
        acts, ids = self._in_window(node.acts, node.start, node.stop, now)
        return Found(float(len(acts)), ids)

    def _total(self, node: Total, now: float | None) -> Found:
        acts, ids = self._in_window(node.acts, node.start, node.stop, now)
        if node.routes:
            acts = [act for act in acts if act.slots.get("route") in node.routes]
            ids = frozenset(act.id for act in acts)
        amounts = (amount_of(act) for act in acts)
        return Found(math.fsum(amount for amount in amounts if amount is not None), ids)

    def _in_window(
        self, acts: Acts, start: Node | None, stop: Node | None, now: float | None
    ) -> tuple[list[LoggedAct], frozenset[str]]:
        first, last, ids = self._window(start, stop, now)
        within = [
            act
            for act in self._matching(acts)
            if compares(first, "<=", act.at_seconds) and compares(act.at_seconds, "<=", last)
        ]
        return within, ids.union(act.id for act in within)

    def _value(self, node: Value, now: float | None) -> Found:
        sample, ids = self._sample(node.at, now)
        return Found(None if sample is None else sample.values.get(node.name), ids)

    def _initial(self, node: Initial, now: float | None) -> Found:
        sample = self._log.sample_at(0.0)
        return Found(None if sample is None else sample.values.get(node.name))

    def _state(self, node: StateAt, now: float | None) -> Found:
        sample, ids = self._sample(node.at, now)
        return Found(None if sample is None else sample.state, ids)

    def _running(self, node: Running, now: float | None) -> Found:
        sample, ids = self._sample(node.at, now)
        running = sample.running if sample else frozenset()
        return Found(any(_is_treatment(one, node.treatment) for one in running), ids)

    def _told(self, node: Told, now: float | None) -> Found:
        """Alone, a finding is a condition: was the student told at all?"""
        told = self._telling(node, now)
        return Found(told is not None, NOTHING if told is None else frozenset({told.id}))

    def _told_value(self, node: Told, now: float | None) -> Found:
        told = self._telling(node, now)
        return Found(None) if told is None else Found(told.value, frozenset({told.id}))

    def _telling(self, node: Told, now: float | None) -> Telling | None:
        seconds, _ = self._seconds(node.at, now)
        return None if seconds is None else self._log.told(node.key, seconds)

    def _operand(self, node: Node, now: float | None) -> Found:
        return self._told_value(node, now) if isinstance(node, Told) else self._find(node, now)

    def _said(self, node: Said, now: float | None) -> Found:
        for act in self._log.acts:
            in_time = now is None or act.at_seconds <= now
            if in_time and act.modality != "question" and passes(act, node.tests):
                return Found(True, frozenset({act.id}))
        return Found(False)

    def _duration(self, node: Duration, now: float | None) -> Found:
        start, stop, ids = self._window(node.start, node.stop, now)
        held = math.fsum(
            to - since
            for sample, since, to in self._log.spans(start, stop)
            if self._find(node.condition, sample.at_seconds).value is True
        )
        return Found(held / 60.0, ids)

    def _when(self, node: When, now: float | None) -> Found:
        start, stop, ids = self._window(node.start, None, None)
        for sample in self._log.timeline.samples:
            moment = max(sample.at_seconds, start)
            if moment > stop or sample is not self._log.sample_at(moment):
                continue
            found = self._find(node.condition, moment)
            if found.value is True:
                return Found(moment / 60.0, ids | found.ids)
        return Found(math.inf, ids)

    def _extreme(self, node: Extreme, now: float | None) -> Found:
        parts = [self._find(item, now) for item in node.items]
        if node.latest:
            times = [part.value if is_number(part.value) else math.inf for part in parts]
            return Found(max(times), union(parts))
        best = min(parts, key=lambda part: part.value if is_number(part.value) else math.inf)
        return best if is_number(best.value) else Found(math.inf)

    def _sum(self, node: Sum, now: float | None) -> Found:
        left, right = self._find(node.left, now), self._find(node.right, now)
        return Found(add(left.value, node.plus, right.value), left.ids | right.ids)

    def _compare(self, node: Compare, now: float | None) -> Found:
        left, right = self._operand(node.left, now), self._operand(node.right, now)
        return Found(compares(left.value, node.operator, right.value), left.ids | right.ids)

    def _member(self, node: Member, now: float | None) -> Found:
        item = self._operand(node.item, now)
        return Found(is_among(item.value, node.values), item.ids)

    def _not(self, node: Not, now: float | None) -> Found:
        item = self._find(node.item, now)
        return Found(item.value is not True, item.ids)

    def _both(self, node: Both, now: float | None) -> Found:
        return self._decided_by(node.items, now, by=False)

    def _either(self, node: Either, now: float | None) -> Found:
        return self._decided_by(node.items, now, by=True)

    def _decided_by(self, items: tuple[Node, ...], now: float | None, *, by: bool) -> Found:
        """AND is decided by what fails, OR by what holds: the evidence is of those parts, or else of all."""
        parts = [self._find(item, now) for item in items]
        deciding = [part for part in parts if (part.value is True) is by]
        return Found(by, union(deciding)) if deciding else Found(not by, union(parts))


def _is_treatment(running: str, asked: str) -> bool:
    return running == asked or running.startswith(f"{asked}:")


_FINDERS: dict[type[Node], Callable[[Evaluator, Any, float | None], Found]] = {
    Number: Evaluator._constant,
    Word: Evaluator._constant,
    End: Evaluator._end,
    Now: Evaluator._now,
    Name: Evaluator._named,
    First: Evaluator._first,
    Count: Evaluator._count,
    Total: Evaluator._total,
    Value: Evaluator._value,
    Initial: Evaluator._initial,
    StateAt: Evaluator._state,
    Running: Evaluator._running,
    Told: Evaluator._told,
    Said: Evaluator._said,
    Duration: Evaluator._duration,
    When: Evaluator._when,
    Extreme: Evaluator._extreme,
    Sum: Evaluator._sum,
    Compare: Evaluator._compare,
    Member: Evaluator._member,
    Not: Evaluator._not,
    Both: Evaluator._both,
    Either: Evaluator._either,
}
