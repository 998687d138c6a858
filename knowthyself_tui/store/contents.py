"""What a database file holds, told without trusting it: who, how many sittings and events, and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from knowthyself_tui.domain.events import EVENT_KINDS, verify_chain
from knowthyself_tui.errors import DamagedDatabase, StoreError
from knowthyself_tui.store.batches import EVENT_COLUMNS, event_of
from knowthyself_tui.store.connection import execute
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.schema import database_uuid
from knowthyself_tui.store.upgrade import open_current_copy


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


def contents_of(path: Path) -> Contents:
    """What a file holds; whatever is wrong with it is told in `trouble`."""
    try:
        with open_current_copy(path) as (database, _), told(path):
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
    """Raises DamagedDatabase where a log does not hold together."""
    columns = ", ".join(EVENT_COLUMNS)
    rows = execute(database, f"SELECT {columns} FROM event ORDER BY session_id, seq")
    for session_id, found in groupby((dict(zip(EVENT_COLUMNS, row, strict=True)) for row in rows), _session_of):
        log = list(found)
        events = [event_of({**row, "body": json.loads(row["body"])}) for row in log]
        broken = verify_chain(events, [row["hash"] for row in log])
        unknown = (event for event in events if event.kind not in EVENT_KINDS)
        wrong = broken or next(unknown, None)
        if wrong is not None:
            raise DamagedDatabase(f"The log in {path} breaks off before event {wrong.seq} of sitting {session_id}.")


def _session_of(row: Mapping[str, Any]) -> str:
    return str(row["session_id"])
