"""How many rows a place holds."""

from __future__ import annotations

from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader

TABLES = ("event", "turn", "act", "finding", "vital_sample", "encounter", "session")


def counts(place: Place) -> dict[str, int]:
    with open_reader(place) as reader:
        return {table: reader.rows(f"SELECT COUNT(*) AS n FROM {table}")[0]["n"] for table in TABLES}
