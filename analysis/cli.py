"""`knowthyself analyze`: from a folder of collected databases to a workbook, CSV tables and a report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowthyself_tui.errors import AnalysisError
from knowthyself_tui.locations import config_file

from .merge import Gathered, gather
from .pseudonyms import load_or_create_key
from .text import clean

if TYPE_CHECKING:
    from .report import Findings

KEY_FILE_NAME = "analysis.key"


@dataclass(frozen=True, slots=True)
class AnalysisOutcome:
    """How an analysis ended."""

    exit_code: int
    """0 all of it, 1 nothing could be analysed, 3 analysed with exclusions."""
    summary: str
    files: tuple[Path, ...]
    """What was written."""


def analyze(
    sources: Sequence[Path], out: Path, *, identified: bool = False, key_file: Path | None = None
) -> AnalysisOutcome:
    """Analyses the databases in `sources` (files and folders, never written to) into the folder `out`.

    Raises:
        UsageError: a source is not there.
        AnalysisError: `out` or the key file cannot be used.
    """
    key_path = key_file or config_file().with_name(KEY_FILE_NAME)
    gathered = gather(sources)
    if not gathered.paths:
        places = clean(", ".join(str(source) for source in sources))
        return AnalysisOutcome(1, f"There is no database (*.db) in {places}.", ())
    _make_folder(out)
    key = load_or_create_key(key_path, export_folder=out)
    return _written(gathered, out, key, key_path, identified)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnalysisError(f"The folder {out} cannot be made ({error.strerror}); choose another --out.") from error


def _written(gathered: Gathered, out: Path, key: bytes, key_path: Path, identified: bool) -> AnalysisOutcome:
    # pandas and openpyxl take half a second to import, which an error found before need not wait for.
    from .cohort import assemble
    from .csv_files import csv_files
    from .flow import count_flow
    from .report import Findings, markdown_report, summary_rows, terminal_summary
    from .tables import build_tables
    from .workbook import workbook_bytes

    log = list(gathered.log)
    cohort = assemble(gathered.files, key, log)
    tables = build_tables(gathered, cohort, log, identified=identified)
    findings = Findings(count_flow(gathered, tables), tables, gathered.paths, gathered.synthetic, identified)
    contents = {
        "results.xlsx": workbook_bytes(tables, summary_rows(findings)),
        **csv_files(tables),
        "report.md": markdown_report(findings).encode(),
    }
    replaced = any((out / name).exists() for name in contents)
    written = tuple(_replace(out / name, content) for name, content in contents.items())
    summary = terminal_summary(findings, out, key_path, replaced=replaced)
    return AnalysisOutcome(_exit_code(findings), summary, written)


def _replace(path: Path, content: bytes) -> Path:
    """Writes the file under another name first: an earlier one stays whole until this one is."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise AnalysisError(
            f"{path} cannot be written ({error.strerror}): close it if it is open, or choose another --out."
        ) from error
    return path


def _exit_code(findings: Findings) -> int:
    if not findings.flow.students:
        return 1
    return 0 if findings.excluded.empty else 3
