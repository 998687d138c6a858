"""What a durable turn costs beside the same rows by plain sqlite3, how long a save blocks the event loop, how fast a
long sitting opens.

`python -m tests.benchmarks.store_speed --count 300`. Times are of this machine; the ratio is taken in turns in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from knowthyself_tui.content import Library
from knowthyself_tui.domain.records import Batch
from knowthyself_tui.session.log import SessionLog
from knowthyself_tui.session.resume import resume_sitting
from knowthyself_tui.session.sitting import Plan
from knowthyself_tui.session.sitting import Sitting as RealSitting
from knowthyself_tui.store.ids import uuid7
from knowthyself_tui.store.reader import open_reader
from knowthyself_tui.store.recorder import Recorder
from tests.unit.store.conftest import Sitting

TURN_TABLES = ("event", "turn", "act", "finding")
PRAGMAS = (
    "journal_mode = truncate",
    "synchronous = extra",
    "foreign_keys = 1",
    "trusted_schema = 0",
    "cell_size_check = 1",
    "mmap_size = 0",
)
LOOP_SECONDS = 0.002
LONG_SITTING_TURNS = 500
LINES = ("sats?", "any allergies?", "how are you feeling now?", "listen to the chest", "blood pressure")
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value and what it may be; no target where it only explains another."""

    name: str
    value: float
    target: float | None
    unit: str

    @property
    def is_fine(self) -> bool:
        return self.target is None or self.value <= self.target

    def __str__(self) -> str:
        value = f"{self.name:<58} {self.value:9.2f} {self.unit:<3}"
        if self.target is None:
            return value.rstrip()
        return f"{value} target {self.target:.3g} {self.unit:<3}{'ok' if self.is_fine else 'TOO MUCH'}"


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


class PlainWriter:
    """Stores rows that were stored before into another database of the same tables and pragmas."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")
        self._inserts = {table: self._insert_of(table) for table in TURN_TABLES}

    def close(self) -> None:
        self._connection.close()

    def begin(self, recorder_path: Path) -> None:
        """Everything that was there before the first turn."""
        self._connection.execute("ATTACH ? AS source", (str(recorder_path),))
        for table in ("student", "session", "encounter", "event"):
            self._connection.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")
        self._connection.execute("DETACH source")

    def store(self, rows: Rows, session_id: str) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        for table, values in rows.items():
            connection.executemany(self._inserts[table], values)
        connection.execute("UPDATE session SET updated_at = ? WHERE id = ?", ("2026-11-28T00:00:00Z", session_id))
        connection.execute("COMMIT")

    def _insert_of(self, table: str) -> str:
        columns = self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description
        return f"INSERT INTO {table} VALUES ({', '.join('?' for _ in columns)})"


def turn_ratio(folder: Path, count: int) -> list[Figure]:
    """The durable turn against the same rows by plain inserts, in turns."""
    ours, plain, sitting = folder / "ours.db", folder / "plain.db", Sitting()
    Recorder.open(plain).close()
    recorder = Recorder.open(ours)
    sitting.begin(recorder)
    writer = PlainWriter(plain)
    writer.begin(ours)
    pairs: list[tuple[float, float]] = []
    with closing(sqlite3.connect(ours)) as look:
        marks = _marks(look)
        for number in range(count):
            batch = sitting.turn(at_ms=1000 * number)
            took = milliseconds(lambda batch=batch: recorder.append(batch).result())  # type: ignore[misc]  # at once
            rows, marks = _rows_since(look, marks)
            pairs.append((took, milliseconds(lambda rows=rows: writer.store(rows, sitting.session_id))))  # type: ignore[misc]
    recorder.let_go()
    writer.close()
    turn, rows_alone = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return [
        Figure("a durable turn over the same rows by plain sqlite3", turn / rows_alone, 1.5, ""),
        Figure("a durable turn, median", turn, None, "ms"),
        Figure("the same rows by plain sqlite3, median", rows_alone, None, "ms"),
    ]


def _marks(look: sqlite3.Connection) -> dict[str, int]:
    return {table: look.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}").fetchone()[0] for table in TURN_TABLES}


def _rows_since(look: sqlite3.Connection, marks: dict[str, int]) -> tuple[Rows, dict[str, int]]:
    rows = {
        table: look.execute(f"SELECT * FROM {table} WHERE rowid > ? ORDER BY rowid", (mark,)).fetchall()
        for table, mark in marks.items()
    }
    return rows, _marks(look)


async def loop_lateness(folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds that the event loop wakes late while nothing is stored and while turns are, in turns."""
    recorder, sitting = Recorder.open(folder / "loop.db"), Sitting()
    sitting.begin(recorder)
    quiet, saving = list[float](), list[float]()
    late = quiet

    async def watch() -> None:
        while True:
            into, began = late, perf_counter()
            await asyncio.sleep(LOOP_SECONDS)
            into.append(1000 * (perf_counter() - began - LOOP_SECONDS))

    watching = asyncio.create_task(watch())
    for number in range(count):
        late = quiet if number % 20 < 10 else saving
        if late is saving:
            await asyncio.wrap_future(recorder.append(sitting.turn(at_ms=1000 * number)))
        await asyncio.sleep(2 * LOOP_SECONDS)
    watching.cancel()
    recorder.let_go()
    return quiet, saving


