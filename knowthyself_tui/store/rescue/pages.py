"""SQLite's file format, as far as rescuing rows from a torn file needs it (https://www.sqlite.org/fileformat2.html).

Nothing here trusts the file: every number is checked against the page that it points into.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

MAGIC: Final = b"SQLite format 3\x00"
TABLE_LEAF: Final = 0x0D
TABLE_INTERIOR: Final = 0x05
_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
_FILE_HEADER = 100
_VARINT_BYTES = 9
_FIXED_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_FLOAT = 7


class Lost:
    """Stands for a value whose bytes cannot be read."""


LOST: Final = Lost()


@dataclass(frozen=True, slots=True)
class Record:
    """One cell of a table leaf: its values in the order of the columns, `LOST` where bytes are missing."""

    rowid: int
    values: tuple[Any, ...]


class PageFile:
    """The pages of a database file, numbered from 1."""

    def __init__(self, content: bytes, size: int | None = None) -> None:
        self._content = content
        self.has_header = size is None and content.startswith(MAGIC) and _stated_size(content) in _SIZES
        self.size = size or (_stated_size(content) if self.has_header else self._likely_size())
        self._usable = self.size - (content[20] if self.has_header else 0)

    def _likely_size(self) -> int:
        """The page size under which the most records make sense."""
        return max(_SIZES, key=lambda size: PageFile(self._content, size)._number_of_records())

    def _number_of_records(self) -> int:
        leaves = (number for number in range(2, self.count + 1) if self.kind(number) == TABLE_LEAF)
        return sum(len(self.records(number)) for number in leaves)

    @property
    def count(self) -> int:
        return len(self._content) // self.size

    def page(self, number: int) -> bytes:
        return self._content[(number - 1) * self.size : number * self.size]

    def kind(self, number: int) -> int:
        return self.page(number)[_start(number)]

    def records(self, number: int) -> list[Record]:
        """What a table leaf holds; cells that make no sense are left out."""
        page = self.page(number)
        found = (self._record(page, offset) for offset in self._cells(number))
        return [record for record in found if record is not None]

    def children(self, number: int) -> list[int]:
        """The pages below an interior page of a table."""
        page, start = self.page(number), _start(number)
        numbers = [struct.unpack_from(">I", page, offset)[0] for offset in self._cells(number)]
        numbers.append(struct.unpack_from(">I", page, start + 8)[0])
        return [child for child in numbers if 1 < child <= self.count]

    def free_pages(self) -> set[int]:
        """The pages of the free list: what they hold was deleted or moved."""
        if not self.has_header:
            return set()
        free: set[int] = set()
        trunk: int = struct.unpack_from(">I", self._content, 32)[0]
        while 1 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self.page(trunk)
            trunk, entries = struct.unpack_from(">II", page)
            free |= set(struct.unpack_from(f">{min(entries, self._usable // 4 - 2)}I", page, 8))
        return free

    def _cells(self, number: int) -> Iterator[int]:
        """Where the cells of a page begin."""
        page, start = self.page(number), _start(number)
        length = 8 if page[start] == TABLE_LEAF else 12
        (cells,) = struct.unpack_from(">H", page, start + 3)
        first = start + length + 2 * cells
        if first > self._usable:
            return
        for offset in struct.unpack_from(f">{cells}H", page, start + length):
            if first <= offset <= self._usable - 4:
                yield offset

    def _record(self, page: bytes, offset: int) -> Record | None:
        try:
            length, offset = _varint(page, offset)
            rowid, offset = _varint(page, offset)
            payload, is_whole = self._payload(page, offset, length)
            return Record(_signed(rowid), tuple(_values(payload, length, is_whole)))
        except (IndexError, ValueError, struct.error):
            return None

    def _payload(self, page: bytes, offset: int, length: int) -> tuple[bytes, bool]:
        """The bytes of a record, and whether all of them are there."""
        if length > len(self._content):
            raise ValueError("longer than the file")
        usable = self._usable
        local = length
        if length > usable - 35:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (usable - 4)
            local = local if local <= usable - 35 else least
        if offset + local > usable:
            raise ValueError("longer than its page")
        parts = [page[offset : offset + local]]
        if local < length:
            (following,) = struct.unpack_from(">I", page, offset + local)
            parts += self._overflow(following, length - local)
        payload = b"".join(parts)[:length]
        return payload, len(payload) == length

    def _overflow(self, number: int, missing: int) -> Iterator[bytes]:
        """The rest of a long record, as far as its chain of pages holds."""
        seen: set[int] = set()
        while missing > 0 and 1 < number <= self.count and number not in seen:
            seen.add(number)
            page = self.page(number)
            yield page[4 : self._usable]
            missing -= self._usable - 4
            (number,) = struct.unpack_from(">I", page)


def _start(number: int) -> int:
    """Where a page's own header begins: the first page carries the file's header before it."""
    return _FILE_HEADER if number == 1 else 0


def _stated_size(content: bytes) -> int:
    if len(content) < _FILE_HEADER:
        return 0
    (size,) = struct.unpack_from(">H", content, 16)
    return 65536 if size == 1 else int(size)


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    """A variable-length integer and where it ends."""
    value = 0
    for index in range(_VARINT_BYTES):
        byte = data[offset + index]
        if index == _VARINT_BYTES - 1:
            return value << 8 | byte, offset + _VARINT_BYTES
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + index + 1
    raise AssertionError("unreachable")


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _values(payload: bytes, length: int, is_whole: bool) -> Iterator[Any]:
    end, offset = _varint(payload, 0)
    if end > len(payload):
        raise ValueError("a header longer than its record")
    kinds = []
    while offset < end:
        kind, offset = _varint(payload, offset)
        kinds.append(kind)
    sizes = [_size_of(kind) for kind in kinds]
    if offset != end or end + sum(sizes) != length:
        raise ValueError("a record whose parts do not add up")
    for kind, size in zip(kinds, sizes, strict=True):
        raw = payload[end : end + size]
        end += size
        yield _value(kind, raw) if is_whole or len(raw) == size else LOST


def _size_of(kind: int) -> int:
    if kind in _FIXED_SIZES:
        return _FIXED_SIZES[kind]
    if kind < 12:
        raise ValueError("a kind of value that SQLite keeps for itself")
    return (kind - 12) // 2


def _value(kind: int, raw: bytes) -> Any:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == _FLOAT:
        return struct.unpack(">d", raw)[0]
    if kind < _FLOAT:
        return int.from_bytes(raw, "big", signed=True)
    return text_of(raw) if kind % 2 else raw


def text_of(raw: bytes) -> str | Lost:
    """Stored text; noise is hardly ever valid UTF-8, and our text holds no NUL."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return LOST
    return LOST if "\x00" in text else text
