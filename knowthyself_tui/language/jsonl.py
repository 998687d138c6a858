"""`knowthyself understand --jsonl`: one JSON object a line in, one out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from knowthyself_tui.errors import UsageError
from knowthyself_tui.language.reader import read
from knowthyself_tui.language.reading import Context

_NO_SCENARIO = "general"


def understand_jsonl(lines: Iterable[str]) -> Iterator[str]:
    """For each `{"id", "text", "scenario"}` its `{"id", "acts": [{"intent", "modality", "slots", "executes"}]}`.

    Every line stands alone. Raises `UsageError` for a line that is no such object.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(_understood(_parsed(line)), ensure_ascii=False)


def _parsed(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        return {"id": row["id"], "text": str(row["text"]), "scenario": row.get("scenario")}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f'Each line must be a JSON object with "id" and "text"; this is not: {line[:80]}') from error


def _understood(row: dict[str, Any]) -> dict[str, Any]:
    scenario = row["scenario"] if row["scenario"] != _NO_SCENARIO else None
    acts = read(row["text"], Context(scenario_id=scenario)).acts
    return {
        "id": row["id"],
        "acts": [
            {"intent": a.intent, "modality": a.modality, "slots": dict(a.slots), "executes": a.executes} for a in acts
        ],
    }
