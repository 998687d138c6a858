"""Rows out of the pages of a file that SQLite cannot open or follow any more.

Every page that looks like a leaf of a table is read. Which table it is of is known from the schema where that
can still be read (also without the file's first page), and told by the shape of its rows where it cannot.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowthyself_tui.store.rescue.columns import Columns, Row, columns_by_table
from knowthyself_tui.store.rescue.pages import TABLE_INTERIOR, TABLE_LEAF, PageFile, Record

_SCHEMA_COLUMNS = 5
_PARENTS = ("student", "session", "encounter", "turn", "act")
"""Tables whose ids tell what a row that could be of two tables points at."""

Carved = dict[str, list[Row]]


def carve(content: bytes) -> Carved:
    """Rows by table, from every table leaf of a database file that is not on its free list."""
    pages = PageFile(content)
    leaves = _leaves(pages)
    owners = _owners(pages, leaves)
    found: Carved = {table: [] for table in columns_by_table()}
    doubtful: list[tuple[list[str], list[Record]]] = []
    for number, records in leaves.items():
        tables = [owners[number]] if number in owners else _possible(records)
        if len(tables) == 1:
            found[tables[0]] += _rows(columns_by_table()[tables[0]], records)
        elif tables:
            doubtful.append((tables, records))
    ids = {table: {row["id"] for row in found[table]} for table in _PARENTS}
    for tables, records in doubtful:
        table = max(tables, key=lambda name: _pointing(columns_by_table()[name], records, ids))
        found[table] += _rows(columns_by_table()[table], records)
    return found


def _leaves(pages: PageFile) -> dict[int, list[Record]]:
    """The records of every leaf in use."""
    free = pages.free_pages()
    found = {}
    for number in range(1, pages.count + 1):
        if number not in free and pages.kind(number) == TABLE_LEAF:
            found[number] = pages.records(number)
    return found


def _owners(pages: PageFile, leaves: Mapping[int, list[Record]]) -> dict[int, str]:
    """Which table each leaf belongs to, as far as the tables' trees can be followed from their roots."""
    owners: dict[int, str] = {}
    for table, root in _roots(leaves):
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 < number <= pages.count:
                continue
            seen.add(number)
            if number in leaves:
                owners[number] = table
            elif pages.kind(number) == TABLE_INTERIOR:
                waiting += _children(pages, number)
    return owners


def _children(pages: PageFile, number: int) -> list[int]:
    try:
        return pages.children(number)
    except struct.error:
        return []


def _roots(leaves: Mapping[int, list[Record]]) -> Iterator[tuple[str, int]]:
    """Our tables and the roots of their trees, from whatever is left of the schema."""
    for records in leaves.values():
        for values in (record.values for record in records):
            is_table = len(values) == _SCHEMA_COLUMNS and values[0] == "table" and values[1] in columns_by_table()
            if is_table and isinstance(values[3], int):
                yield values[1], values[3]


def _possible(records: list[Record]) -> list[str]:
    """The tables that every record of a page could be a row of."""
    if not records:
        return []
    return [
        table
        for table, columns in columns_by_table().items()
        if all(len(record.values) == len(columns.names) and columns.row_of(record.values) for record in records)
    ]


def _rows(columns: Columns, records: Iterable[Record]) -> list[Row]:
    rows = (columns.row_of(record.values) for record in records)
    return [row for row in rows if row is not None]


def _pointing(columns: Columns, records: Iterable[Record], ids: Mapping[str, set[Any]]) -> int:
    """How many references of the rows lead to something that is there."""
    rows = _rows(columns, records)
    return sum(row.get(name) in ids.get(parent, ()) for row in rows for name, parent in columns.references.items())
