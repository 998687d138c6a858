"""Where records are kept: a SQLite file, or a database on a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from knowthyself_tui.errors import UsageError

_SERVER = re.compile(r"(?:postgresql|postgres):|.*\bpassword\s*=", re.IGNORECASE)
_LONELY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL database by its URL, whose password never shows."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}"

    def __repr__(self) -> str:
        return f"Server({str(self)!r})"


Place = Path | Server


def is_meant_as_server(target: str) -> bool:
    """A server, rightly written or not; never to be taken for a path, since a path is shown and a password is not."""
    return _SERVER.match(target) is not None


def server_of(url: str) -> Server:
    """The server of a URL.

    Raises:
        UsageError: it is not `postgresql://user@host:port/name`, or its password is not written as URLs need it.
    """
    try:
        parts = urlsplit(url)
        named = len(parts.path) > 1 and parts.port != 0
    except ValueError:
        # The error behind it may quote a password.
        raise UsageError("This PostgreSQL URL cannot be read; write postgresql://user@host:5432/name.") from None
    if parts.scheme not in ("postgresql", "postgres") or not url.partition(":")[2].startswith("//"):
        raise UsageError("A PostgreSQL URL begins with postgresql://; write postgresql://user@host/name.")
    if "@" in parts.path or _LONELY_PERCENT.search(url):
        raise UsageError("In a PostgreSQL URL, write %2F for / and %25 for % in a user name or password.")
    if not named:
        raise UsageError("A PostgreSQL URL names a database; write postgresql://user@host/name.")
    return Server(f"{parts.scheme}:{url.partition(':')[2]}")
