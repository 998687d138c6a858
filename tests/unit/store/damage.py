"""A database with an encounter under way, and ways to damage it."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

from knowthyself_tui.domain.events import verify_chain
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from knowthyself_tui.store.rescue.columns import Key, Row, columns_by_table
from knowthyself_tui.store.rescue.pages import PageFile
from tests.unit.store.conftest import Sitting

PAGE = 4096
TURNS = 40


def snapshot_at(sitting: Sitting, at_ms: int) -> Batch:
    """A snapshot that says, as the engine's do, which event it knows of last."""
    batch = sitting.tick(at_ms)
    assert batch.snapshot is not None
    document = {**batch.snapshot.document, "last_seq": sitting.seq}
    return replace(batch, snapshot=replace(batch.snapshot, document=document))


def under_way(path: Path) -> bytes:
    """Plays forty turns with a snapshot after each, and gives the file."""
    sitting, recorder = Sitting(), Recorder.open(path)
    sitting.begin(recorder)
    for number in range(TURNS):
        recorder.append(sitting.turn(f"line {number}", at_ms=1000 * number)).result()
        recorder.append(snapshot_at(sitting, 1000 * number + 600)).result()
    recorder.let_go()
    return path.read_bytes()


def all_rows(path: Path) -> dict[tuple[str, Key], Row]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    found = {}
    for table, columns in columns_by_table().items():
        names = ", ".join(f'"{name}"' for name in columns.names)
        for values in connection.execute(f'SELECT {names} FROM "{table}"'):
            row = dict(zip(columns.names, values, strict=True))
            found[table, columns.key_of(row)] = row
    connection.close()
    return found


def overwrite(path: Path, pages: list[int], seed: int = 1) -> bytes:
    """Fills pages with noise and gives the bytes that the file has then."""
    content = bytearray(path.read_bytes())
    for number in pages:
        content[(number - 1) * PAGE : number * PAGE] = random.Random(seed + number).randbytes(PAGE)
    path.write_bytes(content)
    return bytes(content)


def leaves_with(content: bytes, text: bytes) -> list[int]:
    pages = PageFile(content)
    return [n for n in range(2, pages.count + 1) if pages.kind(n) == 0x0D and text in pages.page(n)]


def edit(path: Path, script: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(script)
    connection.close()


def assert_is_sound(path: Path) -> None:
    """It opens for writing, its references hold and its chains are whole."""
    Recorder.open(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with open_reader(path) as reader:
        for session in reader.sessions():
            stored = reader.sitting(session.id)
            assert stored.events
            assert verify_chain(stored.events, stored.hashes) is None
