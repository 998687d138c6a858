"""Other ways to do what the analysis does, each a process of its own so that its memory is its own.

`python -m tests.benchmarks.analysis_ways WAY FOLDER` does one of `WAYS` and prints nothing.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

_SUMMARY = """
SELECT encounter_id, min(spo2), min(sbp), max(hr), min(gcs), sum(spo2 < 90) * 5.0 FROM vital_sample
GROUP BY encounter_id
"""
DEBRIEF_MESSAGES = 20


def pushdown(folder: Path) -> int:
    """A line an encounter, summed up by SQLite: what the analysis does."""
    rows = []
    for path in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            rows += connection.execute(_SUMMARY).fetchall()
    return len(rows)


def pandas_way(folder: Path) -> int:
    """The same from all samples in one data frame."""
    import pandas as pd

    frames = []
    for path in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            frames.append(pd.read_sql("SELECT * FROM vital_sample", connection))
    everything = pd.concat(frames)
    everything = everything.assign(low=everything["spo2"] < 90)
    grouped = everything.groupby("encounter_id")
    return len(grouped.agg({"spo2": "min", "sbp": "min", "hr": "max", "gcs": "min", "low": "sum"}))


def spreadsheet(folder: Path) -> int:
    """The task of 2025: one JSON file a student with scenarios, actions and debrief, all of it into a workbook."""
    import pandas as pd

    students = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    tables = {
        "Students": pd.DataFrame([{k: v for k, v in s.items() if not isinstance(v, list)} for s in students]),
        **{
            name: pd.DataFrame([{"studentId": s["studentId"], **row} for s in students for row in s[name]])
            for name in ("scenarios", "actions", "debrief")
        },
    }
    with pd.ExcelWriter(folder / "report.xlsx", engine="openpyxl") as writer:
        for name, frame in tables.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    scores = tables["Students"].groupby("group")["score"].describe()
    return len(scores)


def write_json_files(folder: Path, count: int) -> Path:
    """Records as the web platform made them: about 9 kB each."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"s{number:05}.json").write_text(json.dumps(_record(number)), encoding="utf-8")
    return folder


def _record(number: int) -> dict[str, object]:
    def rows(count: int, size: int) -> Iterator[dict[str, object]]:
        for row in range(count):
            yield {"time": 60 * row, "kind": "note", "text": "words " * (size // 6), "rating": row % 4}

    return {
        "studentId": f"st{number:05}",
        "group": "AB"[number % 2],
        "score": 50 + number % 50,
        "scenarios": list(rows(3, 200)),
        "actions": list(rows(10, 60)),
        "debrief": list(rows(DEBRIEF_MESSAGES, 300)),
    }


def imports(folder: Path) -> int:
    """Only loads the two libraries that no analysis can do without."""
    import pandas
    import scipy.stats

    return len(pandas.__name__) + len(scipy.stats.__name__)


WAYS = {"imports": imports, "pushdown": pushdown, "pandas": pandas_way, "spreadsheet": spreadsheet}

if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]))
