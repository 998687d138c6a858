"""Which intents a clause's words spell: every pattern of `data/grammar/` that matches, and the best cover of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from knowthyself_tui.domain.acts import Slots, SlotValue
from knowthyself_tui.language.patterns import keys_of, to_regex
from knowthyself_tui.language.resources import load_yaml

_HEADER = re.compile(r"[a-z0-9_]+:")

ABSORBED = "_"
"""The intent of words that mean nothing by themselves, such as a reading that is reported."""


@dataclass(slots=True)
class Pattern:
    """One line of a grammar file."""

    intent: str
    source: str
    slots: Slots
    boost: float
    _regex: re.Pattern[str] | None = field(default=None, repr=False)

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(to_regex(self.source))
        return self._regex


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` to `end` spell an intent."""

    intent: str
    start: int
    end: int
    weight: float
    slots: Slots = field(default_factory=dict)
    anchor: str | None = None
    """The typed token, where the match is one thing that is ordered rather than a pattern."""


def slot_value(text: str) -> SlotValue:
    """A slot value as written in the data: a number, true or a word."""
    if text in ("true", "false"):
        return text == "true"
    try:
        return int(text)
    except ValueError:
        return text


def parse_line(intent: str, line: str) -> Pattern:
    """`pattern => slot=value, slot=value !2` as a pattern."""
    source, _, tail = line.partition("=>")
    body, _, boost = (tail if tail else source).partition("!")
    if not tail:
        source = body
    pairs = (pair.split("=", 1) for pair in body.split(",") if "=" in pair) if tail else ()
    slots = {name.strip(): slot_value(value.strip()) for name, value in pairs}
    return Pattern(intent, source.strip(), slots, float(boost or 0))


class Grammar:
    """The patterns of a folder of grammar files, found by the tokens that they need."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._by_key: dict[str, list[int]] = {}
        self._always: list[int] = []
        for place, pattern in enumerate(self.patterns):
            keys = keys_of(pattern.source)
            for key in keys or ():
                self._by_key.setdefault(key, []).append(place)
            if keys is None:
                self._always.append(place)

    def _candidates(self, tokens: Sequence[str]) -> list[Pattern]:
        """The patterns that might match, in the order of the grammar files: of equal readings the first one wins."""
        found = set(self._always)
        for token in set(tokens):
            keys = [token]
            if ":" in token:
                keys.append(token.split(":")[0] + ":")
            else:
                keys.extend(token[:size] + "*" for size in range(3, len(token) + 1))
            for key in keys:
                found.update(self._by_key.get(key, ()))
        return [self.patterns[place] for place in sorted(found)]

    def matches(self, tokens: Sequence[str]) -> list[Match]:
        """Every place where a pattern matches the tokens of a clause."""
        text = " ".join(tokens) + " "
        starts, position = {0: 0}, 0
        for index, token in enumerate(tokens, start=1):
            position += len(token) + 1
            starts[position] = index
        found: list[Match] = []
        for pattern in self._candidates(tokens):
            for hit in pattern.regex.finditer(text):
                start, end = starts[hit.start()], starts[hit.end()]
                if end > start:
                    weight = _weight(pattern, tokens[start:end], hit.groups())
                    found.append(Match(pattern.intent, start, end, weight, pattern.slots))
        return found


@cache
def grammar(folder: str = "grammar") -> Grammar:
    """The grammar in a folder of `data/`."""
    place = files("knowthyself_tui.language").joinpath("data", folder)
    entries = sorted((entry for entry in place.iterdir() if entry.name.endswith(".grammar")), key=str)
    return Grammar(pattern for entry in entries for pattern in parse_grammar(entry.read_text("utf-8")))


def parse_grammar(text: str) -> Iterator[Pattern]:
    """A grammar file: `intent:` on a line of its own, then its patterns, one a line; `#` starts a comment line."""
    intent = ""
    for line in text.splitlines():
        if _HEADER.fullmatch(line):
            intent = line.removesuffix(":")
        elif line.strip() and not line.startswith("#"):
            yield parse_line(intent, line)


@cache
def light_words() -> frozenset[str]:
    """Words of little weight when readings compete."""
    return frozenset(load_yaml("words.yaml")["light"])


def _token_weight(token: str) -> float:
    if token in light_words():
        return 0.4
    return 0.6 if token.startswith(("name:", "role:")) else 1.0


def _weight(pattern: Pattern, tokens: Sequence[str], gaps: Iterable[str | None]) -> float:
    """Words that the pattern spells count in full, words in its gaps a quarter; longer is worth more."""
    full = sum(_token_weight(token) for token in tokens)
    skipped = sum(_token_weight(token) for gap in gaps if gap for token in gap.split())
    return float(max(full - 0.75 * skipped, 0.3) ** 1.2 + pattern.boost)


def best_cover(found: Sequence[Match]) -> list[Match]:
    """The non-overlapping matches of most weight, in order."""
    ordered = sorted(found, key=lambda match: match.end)
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for count, match in enumerate(ordered, start=1):
        before = 0
        for index in range(count - 1, 0, -1):
            if ordered[index - 1].end <= match.start:
                before = index
                break
        with_match = best[before][0] + match.weight
        if with_match > best[-1][0]:
            best.append((with_match, [*best[before][1], count - 1]))
        else:
            best.append(best[-1])
    return [ordered[index] for index in best[-1][1]]
