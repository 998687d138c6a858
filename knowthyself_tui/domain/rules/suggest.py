"""Names the nearest right spelling in an error message."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, else the known words when they are few."""
    words = sorted(known)
    nearest = get_close_matches(word, words, n=1, cutoff=0.6)
    if nearest:
        return f"; did you mean {nearest[0]!r}?"
    return f"; known are {', '.join(words)}" if 0 < len(words) <= 20 else ""
