"""Everything that one analysis found: what the reports say and the files hold is taken from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..gather.database import Trace
from ..gather.merge import Gathered
from ..plan import PlanFile
from ..request import Request
from ..stats.estimable import NotEstimable
from ..tables.cohort_tables import CohortTables
from .agreement import Pairs, agreement_table
from .appendix import appendix_rows, baseline_rows
from .describe import arm_table, description_rows
from .flow import Flow, count_flow, flow_table
from .help import StudentPage, student_pages
from .items import item_difference_rows, item_table, reliability_rows
from .primary import primary_rows
from .row import Result
from .scenarios import CurvePoint, learning_points, scenario_rows
from .secondary import exploratory_rows, secondary_rows
from .study import Study, study
from .timing import Timeliness, curve_table, timeliness, timing_rows


@dataclass(frozen=True, slots=True)
class Given:
    """What a researcher adds to the databases."""

    ratings: Pairs | None = None
    baseline: Mapping[str, float] | None = None
    """Pre-test by code or pseudonym, as `code_key` makes it."""
    unknown_in_plan: tuple[str, ...] = ()
    """What the plan excludes that is not in the data."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The data, how they came together, and every result."""

    study: Study
    plan: PlanFile
    request: Request
    flow: Flow
    paths: Mapping[str, Path]
    """Where each file number was found; only the terminal shows them, file names may hold student codes."""
    synthetic: bool
    merge_log: pd.DataFrame
    results: tuple[Result, ...]
    arms: pd.DataFrame
    items: pd.DataFrame
    curves: pd.DataFrame
    flow_by_arm: pd.DataFrame
    timeliness: tuple[Timeliness, ...]
    learning: tuple[CurvePoint, ...]
    pages: tuple[StudentPage, ...]
    unknown_in_plan: tuple[str, ...]
    pairs: Pairs | None
    traces: Mapping[tuple[str, str], Trace]
    """By file number and encounter id: sampled vital signs."""
    agreement: pd.DataFrame | None
    """None when there were no ratings of an instructor."""

    @property
    def tables(self) -> CohortTables:
        return self.study.tables

    @property
    def primary(self) -> Result:
        return self.results[0]

    def family(self, *names: str) -> list[Result]:
        return [row for row in self.results if row.family in names]

    @property
    def excluded(self) -> pd.DataFrame:
        return self.merge_log[self.merge_log["status"] == "excluded"]

    @property
    def arm_meanings(self) -> list[str]:
        """What the arms are, by what the sittings recorded; never by what a letter usually means."""
        return [_meaning(str(arm), rows) for arm, rows in self.tables.encounters.groupby("arm")]


def _meaning(arm: str, rows: pd.DataFrame) -> str:
    kinds = set(rows["challenge_points"].dropna())
    said = {frozenset({1.0}): "challenge points on", frozenset({0.0}): "challenge points off"}
    return f"Arm {arm}: {said.get(frozenset(kinds), 'challenge points mixed' if kinds else 'nothing recorded')}"


def find(
    gathered: Gathered,
    tables: CohortTables,
    merge_log: pd.DataFrame,
    plan: PlanFile,
    request: Request,
    given: Given,
) -> Findings:
    """Every result of the tables."""
    own = study(tables, plan.plan)
    times = timeliness(own)
    results = (
        *primary_rows(own),
        *secondary_rows(own),
        *exploratory_rows(own),
        *scenario_rows(own),
        *timing_rows(own, times),
        *item_difference_rows(own),
        *description_rows(own),
        *reliability_rows(own),
        *(appendix_rows(own) if request.appendix else ()),
        *(baseline_rows(own, given.baseline) if given.baseline is not None else ()),
    )
    pairs = given.ratings
    return Findings(
        study=own,
        plan=plan,
        request=request,
        flow=count_flow(gathered, tables, merge_log),
        paths=gathered.paths,
        synthetic=gathered.synthetic,
        merge_log=merge_log,
        results=results,
        arms=arm_table(own),
        items=item_table(own),
        curves=curve_table(times),
        flow_by_arm=flow_table(tables.students),
        timeliness=tuple(times),
        learning=tuple(learning_points(own)),
        pages=tuple(student_pages(tables)),
        unknown_in_plan=given.unknown_in_plan,
        pairs=pairs,
        traces={(f.number, name): trace for f in gathered.files for name, trace in f.database.traces.items()},
        agreement=None if pairs is None else agreement_table(pairs),
    )


def two_arms(findings: Findings) -> tuple[str, str] | None:
    """The arms compared; None when there are not two."""
    arms = findings.study.arms
    return None if isinstance(arms, NotEstimable) else (arms.first, arms.second)
