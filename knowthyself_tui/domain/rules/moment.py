"""Whether a rule about one moment of the body holds: the predicates of the patient's states."""

from __future__ import annotations

from collections.abc import Mapping

from knowthyself_tui.domain.rules.compare import add, compares, is_among
from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.evidence import RuleValue
from knowthyself_tui.domain.rules.nodes import (
    Both,
    Compare,
    Either,
    Initial,
    Member,
    Name,
    Node,
    Not,
    Number,
    Sum,
    Value,
)

Values = Mapping[str, float | None]


def moment(node: Node, values: Values, initial: Values) -> bool:
    """Whether a checked moment rule holds for `values`, with `initial` the values at patient contact.

    A value that is missing or None makes its comparison false.
    """
    return _value(node, values, initial) is True


def _value(node: Node, values: Values, initial: Values) -> RuleValue:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name | Value):
        return values.get(node.name)
    if isinstance(node, Initial):
        return initial.get(node.name)
    if isinstance(node, Sum):
        return add(_value(node.left, values, initial), node.plus, _value(node.right, values, initial))
    return _truth(node, values, initial)


def _truth(node: Node, values: Values, initial: Values) -> bool:
    if isinstance(node, Compare):
        left, right = _value(node.left, values, initial), _value(node.right, values, initial)
        return compares(left, node.operator, right)
    if isinstance(node, Member):
        return is_among(_value(node.item, values, initial), node.values)
    if isinstance(node, Not):
        return not moment(node.item, values, initial)
    if isinstance(node, Both):
        return all(moment(item, values, initial) for item in node.items)
    if isinstance(node, Either):
        return any(moment(item, values, initial) for item in node.items)
    raise RuleError(f"a {type(node).__name__.lower()} means nothing in a rule about one moment", node.position)
