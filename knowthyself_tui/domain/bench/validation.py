"""Runs published cases against the body; cases that share an experiment are played once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowthyself_tui.domain.bench.case import Case
from knowthyself_tui.domain.bench.columns import check_columns
from knowthyself_tui.domain.bench.figures import Trace
from knowthyself_tui.domain.bench.moments import Value
from knowthyself_tui.domain.bench.protocol import Protocol, Report, run
from knowthyself_tui.domain.bench.wrong_names import quoted
from knowthyself_tui.errors import UsageError

Verdict = Literal["inside", "outside", "not reached", "error"]


@dataclass(frozen=True, slots=True)
class Result:
    """What the model gave for one case."""

    case: Case
    value: float | None
    problem: str = ""
    """Why the case could not be played."""

    @property
    def verdict(self) -> Verdict:
        if self.problem:
            return "error"
        if self.value is None:
            return "not reached"
        return "inside" if self.case.low <= self.value <= self.case.high else "outside"

    @property
    def inside(self) -> bool:
        return self.verdict == "inside"

    @property
    def error(self) -> float | None:
        """The model's value less the published one."""
        if self.value is None or self.case.published is None:
            return None
        return self.value - self.case.published


def validate(cases: Sequence[Case]) -> list[Result]:
    """Run cases; the results are in their order."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, case in enumerate(cases):
        groups.setdefault((case.patient, case.position, case.steps), []).append(index)
    results = {
        index: result
        for group in groups.values()
        for index, result in zip(group, _results([cases[index] for index in group]), strict=True)
    }
    return [results[index] for index in range(len(cases))]


def choose(cases: Sequence[Case], text: str) -> list[Case]:
    """The cases whose id, title or source has `text` in it.

    Raises:
        UsageError: none has.
    """
    wanted = text.casefold()
    found = [case for case in cases if wanted in f"{case.id} {case.title} {case.source}".casefold()]
    if not found:
        raise UsageError(f"No published case has {quoted(text)} in its id, title or source.")
    return found


def _results(cases: Sequence[Case]) -> list[Result]:
    """Results of cases that share one experiment."""
    try:
        protocol = replace(cases[0].protocol(), minutes=max(case.minutes for case in cases))
        columns = check_columns(sorted(frozenset().union(*(case.figure.columns for case in cases))))
        trace, refused = _play(protocol, columns)
    except UsageError as error:
        return [Result(case, None, str(error)) for case in cases]
    if refused is not None:
        return [Result(case, None, str(refused)) for case in cases]
    return [Result(case, case.figure.read(trace.until(case.minutes))) for case in cases]


def _play(protocol: Protocol, columns: Sequence[str]) -> tuple[Trace, Report | None]:
    traced: dict[str, list[Value]] = {column: [] for column in columns}
    reports: list[Report] = []
    for row in run(protocol, columns, report=reports.append) if columns else ():
        for column, cells in traced.items():
            cells.append(row[column])
    return Trace(traced), next((each for each in reports if each.refused), None)
