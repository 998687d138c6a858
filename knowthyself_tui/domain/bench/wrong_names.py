"""The sentence for a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from knowthyself_tui.errors import UsageError

LONGEST_QUOTE = 40
FEW = 12


def unknown(sentence: str, word: str, known: Iterable[str]) -> UsageError:
    """An error that says `sentence`, then the names nearest to `word`, or all of them where they are few.

    Args:
        sentence: Without its full stop.
    """
    names = sorted(known)
    near = get_close_matches(word[:LONGEST_QUOTE], names, n=3, cutoff=0.6)
    if near:
        return UsageError(f"{sentence}; near it are {', '.join(near)}.")
    return UsageError(f"{sentence}; there are {', '.join(names)}." if len(names) <= FEW else f"{sentence}.")


def quoted(text: str) -> str:
    """The beginning of what was typed, in quotation marks."""
    return repr(text[:LONGEST_QUOTE])
