"""What went wrong underneath, as a sentence: the database's own reason is found behind the errors that hide it."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from knowthyself_tui.errors import (
    DamagedDatabase,
    ForeignDatabase,
    LostDatabase,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreReadOnly,
)
from knowthyself_tui.store.place import Place, Server
from knowthyself_tui.store.server_faults import UNREACHABLE, is_lost, server_sentence

_SENTENCES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_BUSY", StoreBusy, "Another program is using {place}. Close it and try again."),
    ("SQLITE_LOCKED", StoreBusy, "Another program is using {place}. Close it and try again."),
    ("SQLITE_FULL", StoreFull, "No space is left for {place}. Free some space and try again."),
    (
        "SQLITE_READONLY_DBMOVED",
        LostDatabase,
        "{place} was moved, replaced or deleted while it was open. Put it back, or start again.",
    ),
    (
        "SQLITE_READONLY",
        StoreReadOnly,
        "{place} may not be written. Give yourself write permission for the file and its folder.",
    ),
    (
        "SQLITE_PERM",
        StoreReadOnly,
        "{place} may not be used. Give yourself permission for the file and its folder.",
    ),
    (
        "SQLITE_CANTOPEN",
        StoreError,
        "{place} cannot be opened. Check that the file is there and that its folder may be written.",
    ),
    ("SQLITE_IOERR", StoreError, "The disk of {place} reports an error. Check its connection and try again."),
    (
        "SQLITE_CORRUPT",
        DamagedDatabase,
        "{place} is damaged. The start screen, or `knowthyself restore`, brings back what can be read.",
    ),
    ("SQLITE_NOTADB", ForeignDatabase, "{place} is no database of Know Thyself, or its beginning is damaged."),
    (
        "SQLITE_CONSTRAINT",
        StoreError,
        "{place} refused a record that does not fit what it holds ({detail}). Start the program again.",
    ),
    ("SQLITE_TOOBIG", StoreError, "{place} holds or was given a value that is too large."),
    ("SQLITE_INTERRUPT", StoreError, "{place} took too long to read, so it was left alone."),
)

_QUOTED = re.compile(r"(?::| with text) [\"'].*", re.DOTALL)
_FATAL = re.compile(r"FATAL:\s+([^\n]+)")
_LOST_FILE = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_CANTOPEN", "SQLITE_READONLY_DBMOVED", "SQLITE_NOTADB")


@contextmanager
def told(place: Place) -> Iterator[None]:
    """Whatever goes wrong inside becomes a StoreError about `place`."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        raise store_error(error, place) from error


def store_error(error: BaseException, place: Place) -> StoreError:
    """The error of our tree for whatever `error` and the errors behind it say."""
    for reason in _reasons(error):
        if isinstance(reason, StoreError):
            return reason
        name = getattr(reason, "sqlite_errorname", None) or ""
        for prefix, kind, sentence in _SENTENCES:
            if name.startswith(prefix):
                return kind(sentence.format(place=place, detail=_detail(reason)))
        known = server_sentence(getattr(reason, "sqlstate", None) or "")
        if known is not None:
            return known[0](known[1].format(place=place, detail=_detail(reason)))
        if isinstance(reason, OSError):
            return _system_error(reason, place)
    if isinstance(error, (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)):
        return StoreError(f"{place} holds or was given a value that cannot be stored ({type(error).__name__}).")
    if isinstance(place, Server) and _is_connection_lost(error):
        return StoreError((_refusal(error) or UNREACHABLE).format(place=place))
    detail = type(error).__name__ if isinstance(place, Server) else _detail(error)
    return StoreError(f"{place} cannot be used ({detail}).")


def _is_connection_lost(error: BaseException) -> bool:
    """The driver could not reach the server, which therefore says nothing."""
    names = {type(reason).__name__ for reason in _reasons(error)}
    return bool(names & {"OperationalError", "InterfaceError"})


def _refusal(error: BaseException) -> str | None:
    """What a server that was reached said when it let nobody in; the rest of the driver's text may hold the URL."""
    said = [match[1] for reason in _reasons(error) if (match := _FATAL.search(str(reason)))]
    return f"{{place}} lets nobody in: {said[0].replace('{', '').replace('}', '')}." if said else None


def needs_reopening(error: BaseException) -> bool:
    """Whether the open connection can no longer be relied on."""
    names = [getattr(reason, "sqlite_errorname", None) or "" for reason in _reasons(error)]
    states = [getattr(reason, "sqlstate", None) or "" for reason in _reasons(error)]
    return any(name.startswith(_LOST_FILE) for name in names) or any(is_lost(state) for state in states)


def has_unfinished_write(error: BaseException) -> bool:
    """Whether a write was cut in the file, and this connection may not mend that."""
    names = [getattr(reason, "sqlite_errorname", None) or "" for reason in _reasons(error)]
    return any(name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) for name in names)


def _detail(reason: BaseException) -> str:
    """The first line without the value that it quotes: what somebody typed is not for a message."""
    return _QUOTED.sub("", str(reason).partition("\n")[0])


def _reasons(error: BaseException) -> Iterator[BaseException]:
    """The error and all that lie behind it, the deepest last."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        reason = waiting.pop(0)
        if reason is not None and id(reason) not in seen:
            seen.add(id(reason))
            yield reason
            waiting += [reason.__cause__, reason.__context__]


def _system_error(error: OSError, place: Place) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(f"No space is left for {place}. Free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreReadOnly(f"{place} may not be written. Give yourself write permission for the file and its folder.")
    return StoreError(f"{place} cannot be used: {error.strerror or error}.")
