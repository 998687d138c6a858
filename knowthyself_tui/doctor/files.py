"""What lies in a data folder beside the databases: journals, copies, what was set aside, what waits, what was left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowthyself_tui.doctor.check import Check, fine, note, problem
from knowthyself_tui.doctor.probe import PREFIX
from knowthyself_tui.store.backup import backups_of
from knowthyself_tui.store.copies import STAMP_PATTERN
from knowthyself_tui.store.guard import COPY_PREFIX
from knowthyself_tui.store.spool import REFUSED

OLD_BACKUP = timedelta(days=7)
"""A database that went on for so long after its newest backup deserves another one."""
_UNDER_WAY = timedelta(minutes=1)
"""A younger part may be one that is being written."""
_FOLDERS = ("", "handin", "backups", "drafts")


def check_journal(path: Path, *, is_open: bool) -> Check:
    """A write that was cut, and logs of another journal mode; `is_open` when a program has the database now."""
    name = path.name
    if _size(path.with_name(f"{name}-wal")):
        sentence = f"Part of {name} is in {name}-wal, because another program opened it."
        return note("journal", sentence, f"Copy both files together; starting Know Thyself with {name} joins them.")
    if _size(path.with_name(f"{name}-journal")) and not is_open:
        sentence = f"A write to {name} was cut; what was acknowledged is safe."
        return note("journal", sentence, f"Leave {name}-journal beside it: the next start puts the file in order.")
    return fine("journal", f"No write to {name} was cut.")


def check_lonely_journals(folder: Path) -> Iterator[Check]:
    """Journals whose database is gone: it would be ruined by a new one under its name."""
    for journal in sorted(folder.glob("*.db-journal")):
        database = journal.with_name(journal.name.removesuffix("-journal"))
        if _size(journal) and not database.exists():
            sentence = f"{journal} is there, but its database is not."
            yield problem("journal", sentence, f"Put {database.name} back beside it, or move the journal away.")


def check_backups(path: Path, newest: str | None) -> Check:
    """`newest` is the latest `updated_at` of the database, ISO 8601 UTC; None when nobody began."""
    moments = [moment for moment in map(_made_at, backups_of(path)) if moment]
    if not moments:
        if newest is None:
            return fine("backups", f"{path.name} holds nothing to back up yet.")
        return note("backups", f"{path.name} has none yet.", "Run `knowthyself backup`; a start makes one as well.")
    made = max(moments)
    shown = f"{len(moments)} of {path.name}, the newest of {made:%Y-%m-%d %H:%M} UTC"
    written = _moment(newest)
    if written and written - made > OLD_BACKUP:
        behind = (written - made).days
        return note("backups", f"{shown}, {behind} days before it was last written.", "Run `knowthyself backup`.")
    return fine("backups", f"{shown}.")


def check_set_aside(folder: Path) -> Check:
    """Databases that were damaged or in the way, and the journals that belong to them."""
    found = sorted(file.name for file in (folder / "set-aside").glob("*.set-aside-*.db"))
    if not found:
        return fine("set aside", f"Nothing was set aside in {folder}.")
    sentence = f"{_number(len(found), 'database')} in {folder / 'set-aside'}, the last one {found[-1]}."
    remedy = "Show them to whoever looks after this machine; `knowthyself restore` brings back what can be read."
    return note("set aside", sentence, remedy)


def check_spool(folders: Sequence[Path]) -> Iterator[Check]:
    """Turns that a database could not take, and those that no longer fitted when it could."""
    waiting = [file for folder in folders for file in sorted(folder.glob("*.jsonl"))]
    refused = [file for folder in folders for file in sorted(folder.glob(f"*.jsonl{REFUSED}*"))]
    if waiting:
        lines = sum(file.read_bytes().count(b"\n") for file in waiting)
        sentence = f"{_number(lines, 'turn')} could not be stored and wait in {_places(waiting)}."
        yield note("waiting turns", sentence, "Go on with that sitting once: the program brings them in.")
    if refused:
        sentence = f"{_number(len(refused), 'file')} of turns did not fit a sitting any more: {_places(refused)}."
        yield note("waiting turns", sentence, "Show them to whoever looks after this machine before you delete them.")
    if not waiting and not refused:
        yield fine("waiting turns", "None.")


def check_leftovers(folder: Path, now: datetime) -> Check:
    """Parts of files whose writing was interrupted, and folders of our own that were not removed."""
    found: list[Path] = []
    for name in _FOLDERS:
        found += (folder / name).glob("*.part*")
    found += [path for prefix in (COPY_PREFIX, PREFIX) for path in folder.glob(f"{prefix}*")]
    old = [path for path in found if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > _UNDER_WAY]
    if not old:
        return fine("leftovers", f"None in {folder}.")
    sentence = f"{_number(len(old), 'unfinished file')}, for example {sorted(old)[0]}."
    return note("leftovers", sentence, "Delete them while the program is closed; nothing in them is needed.")


def _made_at(backup: Path) -> datetime | None:
    stamps = re.findall(STAMP_PATTERN, backup.stem)
    return datetime.strptime(stamps[-1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if stamps else None


def _moment(written: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _places(files: Sequence[Path]) -> str:
    return " and ".join(sorted({str(file.parent) for file in files}))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
