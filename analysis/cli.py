"""`knowthyself analyze`: from a folder of collected databases to reports, tables and files for other programs."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.locations import config_file

from .crosswalk import check_crosswalk, write_crosswalk
from .figures.studio import Studio
from .folder import export_into
from .gather.given_tables import read_baseline, read_ratings
from .gather.merge import gather
from .gather.pseudonyms import load_or_create_key
from .plan import NO_PLAN, PlanFile, read_plan
from .request import Request
from .text import clean

if TYPE_CHECKING:
    from .results.findings import Findings

KEY_FILE_NAME = "analysis.key"
_NEW_KEY = "A new key was made: these pseudonyms are like no others."


@dataclass(frozen=True, slots=True)
class AnalysisOutcome:
    """How an analysis ended."""

    exit_code: int
    """0 all of it, 1 nothing could be analysed, 3 analysed with exclusions."""
    summary: str
    files: tuple[Path, ...]
    """What was written."""


def analyze(request: Request) -> AnalysisOutcome:
    """Analyses databases into a folder.

    Raises:
        UsageError: a source is not there, or a plan or ratings cannot be used.
        AnalysisError: a file or folder cannot be written, or the key file cannot be used.
    """
    with _studio(request) as studio:
        return _analyze(request, studio)


def _studio(request: Request) -> Studio | nullcontext[Studio]:
    """A studio that is already being warmed up, if there is anything to draw."""
    return Studio() if request.plots else nullcontext(Studio())


def _analyze(request: Request, studio: Studio) -> AnalysisOutcome:
    if request.write_key is not None:
        check_crosswalk(request.write_key, request.out)
    plan = _plan(request)
    ratings = None if request.ratings_file is None else read_ratings(request.ratings_file)
    baseline = None if request.baseline_file is None else read_baseline(request.baseline_file)
    gathered = gather(request.sources, request.progress)
    if not gathered.paths:
        places = clean(", ".join(str(source) for source in request.sources))
        return AnalysisOutcome(1, f"There is no database (*.db) in {places}.", ())
    with export_into(request.out) as export:
        key_path = request.key_file or config_file().with_name(KEY_FILE_NAME)
        new_key = not key_path.exists()
        key = load_or_create_key(key_path, export_folder=request.out)

        # pandas and scipy take a second to import, which an error found before need not wait for.
        from .assemble import findings_of
        from .files import write_files
        from .report.terminal import terminal_summary

        findings = findings_of(gathered, key, plan, request, ratings, baseline)
        gathered = gathered.with_acts_only()
        skipped = write_files(export, gathered, findings, studio)
        replaced = export.replaces
        remarks = [*skipped, *export.finish(), *([_NEW_KEY] if new_key else [])]
    written = export.paths
    if request.write_key is not None:
        written += (write_crosswalk(request.write_key, findings),)
    summary = terminal_summary(findings, key_path, replaced=replaced, remarks=remarks)
    return AnalysisOutcome(_exit_code(findings), summary, written)


def _plan(request: Request) -> PlanFile:
    given = NO_PLAN if request.plan_file is None else read_plan(request.plan_file)
    if request.equivalence_bound is None:
        return given
    bound = {"equivalence_bound": request.equivalence_bound}
    return replace(given, plan=given.plan.model_copy(update=bound), bound_from_plan=False)


def _exit_code(findings: Findings) -> int:
    if not findings.flow.students:
        return 1
    return 0 if findings.excluded.empty else 3
