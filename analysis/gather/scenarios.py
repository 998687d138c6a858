"""What the analysis needs to know of a scenario, from the copy that each encounter carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """A scenario as it was played. What cannot be read is empty: a verdict does not depend on it."""

    title: str = ""
    horizon_seconds: float | None = None
    """Its longest time; who has not acted by then has not acted."""
    critical: Mapping[str, bool] = field(default_factory=dict)
    """By the id of a checklist item or gate: whether it is critical."""


@lru_cache(maxsize=256)
def scenario_facts(document: str) -> ScenarioFacts:
    """Reads the JSON of a scenario."""
    try:
        read: Any = json.loads(document)
    except (ValueError, RecursionError):
        return ScenarioFacts()
    if not isinstance(read, dict):
        return ScenarioFacts()
    title, minutes = read.get("title"), read.get("maximum_minutes")
    return ScenarioFacts(
        title if isinstance(title, str) else "",
        60.0 * minutes if isinstance(minutes, int | float) and 0 < minutes < 1e6 else None,
        _critical(read.get("judgement")),
    )


def _critical(judgement: Any) -> dict[str, bool]:
    if not isinstance(judgement, dict):
        return {}
    found = {}
    for kind in ("checklist", "gates"):
        rows = judgement.get(kind)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                found[row["id"]] = row.get("tier") == "critical" or row.get("critical") is True
    return found
