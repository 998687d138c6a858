"""Cuts the text of a rule into words, numbers, quoted values and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from knowthyself_tui.domain.rules.errors import RuleError

TokenKind = Literal["word", "number", "quoted", "sign", "end"]

KEYWORDS = frozenset({"AND", "OR", "NOT", "IN", "INF", "END", "NOW", "WHILE"})
"""Reserved in any case; a name may not be one of them."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<quoted>"[^"]*"|'[^']*')
      | (?P<number>\d+(?:\.\d+)?)(?![\w:%])
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z0-9_]+)*)
      | (?P<sign><=|>=|!=|[<>=(){},+\-≤≥])
    )""",
    re.VERBOSE,
)
_PLAIN_SIGN = {"≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a rule."""

    kind: TokenKind
    text: str
    position: int

    @property
    def keyword(self) -> str | None:
        """The keyword in capitals, or None for any other token."""
        word = self.text.upper()
        return word if self.kind == "word" and word in KEYWORDS else None


def tokens_of(text: str) -> list[Token]:
    """The tokens of `text`, closed by one of kind `end`.

    Raises:
        RuleError: a character belongs to no token.
    """
    tokens: list[Token] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise _stray(stripped, position)
        tokens.append(_token(match))
        position = match.end()
    tokens.append(Token("end", "", len(stripped)))
    return tokens


def _token(match: re.Match[str]) -> Token:
    start = match.start(match.lastgroup or 0)
    text = match.group(match.lastgroup or 0)
    if match.lastgroup == "quoted":
        return Token("quoted", text[1:-1], start)
    if match.lastgroup == "number":
        return Token("number", text, start)
    if match.lastgroup == "word":
        return Token("word", text, start)
    return Token("sign", _PLAIN_SIGN.get(text, text), start)


def _stray(text: str, position: int) -> RuleError:
    start = position + len(text[position:]) - len(text[position:].lstrip())
    piece = text[start:].split()[0]
    return RuleError(f"{piece!r} cannot be read; put values such as '1:1000' or '10%' in quotes", start)
