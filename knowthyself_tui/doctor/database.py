"""One database: does it open, is it ours and whole, does its log hold together, who has it, is its copy complete."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from peewee import SqliteDatabase

from knowthyself_tui.doctor.check import Check, fine, note, problem
from knowthyself_tui.doctor.clock import check_clock_against
from knowthyself_tui.doctor.files import check_backups, check_journal
from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.errors import LostDatabase, NothingStored, StoreBusy, StoreError
from knowthyself_tui.locations import handin_folder, safe_name
from knowthyself_tui.store.connection import connect_to_read
from knowthyself_tui.store.faults import has_unfinished_write, told
from knowthyself_tui.store.guard import private_copy
from knowthyself_tui.store.lock import InstanceLock
from knowthyself_tui.store.place import Place, Server
from knowthyself_tui.store.reader import Reader, SessionRecord, open_reader
from knowthyself_tui.store.schema import APPLICATION_ID, SCHEMA_VERSION, check_file

_BUSY_MS = 1500
"""A write takes no longer; whoever holds a database for longer hangs or is another program."""
_DELETE_LOCK = "Delete the file whose name ends in .lock; it holds nothing."


def check_database(path: Path, now: datetime) -> Iterator[Check]:
    """Everything about one file; what needs it open comes last and is left out when it does not open."""
    try:
        with told(path):
            check_file(path)
        holders = yield from _check_beside(path)
        version = _version(path)
    except LostDatabase:
        yield note("database", f"{path} is not there yet.", "Check the name, or start the program: it makes the file.")
        return
    except StoreError as error:
        yield told_as_problem("database", error)
        return
    if (older := check_version(path.name, version)) is not None:
        yield older
        return
    yield from _check_records(path, now, is_open=bool(holders))


def _check_beside(path: Path) -> Generator[Check, None, list[str]]:
    """The locks and journals beside a database; gives the locks that are held."""
    holders: list[str] = []
    try:
        holders = _holders(path)
        yield check_holders(path.name, holders)
    except OSError as error:
        yield problem("in use", f"A lock file of {path} cannot be opened ({error.strerror}).", _DELETE_LOCK)
    yield check_journal(path, is_open=bool(holders))
    return holders


def check_version(name: str, version: int, newest: int = SCHEMA_VERSION) -> Check | None:
    """What is to be said about a file of another schema version; None about one of this program's."""
    if version > newest:
        sentence = f"{name} was written by a newer Know Thyself (schema {version}, here {newest})."
        return problem("database", sentence, "Update this program before you open it.")
    if version < newest:
        sentence = f"{name} is of an older Know Thyself (schema {version}, now {newest})."
        return note("database", sentence, "Start the program with it: it is upgraded, after a backup.")
    return None


def check_holders(name: str, holders: Sequence[str]) -> Check:
    """`holders` are the lock files that some program has taken."""
    if holders:
        sentence = f"{name} is open in another program ({', '.join(holders)})."
        return note("in use", sentence, "Close that program if nobody is working in it.")
    return fine("in use", f"No other program has {name} open.")


def told_as_problem(name: str, error: StoreError) -> Check:
    """The error's last sentence is what to do."""
    sentence, dot, remedy = str(error).rpartition(". ")
    if not dot:
        return problem(name, str(error), "Keep the file, and ask whoever looks after this machine.")
    return problem(name, f"{sentence}.", remedy)


def check_server(server: Server, now: datetime) -> Iterator[Check]:
    """A PostgreSQL database: does it answer, is it safe, does the log of its newest sitting hold together."""
    from knowthyself_tui.store import server as servers

    try:
        with told(server):
            database = servers.connect_to_read(server)
            try:
                servers.check_server(database, server)
            finally:
                database.close()
        yield from _check_records(server, now, is_open=False)
    except NothingStored as error:
        yield note("database", f"{server} holds no records yet.", str(error).rpartition(". ")[2])
    except StoreError as error:
        yield told_as_problem("database", error)


def _check_records(place: Place, now: datetime, *, is_open: bool) -> Iterator[Check]:
    name = place.name if isinstance(place, Path) else str(place)
    with ExitStack() as stack:
        try:
            reader = stack.enter_context(open_reader(place))
            sessions = reader.sessions()
        except NothingStored:
            raise
        except StoreError as error:
            yield told_as_problem("database", error)
            return
        yield fine("database", f"{name} opens and is whole.")
        newest = max((session.updated_at for session in sessions), default=None)
        yield from _check_log(name, reader, sessions)
        late = check_clock_against(name, newest, now)
        if late is not None:
            yield late
        if isinstance(place, Path):
            yield check_backups(place, newest)
            yield from _check_copies(place, reader, sessions, is_open=is_open)


