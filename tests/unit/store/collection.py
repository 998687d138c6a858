"""Students who play into files, and what collecting makes of these."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.store.collection.collect import Outcome, collecting
from knowthyself_tui.store.collection.sources import gather
from knowthyself_tui.store.recorder import Recorder

if TYPE_CHECKING:
    from tests.unit.store.conftest import Sitting

EVENTS_OF_A_TURN = 4


def play(path: Path, sitting: Sitting, turns: int = 1, ticks: int = 0) -> Path:
    """Begins the sitting, or goes on with it; nothing but the database comes to lie at `path`."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "x.db"
        if path.exists():
            shutil.copyfile(path, place)
        recorder = Recorder.open(place)
        if not sitting.seq:
            sitting.begin(recorder)
        for _ in range(turns):
            recorder.append(sitting.turn()).result()
        for number in range(ticks):
            recorder.append(sitting.tick(5000 * (number + 1))).result()
        recorder.let_go()
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, path)
    return path


def collect(folder: Path, *sources: Path | str) -> list[Outcome]:
    """One run; its sources are all there."""
    gathered = gather([str(source) for source in sources], folder)
    assert not gathered.problems
    with collecting(folder) as collector:
        return [collector.take(source) for source in gathered.sources]


def actions(outcomes: list[Outcome]) -> list[str]:
    return [outcome.action for outcome in outcomes]


def copies(folder: Path) -> list[str]:
    """The databases in a collected folder, which holds nothing else but the manifest and its lock."""
    names = sorted(path.name for path in folder.iterdir())
    assert {"manifest.csv", "manifest.csv.lock"} <= set(names)
    return [name for name in names if not name.startswith("manifest.csv")]


def lines(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def events_in(path: Path) -> int:
    """The number of events in a copy."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT COUNT(*) FROM event").fetchone()[0])
    finally:
        connection.close()


def edit(path: Path, script: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(script)
    connection.close()
