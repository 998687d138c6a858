"""Sentences that more than one output says, and the names of outcomes for people."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from knowthyself_tui import __version__

from ..results.findings import Findings
from ..results.outcomes import OUTCOMES
from ..results.row import Result
from ..text import clean

TITLE = "Know Thyself: analysis of a cohort"
SYNTHETIC_MARK = "SYNTHETIC: a program played every sitting; no student did."
IDENTIFIED_MARK = "IDENTIFIED: the tables hold codes and names. Keep them as you keep personal data."
WITH_TEXT_MARK = (
    "WITH TEXT: some tables hold what people typed, which may name anybody. Read them before you share them."
)
PSEUDONYMISED_MARK = "Pseudonymised: no codes, names, dates or free text; still personal data while the key exists."
UNIT = (
    "Unit of analysis: the student. A student's score is the mean over that student's finished encounters; "
    "a student without one has no score and enters no mean."
)
_LEFT_EARLY = "Encounters left before their minimum time are listed but not averaged."
NOT_CAUSE = "Estimates with their uncertainty, not verdicts: nothing here says by itself what caused a difference."

_LABELS = {
    "medication_errors": "Medication errors",
    "dangerous_decisions": "Dangerous decisions",
    "competence": "Competence in the first encounter",
    "completion": "Finished the whole queue",
    "score_total": "Score",
    "time_to_action": "Time",
    "checklist_item": "Checklist item",
    "checklist": "Checklist",
}
SHARED_LEAST = 10
"""The smallest count that the shared report shows in a cross table, unless another is asked for."""


def marks(findings: Findings) -> list[str]:
    """What must be read before any number."""
    privacy = [IDENTIFIED_MARK] if findings.request.identified else [PSEUDONYMISED_MARK]
    if findings.request.with_text:
        privacy = [IDENTIFIED_MARK] * findings.request.identified + [WITH_TEXT_MARK]
    return [SYNTHETIC_MARK, *privacy] if findings.synthetic else privacy


def unit_sentence(findings: Findings) -> str:
    """What is averaged and what is not."""
    early = "Encounters left before their minimum time count, as the plan says."
    return f"{UNIT} {early if findings.study.plan.left_early_count else _LEFT_EARLY}"


def unknown_in_plan(findings: Findings) -> list[str]:
    """A sentence on what the plan excludes that is not there."""
    names = ", ".join(clean(name) for name in findings.unknown_in_plan)
    return [f"The plan leaves out what is not in the data: {names}."] if names else []


def outcome_label(column: str) -> str:
    return OUTCOMES[column].label if column in OUTCOMES else _LABELS.get(column, column)


def why_none(record: Mapping[str, Any]) -> str:
    """Why a description of an arm has no such number."""
    if record["n"] > 1:
        return "not estimable (no variance)"
    return "not estimable (n = 1)" if record["n"] == 1 else "not estimable (no student with a score)"


def scenario_name(scenario: str) -> str:
    """The id of a scenario as people write it: `Status epilepticus`."""
    return scenario.replace("_", " ").capitalize()


def row_label(row: Result) -> str:
    """The outcome with what it is about: `Score, asthma`."""
    return ", ".join(part for part in (outcome_label(row.outcome), row.scenario, row.item) if part)


def software() -> str:
    """The versions that the numbers come from."""
    named = [f"Know Thyself {__version__}", f"Python {platform.python_version()}"]
    for package in ("numpy", "pandas", "scipy", "openpyxl", "matplotlib", "pyreadstat"):
        try:
            named.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(named) + "."
