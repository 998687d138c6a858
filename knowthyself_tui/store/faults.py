"""What went wrong underneath, as a sentence: SQLite's own reason is found behind the errors that hide it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowthyself_tui.errors import (
    DamagedDatabase,
    ForeignDatabase,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreReadOnly,
)

_SENTENCES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_BUSY", StoreBusy, "Another program is using {path}. Close it and try again."),
    ("SQLITE_LOCKED", StoreBusy, "Another program is using {path}. Close it and try again."),
    ("SQLITE_FULL", StoreFull, "No space is left for {path}. Free some space and try again."),
    (
        "SQLITE_READONLY_DBMOVED",
        StoreError,
        "{path} was moved, replaced or deleted while it was open. Put it back, or start again.",
    ),
    (
        "SQLITE_READONLY",
        StoreReadOnly,
        "{path} may not be written. Give yourself write permission for the file and its folder.",
    ),
    (
        "SQLITE_PERM",
        StoreReadOnly,
        "{path} may not be used. Give yourself permission for the file and its folder.",
    ),
    (
        "SQLITE_CANTOPEN",
        StoreError,
        "{path} cannot be opened. Check that the file is there and that its folder may be written.",
    ),
    ("SQLITE_IOERR", StoreError, "The disk of {path} reports an error. Check its connection and try again."),
    (
        "SQLITE_CORRUPT",
        DamagedDatabase,
        "{path} is damaged. Set it aside and take the copy in the handin folder.",
    ),
    ("SQLITE_NOTADB", ForeignDatabase, "{path} is no database of Know Thyself, or its beginning is damaged."),
    (
        "SQLITE_CONSTRAINT",
        StoreError,
        "{path} refused a record that does not fit what it holds ({detail}). Start the program again.",
    ),
    ("SQLITE_TOOBIG", StoreError, "{path} holds or was given a value that is too large."),
    ("SQLITE_INTERRUPT", StoreError, "{path} took too long to read, so it was left alone."),
)

_LOST_FILE = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_CANTOPEN", "SQLITE_READONLY_DBMOVED", "SQLITE_NOTADB")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Whatever goes wrong inside becomes a StoreError about `path`."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:
        raise store_error(error, path) from error


def store_error(error: BaseException, path: Path) -> StoreError:
    """The error of our tree for whatever `error` and the errors behind it say."""
    for reason in _reasons(error):
        if isinstance(reason, StoreError):
            return reason
        name = getattr(reason, "sqlite_errorname", None) or ""
        for prefix, kind, sentence in _SENTENCES:
            if name.startswith(prefix):
                return kind(sentence.format(path=path, detail=reason))
        if isinstance(reason, OSError):
            return _system_error(reason, path)
    if isinstance(error, (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)):
        return StoreError(f"{path} holds or was given a value that cannot be stored ({error!r}).")
    return StoreError(f"{path} cannot be used ({error}).")


def needs_reopening(error: BaseException) -> bool:
    """Whether the open connection can no longer be relied on."""
    names = [getattr(reason, "sqlite_errorname", None) or "" for reason in _reasons(error)]
    return any(name.startswith(_LOST_FILE) for name in names)


def has_unfinished_write(error: BaseException) -> bool:
    """Whether a write was cut in the file, and this connection may not mend that."""
    names = [getattr(reason, "sqlite_errorname", None) or "" for reason in _reasons(error)]
    return any(name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) for name in names)


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


def _system_error(error: OSError, path: Path) -> StoreError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(f"No space is left for {path}. Free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StoreReadOnly(f"{path} may not be written. Give yourself write permission for the file and its folder.")
    return StoreError(f"{path} cannot be used: {error.strerror or error}.")
