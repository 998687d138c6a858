"""What the model looks at in a text: words, neighbours, words with one or two between, beginnings and ends of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

_LONG = 4
"""Words of more characters also count by their beginnings and ends, which survive a slip."""
_MOST_NEW = 3
_TELLING = frozenset({"3", "4", "10", "12", "15"})
"""Numbers that say what is meant: leads of an ECG, points of a scale, litres of oxygen."""


def features(text: str, common: Collection[str]) -> set[str]:
    """The features of a text as `plain` gives it; `common` are the words that are no news."""
    words = text.split()
    found = {f"={word}" for word in words}
    found.update(f"{first}+{second}" for first, second in pairwise(["^", *words, "$"]))
    found.update(f"{first}_{third}" for first, third in zip(words, words[2:], strict=False))
    found.update(f"{first}__{fourth}" for first, fourth in zip(words, words[3:], strict=False))
    for word in words:
        if len(word) > _LONG:
            found.update((f"<{word[:4]}", f"<{word[:5]}", f"{word[-4:]}>"))
    found.update(_news(words, common))
    return found


def _news(words: list[str], common: Collection[str]) -> Iterator[str]:
    yield f"#new{min(_MOST_NEW, sum(word not in common for word in words))}"
    yield f"#share{round(4 * new_share(words, common))}"


def new_share(words: list[str], common: Collection[str]) -> float:
    """Share of the words, 0 to 1, that are not common."""
    return sum(word not in common for word in words) / max(1, len(words))


def plain(tokens: Iterable[str]) -> str:
    """Typed tokens as the back-off sees them: names by kind and id, numbers as one sign."""
    return " ".join(_plain(token) for token in tokens if token not in (",", ".", "?"))


def _plain(token: str) -> str:
    if token[:1].isdigit():
        return f"#{token}" if token in _TELLING else "#"
    kind, colon, rest = token.partition(":")
    if kind in ("q", "over", "every", "later", "pct", "conc"):
        return f"#{rest.rpartition(':')[2]}" if kind == "q" else kind
    return f"{kind} {rest}" if colon else token
