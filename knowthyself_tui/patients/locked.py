"""What must not be heard in one reply: the words and turns of phrase by which locked facts would be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowthyself_tui.domain.scenario import Scenario
from knowthyself_tui.domain.scenario.spoken import bystander_texts, spoken
from knowthyself_tui.domain.scenario.voice import Fact
from knowthyself_tui.domain.scenario.voices import Voices
from knowthyself_tui.patients.base import Cue
from knowthyself_tui.patients.unlocking import is_about

TELLING_LETTERS = 5
"""A word of this many letters that only a locked fact uses gives that fact away; shorter ones need company."""
STEM_LETTERS = 6
PHRASE_WORDS = 3
"""So many words in a row out of a saying that is not in the cue are a quotation; shorter sentences count whole."""

Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of something that can be said, as far as they are compared."""

    stems: frozenset[str]
    phrases: Phrases

    @classmethod
    def of(cls, texts: Iterable[str]) -> Wording:
        lines = [_words(sentence) for text in texts for sentence in re.split(r"[.!?;]+", text)]
        stems = frozenset(_stem(word) for line in lines for word in line)
        return cls(stems, frozenset(phrase for line in lines for phrase in _phrases(line)))


class Locks:
    """The wording of everything in one scenario, made once."""

    def __init__(self, scenario: Scenario, voices: Voices) -> None:
        self.scenario = scenario
        self.facts = {fact.id: Wording.of(_sayings(fact)) for fact in scenario.facts}
        self.unspoken = {name: Wording.of([text]) for name, text in _unspoken(scenario)}
        self.common = Wording.of(_common(scenario, voices))

    def broken_by(self, text: str, cue: Cue, told: Iterable[str]) -> Iterator[str]:
        """Names of what `text` gives away in answer to `cue`, with what was `told` before left out.

        Of a fact in the cue only the cue's own wording is free: not what somebody else knows of it, nor that of
        another state.
        """
        open_ids = set(told)
        cued = [f"{telling.saying.full} {telling.saying.short}" for telling in cue]
        known = [Wording.of([*cued, *(re.sub(r"[.!?;]", " ", each) for each in cued)])]
        known += [wording for name, wording in self.facts.items() if name in open_ids]
        said = self._unknown_part(Wording.of([text]), known)
        rest = " ".join(word for word in _words(text) if _stem(word) in said.stems)
        for fact in self.scenario.facts:
            about = "" if fact.id in cue.ids else rest
            if fact.id not in open_ids and _gives_away(fact, self.facts[fact.id], said, about):
                yield f"fact {fact.id}"
        for name, wording in self.unspoken.items():
            if name not in {*cue.ids, *open_ids} and said.phrases & wording.phrases:
                yield name

    def _unknown_part(self, said: Wording, known: Sequence[Wording]) -> Wording:
        """What of `said` is neither common nor known: words, and turns of phrase that are not made of known words."""
        stems: frozenset[str] = frozenset().union(*(wording.stems for wording in known))
        phrases = said.phrases - self.common.phrases
        for wording in known:
            phrases -= wording.phrases
        unknown = frozenset(phrase for phrase in phrases if not self._is_made_of(phrase, stems))
        return Wording(said.stems - stems - self.common.stems, unknown)

    def _is_made_of(self, phrase: tuple[str, ...], stems: frozenset[str]) -> bool:
        telling = {_stem(word) for word in phrase} - self.common.stems
        return bool(telling) and telling <= stems


def _gives_away(fact: Fact, wording: Wording, said: Wording, rest: str) -> bool:
    common = wording.stems & said.stems
    telling = len(common) > 1 or any(len(stem) >= TELLING_LETTERS for stem in common)
    return telling or bool(said.phrases & wording.phrases) or is_about(fact, rest)


def _sayings(fact: Fact) -> list[str]:
    """Every wording of a fact, by anybody, in any state."""
    texts = [text for told in bystander_texts(fact) for text in (told.text, *told.by_state.values())]
    if fact.patient is not None:
        for saying in (fact.patient, *fact.patient.by_state.values()):
            texts += [saying.full, saying.short]
    return texts


def _unspoken(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What no voice quotes: findings, teaching, the checklist, and worries whose time has not come."""
    yield from ((f"clue:{clue.id}", clue.text) for clue in scenario.clues)
    yield from ((region.id, text) for region in scenario.regions for text in (region.text, *region.by_state.values()))
    yield from ((f"teaching point {point.id}", point.text) for point in scenario.teaching_points)
    yield from ((f"objective {text}", text) for text in scenario.learning_objectives)
    yield from ((f"checklist {item.id}", item.title) for item in scenario.judgement.checklist)
    yield from ((f"worry:{worry.id}", worry.says.full) for worry in scenario.patient.worries)


def _common(scenario: Scenario, voices: Voices) -> Iterator[str]:
    """Texts without a fact in them, whose words anybody may use."""
    yield from (*voices.plain_words, scenario.patient.call_name)
    yield from (text for _, text in voices.spoken())
    yield from (text for where, text in spoken(scenario) if where.startswith(("reaction", "patient.", "bystander")))
    yield from (person.name for person in scenario.people)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9&]+", text.casefold().replace("’", "").replace("'", ""))


def _stem(word: str) -> str:
    return word[:STEM_LETTERS]


def _phrases(words: list[str]) -> Iterator[tuple[str, ...]]:
    if 1 < len(words) < PHRASE_WORDS:
        yield tuple(words)
    for at in range(len(words) - PHRASE_WORDS + 1):
        yield tuple(words[at : at + PHRASE_WORDS])
