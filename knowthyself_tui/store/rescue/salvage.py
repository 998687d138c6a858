"""Mending a damaged database: the damaged file is set aside, and a fresh one takes its place with what can be read.

Rows come from three sources: what SQLite can still read, what lies in the pages that it cannot reach, and the
copies in `backups/` and `handin/`. The events among them are the truth, as far as the chain of hashes shows that
none is missing; every other row is brought over only as far as it belongs to them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.errors import DamagedDatabase, ForeignDatabase, NewerDatabase, StoreError
from knowthyself_tui.locations import data_folder
from knowthyself_tui.store import schema
from knowthyself_tui.store.connection import connect_to_write, execute
from knowthyself_tui.store.contents import contents_of
from knowthyself_tui.store.copies import set_aside
from knowthyself_tui.store.faults import told
from knowthyself_tui.store.files import JOURNALS, remove_database, sync_file, sync_folder
from knowthyself_tui.store.guard import FILE_LIMIT_BYTES, roll_back
from knowthyself_tui.store.moment import names_another_file
from knowthyself_tui.store.rescue.carve import carve
from knowthyself_tui.store.rescue.columns import Row, columns_by_table
from knowthyself_tui.store.rescue.grafts import grafted
from knowthyself_tui.store.rescue.mending import MendedSitting, Mending, sentence
from knowthyself_tui.store.rescue.pages import MAGIC
from knowthyself_tui.store.rescue.pool import Pool
from knowthyself_tui.store.rescue.readable import Readable, read_what_is_readable
from knowthyself_tui.store.rescue.rebuild import rebuild
from knowthyself_tui.store.rescue.rescued import ScenarioOf
from knowthyself_tui.store.restore import candidates, holding
from knowthyself_tui.store.upgrade import open_current_copy

_APPLICATION_ID = slice(68, 72)
_USER_VERSION = slice(60, 64)
"""Where the file's header has them."""


@dataclass(slots=True)
class _Rescued:
    """Everything that is left of a database."""

    pool: Pool = field(default_factory=Pool)
    last_seq: dict[str, int] = field(default_factory=dict)
    copies: list[Path] = field(default_factory=list)
    """The backups and hand-in copies that something was taken from."""

    @property
    def is_anything(self) -> bool:
        return bool(self.pool.sessions() or self.pool.keys("student"))


def mend(path: Path, *, scenario_of: ScenarioOf = lambda scenario_id, sha256: None) -> Mending:
    """Brings over what can be read of a damaged database; the damaged file is kept in `set-aside/`.

    When nothing can be read there is no file at `path` afterwards, and the student can begin anew. Not while this
    process has the database open.

    Raises:
        StoreBusy: it is in use.
        ForeignDatabase: it is not one of ours; it is as it was.
        NewerDatabase: a newer version of Know Thyself wrote it; it is as it was.
        StoreError: it is whole, or the fresh one cannot be written; it is as it was.
    """
    with told(path), holding(path):
        if not path.is_file():
            schema.check_file(path)
        if contents_of(path).is_valid:
            raise StoreError(f"{path} is whole, so it was left as it is.")
        rescued = _rescue(path)
        if not rescued.is_anything:
            return Mending(path, damaged := set_aside(path), {}, (), (), sentence(damaged, None))
        fresh = path.with_name(f"{path.name}.mended")
        try:
            sittings, rows = _build(fresh, rescued, scenario_of, lost_code=path.stem)
            damaged = set_aside(path)
            os.replace(fresh, path)
        finally:
            remove_database(fresh)
        sync_folder(path.parent)
        return Mending(path, damaged, rows, tuple(sittings), tuple(rescued.copies), sentence(damaged, sittings))


def _rescue(path: Path) -> _Rescued:
    """Reads everything that is left, from copies of the files; raises a StoreError for what must be left alone."""
    rescued = _Rescued()
    with tempfile.TemporaryDirectory(prefix="knowthyself-") as folder:
        copy = _copied(path, Path(folder))
        content = copy.read_bytes()
        _refuse_newer(path, content)
        readable = _readable(copy, content)
        rescued.last_seq = readable.last_seq
        rescued.pool.add(readable.rows)
        rescued.pool.close(readable.complete - {"event"})
        if len(readable.complete) < len(columns_by_table()):
            rescued.pool.add(carve(content))
    _refuse_foreign(path, content, rescued)
    _add_copies(path, rescued)
    return rescued


