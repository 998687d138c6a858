"""How people sound in every scenario: the defaults that a persona may override, and the words nobody on scene uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic import Field, model_validator

from knowthyself_tui.domain.rules import STANDARD
from knowthyself_tui.domain.scenario.voice import Block, Reaction, Saying


class PatientVoices(Block):
    """Defaults for every patient; `{name}`, `{she}`, `{her}`, `{his}` and `{bystander}` are filled in."""

    silence: tuple[str, ...] = Field(min_length=1)
    sounds: tuple[str, ...] = Field(min_length=1)
    stray: tuple[Saying, ...] = Field(min_length=1)
    confused: tuple[Saying, ...] = Field(min_length=1)
    unknown: tuple[Saying, ...] = Field(min_length=1)
    other_question: tuple[Saying, ...] = Field(min_length=1)
    as_said: tuple[Saying, ...] = Field(min_length=1)
    """Put before a fact that was told before, in turn; from the third time on the fact itself is in its short form."""
    reactions: tuple[Reaction, ...]


class BystanderVoices(Block):
    """Defaults for every bystander."""

    unknown: tuple[str, ...] = Field(min_length=1)
    other_question: tuple[str, ...] = Field(min_length=1)
    as_said: tuple[str, ...] = Field(min_length=1)
    offer: str
    """Said once when the patient was asked something and cannot speak."""
    heard: tuple[str, ...] = Field(min_length=1)
    """Said to what asks nothing and has no reaction."""
    reactions: dict[str, tuple[str, ...]]


class NumberWords(Block):
    """Words that mean a quantity, for the check that nobody tells a number that nobody knows."""

    values: dict[str, float]
    one_of: tuple[str, ...]
    """Words after which "one" counts something: "one hour", not "the blue one"."""


class Voices(Block):
    """The common voices file."""

    patient: PatientVoices
    bystander: BystanderVoices
    felt: tuple[str, ...]
    """Intents that ask what it feels like now: a confused patient still answers these."""
    child_below_years: float = 12
    """Below this age a parent always answers questions about the history [S]."""
    clinical_words: tuple[str, ...]
    """Words of the trade that no patient or bystander says: drug classes, names of signs, scores."""
    numbers: NumberWords
    plain_words: tuple[str, ...]
    """Everyday words that give nothing away whatever they stand in."""

    @model_validator(mode="after")
    def _intents_exist(self) -> Voices:
        named = [*self.felt, *self.bystander.reactions, *(reaction.intent for reaction in self.patient.reactions)]
        unknown = sorted(set(named) - set(STANDARD.intents))
        if unknown:
            raise ValueError(f"there is no intent {unknown[0]!r}")
        return self

    def clinical_in(self, text: str) -> list[str]:
        """Words of the trade in `text`."""
        return words_in(text, self.clinical_words)

    def spoken(self) -> Iterator[tuple[str, str]]:
        """Every common saying with its place."""
        patient, bystander = self.patient, self.bystander
        lists = (patient.stray, patient.confused, patient.unknown, patient.other_question, patient.as_said)
        sayings = [saying for says in lists for saying in says]
        sayings += [saying for reaction in patient.reactions for saying in reaction.says]
        for saying in sayings:
            yield "voices.patient", f"{saying.full} {saying.short}"
        texts = [*bystander.unknown, *bystander.other_question, *bystander.as_said, bystander.offer, *bystander.heard]
        texts += [text for says in bystander.reactions.values() for text in says]
        for text in texts:
            yield "voices.bystander", text


def words_in(text: str, words: tuple[str, ...]) -> list[str]:
    """Those of `words` that stand in `text`, alone or with a plural s; a hyphen and a space are the same."""
    if not words:
        return []
    found = {match[1] for match in _any_of(words).finditer(_plain(text))}
    return [word for word in words if _plain(word) in found]


@lru_cache(maxsize=32)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted({_plain(word) for word in words}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?=({'|'.join(map(re.escape, longest_first))})(?:s|'s)?(?!\w))")


def _plain(text: str) -> str:
    return text.casefold().replace("-", " ").replace("’", "'")
