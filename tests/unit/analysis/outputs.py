"""Reading what an analysis wrote."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from knowthyself_tui.analysis.cli import AnalysisOutcome, Request, analyze

csv.field_size_limit(10_000_000)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def analysed(folder: Path, out: Path, **wanted: Any) -> AnalysisOutcome:
    """Without pictures, which take a second, unless they are wanted; the key lies beside the folder."""
    return analyze(Request([folder], out, **{"plots": False, "key_file": out.parent / "keys" / "key", **wanted}))


def primary(out: Path) -> dict[str, str]:
    return read_csv(out / "tests.csv")[0]


def results_of(out: Path, outcome: str, **where: str) -> list[dict[str, str]]:
    rows = [row for row in read_csv(out / "tests.csv") if row["outcome"] == outcome]
    return [row for row in rows if all(row[name] == value for name, value in where.items())]
