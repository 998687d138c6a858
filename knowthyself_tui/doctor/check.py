"""What one check found: a verdict, a sentence, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["fine", "note", "problem"]


@dataclass(frozen=True, slots=True)
class Check:
    """A note is worth knowing, a problem stands in the way of work or endangers what was stored."""

    name: str
    """What was looked at, in one or two words."""
    verdict: Verdict
    sentence: str
    remedy: str = ""
    """One sentence; empty when all is fine."""


def fine(name: str, sentence: str) -> Check:
    return Check(name, "fine", sentence)


def note(name: str, sentence: str, remedy: str) -> Check:
    return Check(name, "note", sentence, remedy)


def problem(name: str, sentence: str, remedy: str) -> Check:
    return Check(name, "problem", sentence, remedy)
