"""Ids that the program makes before it writes, and the wall clock as the store writes it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime

_RANDOM_BITS = 74


def uuid7() -> str:
    """A UUIDv7 as text (RFC 9562): unique without asking the database; nothing is ever ordered by it."""
    return uuid7_of(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(10), "big"))


def uuid7_of(milliseconds: int, chance: int) -> str:
    """The UUIDv7 of a moment since 1970 and of what is to make it unique, of which 74 bits count."""
    high, low = chance >> 62 & (1 << _RANDOM_BITS - 62) - 1, chance & (1 << 62) - 1
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def utc_now_iso() -> str:
    """The wall clock as ISO 8601 UTC with milliseconds, for people."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
