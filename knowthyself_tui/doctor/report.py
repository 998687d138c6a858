"""What the doctor prints: a table of plain lines, or one JSON object a check."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from knowthyself_tui.doctor.check import Check
from knowthyself_tui.domain.text import clean_text

_MARKS = {"fine": "fine", "note": "NOTE", "problem": "PROBLEM"}
_MOST_ALIKE = 3
"""Of more checks of one name that are fine, only the number is told."""


def table_lines(checks: Sequence[Check]) -> Iterator[str]:
    """A line a check, its remedy below, and a sum at the end."""
    alike = Counter(check.name for check in checks if check.verdict == "fine")
    width = max((len(check.name) for check in checks), default=0)
    told: set[str] = set()
    for check in checks:
        sentence = check.sentence
        if check.verdict == "fine" and alike[check.name] > _MOST_ALIKE:
            if check.name in told:
                continue
            told.add(check.name)
            sentence = f"{alike[check.name]} of them are fine."
        yield _clean(f"{_MARKS[check.verdict]:<8} {check.name:<{width}}  {sentence}")
        if check.remedy:
            yield _clean(f"{'':<8} {'':<{width}}  > {check.remedy}")
    yield ""
    yield _sum(checks)


def json_lines(checks: Sequence[Check]) -> Iterator[str]:
    for check in checks:
        row = {"check": check.name, "verdict": check.verdict, "text": check.sentence, "remedy": check.remedy}
        yield json.dumps({name: _clean(text) for name, text in row.items()}, ensure_ascii=False)


def _sum(checks: Sequence[Check]) -> str:
    found = Counter(check.verdict for check in checks)
    if not found["problem"] and not found["note"]:
        return "Nothing is wrong."
    return f"{_count(found['problem'], 'problem')}, {_count(found['note'], 'note')}, {found['fine']} fine."


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _clean(text: str) -> str:
    return clean_text(text, single_line=True)
