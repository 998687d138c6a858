"""From typed text to plain tokens: case, contractions, joined numbers and units, punctuation.

Separators survive as the tokens `,` (weak) and `.` `?` (strong).
"""

from __future__ import annotations

import re
import unicodedata

from knowthyself_tui.language.resources import load_yaml, word_set

_TOKEN = re.compile(
    r"""
    \d+(?:,\d{3})+ | \d+(?:\.\d+)?            # numbers; thousands may carry a comma
    | [a-z]+(?:\d+[a-z]*)*(?:'[a-z]+)?        # words, also o2, v4r, mgso4
    | [%?!.,;:\n]
    """,
    re.VERBOSE,
)
_SIDED = (
    r"(?:up|upper|lower|mid|lat|lateral|outer|inner)?\s*"
    r"(?:arms?|legs?|thighs?|deltoid|nostril|nare|hand|foot|acf|ac|wrist|elbow|shoulder|side|sided|lung|chest|bases?|humerus|tibia|"
    r"pupil|eye|ear|groin|knee|ankle|femur|hip|forearm|calf|axilla|flank|jugular)\b"
)
"""What a lone "L" or "R" before it makes the left or right one."""

_PREPARE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[‘’`´]"), "'"),
    (re.compile(r"[µμ]"), "mc"),
    (re.compile(r"\b1\s*(?::|/|\bin\b|\bto\b)\s*(?:a\s+)?(1)(?:,|\s)?(000|0,?000)\b"), r" ratio1\1\2 "),
    (re.compile(r"\bone (?:in|to) (?:a|one) thousand\b"), " ratio11000 "),
    (re.compile(r"\bone (?:in|to) ten thousand\b"), " ratio110000 "),
    (re.compile(r"(?<![\d.])\.(\d)"), r"0.\1"),
    (re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))"), "."),
    (re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)|\bx(?=\d)"), " x "),
    (re.compile(r"(?<=\d)x\b"), " x "),
    (re.compile(r"\b(\d+)\.(?=\s|$)"), r"\1 ."),
    (re.compile(r"(\d)\s*[-–—]\s*(?=\d)"), r"\1 to "),
    (re.compile(r"\s[-–—]+\s|[–—]|--+"), " , "),
    (re.compile(r"(\d)\s*/\s*(\d)"), r"\1 over \2"),
    (re.compile(r"\bl\s*/\s*min(?:ute)?\b|\blitres?\s*/\s*min(?:ute)?\b"), "lpm"),
    (re.compile(r"\bw/\s*"), "with "),
    (re.compile(rf"\bl\.?(?=\s+{_SIDED})"), "left"),
    (re.compile(rf"\br\.?(?=\s+{_SIDED})"), "right"),
    (re.compile(r"\bits (?=name\b|own\b)"), "that "),
    (re.compile(r"\br (?=u\b|you\b|we\b|they\b|there\b|his\b|her\b|your\b|ur\b)"), "are "),
    (re.compile(r"[/|]"), " , "),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=[\d\s])\+(?=\s|\w)|(?<=\w)\+(?=\s|\w)"), " plus "),
    (re.compile(r"\.{2,}|…"), " . "),
    (re.compile(r"(?<=[a-z])-(?=[a-z\d])|(?<=\d)-(?=[a-z])"), " "),
    (re.compile(r"(?<=\d)(?=[a-z])"), " "),
    (re.compile(r"f\*+(?:k|ing)?|f[*@#]ck"), "fuck"),
)
_STRONG = {"!": ".", ";": ".", "\n": ".", ".": ".", "?": "?"}


def tokens_of(text: str) -> list[str]:
    """Lower-case words, numbers and separators of a line."""
    text = unicodedata.normalize("NFKC", text).lower()
    for pattern, replacement in _PREPARE:
        text = pattern.sub(replacement, text)
    raw = [_STRONG.get(token, token) for token in _TOKEN.findall(text.strip())]
    return [word for at, token in enumerate(raw) for word in _expanded(token, raw[at + 1 : at + 2])]


def _expanded(token: str, following: list[str]) -> list[str]:
    """The words of a token: contractions spelt out, "line's in" as "line is in"."""
    contractions: dict[str, str] = load_yaml("words.yaml")["contractions"]
    word = contractions.get(token)
    if word is not None:
        return word.split()
    if token == ":":
        return [","]
    if "'" in token:
        stem = token.split("'")[0]
        is_in = token.endswith("'s") and following and following[0] in word_set("states")
        return [stem, "is"] if is_in else [stem]
    return [token.replace(",", "") if token[0].isdigit() else token]
