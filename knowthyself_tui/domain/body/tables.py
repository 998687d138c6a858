"""Where every constant of the body is registered with its unit, evidence tag and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tag = Literal["S", "D", "F", "H"]
"""S from a published source, D derived, F fitted to published cases, H heuristic."""


@dataclass(frozen=True, slots=True)
class Constant:
    """One number of the model and why it has its value."""

    name: str
    value: float
    unit: str
    tag: Tag
    citation: str


CONSTANTS: dict[str, Constant] = {}


def constant(name: str, value: float, unit: str, tag: Tag, citation: str) -> float:
    """Register a constant and give its value back, so that the row stands beside the mechanism that uses it."""
    if name in CONSTANTS:
        raise ValueError(f"The constant {name} is registered twice.")
    CONSTANTS[name] = Constant(name, value, unit, tag, citation)
    return value
