"""The pattern language of the grammar files, compiled to regular expressions over a token string.

    word            that token               word*       any token that begins so
    (a|b c)         one of these             x?          with or without x
    ~               up to 3 other tokens     ~~          up to 7 other tokens, never across , . ? no not if
    {name}          a word class of words.yaml, or a typed token: {drug}, {drug:salbutamol}, {num}, {q:mg}
    ^ $             the clause starts or the fragment ends here

Words are written as people type them: where the lexicon would turn them into a typed token ("peak flow"
into `obs:pef`), the pattern matches that token too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache

from knowthyself_tui.errors import ContentError
from knowthyself_tui.language.lexicon import entities
from knowthyself_tui.language.resources import load_yaml

_LEX = re.compile(r"\{[^}]+\}\??|\(|\)\??|\||~~|~|\^|\$|[^\s(){}|~^$]+")
_TYPED = frozenset(
    {"drug", "class", "device", "fluid", "route", "obs", "test", "region", "sym", "cond", "sev", "role", "name"}
    | {"later", "every", "over", "conc", "pct"}
)
_GAP_WORD = r"(?:(?!(?:[,.?]|not|no|never|if|unless|without) )\S+ )"
_GAPS = {"~": f"({_GAP_WORD}{{0,3}}?)", "~~": f"({_GAP_WORD}{{0,7}}?)"}
"""No gap hides a negation or condition; gaps are the only capturing groups, so that their words can be told
from the pattern's own."""

_ANCHORS = {
    "^": r"(?<![^,.? ] )",
    "$": r"(?=(?:please |now |then |thanks |mate |love |for me |again )*(?:[,.?]|and |$))",
}
Keys = frozenset[str]


@cache
def word_classes() -> dict[str, list[str]]:
    """Word classes of `words.yaml`: name to members."""
    classes: dict[str, list[str]] = load_yaml("words.yaml")["classes"]
    return classes


def _runs(lexed: list[str]) -> Iterator[list[str]]:
    """The pattern's parts, with neighbouring plain words together."""
    run: list[str] = []
    for token in lexed:
        if token.isalnum():
            run.append(token)
            continue
        if run:
            yield run
            run = []
        yield [token]
    if run:
        yield run


def _spellings(run: list[str]) -> list[list[str]]:
    """A run of plain words as it is, and as the lexicon writes it where that differs."""
    named = entities(run, {})
    return [run] if named == run else [run, named]


def _atom(name: str) -> str:
    if name == "num":
        return r"\d+(?:\.\d+)? "
    if name == "qty":
        return r"q:\S+ "
    if name.startswith("q:"):
        return rf"q:[\d.]+:{re.escape(name[2:])} "
    if ":" in name:
        return re.escape(name) + " "
    if name in _TYPED:
        return rf"{name}:\S+ "
    members = word_classes().get(name)
    if members is None:
        raise ContentError(f"The grammar uses the word class {{{name}}}, which words.yaml does not define.")
    ordered = sorted(members, key=len, reverse=True)
    return "(?:" + "|".join(member + " " for member in ordered) + ")"


def _single(token: str) -> str:
    """One part of a pattern that is no run of plain words."""
    if token == "(":
        return "(?:"
    if token in (")", ")?", "|"):
        return token
    if token in _GAPS:
        return _GAPS[token]
    if token in _ANCHORS:
        return _ANCHORS[token]
    if token.startswith("{"):
        atom = _atom(token.removesuffix("?")[1:-1])
        return f"(?:{atom})?" if token.endswith("?") else atom
    optional = token.endswith("?") and len(token) > 1
    body = token.removesuffix("?") if optional else token
    stem = re.escape(body.removesuffix("*")) + (r"\S* " if body.endswith("*") else " ")
    return f"(?:{stem})?" if optional else stem


def to_regex(pattern: str) -> str:
    """The regular expression of one pattern; it matches whole tokens, each followed by a space."""
    out: list[str] = []
    for part in _runs(_LEX.findall(pattern)):
        if not part[0].isalnum():
            out.append(_single(part[0]))
            continue
        written = ["".join(re.escape(word) + " " for word in words) for words in _spellings(part)]
        out.append(written[0] if len(written) == 1 else f"(?:{'|'.join(written)})")
    return r"(?<!\S)" + "".join(out)


def plain_words(pattern: str) -> set[str]:
    """The words that a pattern spells out."""
    found = (token.rstrip("?*") for token in _LEX.findall(pattern))
    return {token for token in found if token.isalpha()}


def keys_of(pattern: str) -> Keys | None:
    """Tokens of which a line must contain at least one for the pattern to match; None where any line might.

    A typed token counts as its kind with a colon (`drug:`); a word with a star as its stem with a star.
    """
    candidates = _mandatory(_LEX.findall(pattern))
    return min(candidates, key=_commonness) if candidates else None


@cache
def _light() -> frozenset[str]:
    return frozenset(load_yaml("words.yaml")["light"])


def _commonness(keys: AbstractSet[str]) -> float:
    return sum(20.0 if key in _light() else 1.0 for key in keys)


def _key(token: str) -> Keys | None:
    """The keys of one part that is no run of plain words."""
    if not token.startswith("{"):
        return frozenset({token})
    name = token[1:-1]
    if name == "num":
        return None
    if name == "qty" or name.startswith("q:"):
        return frozenset({"q:"})
    if name.split(":")[0] in _TYPED:
        return frozenset({name if ":" in name else name + ":"})
    firsts = (member.split()[0] for member in word_classes()[name])
    return frozenset("name:" if "name:" in first else first for first in firsts)


def _run_keys(run: list[str]) -> list[Keys]:
    variants = _spellings(run)
    if len(variants) == 1:
        return [frozenset({word}) for word in run]
    rarest = [min(words, key=lambda word: _commonness(frozenset({word}))) for words in variants]
    return [frozenset(rarest)]


def _mandatory(lexed: list[str]) -> list[Keys]:
    """Keys of each part at the top level that every match must contain."""
    found: list[Keys] = []
    at = 0
    while at < len(lexed):
        token = lexed[at]
        if token == "(":
            end, keys = _group(lexed, at)
            if keys is not None and lexed[end] == ")":
                found.append(keys)
            at = end
        elif token.isalnum():
            end = next((i for i in range(at, len(lexed)) if not lexed[i].isalnum()), len(lexed))
            found.extend(_run_keys(lexed[at:end]))
            at = end - 1
        elif token not in _GAPS and token not in _ANCHORS and not (token.endswith("?") and len(token) > 1):
            keys = _key(token)
            if keys is not None:
                found.append(keys)
        at += 1
    return found


def _group(lexed: list[str], start: int) -> tuple[int, Keys | None]:
    """Where the group that opens at `start` closes, and the union of one key of each alternative."""
    depth = 0
    alternatives: list[list[str]] = []
    current: list[str] = []
    at = start
    for at in range(start, len(lexed)):
        token = lexed[at]
        depth += token == "("
        depth -= token in (")", ")?")
        if depth == 0:
            break
        if depth == 1 and token == "|":
            alternatives.append(current)
            current = []
        elif at != start:
            current.append(token)
    union: set[str] = set()
    for alternative in [*alternatives, current]:
        options = _mandatory(alternative)
        if not options:
            return at, None
        rarest: Keys = min(options, key=_commonness)
        union.update(rarest)
    return at, frozenset(union)
