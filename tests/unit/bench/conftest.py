"""Published cases, each experiment played once for all tests of the bench."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowthyself_tui.domain.bench import COLLECTED, SECTION_2, Case, Result, validate

Experiment = tuple[str, str, tuple[str, ...]]


def experiment_of(case: Case) -> Experiment:
    return case.patient, case.position, case.steps


class Played:
    """Results of published cases, filled as the tests ask for them."""

    def __init__(self) -> None:
        self._results: dict[Experiment, dict[str, Result]] = {}

    def result(self, case: Case) -> Result:
        """What the model gives for a case; all cases of its experiment are played with it."""
        experiment = experiment_of(case)
        if experiment not in self._results:
            together = [each for each in (*SECTION_2, *COLLECTED) if experiment_of(each) == experiment]
            self._results[experiment] = {result.case.id: result for result in validate(together)}
        return self._results[experiment][case.id]

    def results(self, cases: Sequence[Case]) -> list[Result]:
        return [self.result(case) for case in cases]


@pytest.fixture(scope="session")
def played() -> Played:
    return Played()
