"""How a word sounds, roughly: the same key for words that people who spell by ear mix up."""

from __future__ import annotations

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn|^pn", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"mb$", "m"),
        (r"ph", "f"),
        (r"gh(?=t|$)", ""),
        (r"tch|ch", "C"),
        (r"sh|[st]i(?=on|ou|al)|ss(?=ur|ion)", "S"),
        (r"th", "T"),
        (r"qu|ck|q|c(?![eiy])", "k"),
        (r"x", "ks"),
        (r"c(?=[eiy])|z", "s"),
        (r"g(?=[eiy])", "j"),
        (r"dg", "j"),
        (r"(?<=.)[aeiouyhw]", ""),
        (r"(.)\1+", r"\1"),
    )
)


def sound_of(word: str) -> str:
    """The word's consonants as they sound, with its first letter: `turnakit` and `tourniquet` are both `trnkt`."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
