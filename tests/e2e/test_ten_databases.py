"""From ten students' encounters to a workbook that reads back with the same numbers."""

from __future__ import annotations

import csv
import math
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
    named = [dict(zip(header, row, strict=True)) for row in table]
    arms = {row["arm"]: row for row in named if row["outcome"] == "score_mean"}
    for arm, scores in totals.items():
        assert arms[arm]["n"] == len(scores)
        assert arms[arm]["mean"] == pytest.approx(statistics.mean(scores))
        assert arms[arm]["sd"] == pytest.approx(statistics.stdev(scores))
    assert_welch_by_hand(tmp_path / "report" / "tests.csv", totals["A"], totals["B"])


def assert_welch_by_hand(path: Path, first: list[float], second: list[float]) -> None:
    """Welch 1947 and Hedges 1981 from their formulas, against the first row of the tests."""
    row = next(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    errors = [statistics.variance(scores) / len(scores) for scores in (first, second)]
    difference = statistics.mean(first) - statistics.mean(second)
    df = sum(errors) ** 2 / sum(e**2 / (len(s) - 1) for e, s in zip(errors, (first, second), strict=True))
    m = len(first) + len(second) - 2
    pooled = math.sqrt(sum((len(s) - 1) * statistics.variance(s) for s in (first, second)) / m)
    correction = math.exp(math.lgamma(m / 2) - math.log(m / 2) / 2 - math.lgamma((m - 1) / 2))
    assert (row["family"], row["method"]) == ("primary", "Welch t")
    assert float(row["estimate"]) == pytest.approx(difference)
    assert float(row["statistic"]) == pytest.approx(difference / math.sqrt(sum(errors)))
    assert float(row["df"]) == pytest.approx(df)
    assert float(row["g"]) == pytest.approx(correction * difference / pooled)
