"""What a PostgreSQL server says went wrong, as a sentence, from its five-letter SQLSTATE."""

from __future__ import annotations

from knowthyself_tui.errors import (
    DamagedDatabase,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreReadOnly,
)

UNREACHABLE = "The server of {place} cannot be reached. Check the network and that PostgreSQL runs, and try again."

_SENTENCES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("08", StoreError, UNREACHABLE),
    ("57P", StoreError, UNREACHABLE),
    ("28", StoreError, "{place} does not let this user in. Check PGUSER, PGPASSWORD or the password file."),
    ("3D", StoreError, "The server has no database {place}. Create it with createdb, or check the name."),
    ("53100", StoreFull, "The server of {place} has no space left. Free some space there and try again."),
    ("53", StoreBusy, "The server of {place} is full of other connections. Try again in a moment."),
    ("55P03", StoreBusy, "Another program is using {place}. Close it and try again."),
    ("40", StoreBusy, "Another program is using {place}. Close it and try again."),
    ("25006", StoreReadOnly, "{place} may only be read at present. Ask who runs the server."),
    ("42501", StoreReadOnly, "This user may not write to {place}. Give it permission to create tables and write."),
    ("58", StoreError, "The disk of the server of {place} reports an error. Ask who runs the server."),
    ("XX", DamagedDatabase, "{place} is damaged. Ask who runs the server to restore it."),
    (
        "23",
        StoreError,
        "{place} refused a record that does not fit what it holds ({detail}). Start the program again.",
    ),
    ("22", StoreError, "{place} holds or was given a value that cannot be stored ({detail})."),
    ("57014", StoreError, "{place} took too long to answer, so it was left alone."),
)
_LOST = ("08", "57P", "XX")


def server_sentence(state: str) -> tuple[type[StoreError], str] | None:
    """The kind of error and its sentence for a SQLSTATE; None for one that has none."""
    fitting = [entry for entry in _SENTENCES if state.startswith(entry[0])]
    if not fitting:
        return None
    _, kind, sentence = max(fitting, key=lambda entry: len(entry[0]))
    return kind, sentence


def is_lost(state: str) -> bool:
    """The connection cannot be relied on after it."""
    return state.startswith(_LOST)
