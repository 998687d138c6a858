"""From ten students' encounters to a workbook that reads back with the same numbers."""

from __future__ import annotations

import statistics
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.command import SCRIPTS, rows

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.slow
def test_ten_runs_become_a_report(command: Run, tmp_path: Path) -> None:
    totals: dict[str, list[float]] = {"A": [], "B": []}

    def play(number: int) -> tuple[str, float]:
        arm = "AB"[number % 2]
        script = ["--script", str(SCRIPTS / "asthma_optimal.txt")] if number % 3 else []
        database = tmp_path / "collected" / f"s{number}.db"
        out = rows(
            command(
                "run", "asthma", "--json", "--student", f"s{number}", "--arm", arm, "--db", str(database),
                "--seed", str(number + 1), *script,
            )
        )  # fmt: skip
        return arm, out[-1]["total"]

    with ThreadPoolExecutor(2) as pool:
        for arm, total in pool.map(play, range(10)):
            totals[arm].append(total)
    done = command("analyze", str(tmp_path / "collected"), "--out", str(tmp_path / "report"))
    assert done.returncode == 0, done.stderr
    workbook = openpyxl.load_workbook(tmp_path / "report" / "results.xlsx")
    header, *table = workbook["Arms"].iter_rows(values_only=True)
    arms = {row[0]: dict(zip(header, row, strict=True)) for row in table}
    for arm, scores in totals.items():
        assert arms[arm]["n"] == len(scores)
        assert arms[arm]["mean"] == pytest.approx(statistics.mean(scores))
        assert arms[arm]["sd"] == pytest.approx(statistics.stdev(scores))
