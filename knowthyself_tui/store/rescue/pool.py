"""Rows of one database from several sources, and what its log has without a gap."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from knowthyself_tui.domain.events import EVENT_KINDS, Event, chain_hash
from knowthyself_tui.store.batches import EVENT_COLUMNS, event_of
from knowthyself_tui.store.rescue.columns import Key, Row, columns_by_table


class Pool:
    """Every version of every row; what an earlier source gave comes first."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Key, list[Row]]] = {table: {} for table in columns_by_table()}
        self._events: dict[str, dict[int, list[Row]]] = {}
        self._closed: set[str] = set()

    def add(self, found: Mapping[str, Iterable[Row]]) -> None:
        """Takes the rows of a source, but for tables that are closed."""
        for table, rows in found.items():
            if table == "event":
                self._add_events(rows)
            elif table not in self._closed:
                self._add_rows(table, rows)

    def close(self, tables: Iterable[str]) -> None:
        """What these tables do not have by now was never there, or was taken out on purpose."""
        self._closed |= set(tables)

    def keys(self, table: str) -> list[Key]:
        return list(self._rows[table])

    def versions(self, table: str, key: Key) -> list[Row]:
        return self._rows[table].get(key, [])

    def best(self, table: str, key: Key) -> Row | None:
        """The first version in which nothing is lost that a row must have."""
        return next((row for row in self.versions(table, key) if columns_by_table()[table].is_complete(row)), None)

    def rows(self, table: str) -> list[Row]:
        """The best version of every row that has one."""
        found = (self.best(table, key) for key in self._rows[table])
        return [row for row in found if row is not None]

    def sessions(self) -> list[str]:
        """The sittings that rows or events tell of."""
        known = [key[0] for key in self._rows["session"]]
        if "session" in self._closed:
            return known
        return list(dict.fromkeys([*known, *self._events]))

    def last_seqs(self) -> list[tuple[str, int]]:
        """The highest position of an event of each sitting, also behind a gap."""
        return [(session_id, max(events)) for session_id, events in self._events.items()]

    def log(self, session_id: str) -> list[Event]:
        """The events of a sitting, from the first as far as the chain of hashes holds."""
        kept: list[Event] = []
        previous = ""
        events = self._events.get(session_id, {})
        while found := _following(previous, events.get(len(kept) + 1, ())):
            event, previous = found
            kept.append(event)
        return kept

    def _add_rows(self, table: str, rows: Iterable[Row]) -> None:
        columns = columns_by_table()[table]
        for row in rows:
            versions = self._rows[table].setdefault(columns.key_of(row), [])
            if row not in versions:
                versions.append(row)

    def _add_events(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.keys() >= set(EVENT_COLUMNS):
                versions = self._events.setdefault(row["session_id"], {}).setdefault(row["seq"], [])
                if row not in versions:
                    versions.append(row)


def object_of(text: Any) -> dict[str, Any] | None:
    """A JSON object from stored text; None for anything else."""
    try:
        value = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _following(previous: str, candidates: Iterable[Row]) -> tuple[Event, str] | None:
    """The event that really comes next, shown by its hash."""
    for row in candidates:
        body = object_of(row["body"])
        if body is not None and row["kind"] in EVENT_KINDS:
            event = event_of({**row, "body": body})
            if chain_hash(previous, event) == row["hash"]:
                return event, row["hash"]
    return None
