"""The quantities that a text names, in figures or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowthyself_tui.domain.scenario.voices import NumberWords

_THOUSANDS = r"\d{1,3}(?:,\d{3})+"
_TOKENS = rf"{_THOUSANDS}|\d+(?:[.,]\d+)?|[a-z]+"
_HUNDRED = 100


def quantities(text: str, words: NumberWords) -> set[float]:
    """Every quantity in `text`: "twenty-eight" and "28" are 28, "the blue one" is none."""
    tokens = re.findall(_TOKENS, text.casefold())
    return set(_values(tokens, words))


def _values(tokens: list[str], words: NumberWords) -> Iterator[float]:
    run: float | None = None
    for at, token in enumerate(tokens):
        value = _value(token, tokens[at + 1 : at + 2], words)
        if value is None:
            if run is not None and token != "and":
                yield run
                run = None
        elif run is not None and _continues(run, value):
            run = run * value if value == _HUNDRED else run + value
        else:
            if run is not None:
                yield run
            run = value
    if run is not None:
        yield run


def _continues(run: float, value: float) -> bool:
    """ "Twenty" and then "eight", "a hundred" and then "forty", "two" and then "hundred"."""
    if value == _HUNDRED:
        return run < 10
    return (run >= _HUNDRED and run % _HUNDRED == 0 and value < _HUNDRED) or (
        run % _HUNDRED >= 20 and run % 10 == 0 and 1 <= value <= 9
    )


def _value(token: str, following: list[str], words: NumberWords) -> float | None:
    if token[0].isdigit():
        grouped = re.fullmatch(_THOUSANDS, token) is not None
        return float(token.replace(",", "" if grouped else "."))
    if token == "one" and not (following and following[0] in words.one_of):
        return None
    return words.values.get(token)
