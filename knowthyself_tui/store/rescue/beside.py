"""What no event gives, laid beside the replayed ones: samples, verdicts, sums, what replies disclosed, answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from peewee import SqliteDatabase

from knowthyself_tui.domain.events import Event
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.rescue.columns import Row, columns_by_table
from knowthyself_tui.store.rescue.pool import Pool
from knowthyself_tui.store.results import VERDICT_TABLES, performance_of
from knowthyself_tui.store.writing import write

VERDICTS = tuple(table._meta.table_name for table in VERDICT_TABLES)
BESIDE_EVENTS = ("vital_sample", "state_change", *VERDICTS, "disclosure")
"""Tables of which some rows come from no event. `performance` is summed up anew, `appeal` may have an answer."""


def lay_beside(
    database: SqliteDatabase, pool: Pool, clocks: Mapping[str, float], stored: Sequence[Event], whole: Collection[str]
) -> None:
    """Adds the rows that belong to what was brought over.

    Args:
        clocks: milliseconds up to which each encounter was brought over.
        stored: every event brought over.
        whole: the sittings that were brought over whole.
    """
    rules = _Rules(database, clocks, stored, whole)
    for table in BESIDE_EVENTS:
        for row in pool.rows(table):
            if rules.belongs(table, row):
                insert(database, table, row)
    for row in pool.rows("appeal"):
        if row["answer"] is not None:
            answer = (row["answer"], row["answered_at"], row["id"])
            execute(database, "UPDATE appeal SET answer = ?, answered_at = ? WHERE id = ?", answer)
    for event in stored:
        if event.kind == "session_ended":
            _sum_up(database, pool, event)


def insert(database: SqliteDatabase, table: str, row: Row, *, replace: bool = False) -> None:
    """Inserts a row as it was stored; one whose key is there stays, or is replaced."""
    names = [name for name in columns_by_table()[table].names if name in row]
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    manner = "REPLACE" if replace else "IGNORE"
    execute(database, f'INSERT OR {manner} INTO "{table}" ({columns}) VALUES ({marks})', [row[name] for name in names])


class _Rules:
    """Which rows belong to the events that were brought over."""

    def __init__(
        self, database: SqliteDatabase, clocks: Mapping[str, float], stored: Sequence[Event], whole: Collection[str]
    ) -> None:
        self._clocks = clocks
        self._ids = {table: _ids(database, table) for table in ("encounter", "turn", "act")}
        self._ended = {event.encounter_id for event in stored if event.kind == "encounter_ended"}
        self._turns = {event.id for event in stored if event.kind == "replied" or event.session_id in whole}

    def belongs(self, table: str, row: Row) -> bool:
        references = columns_by_table()[table].references
        if any(row[name] not in self._ids[parent] for name, parent in references.items() if row[name] is not None):
            return False
        if table in VERDICTS:
            return row["encounter_id"] in self._ended
        if table == "disclosure":
            # What a finding disclosed is replayed with its event; what a reply disclosed is under its own turn.
            return row["turn_id"] in self._turns
        at_ms: int = row["at_ms"]
        return at_ms <= self._clocks.get(row["encounter_id"], -1)


def _ids(database: SqliteDatabase, table: str) -> set[str]:
    return {row_id for (row_id,) in execute(database, f'SELECT id FROM "{table}"')}


def _sum_up(database: SqliteDatabase, pool: Pool, ended: Event) -> None:
    """The sums as they were stored, or made again where they are lost."""
    row = pool.best("performance", (ended.session_id,))
    if row:
        insert(database, "performance", row, replace=True)
    else:
        write(database, [performance_of(database, ended)])