def _readable(copy: Path, content: bytes) -> Readable:
    """What SQLite can read, also where the file lacks its beginning."""
    found = [read_what_is_readable(copy)]
    for number, attempt in enumerate(grafted(content, copy.parent)):
        trial = copy.with_name(f"graft-{number}")
        trial.write_bytes(attempt)
        found.append(read_what_is_readable(trial))
    return max(found, key=lambda one: (len(one.complete), sum(map(len, one.rows.values()))))


def _copied(path: Path, folder: Path) -> Path:
    """A copy of the database, a cut transaction rolled back where SQLite still can."""
    copy = folder / "copy"
    sizes = [(ending, path.with_name(path.name + ending)) for ending in ("", *JOURNALS)]
    for ending, source in sizes:
        if source.is_file() and source.stat().st_size > FILE_LIMIT_BYTES:
            raise StoreError(f"{source} is larger than {FILE_LIMIT_BYTES // 1_000_000} MB, so it was left alone.")
        if source.is_file() and not (ending == "-journal" and names_another_file(source)):
            shutil.copyfile(source, copy.with_name(copy.name + ending))
    with suppress(Exception):
        roll_back(copy)
    return copy


def _refuse_newer(path: Path, content: bytes) -> None:
    is_ours = content.startswith(MAGIC) and int.from_bytes(content[_APPLICATION_ID], "big") == schema.APPLICATION_ID
    if is_ours and int.from_bytes(content[_USER_VERSION], "big") > schema.SCHEMA_VERSION:
        raise NewerDatabase(f"{path} was written by a newer Know Thyself. Update this one to use it.")


def _refuse_foreign(path: Path, content: bytes, rescued: _Rescued) -> None:
    """What holds nothing of ours is ours by its place alone, or because there is nothing in it at all."""
    if rescued.is_anything or not content.strip(b"\x00"):
        return
    is_another_programs = content.startswith(MAGIC) and (
        int.from_bytes(content[_APPLICATION_ID], "big") != schema.APPLICATION_ID
    )
    is_in_our_place = path.suffix == ".db" and path.parent.resolve() == data_folder().resolve()
    if is_another_programs or not (is_in_our_place or candidates(path)):
        raise ForeignDatabase(f"{path} is no database of Know Thyself. Choose another file.")


def _add_copies(path: Path, rescued: _Rescued) -> None:
    """Fills the gaps from the copies of the same database or of the same students, the most complete first."""
    pool = rescued.pool
    uuids = {row["value"] for row in pool.rows("meta") if row["key"] == "database_uuid"}
    students = {key[0] for key in pool.keys("student")}
    for one in candidates(path, uuids=uuids, students=students):
        if one.contents.is_valid:
            rows = _rows_of(one.path)
            if one.contents.uuid not in uuids and uuids:
                rows.pop("meta")
            pool.add(rows)
            rescued.copies.append(one.path)


def _rows_of(copy: Path) -> dict[str, list[Row]]:
    with open_current_copy(copy) as (database, _):
        return {table: _all_rows(database, table) for table in columns_by_table()}


def _all_rows(database: SqliteDatabase, table: str) -> list[Row]:
    names = columns_by_table()[table].names
    columns = ", ".join(f'"{name}"' for name in names)
    return [dict(zip(names, row, strict=True)) for row in execute(database, f'SELECT {columns} FROM "{table}"')]


def _build(
    fresh: Path, rescued: _Rescued, scenario_of: ScenarioOf, lost_code: str
) -> tuple[list[MendedSitting], Mapping[str, int]]:
    """Makes the fresh database, checked and on the disk."""
    remove_database(fresh)
    schema.create_database(fresh)
    database = connect_to_write(fresh)
    try:
        with database.atomic():
            sittings = rebuild(database, rescued.pool, rescued.last_seq, scenario_of, lost_code)
        rows = {table: _count(database, table) for table in columns_by_table()}
        database.pragma("journal_mode", "delete")
        if execute(database, "PRAGMA foreign_key_check").fetchone() or database.pragma("quick_check") != "ok":
            raise DamagedDatabase(f"{fresh} is damaged. Check the disk and try again.")
    finally:
        database.close()
    sync_file(fresh)
    return sittings, rows


def _count(database: SqliteDatabase, table: str) -> int:
    number: int = execute(database, f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]
    return number
