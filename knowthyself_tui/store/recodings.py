"""Changes of a student's code, kept in `meta` so that the code in the log can be followed to the present one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.store.sitting_rows import Query

RECODED = "recoded"
"""Key in `meta`; its value is a JSON list of {"student", "from", "to", "at"} in the order of the changes."""

Recoding = dict[str, Any]


def recodings(query: Query) -> list[Recoding]:
    """Every recorded change of a code, the oldest first."""
    rows = query("SELECT value FROM meta WHERE key = ?", (RECODED,))
    return list(json.loads(rows[0]["value"])) if rows else []


def leads_to(changes: Sequence[Recoding], student_id: str, logged: str) -> str:
    """The code that a student must have now whose log says `logged`."""
    reached = logged
    for change in changes:
        if change["student"] == student_id and code_key(change["from"]) == code_key(reached):
            reached = change["to"]
    return reached
