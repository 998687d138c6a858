"""What a rule is made of once it is read: an immutable tree.

Times are minutes since patient contact. A node compares by what it says, not by where it stood in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from knowthyself_tui.domain.acts import SlotValue

Operator = Literal["<", "<=", ">", ">=", "=", "!="]


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule."""

    position: int = field(default=0, compare=False, kw_only=True)
    """Character of the text where it starts, from 0."""


@dataclass(frozen=True, slots=True)
class SlotTest(Node):
    """A test of one slot of an act: `dose_mg >= 2.5`, `route in {NEB, INH}`."""

    slot: str
    operator: Operator | Literal["in"]
    values: tuple[SlotValue, ...]


@dataclass(frozen=True, slots=True)
class Term(Node):
    """One kind of act: an intent, drug, drug class, device or named pattern, with tests."""

    name: str
    tests: tuple[SlotTest, ...] = ()
    during: Node | None = None
    """A condition on the moment of the act (`while …`)."""


@dataclass(frozen=True, slots=True)
class Acts(Node):
    """Any one of several kinds of act."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number; infinity is `INF`, never."""

    value: float


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A code that a state or finding is compared with."""

    value: SlotValue


@dataclass(frozen=True, slots=True)
class End(Node):
    """The minute the encounter ended."""


@dataclass(frozen=True, slots=True)
class Now(Node):
    """The minute looked at; where nothing else is looked at, the minute the encounter ended."""


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name: a `let` of the rule, or a value of the body in a moment rule."""

    name: str


@dataclass(frozen=True, slots=True)
class First(Node):
    """The minute of the nth matching act at or after a minute."""

    acts: Acts
    nth: Node
    after: Node | None = None


@dataclass(frozen=True, slots=True)
class Count(Node):
    """How many acts match in a window."""

    acts: Acts
    start: Node | None = None
    stop: Node | None = None


@dataclass(frozen=True, slots=True)
class Total(Node):
    """The dose of the matching drugs in mg, or the volume of the matching fluids in mL, in a window."""

    acts: Acts
    routes: tuple[str, ...] = ()
    start: Node | None = None
    stop: Node | None = None


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A true value of the body at a minute, or at the moment looked at."""

    name: str
    at: Node | None = None


@dataclass(frozen=True, slots=True)
class Initial(Node):
    """A value of the body at patient contact."""

    name: str


@dataclass(frozen=True, slots=True)
class StateAt(Node):
    """The patient's state at a minute, or at the moment looked at."""

    at: Node | None = None


@dataclass(frozen=True, slots=True)
class Running(Node):
    """Whether a treatment runs at a minute, or at the moment looked at."""

    treatment: str
    at: Node | None = None


@dataclass(frozen=True, slots=True)
class Told(Node):
    """The latest value of a finding told to the student by a minute; bare, whether it was told at all."""

    key: str
    at: Node | None = None


@dataclass(frozen=True, slots=True)
class Said(Node):
    """Whether the student said so: a statement or order with these slots."""

    tests: tuple[SlotTest, ...]


@dataclass(frozen=True, slots=True)
class Duration(Node):
    """Minutes in a window during which a condition over the moment held."""

    condition: Node
    start: Node | None = None
    stop: Node | None = None


@dataclass(frozen=True, slots=True)
class When(Node):
    """The first minute, at or after a minute, at which a condition over the moment held."""

    condition: Node
    start: Node | None = None


@dataclass(frozen=True, slots=True)
class Extreme(Node):
    """The latest (`ALL`) or earliest (`ANY`) of several times."""

    latest: bool
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """`left + right` or `left - right`."""

    plus: bool
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A comparison."""

    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`item in {…}`."""

    item: Node
    values: tuple[SlotValue, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite."""

    item: Node


@dataclass(frozen=True, slots=True)
class Both(Node):
    """Every one of several conditions (`AND`)."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """At least one of several conditions (`OR`)."""

    items: tuple[Node, ...]
