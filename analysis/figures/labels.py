"""Labels that others wrote, made inert and short enough for their place.

Widths are estimates from the kind of character, so that a picture is the same on every machine whatever its fonts.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from ..text import clean

ALT_LABEL_LENGTH = 60
"""Characters of a label inside alt text."""
_ELLIPSIS = "…"
_NARROW = frozenset("iljtfrI.,:;|!'()[]{} ·-/")
_WIDE = frozenset("mwMW@%&—…<>=+~^#")
_BOLD = 1.13
_SLUG_LENGTH = 24


def inert(text: str) -> str:
    """The text on one line, without controls and without what XML cannot hold."""
    return " ".join(clean(text).split())


def arm_name(arm: str) -> str:
    """The inert name of an arm; students whom nobody allocated have one too."""
    return inert(arm) or "no arm"


def estimated_width(text: str, size: float) -> float:
    """Points that the text takes at most in a usual sans-serif font of `size` points."""
    return size * sum(_character_width(character) for character in text)


def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if ord(character) > 0x2FFF or unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in _NARROW:
        return 0.38
    if character in _WIDE:
        return 0.9
    return 0.7 if character.isupper() else 0.61


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The inert text, cut and marked with an ellipsis where it is wider than `width` points."""
    text = inert(text)
    size *= _BOLD if bold else 1
    if estimated_width(text, size) <= width:
        return text
    room = width - estimated_width(_ELLIPSIS, size)
    end = 0
    while end < len(text) and (room := room - size * _character_width(text[end])) >= 0:
        end += 1
    return text[:end].rstrip() + _ELLIPSIS


def wrapped(text: str, width: float, size: float, lines: int = 2) -> list[str]:
    """The inert text broken at spaces into at most `lines` lines; the last is cut if there is more."""
    words, broken = inert(text).split(" "), [""]
    while words:
        longer = f"{broken[-1]} {words[0]}".strip()
        if broken[-1] and estimated_width(longer, size) > width and len(broken) < lines:
            broken.append("")
            continue
        broken[-1] = longer
        words.pop(0)
    return [fitted(line, width, size) for line in broken]


def one_or_two_lines(text: str, width: float, large: float, small: float) -> tuple[list[str], float]:
    """The text on one line in large letters or, if it does not fit, on two in small ones; and their size."""
    whole = inert(text)
    if estimated_width(whole, large) <= width:
        return [whole], large
    return wrapped(text, width, small), small


def short(text: str, length: int = ALT_LABEL_LENGTH) -> str:
    """The inert text with at most `length` characters, for a sentence."""
    text = inert(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + _ELLIPSIS


def shortened_list(parts: Sequence[str], most: int = 6) -> str:
    """The parts of a sentence, one after another; beyond `most` only how many more there are."""
    kept = list(parts) if len(parts) <= most else [*parts[:most], f"and {len(parts) - most} more"]
    return "; ".join(kept)


def picture_name(kind: str, title: str = "") -> str:
    """An identifier `[a-z_]+` for a kind of picture; different titles give different names."""
    if not title:
        return kind
    plain = unicodedata.normalize("NFKD", inert(title)).encode("ascii", "ignore").decode().lower()
    slug = re.sub("[^a-z]+", "_", plain)[:_SLUG_LENGTH].strip("_")
    digest = hashlib.sha256(title.encode("utf-8", "surrogatepass")).digest()
    mark = "".join(chr(ord("a") + byte % 26) for byte in digest[:8])
    return "_".join(part for part in (kind, slug, mark) if part)
