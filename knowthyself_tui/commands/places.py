"""Which databases a command looks at, and how it prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowthyself_tui.store.place import Place

DB_HELP = "A database (path, sqlite:///path or postgresql://host/name); the default is every file in your data folder."


def places_of(options: Mapping[str, Any]) -> list[Place]:
    """The one database of `--db` or the settings, else every student's file in the data folder."""
    from knowthyself_tui.config import load_settings
    from knowthyself_tui.locations import data_folder

    database = load_settings({"db": options.get("db")}).database
    return [database] if database is not None else list(sorted(data_folder().glob("*.db")))


@contextmanager
def as_paths(sources: Sequence[str]) -> Iterator[list[Path]]:
    """Files and folders as they are, and servers as a temporary folder of one database a student."""
    import tempfile

    from knowthyself_tui.config import database_place

    with tempfile.TemporaryDirectory(prefix="knowthyself-") as folder:
        yield [_as_path(database_place(source), Path(folder) / str(number)) for number, source in enumerate(sources)]


def _as_path(place: Place, folder: Path) -> Path:
    if isinstance(place, Path):
        return place
    from knowthyself_tui.store.extract import extract_all

    folder.mkdir()
    extract_all(place, folder)
    return folder


def json_line(row: Mapping[str, Any]) -> str:
    """One object of `--json`."""
    return json.dumps(row, ensure_ascii=False, default=str)
