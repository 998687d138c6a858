"""What an analysis of 1,000 encounters may cost; a busy machine may spoil a measurement, so the best counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.analysis_speed import Cost, analysis_cost, cost_of, way_cost
from tests.benchmarks.cohort_files import write_cohort_files

ATTEMPTS = 3
ENCOUNTERS = 1_000
LARGEST_MEGABYTES = 300
IMPORTS_WORTH = 7.0
"""The whole run beside a bare import of pandas and scipy.stats: 4.9 to 5.4 times as long when nothing else runs."""


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cohort_files(tmp_path_factory.mktemp("speed") / "cohort", ENCOUNTERS)


def best(ratio: Callable[[], float], wanted: Callable[[float], bool]) -> float:
    """The first ratio that is as wanted, else the last one."""
    for _ in range(ATTEMPTS):
        if wanted(measured := ratio()):
            break
    return measured


@pytest.mark.slow
def test_a_thousand_encounters_cost_little_more_than_the_imports(cohort: Path, tmp_path: Path) -> None:
    runs: list[Cost] = []

    def ratio() -> float:
        runs.append(analysis_cost(cohort, tmp_path))
        return runs[-1].seconds / cost_of(["tests.benchmarks.analysis_ways", "imports", str(cohort)]).seconds

    assert best(ratio, lambda measured: measured <= IMPORTS_WORTH) <= IMPORTS_WORTH
    assert max(run.megabytes for run in runs) <= LARGEST_MEGABYTES


@pytest.mark.slow
def test_vital_samples_are_summed_up_where_they_lie(cohort: Path) -> None:
    def ratio() -> float:
        ours, theirs = way_cost("pushdown", cohort), way_cost("pandas", cohort)
        assert theirs.megabytes >= 5 * ours.megabytes
        return theirs.seconds / ours.seconds

    assert best(ratio, lambda measured: measured >= 5) >= 5
