"""What the parts of a rule are (minutes, other numbers, codes, conditions) and what may be compared."""

from __future__ import annotations

from typing import Literal

from knowthyself_tui.domain.rules.errors import RuleError
from knowthyself_tui.domain.rules.nodes import Node, Number, Operator, Word

Kind = Literal["minutes", "number", "literal", "word", "state", "told", "condition"]
"""`literal` is a number as written: minutes or any other number, as its neighbour needs."""

NUMERIC: frozenset[Kind] = frozenset({"minutes", "number", "literal"})

TIMES: frozenset[Kind] = frozenset({"minutes", "literal"})

_IN_WORDS: dict[Kind, str] = {
    "minutes": "a time in minutes",
    "number": "a number",
    "literal": "a number",
    "word": "a code",
    "state": "the patient's state",
    "told": "a finding",
    "condition": "a condition",
}


def in_words(kind: Kind) -> str:
    """A kind as an error message calls it."""
    return _IN_WORDS[kind]


def must_be_condition(kind: Kind, node: Node) -> None:
    """A finding alone is a condition too: whether the student was told."""
    if kind in ("condition", "told"):
        return
    if kind == "minutes":
        raise RuleError("a time alone is no condition; compare it, for example T(oxygen) < INF", node.position)
    raise RuleError(f"expected a condition here, not {in_words(kind)}", node.position)


def must_be_time(kind: Kind, node: Node) -> None:
    if kind not in TIMES:
        raise RuleError(
            f"expected a time in minutes here, such as T(oxygen) or END, not {in_words(kind)}", node.position
        )


def must_be_number(kind: Kind, node: Node) -> None:
    if kind not in NUMERIC:
        raise RuleError(f"expected a number here, not {in_words(kind)}", node.position)


def kind_of_sum(left: Kind, right: Kind, node: Node) -> Kind:
    """Minutes with minutes, or numbers with numbers."""
    for kind in (left, right):
        must_be_number(kind, node)
    return _shared(left, right, node, "be added to or taken from")


def _shared(left: Kind, right: Kind, node: Node, verb: str) -> Kind:
    if {left, right} == {"minutes", "number"}:
        raise RuleError(f"a time in minutes cannot {verb} another kind of number", node.position)
    return left if right == "literal" else right


def must_compare(left: Kind, operator: Operator, right: Kind, node: Node, right_node: Node) -> None:
    """Refuses comparisons that can never make sense."""
    if "state" in (left, right):
        if operator not in ("=", "!=") or right != "word":
            raise RuleError(
                "compare a state with = or IN, for example STATE(END) in {stable, improving}", node.position
            )
    elif left == "told" or right == "told":
        _must_compare_finding(left, operator, right, node, right_node)
    elif left in NUMERIC and right in NUMERIC:
        _shared(left, right, node, "be compared with")
    else:
        raise RuleError(f"{in_words(left)} cannot be compared with {in_words(right)}", node.position)


def _must_compare_finding(left: Kind, operator: Operator, right: Kind, node: Node, right_node: Node) -> None:
    other = right if left == "told" else left
    if other == "word" and operator not in ("=", "!="):
        said = right_node.value if isinstance(right_node, Word) else ""
        raise RuleError(f"compare a finding with the code {said!r} by = or !=", node.position)
    if other not in ("word", "told") and other not in NUMERIC:
        raise RuleError(f"a finding cannot be compared with {in_words(other)}", node.position)


def is_whole(node: Node) -> bool:
    """Whether a node is a whole number from 1, as the n of `T(a, n)` must be."""
    return isinstance(node, Number) and node.value >= 1 and node.value == int(node.value)
