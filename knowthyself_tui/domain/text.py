"""Text from people, models and files made harmless, and when two student codes are the same."""

from __future__ import annotations

import re
import unicodedata

TEXT_LIMIT = 5000
"""Characters kept of one line or paragraph."""

_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_DELETE = 0x7F
_PICTURES = 0x2400
"""Unicode's block of pictures for the C0 controls: U+241B shows an escape as ␛."""
_PICTURE_OF_DELETE = "\u2421"
_JOINERS = "\u200c\u200d"
_DROPPED = frozenset(
    [
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0x200B,
        0x2060,
        0xFEFF,
    ]
)
"""C1 controls, bidirectional controls, lone surrogates and zero-width characters."""


def clean_text(text: str, *, limit: int = TEXT_LIMIT, single_line: bool = False) -> str:
    """`text` without anything that a terminal, a file or a reader could take for more than text.

    Args:
        text: as typed, pasted, read or answered by a model.
        limit: characters kept; a character is never cut from its combining marks or joiners.
        single_line: also turns line ends and tabs into single spaces.
    """
    text = _LINE_END.sub("\n", text)
    if single_line:
        text = text.replace("\n", " ").replace("\t", " ")
    shown = "".join(_shown(character) for character in text)
    return _cut(unicodedata.normalize("NFC", _without_stray_joiners(shown)), limit)


def code_key(code: str) -> str:
    """What makes two student codes the same: letters of either case, composed, no space around."""
    folded = unicodedata.normalize("NFC", code.strip()).casefold()
    return unicodedata.normalize("NFC", folded)


def _shown(character: str) -> str:
    number = ord(character)
    if number in _DROPPED:
        return ""
    if number == _DELETE:
        return _PICTURE_OF_DELETE
    if number < 0x20 and character not in "\n\t":
        return chr(_PICTURES + number)
    return character


def _without_stray_joiners(text: str) -> str:
    """Joiners stay where they join: after a letter, mark or symbol and before another."""
    kept: list[str] = []
    for index, character in enumerate(text):
        if character in _JOINERS:
            following = text[index + 1 : index + 2]
            if not kept or not _joins(kept[-1]) or not _joins(following):
                continue
        kept.append(character)
    return "".join(kept)


def _joins(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "LMS"


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters, ending before a character whose marks would not fit."""
    if len(text) <= limit:
        return text
    end = limit
    while end and _belongs_to_previous(text, end):
        end -= 1
    return text[:end] if end else text[:limit].rstrip(_JOINERS)


def _belongs_to_previous(text: str, index: int) -> bool:
    character = text[index]
    return character in _JOINERS or text[index - 1] in _JOINERS or unicodedata.category(character)[0] == "M"
