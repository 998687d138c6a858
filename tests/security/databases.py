"""A sound database, ways to spoil it, and the three ways in which a file of others is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from knowthyself_tui.analysis.cli import AnalysisOutcome, Request, analyze
from knowthyself_tui.store.reader import Reader, open_copy, open_reader
from tests.unit.analysis.conftest import Played, Sitting, write_database

Spoil = Callable[[Path], None]
CODE, NAME = "p001", "Zuzana Nováková"


def write_sound(path: Path) -> Path:
    """One student with one finished encounter."""
    return write_database(path, CODE, Sitting("A", [Played(70.0)]), name=NAME)


def run_sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(script)


def run_schema_sql(path: Path, script: str) -> None:
    """What SQLite lets nobody do to a schema unless asked twice."""
    run_sql(path, f"PRAGMA writable_schema = 1; {script}; PRAGMA writable_schema = RESET")


def read_copy(path: Path) -> None:
    with open_copy(path) as reader:
        read_everything(reader)


def read_in_place(path: Path) -> None:
    with open_reader(path) as reader:
        read_everything(reader)


def read_everything(reader: Reader) -> None:
    """What the program asks of a file."""
    reader.students()
    reader.unfinished()
    for session in reader.sessions():
        reader.sitting(session.id)


def analysed(path: Path) -> AnalysisOutcome:
    """An analysis of the file's folder, with everything that it makes beside that folder."""
    out = path.parent.parent / "report"
    return analyze(
        Request([path.parent], out, identified=True, key_file=path.parent.parent / "keys" / "analysis.key", plots=False)
    )
