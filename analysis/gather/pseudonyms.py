"""Keyed pseudonyms: without the key nobody gets from one to a student code, not even by trying all codes.

The key lies apart from every export. Deleting it breaks the link for good; a study with a key of its own
cannot be linked to another.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from knowthyself_tui.errors import AnalysisError

KEY_BYTES = 32
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS = 10


def pseudonym(key: bytes, study: str, identity: str) -> str:
    """`P-` and the first 50 bits of HMAC-SHA256 in Crockford's base 32 (10,000 students collide in 4e-8)."""
    message = b"\0".join((b"knowthyself/pid/v1", study.encode(), identity.encode()))
    bits = int.from_bytes(hmac.digest(key, message, "sha256")[:8], "big") >> (64 - 5 * _CHARACTERS)
    shifts = range(5 * (_CHARACTERS - 1), -1, -5)
    return "P-" + "".join(_CROCKFORD[(bits >> shift) & 31] for shift in shifts)


def load_or_create_key(path: Path, *, export_folder: Path) -> bytes:
    """The key in the file at `path`, made there (mode 0600) if there is none; never in the export folder."""
    if path.resolve().is_relative_to(export_folder.resolve()):
        raise AnalysisError(
            f"The key file {path} would lie in the export folder; choose an --out folder away from it, "
            "so that the key does not travel with the tables."
        )
    try:
        return _existing_key(path) if path.exists() else _new_key(path)
    except OSError as error:
        raise AnalysisError(f"The key file {path} cannot be used ({error.strerror}).") from error


def _existing_key(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise AnalysisError(
            f"The key file {path} is damaged (it holds {len(key)} bytes, not {KEY_BYTES}); "
            "put the right one back, or move it away to begin with new pseudonyms."
        )
    return key


def _new_key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(key)
    return key
