"""Which tables are written, with which columns: everything by default, text and vital signs only when asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from .codebook import (
    ACTIONS,
    AGREEMENT,
    APPEALS,
    ARMS,
    CHALLENGES,
    CHECKLIST,
    CURVES,
    DEBRIEF,
    DECISIONS,
    ENCOUNTERS,
    FLOW,
    GATES,
    ITEMS,
    MEDICATION_ERRORS,
    MERGE_LOG,
    MILESTONES,
    NOTES,
    STUDENTS,
    SURVEY,
    TESTS,
    TURNS,
    WARMUP,
)
from .codebook.column import Table
from .codebook.students import scenario_score
from .dataset import Dataset, dataset
from .gather.merge import Gathered
from .results.findings import Findings
from .results.row import frame_of_results
from .tables.requested import note_table, turn_table
from .tables.students import scenario_columns
from .tables.verdicts import action_table, wide_checklists


def written_tables(gathered: Gathered, findings: Findings) -> Iterator[Dataset]:
    """Every table in the order of the codebook, with the columns that were asked for, one after the other."""
    request = findings.request
    for table, frame in _all(gathered, findings):
        yield dataset(table.written(identified=request.identified, with_text=request.with_text), frame)


def _all(gathered: Gathered, findings: Findings) -> Iterator[tuple[Table, pd.DataFrame]]:
    tables = findings.tables
    scores = [scenario_score(scenario, name) for scenario, name in scenario_columns(tables.encounters).items()]
    yield STUDENTS.with_columns(scores), tables.students
    yield ENCOUNTERS, tables.encounters
    yield CHECKLIST, tables.checklist
    yield from wide_checklists(tables.checklist)
    yield DECISIONS, tables.decisions
    yield GATES, tables.gates
    yield MILESTONES, tables.milestones
    yield MEDICATION_ERRORS, tables.errors
    yield ACTIONS, action_table(gathered.files, tables.encounters)
    yield CHALLENGES, tables.challenges
    yield WARMUP, tables.warmup
    yield SURVEY, tables.survey
    yield APPEALS, tables.appeals
    if findings.request.with_text:
        yield from _texts(gathered, findings)
    yield TESTS, frame_of_results(findings.results)
    yield ARMS, findings.arms
    yield ITEMS, findings.items
    yield CURVES, findings.curves
    if findings.agreement is not None:
        yield AGREEMENT, findings.agreement
    yield FLOW, findings.flow_by_arm
    yield MERGE_LOG, findings.merge_log


def _texts(gathered: Gathered, findings: Findings) -> Iterator[tuple[Table, pd.DataFrame]]:
    """What people typed, read from the files a second time."""
    turns = turn_table(gathered.files, findings.tables.sessions, findings.tables.encounters)
    yield TURNS, turns
    yield DEBRIEF, turns[turns["phase"] == "debrief"]
    yield NOTES, note_table(gathered.files, findings.tables.encounters)
