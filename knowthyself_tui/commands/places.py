"""Which databases a command looks at, and how it prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from knowthyself_tui.config import load_settings
from knowthyself_tui.locations import data_folder
from knowthyself_tui.store.place import Place

DB_HELP = "A database (path, sqlite:///path or postgresql://host/name); the default is every file in your data folder."


def places_of(options: Mapping[str, Any]) -> list[Place]:
    """The one database of `--db` or the settings, else every student's file in the data folder."""
    database = load_settings({"db": options.get("db")}).database
    return [database] if database is not None else list(sorted(data_folder().glob("*.db")))


def json_line(row: Mapping[str, Any]) -> str:
    """One object of `--json`."""
    return json.dumps(row, ensure_ascii=False, default=str)
