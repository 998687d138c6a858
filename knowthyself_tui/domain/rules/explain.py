"""Says a rule in plain words: `salbutamol by nebuliser within 5 min and oxygen by non-rebreather within 3 min`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

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
from knowthyself_tui.domain.rules.wording import (
    acts_words,
    any_of,
    number_words,
    plain,
    set_words,
    tests_words,
    value_words,
)

_ORDINALS = {2: "second", 3: "third", 4: "fourth"}
_TIMES = (First, Extreme, When, End, Now)


def explain(node: Node) -> str:
    """A rule or a pattern of acts in plain words."""
    return _WORDS[type(node)](node)


def _acts(node: Acts) -> str:
    return acts_words(node, [explain(term.during) if term.during else None for term in node.terms])


def _number(node: Number) -> str:
    return "never" if math.isinf(node.value) else number_words(node.value)


def _minutes(node: Node) -> str:
    """A point in time."""
    if isinstance(node, Number):
        return "never" if math.isinf(node.value) else f"{number_words(node.value)} min"
    return explain(node)


def _word(node: Word) -> str:
    return set_words((node.value,))


def _end(node: End) -> str:
    return "the end"


def _now(node: Now) -> str:
    return "the time"


def _name(node: Name) -> str:
    return value_words(node.name)


def _first(node: First) -> str:
    nth = int(node.nth.value) if isinstance(node.nth, Number) else 1
    what = explain(node.acts) if nth == 1 else f"the {_ORDINALS.get(nth, f'{nth}th')} {explain(node.acts)}"
    return what if node.after is None else f"{what} after {_minutes(node.after)}"


def _count(node: Count) -> str:
    return f"the number of times of {explain(node.acts)}{_window(node.start, node.stop)}"


def _total(node: Total) -> str:
    routes = f" {set_words(node.routes)}" if node.routes else ""
    return f"the total dose of {explain(node.acts)}{routes}{_window(node.start, node.stop)}"


def _window(start: Node | None, stop: Node | None) -> str:
    since = f" from {_minutes(start)}" if start else ""
    return since + (f" to {_minutes(stop)}" if stop else "")


def _value(node: Value) -> str:
    return value_words(node.name) + _at(node.at)


def _initial(node: Initial) -> str:
    return f"{value_words(node.name)} at patient contact"


def _state(node: StateAt) -> str:
    return "the patient's state" + _at(node.at)


def _running(node: Running) -> str:
    return f"{plain(node.treatment)} running{_at(node.at)}"


def _told(node: Told) -> str:
    return f"told {value_words(node.key)}{_by(node.at)}"


def _at(at: Node | None) -> str:
    return f" at {_minutes(at)}" if at else ""


def _by(at: Node | None) -> str:
    return f" by {_minutes(at)}" if at else ""


def _said(node: Said) -> str:
    return f"a statement {any_of(tests_words(node.tests), 'and')}"


def _duration(node: Duration) -> str:
    return f"the time in all of {explain(node.condition)}{_window(node.start, node.stop)}"


def _when(node: When) -> str:
    since = f", from {_minutes(node.start)} on" if node.start else ""
    return f"the first moment of {explain(node.condition)}{since}"


def _extreme(node: Extreme) -> str:
    times = [_minutes(item) for item in node.items]
    return f"all of {any_of(times, 'and')}" if node.latest else f"the first of {any_of(times)}"


def _sum(node: Sum) -> str:
    if isinstance(node.right, Number) and _is_time(node.left):
        return f"{number_words(node.right.value)} min {'after' if node.plus else 'before'} {explain(node.left)}"
    return f"{explain(node.left)} {'plus' if node.plus else 'less'} {explain(node.right)}"


def _is_time(node: Node) -> bool:
    return isinstance(node, _TIMES) or (isinstance(node, Sum) and _is_time(node.left)) or isinstance(node, Name)


def _compare(node: Compare) -> str:
    if isinstance(node.left, First | Extreme | When) or (isinstance(node.left, Name) and _limits_time(node.right)):
        return _time_comparison(node)
    if isinstance(node.left, Duration):
        return _duration_comparison(node.left, node)
    if isinstance(node.left, Count):
        return f"{explain(node.left.acts)}{_window(node.left.start, node.left.stop)} {_how_often(node)}"
    if isinstance(node.left, StateAt | Told):
        return (
            f"{explain(node.left)} {'is' if node.operator == '=' else _OPERATORS[node.operator]} {explain(node.right)}"
        )
    right = _minutes(node.right) if _is_time(node.left) else explain(node.right)
    return f"{explain(node.left)} {_OPERATORS[node.operator]} {right}"


def _limits_time(node: Node) -> bool:
    return math.isinf(node.value) if isinstance(node, Number) else _is_time(node)


def _time_comparison(node: Compare) -> str:
    what, limit = explain(node.left), node.right
    if isinstance(limit, Number) and math.isinf(limit.value):
        if isinstance(node.left, When):
            what = explain(node.left.condition)
        return f"{what} never" if node.operator == "=" else f"{what} at some time"
    if isinstance(limit, Number):
        return f"{what} {_LIMITS[node.operator].format(_minutes(limit))}"
    return f"{what} {_ORDER[node.operator]} {_minutes(limit)}"


def _duration_comparison(duration: Duration, node: Compare) -> str:
    how_long = f"{_OPERATORS[node.operator]} {_minutes(node.right)} in all"
    return f"{explain(duration.condition)} for {how_long}{_window(duration.start, duration.stop)}"


def _how_often(node: Compare) -> str:
    if node.operator in ("=", "<=") and node.right == Number(0.0):
        return "not once"
    if (node.operator, node.right) in ((">", Number(0.0)), (">=", Number(1.0))):
        return "at least once"
    return f"{_OPERATORS[node.operator]} {explain(node.right)} times"


def _member(node: Member) -> str:
    return f"{explain(node.item)} is {set_words(node.values)}"


def _not(node: Not) -> str:
    if isinstance(node.item, Running):
        return f"no {explain(node.item)}"
    return f"not {explain(node.item)}" if isinstance(node.item, Name) else f"not ({explain(node.item)})"


def _both(node: Both) -> str:
    return " and ".join(f"({explain(one)})" if isinstance(one, Either) else explain(one) for one in node.items)


def _either(node: Either) -> str:
    return " or ".join(f"({explain(one)})" if isinstance(one, Both) else explain(one) for one in node.items)


_LIMITS = {
    "<=": "within {}",
    "<": "within less than {}",
    ">": "later than {} or never",
    ">=": "not before {}",
    "=": "at {}",
    "!=": "not at {}",
}
_ORDER = {
    "<=": "no later than",
    "<": "before",
    ">": "after",
    ">=": "no earlier than",
    "=": "at the same time as",
    "!=": "not at the same time as",
}
_OPERATORS = {
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
    "=": "exactly",
    "!=": "other than",
}

_WORDS: dict[type[Node], Callable[[Any], str]] = {
    Acts: _acts,
    Number: _number,
    Word: _word,
    End: _end,
    Now: _now,
    Name: _name,
    First: _first,
    Count: _count,
    Total: _total,
    Value: _value,
    Initial: _initial,
    StateAt: _state,
    Running: _running,
    Told: _told,
    Said: _said,
    Duration: _duration,
    When: _when,
    Extreme: _extreme,
    Sum: _sum,
    Compare: _compare,
    Member: _member,
    Not: _not,
    Both: _both,
    Either: _either,
}
