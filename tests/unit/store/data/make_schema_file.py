"""Plays a minute of the asthma scenario into `schema_<version>.db` and writes down what it holds.

Run once for each schema version, before the first release that has it:

    python tests/unit/store/data/make_schema_file.py

A file that is there is never made again: it shows that what was written then can still be read.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from knowthyself_tui.commands.run import run_script
from knowthyself_tui.store.schema import SCHEMA_VERSION

FOLDER = Path(__file__).parent
SCRIPT = FOLDER.parents[2] / "e2e" / "scripts" / "asthma_optimal.txt"


def holdings(path: Path) -> dict[str, object]:
    """Rows of every table, and the head of each sitting's chain."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in sorted(tables)}
    heads = connection.execute("SELECT session_id, MAX(seq), hash FROM event GROUP BY session_id").fetchall()
    connection.close()
    return {"rows": rows, "heads": [list(head) for head in heads]}


def main() -> None:
    path = FOLDER / f"schema_{SCHEMA_VERSION}.db"
    if path.exists():
        raise SystemExit(f"{path} is there already.")
    options = {"db": str(path), "code": "p001", "name": "Zoë Åström", "script": str(SCRIPT), "until": "01:00"}
    for _ in run_script("asthma", options):
        pass
    for left in FOLDER.glob(f"{path.name}?*"):
        left.unlink()
    for copy in (FOLDER / "handin").glob("*"):
        copy.unlink()
    (FOLDER / "handin").rmdir()
    text = json.dumps(holdings(path), indent=1, ensure_ascii=False)
    path.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