def _check_log(name: str, reader: Reader, sessions: Sequence[SessionRecord]) -> Iterator[Check]:
    """The chain of hashes through the newest sitting."""
    newest = max(sessions, key=lambda session: session.updated_at, default=None)
    if newest is None:
        return
    try:
        sitting = reader.sitting(newest.id)
    except StoreError as error:
        yield told_as_problem("log", error)
        return
    broken = verify_chain(sitting.events, sitting.hashes)
    if broken is not None:
        sentence = f"In {name} the log of the newest sitting was changed at entry {broken.seq} ({broken.kind})."
        yield problem("log", sentence, f"Run `knowthyself sessions verify {newest.id}`, and keep the file.")
        return
    yield fine("log", f"The {len(sitting.events)} entries of the newest sitting in {name} hold together.")


def _check_copies(path: Path, reader: Reader, sessions: Sequence[SessionRecord], *, is_open: bool) -> Iterator[Check]:
    """The hand-in copy of each student's newest sitting."""
    codes = {student.id: student.code for student in reader.students()}
    newest = {session.student_id: session for session in sorted(sessions, key=lambda session: session.updated_at)}
    for student_id, session in newest.items():
        copy = handin_folder(path) / f"{safe_name(codes.get(student_id, ''))}-{session.id}.db"
        yield check_copy(copy, _entries(reader, session.id), _entries_of(copy, session.id), is_open=is_open)


def check_copy(copy: Path, entries: int, copied: int | None, *, is_open: bool) -> Check:
    """Whether a hand-in copy has every entry of the log of its sitting.

    Args:
        copied: entries in the copy; None when it is not there or cannot be read.
        is_open: the database is in use; the copy follows when the program ends.
    """
    missing = entries - (copied or 0)
    if copied is not None and missing <= 0:
        return fine("hand-in copy", f"{copy.name} is complete.")
    what = "is not there or cannot be read" if copied is None else f"lacks the last {missing} of {entries} entries"
    remedy = "End the program: it brings the copy up to date." if is_open else (
        "Open the sitting and end the program once, or hand in the database itself."
    )  # fmt: skip
    return note("hand-in copy", f"{copy} {what}.", remedy)


def _entries_of(copy: Path, session_id: str) -> int | None:
    if not copy.is_file():
        return None
    try:
        with open_reader(copy) as reader:
            return _entries(reader, session_id)
    except StoreError:
        return None


def _entries(reader: Reader, session_id: str) -> int:
    return int(reader.rows("SELECT COUNT(*) AS number FROM event WHERE session_id = ?", (session_id,))[0]["number"])


def _holders(path: Path) -> list[str]:
    """The locks beside a database that another program holds; one that is not there is not made."""
    beginning = f"{path.name}."
    taken = []
    for file in sorted(path.parent.iterdir()):
        if file.name.startswith(beginning) and file.name.endswith(".lock"):
            student = file.name[len(beginning) :].removesuffix("lock").rstrip(".") or None
            try:
                InstanceLock.take(path, student).release()
            except StoreBusy:
                taken.append(file.name)
    return taken


def _version(path: Path) -> int:
    """The schema version of a file of ours; a StoreBusy where another program holds it for long."""
    with told(path), _connected(path) as database:
        if database.pragma("application_id") != APPLICATION_ID:
            raise StoreError(f"{path} is no database of Know Thyself. Move it out of the folder.")
        version = database.pragma("user_version")
        return version if isinstance(version, int) else 0


@contextmanager
def _connected(path: Path) -> Iterator[SqliteDatabase]:
    """Read-only; a copy where a write was cut, which a reader may not mend."""
    with ExitStack() as stack:
        try:
            database = connect_to_read(path)
            stack.callback(database.close)
            database.pragma("busy_timeout", _BUSY_MS)
            database.pragma("user_version")
        except Exception as error:
            if not has_unfinished_write(error):
                raise
            database = connect_to_read(stack.enter_context(private_copy(path)))
            stack.callback(database.close)
        yield database
