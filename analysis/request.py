"""What is to be analysed, and what is wanted beside the defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .gather.merge import Progress


def _unseen(done: int, of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Request:
    """One run of the analysis."""

    sources: Sequence[Path]
    """Files, folders and patterns; never written to."""
    out: Path
    """The folder for everything that is written, but the key and the list of codes."""
    identified: bool = False
    """Codes, names and dates are written."""
    with_text: bool = False
    """What people typed is written."""
    vitals: bool = False
    """Every vital sample is written."""
    plots: bool = True
    min_cell: int | None = None
    """The smallest count that a shared table shows. None: report.md hides those below 10, report.html nothing."""
    excel_csv: bool = False
    """Each CSV a second time as a Continental Excel opens it: semicolons, decimal commas, nothing that is a formula."""
    key_file: Path | None = None
    write_key: Path | None = None
    """Where a list of codes and pseudonyms is written, away from the tables."""
    plan_file: Path | None = None
    ratings_file: Path | None = None
    baseline_file: Path | None = None
    """A pre-test: a CSV of students and numbers."""
    appendix: bool = False
    """Analyses that few readers need."""
    equivalence_bound: float | None = None
    """In units of the primary outcome; wins over the plan's."""
    unicode: bool = True
    """The terminal shows more than ASCII."""
    progress: Progress = _unseen
