"""How an instructor's ratings agree with ours: kappa for verdicts, ICC(2,1) for scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from knowthyself_tui.domain.text import code_key

from ..codebook.statistics import AGREEMENT
from ..codebook.verdicts import RATINGS
from ..gather.given_tables import Rating
from ..stats.agreement import Agreement, cohen_kappa, icc_2_1, weighted_kappa
from ..stats.estimable import NotEstimable
from ..tables.cohort_tables import CohortTables
from ..tables.frames import records

_YES = {"done", "late", "done late", "yes", "y", "1", "true", "pass", "passed", "reached", "ok"}
_NO = {"not done", "not_done", "no", "n", "0", "false", "fail", "failed", "missed"}
_POOLED = "verdicts of one encounter belong together: the interval is too narrow"
SCORE_ITEMS = {"total", "score", "score_total"}


@dataclass(frozen=True, slots=True)
class Pairs:
    """The verdicts of both on the same things; checklist items and gates are 0 or 1, decisions 1 to 4."""

    pairs: Mapping[tuple[str, str, str], list[tuple[float, float]]]
    """By kind, scenario and item: (ours, the instructor's)."""
    unused: Counter[str] = field(default_factory=Counter)
    """Ratings that could not be used, by the reason."""


@dataclass(frozen=True, slots=True)
class _Ours:
    kind: str
    scenario: str
    value: float | None


def match_ratings(ratings: Iterable[Rating], tables: CohortTables) -> Pairs:
    """Finds our verdict for each rating; what is named twice for one thing counts as often as it is named."""
    encounters, ours = _encounters(tables), _our_verdicts(tables)
    pairs: defaultdict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    unused: Counter[str] = Counter()
    for rating in ratings:
        named = _named(encounters, rating)
        found = [
            ours[encounter, rating.item.casefold()]
            for encounter in named
            if (encounter, rating.item.casefold()) in ours
        ]
        if not named:
            unused["no such encounter"] += 1
        elif len(named) > 1:
            unused["the encounter is not named clearly enough: give its name or the student"] += 1
        elif not found:
            unused["no such item in that encounter"] += 1
        elif found[0].value is None:
            unused["we have no verdict on it"] += 1
        elif (theirs := _verdict(rating.verdict, found[0].kind)) is None:
            unused["the verdict is not understood"] += 1
        else:
            pairs[found[0].kind, found[0].scenario, rating.item].append((found[0].value, theirs))
    return Pairs(pairs, unused)


def _encounters(tables: CohortTables) -> dict[str, set[tuple[str, str, str]]]:
    """Encounters by every name they go by, with the code and pseudonym of their student."""
    known: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    kept = tables.encounters[tables.encounters["status"] != "excluded"]
    for row in records(kept):
        entry = (row["encounter"], code_key(row["student_code"]), code_key(row["student"]))
        for name in (row["encounter"], row["encounter_id"], row["scenario"]):
            known[str(name).casefold()].add(entry)
    return known


def _named(encounters: Mapping[str, set[tuple[str, str, str]]], rating: Rating) -> list[str]:
    entries = encounters.get(rating.encounter.casefold(), set())
    return sorted({entry[0] for entry in entries if not rating.student or rating.student in entry[1:]})


def _our_verdicts(tables: CohortTables) -> dict[tuple[str, str], _Ours]:
    ours: dict[tuple[str, str], _Ours] = {}
    ranks = {rating: float(rank) for rank, rating in enumerate(RATINGS, start=1)}
    sources = (
        ("checklist", tables.checklist, "item", tables.checklist["done"].astype("float64")),
        ("decision", tables.decisions, "decision", tables.decisions["rating"].map(ranks).astype("float64")),
        ("gate", tables.gates, "gate", 1 - tables.gates["failed"].astype("float64")),
    )
    for kind, frame, column, values in sources:
        for encounter, scenario, item, value in zip(
            frame["encounter"], frame["scenario"], frame[column], values, strict=True
        ):
            ours[encounter, str(item).casefold()] = _Ours(kind, scenario, None if pd.isna(value) else float(value))
    for row in records(tables.encounters):
        score = _Ours("score", row["scenario"], row["score_total"])
        ours.update({(row["encounter"], item): score for item in SCORE_ITEMS})
    return ours


def _verdict(written: str, kind: str) -> float | None:
    """The instructor's verdict on our scale; None when it is not understood."""
    word = written.casefold().strip()
    if kind == "score":
        try:
            value = float(word.replace(",", "."))
        except ValueError:
            return None
        return value if 0 <= value <= 100 else None
    if kind == "decision":
        return float(RATINGS.index(word) + 1) if word in RATINGS else None
    return 1.0 if word in _YES else 0.0 if word in _NO else None


def agreement_table(pairs: Pairs) -> pd.DataFrame:
    """Over all items of a kind first, then each scenario, then each item."""
    groups: defaultdict[tuple[str, str | None, str | None], list[tuple[float, float]]] = defaultdict(list)
    for (kind, scenario, item), values in sorted(pairs.pairs.items()):
        groups[kind, None, None] += values
        groups[kind, scenario, None] += values
        if kind != "score":
            groups[kind, scenario, item] += values
    order = sorted(groups, key=lambda key: (key[0], key[1] or "", key[2] or ""))
    return pd.DataFrame([_row(*key, groups[key]) for key in order], columns=AGREEMENT.names)


def _row(kind: str, scenario: str | None, item: str | None, values: list[tuple[float, float]]) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": kind, "scenario": scenario, "item": item, "n": len(values)}
    if kind == "score":
        return row | _score(values)
    first, second = ([int(pair[side]) for pair in values] for side in (0, 1))
    if kind == "decision":
        row |= _kappa("kappa, quadratic weights", weighted_kappa(first, second, [1, 2, 3, 4]), first, second)
    else:
        row |= _kappa("Cohen's kappa", cohen_kappa(first, second, [0, 1]), first, second)
    return row if item else row | {"note": _POOLED}


def _kappa(method: str, found: Agreement | NotEstimable, first: list[int], second: list[int]) -> dict[str, Any]:
    equal = sum(one == other for one, other in zip(first, second, strict=True)) / len(first)
    row: dict[str, Any] = {"method": method, "agreement": equal}
    if isinstance(found, NotEstimable):
        return row | {"note": str(found)}
    note = {"note": "no interval: the ratings agree completely"} if found.low is None else {}
    return row | {"coefficient": found.kappa, "ci_low": found.low, "ci_high": found.high} | note


def _score(values: list[tuple[float, float]]) -> dict[str, Any]:
    found = icc_2_1(values)
    if isinstance(found, NotEstimable):
        return {"method": "ICC(2,1)", "note": str(found)}
    difference = sum(theirs - ours for ours, theirs in values) / len(values)
    note = f"the instructor gave {difference:+.2f} points on average"
    return {"method": "ICC(2,1)", "coefficient": found.icc, "ci_low": found.low, "ci_high": found.high, "note": note}
