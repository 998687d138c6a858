"""How much breath there is for words: the same saying in sentences, phrases, single words or a nod."""

from __future__ import annotations

import re

from knowthyself_tui.domain.scenario.voice import Saying
from knowthyself_tui.patients.base import Speech

WORDS_PER_BREATH: dict[Speech, int] = {"phrases": 5, "words": 2, "syllables": 1}
"""Fact sheets: 3 to 6 word phrases when easing, 1 to 2 words when severe, single syllables when tiring [S]."""
PAUSE = "…"

NODS = {"yes": "(nods)", "no": "(shakes her head)"}
NODS_HIM = {"yes": "(nods)", "no": "(shakes his head)"}


def breathe(saying: Saying, speech: Speech, *, sex: str) -> str:
    """The saying as it comes out at this level of breath; empty when there is none for speech."""
    nods = NODS if sex == "f" else NODS_HIM
    if speech == "none":
        return ""
    if speech == "sentences":
        return saying.full
    if speech == "phrases":
        return gasp(saying.full, WORDS_PER_BREATH["phrases"])
    if speech == "syllables":
        return nods[saying.nod] if saying.nod else gasp(" ".join(saying.short.split()[:2]), 1)
    lead = f"{nods[saying.nod]} " if saying.nod else ""
    return lead + gasp(saying.short, WORDS_PER_BREATH["words"])


def gasp(text: str, words_per_breath: int) -> str:
    """The text with a pause for breath after every few words, and at the ends of its sentences."""
    breaths: list[str] = []
    for sentence in re.split(r"(?<=[.!?…])\s+", text.strip()):
        words = sentence.split()
        breaths += [" ".join(words[i : i + words_per_breath]) for i in range(0, len(words), words_per_breath)]
    spoken = [breath.rstrip(".,;:…") for breath in breaths[:-1]] + breaths[-1:]
    return f"{PAUSE} ".join(part for part in spoken if part)