def blocked_loop(folder: Path, count: int) -> list[Figure]:
    """What a save adds to the lateness that the machine itself causes."""
    gc.collect()
    quiet, saving = asyncio.run(loop_lateness(folder, 4 * count))
    late, later = percentile(quiet, 0.99), percentile(saving, 0.99)
    return [
        Figure("event loop later while turns are stored, p99", later - late, 1.0, "ms"),
        Figure("  late while turns are stored, p99", later, None, "ms"),
        Figure("  late while nothing is stored, p99", late, None, "ms"),
    ]


def long_sitting(path: Path, turns: int) -> None:
    """A real encounter in which a student never stops asking."""
    library = Library()
    student = Sitting().student
    sitting = RealSitting(student, Plan(("asthma",)), SessionLog(uuid7()), library)
    recorder = Recorder.open(path)
    recorder.enrol(student).result()
    for batch in (sitting.begin(), sitting.give_consent(), sitting.start_encounter()):
        recorder.append(batch).result()
    encounter = sitting.encounter
    assert encounter is not None
    made: list[Batch] = []
    for number in range(turns):
        made.append(sitting.keep(encounter.advance_to(encounter.state.at_ms + 1500)))
        made.append(sitting.keep(encounter.say(LINES[number % len(LINES)])))
    recorder.append(_together(made)).result()
    recorder.let_go()


def _together(batches: Sequence[Batch]) -> Batch:
    """One batch with everything that these hold of an encounter under way."""
    return Batch(
        events=tuple(event for batch in batches for event in batch.events),
        samples=tuple(sample for batch in batches for sample in batch.samples),
        snapshot=[batch.snapshot for batch in batches if batch.snapshot][-1],
        state_changes=tuple(change for batch in batches for change in batch.state_changes),
        disclosures=tuple(disclosure for batch in batches for disclosure in batch.disclosures),
    )


def opening(folder: Path, turns: int) -> list[Figure]:
    """Open, quick_check, read and fold a sitting of `turns` turns, as the start screen and a resume do."""
    path = folder / "long.db"
    long_sitting(path, turns)
    library = Library()
    library.load("asthma")
    opened, resumed, checked = [], [], []
    for _ in range(7):
        opened.append(milliseconds(lambda: Recorder.open(path).let_go()))
        with open_reader(path) as reader:
            checked.append(milliseconds(lambda reader=reader: reader.rows("PRAGMA quick_check")))  # type: ignore[misc]
        resumed.append(milliseconds(lambda: _resume(path, library)))
    whole = median(opened) + median(resumed)
    return [
        Figure(f"open, quick_check and resume a sitting of {turns} turns", whole, 300, "ms"),
        Figure("  of that: open the recorder", median(opened), None, "ms"),
        Figure("  of that: read the sitting and fold it", median(resumed), None, "ms"),
        Figure("  quick_check alone", median(checked), None, "ms"),
    ]


def _resume(path: Path, library: Library) -> None:
    with open_reader(path) as reader:
        stored = reader.sitting(reader.unfinished()[0].session_id)
    resume_sitting(stored, library)


def measure(folder: Path, count: int, turns: int = LONG_SITTING_TURNS) -> list[Figure]:
    return [*turn_ratio(folder, count), *blocked_loop(folder, count), *opening(folder, turns)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="turns of each measurement")
    parser.add_argument("--seed", type=int, default=1, help="not used: the same turns every time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        figures = measure(Path(folder), options.count)
    print("\n".join(map(str, figures)))
    wanted = [figure for figure in figures if figure.target is not None]
    print(f"figures with a target {len(wanted)}, within it {sum(figure.is_fine for figure in wanted)}")
    return 0 if all(figure.is_fine for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
