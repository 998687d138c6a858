"""Spelling of single words against everything the reader knows; one drug never becomes another."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from knowthyself_tui.language.grammar import grammar
from knowthyself_tui.language.lexicon import drug_words, names
from knowthyself_tui.language.normalise import tokens_of
from knowthyself_tui.language.numbers import ONES, SCALES, TENS, units
from knowthyself_tui.language.patterns import plain_words, word_classes
from knowthyself_tui.language.resources import load_yaml
from knowthyself_tui.language.sounds import sound_of

_SHORTEST = 5
"""Shorter words are too alike to be corrected, and at this length one letter for another is no slip."""

_LONGEST = 30
"""Longer runs of letters are no words."""
_SHORTEST_SOUND = 3
_UNLIKE = 0.65
"""Share of a word that may be spelt otherwise where it sounds the same."""
_SHORTEST_DRUG = 7
"""Shorter names of drugs are not guessed by ear: "brady" is no bread."""

DOUBT = "drug?:"
"""Token of a word that could be two drugs: `drug?:metoprolol|metoclopramide`."""


@cache
def common_words() -> frozenset[str]:
    """Ordinary words."""
    place = files("knowthyself_tui.language").joinpath("data", "common_words.txt")
    lines = place.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def vocabulary() -> frozenset[str]:
    """Every word that means something to the reader."""
    words = {word for phrase in names() for word in tokens_of(phrase)}
    words |= {w for members in word_classes().values() for member in members for w in member.split()}
    words |= {
        word
        for folder in ("grammar", "cues", "references")
        for p in grammar(folder).patterns
        for word in plain_words(p.source)
    }
    table = load_yaml("words.yaml")
    words |= {word for value in table["contractions"].values() for word in value.split()}
    words |= {*table["light"], *units(), *ONES, *TENS, *SCALES}
    return frozenset(word for word in words if word.isalpha())


@cache
def _targets() -> list[str]:
    return sorted(word for word in vocabulary() if len(word) >= _SHORTEST - 1)


def is_known(word: str) -> bool:
    """The word means something here or is ordinary English."""
    return word in vocabulary() or word in common_words()


def _allowance(word: str) -> int:
    """How many slips a word of this length may hold."""
    return 1 if len(word) < 8 else 2 if len(word) < 12 else 3


@cache
def corrected(word: str) -> str:
    """The word itself, the known word it is a slip for, or a doubt token between two drugs."""
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or word in vocabulary() or word in common_words():
        return word
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, _targets(), scorer=OSA.distance, score_cutoff=_allowance(word), limit=8)
    candidates = sorted(
        (distance, name[0] != word[0], name)
        for name, distance, _ in found
        if len(word) > _SHORTEST or len(name) != len(word) or sorted(name) == sorted(word)
    )
    if not candidates:
        return _by_ear(word)
    best = candidates[0][0]
    drugs = drug_words()
    near = {drugs[name] for distance, _, name in candidates if name in drugs and distance <= best + 1}
    if candidates[0][2] in drugs and len(near) > 1:
        return DOUBT + "|".join(sorted(near))
    if candidates[0][2] in drugs or not candidates[0][1] or best == 1:
        return candidates[0][2]
    return word


@cache
def _by_sound() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for target in _targets():
        table.setdefault(sound_of(target), []).append(target)
    return table


def _by_ear(word: str) -> str:
    """The known word that sounds like it and looks most like it; a doubt token where it may be another drug."""
    from rapidfuzz.distance import OSA

    sound = sound_of(word)
    alike = _by_sound().get(sound, []) if len(sound) >= _SHORTEST_SOUND else []
    ranked = sorted((OSA.distance(word, target), target) for target in alike)
    meanings = {names().get(target, target) for distance, target in ranked if distance == ranked[0][0]}
    if len(meanings) != 1 or ranked[0][0] > _UNLIKE * len(word):
        return word
    drugs = drug_words()
    near = {drugs[target] for _, target in ranked if target in drugs}
    if ranked[0][1] in drugs and len(near) > 1:
        return DOUBT + "|".join(sorted(near))
    return word if ranked[0][1] in drugs and len(ranked[0][1]) < _SHORTEST_DRUG else ranked[0][1]
