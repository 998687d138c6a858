"""From gathered files to findings: students joined, tables made, results computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import pandas as pd

from .gather.cohort import assemble
from .gather.exclusions import unknown_names, without_excluded
from .gather.given_tables import Rating
from .gather.merge import Gathered, LogEntry
from .plan import PlanFile
from .request import Request
from .results.agreement import match_ratings
from .results.findings import Findings, Given, find
from .tables.cohort_tables import cohort_tables

_SCOPES = ("file", "sitting", "student", "encounter")


def findings_of(
    gathered: Gathered,
    key: bytes,
    plan: PlanFile,
    request: Request,
    ratings: Sequence[Rating] | None = None,
    baseline: Mapping[str, float] | None = None,
) -> Findings:
    """Everything that these files tell."""
    log = list(gathered.log)
    cohort = without_excluded(assemble(gathered.files, key, log), plan.plan, log)
    tables = cohort_tables(gathered, cohort, log, plan.plan)
    unknown = unknown_names(plan.plan, cohort, gathered.files)
    given = Given(None if ratings is None else match_ratings(ratings, tables), baseline, tuple(unknown))
    return find(gathered, tables, _merge_log(gathered, log), plan, request, given)


def _merge_log(gathered: Gathered, log: list[LogEntry]) -> pd.DataFrame:
    entries = sorted(log, key=lambda e: (e.file, _SCOPES.index(e.scope), e.student, e.encounter, e.reason))
    rows = [
        {
            **asdict(entry),
            "sha256": gathered.hashes.get(entry.file) if entry.scope == "file" else None,
            "path": str(gathered.paths[entry.file]),
        }
        for entry in entries
    ]
    frame = pd.DataFrame(rows, columns=["scope", "status", "reason", "file", "student", "encounter", "sha256", "path"])
    return frame.replace("", None)
