"""Short words that are a route or a device only in company: `im`, `in`, `bag`, `mils`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowthyself_tui.domain.formulary import DRUGS
from knowthyself_tui.language.numbers import is_number

_NASAL = frozenset(drug.id for drug in DRUGS.values() if any(row.route == "IN" for row in drug.doses))
_ANIMAL = frozenset(
    {"dog", "dogs", "pet", "pets", "fur", "hair", "allergic", "allergy", "bed", "sofa", "your", "is", "lovely"}
)
_WOUNDED = frozenset(
    {"proximal", "wound", "limb", "windlass", "bleed", "bleeding", "amputation", "stump", "tight", "groin"}
)
_END = frozenset({"", ",", ".", "?", "and", "please", "now", "then", "stat"})
_MASS = (":mg", ":mcg", ":g", ":ml", ":units")
_BEFORE_ROUTE = ("drug:", "q:", "conc:", "class:")


def resolved(tokens: Sequence[str]) -> list[str]:
    """The tokens with each such word replaced by what it is here."""
    out: list[str] = []
    for at, token in enumerate(tokens):
        before = out[-1] if out else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token == "im":
            out.extend(["route:IM"] if _is_intramuscular(out, after) else ["i", "am"])
        elif token == "cat" and _is_tourniquet(tokens, before, after):
            out.append("device:tourniquet")
        elif token == "in" and _is_intranasal(tokens, before, after):
            out.append("route:IN")
        else:
            out.append(token)
    return out


def _is_tourniquet(tokens: Sequence[str], before: str, after: str) -> bool:
    """A combat application tourniquet rather than the animal."""
    if after in ("haem", "hem", "bleed", "haemorrhage") or _ANIMAL & set(tokens):
        return False
    wound = any(t in _WOUNDED or t.startswith(("region:leg", "region:arm", "region:thigh")) for t in tokens)
    return wound or (before in ("a", "the", "second", "another") and after in ("on", "above", "high"))


def with_unknown_drugs(tokens: Sequence[str], is_known: Callable[[str], bool]) -> list[str]:
    """A word that nobody knows, beside a dose and with no drug named, stands for a drug."""
    if not any(t.startswith("q:") and t.endswith(_MASS) for t in tokens):
        return list(tokens)
    if any(t.startswith(("drug:", "drug?:", "class:", "fluid:")) for t in tokens):
        return list(tokens)
    return [f"unknown:{t}" if t.isalpha() and len(t) >= 5 and not is_known(t) else t for t in tokens]


def _is_intramuscular(out: Sequence[str], after: str) -> bool:
    before = out[-1] if out else ""
    if after.startswith(_BEFORE_ROUTE) or is_number(after):
        return True
    if before in (",", "in", "deep") and after in _END and any(token.startswith(_BEFORE_ROUTE) for token in out):
        return True
    return before.startswith(_BEFORE_ROUTE) or is_number(before) or before in ("give", "it", "via", "that", "or")


def _is_intranasal(tokens: Sequence[str], before: str, after: str) -> bool:
    if not any(token.removeprefix("drug:") in _NASAL for token in tokens):
        return False
    if any(token.startswith("route:") for token in tokens):
        return False
    if before.startswith("q:") or is_number(before):
        return after in _END
    return (
        before.removeprefix("drug:") in _NASAL
        and (is_number(after) or after.startswith(("q:", "conc:")))
        and (not after.endswith(":min"))
    )
