"""A new beginning for a database file whose header or first page is lost.

A file of the newest schema begins like every other one: its first page says where the pages of the schema are,
and they have been in the same places since the file was made. Where that does not fit, SQLite finds the pages
that it is led to wrong, and nothing is gained or lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowthyself_tui.store.rescue.pages import MAGIC, PageFile
from knowthyself_tui.store.schema import create_database

_HEADER_BYTES = 100
_CHANGE_COUNTER = slice(24, 28)
_PAGE_COUNT = slice(28, 32)
_FREE_LIST = slice(32, 40)
_VALID_FOR = slice(92, 96)
"""The page count holds for this value of the change counter."""


def grafted(content: bytes, folder: Path) -> Iterator[bytes]:
    """A file with the header, then with the first page of a fresh one; nothing for a file that has its header.

    Args:
        folder: where the fresh file may be made.
    """
    if content.startswith(MAGIC):
        return
    fresh = folder / "fresh"
    create_database(fresh)
    beginning = fresh.read_bytes()
    size = PageFile(beginning).size
    header = bytearray(beginning[:_HEADER_BYTES])
    header[_PAGE_COUNT] = (len(content) // size).to_bytes(4, "big")
    header[_FREE_LIST] = bytes(8)
    header[_VALID_FOR] = header[_CHANGE_COUNTER]
    yield bytes(header) + content[_HEADER_BYTES:]
    yield bytes(header) + beginning[_HEADER_BYTES:size] + content[size:]
