"""Acts as JSON, whole, so that an order that waits for an answer survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowthyself_tui.domain.acts import Act


def act_to_json(act: Act) -> dict[str, Any]:
    """Everything of an act."""
    return asdict(act) | {"slots": dict(act.slots), "missing": list(act.missing)}


def act_from_json(data: Mapping[str, Any]) -> Act:
    """An act from the log or from a waiting order."""
    fields = {name: data[name] for name in Act.__slots__ if name in data}
    return Act(**fields | {"missing": tuple(data.get("missing", ()))})
