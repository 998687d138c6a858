"""What an analysis costs: seconds and memory at three sizes, and ratios to other ways in the same run.

`python -m tests.benchmarks.analysis_speed` takes some minutes; the numbers in the README come from it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from tests.benchmarks.analysis_ways import write_json_files
from tests.benchmarks.cohort_files import write_cohort_files

SIZES = {20: (2.5, 300.0), 1_000: (3.5, 300.0), 10_000: (15.0, 300.0)}
"""Encounters: seconds and megabytes that an analysis may take on two idle processors."""
_LOOK_SECONDS = 0.02
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process."""

    seconds: float
    megabytes: float
    """Largest resident size of the process itself."""


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: float
    unit: str
    target: str


def cost_of(arguments: Sequence[str]) -> Cost:
    """Runs a Python module to its end; fails when it does."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    started = perf_counter()
    process = psutil.Popen([sys.executable, "-m", *arguments], env=environment, stdout=-3, stderr=-3)
    largest = 0
    while process.poll() is None:
        try:
            largest = max(largest, process.memory_info().rss)
        except psutil.Error:
            break
        try:
            process.wait(_LOOK_SECONDS)
        except psutil.TimeoutExpired:
            continue
    if process.wait():
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}.")
    return Cost(perf_counter() - started, largest / _MEGABYTE)


def analysis_cost(folder: Path, out: Path, *more: str) -> Cost:
    command = ["knowthyself_tui", "analyze", str(folder), "--out", str(out / "report"), "--key", str(out / "key")]
    return cost_of([*command, *more])


def way_cost(way: str, folder: Path) -> Cost:
    return cost_of(["tests.benchmarks.analysis_ways", way, str(folder)])


def _figures(work: Path, sizes: Sequence[int], repeats: int) -> Iterator[Figure]:
    for size in sizes:
        folder = write_cohort_files(work / f"cohort{size}", size)
        costs = [analysis_cost(folder, work / f"out{size}") for _ in range(repeats)]
        seconds, megabytes = SIZES.get(size, (float("nan"), float("nan")))
        yield Figure(f"{size} encounters", median(c.seconds for c in costs), "s", f"at most {seconds:g}")
        yield Figure(f"{size} encounters", max(c.megabytes for c in costs), "MB", f"at most {megabytes:g}")
    largest = max(sizes)
    ours, theirs = (way_cost(way, work / f"cohort{largest}") for way in ("pushdown", "pandas"))
    yield Figure("vital summary, all samples in pandas / by SQLite", theirs.seconds / ours.seconds, "x", "at least 5")
    yield Figure("the same, memory", theirs.megabytes / ours.megabytes, "x", "at least 15")
    old = way_cost("spreadsheet", write_json_files(work / "json", largest))
    again = analysis_cost(work / f"cohort{largest}", work / f"out{largest}")
    yield Figure("task of 2025 / whole analysis", old.seconds / again.seconds, "x", "at least 2.5")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for figure in _figures(Path(folder), options.sizes, options.repeats):
            print(f"{figure.name:52} {figure.value:8.2f} {figure.unit:3} {figure.target}")


if __name__ == "__main__":
    main()
