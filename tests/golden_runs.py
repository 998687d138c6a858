"""Writes the runs that every machine must show alike: `python -m tests.golden_runs`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from knowthyself_tui.domain.acts import Order
from knowthyself_tui.domain.body import ENGINE_VERSION
from tests.unit.body.bedside import body_of

GOLDEN = Path(__file__).parent / "unit" / "body" / "data" / "golden_runs.json"
MINUTES = 20

ORDERS: dict[str, dict[int, tuple[str, dict[str, Any]]]] = {
    "asthma": {
        1: ("give_oxygen", {"device": "non_rebreather", "flow": 15}),
        3: ("give_drug", {"drug": "salbutamol", "dose": 5, "unit": "mg", "route": "NEB"}),
        8: ("give_drug", {"drug": "magnesium_sulfate", "dose": 2, "unit": "g", "route": "IV", "over_minutes": 20}),
    },
    "bleeding": {
        2: ("control_bleeding", {"device": "tourniquet"}),
        5: ("give_drug", {"drug": "tranexamic_acid", "dose": 1, "unit": "g", "route": "IV"}),
        8: ("give_fluids", {"fluid": "sodium_chloride_0.9", "volume": 250, "volume_unit": "mL"}),
    },
    "opioid": {
        1: ("ventilate_bvm", {"rate": 12}),
        4: ("give_drug", {"drug": "naloxone", "dose": 400, "unit": "mcg", "route": "IM"}),
        12: ("ventilate_bvm", {"action": "stop"}),
    },
    "status": {4: ("give_drug", {"drug": "midazolam", "dose": 10, "unit": "mg", "route": "IM"})},
    "head injury": {3: ("position_patient", {"position": "head_up_30"})},
}


def played(name: str) -> list[dict[str, float | int | None]]:
    """The vital signs of a named case at every minute, in display units."""
    body, rows = body_of(name), []
    for minute in range(MINUTES + 1):
        rows.append(body.vitals().rounded())
        if minute in ORDERS[name]:
            body.apply(Order(*ORDERS[name][minute]))
        body.step(60)
    return rows


def main() -> None:
    """Write them all."""
    runs = {name: played(name) for name in ORDERS}
    lines = [f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in runs.items()]
    lines.insert(0, f'"engine": "{ENGINE_VERSION}"')
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
