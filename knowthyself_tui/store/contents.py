"""What a database file holds, told without trusting it: who, how many sittings and events, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.domain.events import EVENT_KINDS, chain_hash
from knowthyself_tui.errors import DamagedDatabase, StoreError
from knowthyself_tui.store.batches import event_of
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.guard import open_guarded, private_copy
from knowthyself_tui.store.schema import database_uuid
from knowthyself_tui.store.upgrade import bring_up_to_date

_EVENT_COLUMNS = ("id", "session_id", "encounter_id", "seq", "kind", "body", "at_ms", "created_at", "hash")


@dataclass(frozen=True, slots=True)
class Contents:
    """One database file, looked into."""

    trouble: str = ""
    """A sentence when it cannot be relied on; then nothing else is known."""
    uuid: str = ""
    students: tuple[tuple[str, str], ...] = ()
    """Id and code of each student."""
    sittings: int = 0
    events: int = 0
    changed_at: str | None = None
    """When a sitting in it was last written, ISO 8601 UTC."""

    @property
    def is_valid(self) -> bool:
        return not self.trouble

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for _, code in self.students)


@contextmanager
def open_current_copy(path: Path) -> Iterator[SqliteDatabase]:
    """A private copy of a file, of whatever version of ours, open for reading in the newest one.

    Not for a database that this process has open.
    """
    with told(path), private_copy(path) as copy:
        bring_up_to_date(copy, path)
        database, deadline = open_guarded(copy, shown=path)
        deadline.restart()
        try:
            yield database
        finally:
            database.close()


def contents_of(path: Path) -> Contents:
    """What a file holds; whatever is wrong with it is told in `trouble`."""
    try:
        with open_current_copy(path) as database:
            _check_logs(database, path)
            sittings, changed_at = execute(database, "SELECT COUNT(*), MAX(updated_at) FROM session").fetchone()
            return Contents(
                uuid=database_uuid(database, path),
                students=tuple(execute(database, "SELECT id, code FROM student ORDER BY code").fetchall()),
                sittings=sittings,
                events=execute(database, "SELECT COUNT(*) FROM event").fetchone()[0],
                changed_at=changed_at,
            )
    except StoreError as error:
        return Contents(trouble=str(error))


def _check_logs(database: SqliteDatabase, path: Path) -> None:
    """Raises DamagedDatabase at the first event that does not follow from the one before it."""
    session, previous, seq = None, "", 0
    rows = execute(database, f"SELECT {', '.join(_EVENT_COLUMNS)} FROM event ORDER BY session_id, seq")
    for values in rows:
        row = dict(zip(_EVENT_COLUMNS, values, strict=True))
        if row["session_id"] != session:
            session, previous, seq = row["session_id"], "", 0
        event = event_of({**row, "body": json.loads(row["body"])})
        seq += 1
        if event.seq != seq or event.kind not in EVENT_KINDS or chain_hash(previous, event) != row["hash"]:
            raise DamagedDatabase(f"The log in {path} breaks off after event {seq - 1} of sitting {session}.")
        previous = row["hash"]
