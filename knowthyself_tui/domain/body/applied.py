"""What became of an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowthyself_tui.domain.acts import SlotValue

Slots = Mapping[str, SlotValue]
STOP_ACTIONS = frozenset({"stop", "off", "remove"})


@dataclass(frozen=True)
class Applied:
    """What the body did with an order."""

    done: bool
    code: str
    """done, corrected, no_effect or impossible."""
    corrected: dict[str, SlotValue] = field(default_factory=dict)
    """Slots as they were really applied, where they differ from the order or were filled in."""
    note: str = ""
    """One sentence when something was corrected or impossible."""


DONE = Applied(True, "done")
NO_EFFECT = Applied(True, "no_effect")


def impossible(note: str) -> Applied:
    """An order that cannot be carried out, and why."""
    return Applied(False, "impossible", {}, note)
