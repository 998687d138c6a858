"""Number words to digits, and typed quantities.

Typed tokens: `q:5:mg` a quantity, `conc:1:1000` a concentration, `over:20` minutes to give it over,
`every:5` an interval, `later:10` a delay in minutes.
"""

from __future__ import annotations

from knowthyself_tui.language.lexicon import drug_words
from knowthyself_tui.language.resources import load_yaml, word_set

_UNDER_TWENTY = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS_IN_ORDER = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_GAUGES = frozenset({"14", "16", "18", "20", "22", "24"})

ONES = {word: value for value, word in enumerate(_UNDER_TWENTY)}
TENS = {word: 10 * value for value, word in enumerate(_TENS_IN_ORDER, start=2)}
SCALES = {"hundred": 100, "thousand": 1000}


def is_number(token: str) -> bool:
    return token[:1].isdigit()


def units() -> dict[str, str]:
    """Spelling of a unit to its token."""
    table: dict[str, list[str]] = load_yaml("words.yaml")["units"]
    return {spelling: unit for unit, spellings in table.items() for spelling in [unit, *spellings]}


def _whole(tokens: list[str], at: int) -> tuple[float, int] | None:
    """The number spelt out at `at`, with the position after it."""
    total, current, end, seen = 0.0, 0.0, at, False
    while end < len(tokens):
        word = tokens[end]
        if word in ONES and (not seen or current % 100 == 0 or (current % 10 == 0 and ONES[word] < 10)):
            current += ONES[word]
        elif word in TENS and current % 100 == 0:
            current += TENS[word]
        elif word in SCALES and (seen or tokens[at] == word):
            current = max(current, 1) * SCALES[word]
        elif (
            word == "and"
            and seen
            and current >= 100
            and tokens[end + 1 : end + 2]
            and (tokens[end + 1] in ONES or tokens[end + 1] in TENS)
        ):
            end += 1
            continue
        else:
            break
        seen = True
        end += 1
    total += current
    return (total, end) if seen else None


def digits(tokens: list[str]) -> list[str]:
    """The tokens with number words as digits; "one" stays a word unless a unit or fraction follows."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        word, rest = tokens[at], tokens[at + 1 : at + 3]
        if word == "half" and rest[:1] in (["a"], ["of"]):
            out.append("0.5")
            at += 2
            continue
        if word == "half" and rest[:1] and units().get(rest[0]) in ("mg", "g", "ml", "l"):
            out.append("0.5")
            at += 1
            continue
        if units().get(word) == "g" and word != "g" and not (out and (is_number(out[-1]) or out[-1] in ("a", "half"))):
            out.append("1")
        if word == "couple" and rest[:1] == ["of"]:
            out = out[:-1] if out[-1:] == ["a"] else out
            out.append("2")
            at += 2
            continue
        if word in ("a", "an", "whole") and rest[:1] and rest[0] in units() and rest[0] not in ("g", "l", "min"):
            out.append("1")
            at += 1
            continue
        if (
            word in ("litre", "liter", "tube", "can", "bottle", "sachet")
            and rest[:1] == ["of"]
            and not (out and is_number(out[-1]))
        ):
            out.append("1")
        if word == "point" and rest[:1] and (rest[0] in ONES or is_number(rest[0])):
            before = out.pop() if out and out[-1].isdigit() else "0"
            fraction, at = _fraction(tokens, at + 1)
            out.append(f"{before}.{fraction}")
            continue
        spelt = _whole(tokens, at)
        if spelt is None or (word == "one" and spelt[1] == at + 1 and not _is_counted(tokens, at + 1)):
            out.append(word)
            at += 1
            continue
        value, at = spelt
        if tokens[at : at + 3] == ["and", "a", "half"]:
            value, at = value + 0.5, at + 3
        out.append(f"{value:g}")
    return out


def _fraction(tokens: list[str], at: int) -> tuple[str, int]:
    found = ""
    while at < len(tokens) and (tokens[at] in ONES or tokens[at].isdigit()):
        found += str(ONES.get(tokens[at], tokens[at]))
        at += 1
    return found, at


def _is_counted(tokens: list[str], at: int) -> bool:
    return at < len(tokens) and (tokens[at] in units() or tokens[at] in ("point", "in"))


def quantities(tokens: list[str]) -> list[str]:
    """The tokens with numbers and their units joined into typed tokens."""
    table = units()
    out: list[str] = []
    at = 0
    while at < len(tokens):
        token, following = tokens[at], tokens[at + 1 : at + 4]
        if token.startswith("ratio1"):
            out.append("conc:1:" + token.removeprefix("ratio1"))
        elif is_number(token) and following[:1] and following[0] in ("%", "percent"):
            out.append(f"pct:{token}")
            at += 1
        elif token == "over" and following[:1] and is_number(following[0]) and not (out and is_number(out[-1])):
            out.append(f"over:{following[0]}")
            at += 1 + (following[1:2] == ["to"] and 2) + 0
            skip = tokens[at + 1 : at + 2]
            at += bool(skip and table.get(skip[0]) == "min")
        elif token in ("every", "in") and _is_minutes(tokens, at + 1):
            out.append(f"{'every' if token == 'every' else 'later'}:{following[0]}")
            at += _is_minutes(tokens, at + 1)
        elif is_number(token) and following[:1] and following[0] in table and not _is_verb(following):
            unit = "gauge" if _is_gauge(tokens, at) else table[following[0]]
            out.append(f"q:{token}:{unit}")
            at += 1
            at += 2 if tokens[at + 1 : at + 3] in (["per", "minute"], ["a", "minute"], ["per", "min"]) else 0
        else:
            out.append(token)
        at += 1
    return out


def _is_gauge(tokens: list[str], at: int) -> bool:
    """The number and "g" are the size of a cannula rather than grams: "18g left arm"."""
    if tokens[at + 1] != "g" or tokens[at] not in _GAUGES:
        return False
    before = tokens[at - 1] if at else ""
    after = tokens[at + 2] if at + 2 < len(tokens) else ""
    return before not in drug_words() and after in word_set("after_gauge") | {""}


def _is_verb(following: list[str]) -> bool:
    """The word behind the number is "can" the verb, as in "oxygen at 15 can wait"."""
    return following[0] == "can" and following[1:2] not in ([], ["of"], [","], ["."], ["please"], ["and"])


def _is_minutes(tokens: list[str], at: int) -> int:
    """How many tokens spell "5 minutes" or "10 to 15 minutes" at `at`; 0 for none."""
    if at >= len(tokens) or not is_number(tokens[at]):
        return 0
    length = 3 if tokens[at + 1 : at + 2] == ["to"] and is_number((tokens[at + 2 : at + 3] or ["x"])[0]) else 1
    unit = tokens[at + length : at + length + 1]
    if unit and units().get(unit[0]) == "min":
        return length + 1
    return length if length == 3 and not unit else 0
