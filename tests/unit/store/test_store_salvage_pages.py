"""Rows straight from the pages of a file, and by SQLite around the pages that are gone."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from knowthyself_tui.domain.events import chain_hash
from knowthyself_tui.store import projections
from knowthyself_tui.store.models import TABLES, to_json
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.rescue import carve as carving
from knowthyself_tui.store.rescue.beside import BESIDE_EVENTS
from knowthyself_tui.store.rescue.carve import carve
from knowthyself_tui.store.rescue.columns import Row, columns_by_table
from knowthyself_tui.store.rescue.pages import PageFile
from knowthyself_tui.store.rescue.pool import Pool
from knowthyself_tui.store.rescue.readable import read_what_is_readable
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


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file whose tables have many pages, with one value over many more."""
    path, sitting = tmp_path_factory.mktemp("data") / "p001.db", Sitting()
    recorder = Recorder.open(path)
    sitting.begin(recorder)
    for number in range(60):
        recorder.append(sitting.turn(f"line {number}", at_ms=1000 * number)).result()
        recorder.append(sitting.tick(1000 * number)).result()
    recorder.append(sitting.turn("Ω" * 40_000, at_ms=60_000)).result()
    recorder.let_go()
    return path.read_bytes()


@pytest.fixture
def full(path: Path, whole: bytes) -> Path:
    path.parent.mkdir()
    path.write_bytes(whole)
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


def test_noise_never_makes_an_event_that_was_not_there(whole: bytes, full: Path) -> None:
    """What a changed byte makes of an event is given away by its hash; it must only never stop the reading."""
    true = {row["hash"] for row in rows_in(full)["event"]}
    for seed in range(12):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(200):
            content[chance.randrange(len(content))] = chance.randrange(256)
        content[: chance.choice([0, 100, PAGE])] = b""
        pool = Pool()
        pool.add(carve(bytes(content[: chance.randrange(len(content))])))
        for session in pool.sessions():
            previous = ""
            for event in pool.log(session):
                previous = chain_hash(previous, event)
                assert previous in true
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
    projected = {table._meta.table_name for table in vars(projections).values() if table in TABLES}
    rest = {"meta", "event", "encounter", "performance"}
    assert projected | rest | set(BESIDE_EVENTS) == set(columns_by_table())
