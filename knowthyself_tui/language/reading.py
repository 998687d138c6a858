"""What goes into a reading and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowthyself_tui.domain.acts import Act

OpenKind = Literal["missing", "read_back"]


@dataclass(frozen=True, slots=True)
class Context:
    """What was going on when the line was typed."""

    scenario_id: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of people on scene, in lower case, with their role (`patient`, `bystander`, `wife`, …)."""
    recent: tuple[Act, ...] = ()
    """The last acts, newest last; "another one" and "repeat that" look here."""
    open_order: Act | None = None
    """An order that waits for an answer."""
    open_kind: OpenKind | None = None
    """What it waits for: missing slots, or a yes or no to a read-back."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a line was understood."""

    acts: tuple[Act, ...]
    choices: tuple[tuple[str, Act], ...] = ()
    """Up to three likely readings with a label for people, when no single one is sure enough."""
    text: str = ""
    """The line with its spacing and spelling cleaned."""
