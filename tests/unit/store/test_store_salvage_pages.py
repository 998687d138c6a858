"""Rows straight from the pages of a file, and by SQLite around the pages that are gone."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knowthyself_tui.store import carve as carving
from knowthyself_tui.store.beside import BESIDE_EVENTS
from knowthyself_tui.store.carve import carve
from knowthyself_tui.store.columns import Row, columns_by_table
from knowthyself_tui.store.models import to_json
from knowthyself_tui.store.pages import PageFile
from knowthyself_tui.store.projections import changes_of
from knowthyself_tui.store.readable import read_what_is_readable
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting

PAGE = 4096
KEPT = Path(__file__).parent / "data" / "schema_1.db"


def rows_in(path: Path) -> dict[str, list[Row]]:
    """Every row as SQLite gives it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    found = {}
    for table, columns in columns_by_table().items():
        names = ", ".join(f'"{name}"' for name in columns.names)
        rows = connection.execute(f'SELECT {names} FROM "{table}"')
        found[table] = [dict(zip(columns.names, row, strict=True)) for row in rows]
    connection.close()
    return found


def in_order(found: dict[str, list[Row]]) -> dict[str, list[str]]:
    return {table: sorted(to_json(row) for row in rows) for table, rows in found.items() if rows}


@pytest.fixture
def full(path: Path, sitting: Sitting) -> Path:
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    for number in range(60):
        recorder.append(sitting.turn(f"line {number}", at_ms=1000 * number)).result()
        recorder.append(sitting.tick(1000 * number)).result()
    recorder.append(sitting.turn("Ω" * 40_000, at_ms=60_000)).result()
    recorder.close()
    return path


def test_every_row_of_a_whole_file_is_carved(full: Path) -> None:
    assert in_order(carve(full.read_bytes())) == in_order(rows_in(full))


def test_a_really_played_file_is_carved_without_its_first_page() -> None:
    noise = random.Random(1).randbytes(PAGE)
    assert in_order(carve(noise + KEPT.read_bytes()[PAGE:])) == in_order(rows_in(KEPT))


def test_tables_are_told_apart_by_their_rows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carving, "_roots", lambda leaves: iter(()))
    assert in_order(carve(bytes(PAGE) + KEPT.read_bytes()[PAGE:])) == in_order(rows_in(KEPT))


@pytest.mark.parametrize("size", [512, 1024, 8192, 65536])
def test_the_page_size_is_found_without_the_header(full: Path, size: int) -> None:
    connection = sqlite3.connect(full, isolation_level=None)
    connection.execute("PRAGMA journal_mode = delete")
    connection.execute(f"PRAGMA page_size = {size}")
    connection.execute("VACUUM")
    connection.close()
    content = full.read_bytes()
    assert PageFile(bytes(100) + content[100:]).size == size
    carved = carve(bytes(100) + content[100:])
    assert in_order(carved) == in_order(rows_in(full))


def test_deleted_rows_are_not_brought_back(full: Path) -> None:
    connection = sqlite3.connect(full, isolation_level=None)
    connection.execute("PRAGMA secure_delete = 0")
    connection.execute("DELETE FROM vital_sample WHERE at_ms > 5000")
    connection.execute("DELETE FROM finding")
    connection.close()
    assert in_order(carve(full.read_bytes())) == in_order(rows_in(full))


def test_a_long_value_whose_chain_is_cut_is_lost_alone(full: Path) -> None:
    pages = PageFile(full.read_bytes())
    content = bytearray(full.read_bytes())
    long = "Ω" * 1000
    broken = [n for n in range(1, pages.count) if long.encode()[:PAGE] in pages.page(n)]
    assert len(broken) > 10
    content[(broken[5] - 1) * PAGE : broken[5] * PAGE] = b"\xff" * PAGE
    carved = carve(bytes(content))
    whole = [row for row in carved["turn"] if "text" in row]
    assert len(carved["turn"]) == 61
    assert len(whole) >= 60
    assert all("id" in row and "seq" in row for row in carved["turn"])


@pytest.mark.parametrize("seed", range(12))
def test_noise_never_makes_a_row_and_never_fails(full: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(full.read_bytes())
    for _ in range(200):
        content[chance.randrange(len(content))] = chance.randrange(256)
    content[: chance.choice([0, 100, PAGE])] = b""
    true_keys = {(table, columns_by_table()[table].key_of(row)) for table, rows in rows_in(full).items() for row in rows}
    carved = carve(bytes(content[: chance.randrange(len(content))]))
    events = [columns_by_table()["event"].key_of(row) for row in carved["event"]]
    strange = [key for key in events if ("event", key) not in true_keys]
    assert len(strange) <= 12  # Ids of which a byte was changed; their hashes give them away.
    carve(chance.randbytes(PAGE * 20))


def test_sqlite_reads_around_damaged_pages(full: Path) -> None:
    everything = rows_in(full)
    content = bytearray(full.read_bytes())
    pages = PageFile(bytes(content))
    leaves = [n for n in range(2, pages.count) if pages.kind(n) == 0x0D and b"give_oxygen" in pages.page(n)]
    for number in leaves[1::4]:
        content[(number - 1) * PAGE : number * PAGE] = random.Random(number).randbytes(PAGE)
    full.write_bytes(content)
    found = read_what_is_readable(full)
    assert {"student", "session", "meta"} <= found.complete
    assert "event" not in found.complete
    assert found.last_seq == {everything["session"][0]["id"]: len(everything["event"])}
    assert 0.5 * len(everything["event"]) < len(found.rows["event"]) < len(everything["event"])
    lost = sum(len(pages.records(number)) for number in leaves[1::4])
    read = sum(map(len, found.rows.values()))
    assert read == sum(map(len, everything.values())) - lost
    for table, rows in found.rows.items():
        assert all(row in everything[table] for row in rows)


def test_a_file_that_is_no_database_gives_nothing(path: Path) -> None:
    path.parent.mkdir()
    for content in (b"", b"a note", bytes(PAGE * 3), random.Random(2).randbytes(PAGE * 3)):
        path.write_bytes(content)
        assert not any(read_what_is_readable(path).rows.values())
        assert not any(carve(content).values())


def test_every_table_is_replayed_or_laid_beside() -> None:
    replayed: set[str] = {"meta", "student", "encounter", "event", "performance"}
    replayed |= {name.lower() for name in _projected()}
    assert replayed | set(BESIDE_EVENTS) == set(columns_by_table())


def _projected() -> set[Any]:
    """Tables that the events' projections write."""
    from knowthyself_tui.store import projections

    models = {value for value in vars(projections).values() if isinstance(value, type)}
    assert callable(changes_of)
    return {model._meta.table_name for model in models if hasattr(model, "_meta")}
