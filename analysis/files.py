"""Every file that an analysis writes; a table is written and forgotten before the next one is made."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from knowthyself_tui import __version__

from .codebook import MERGE_LOG, codebook_rows
from .dataset import Dataset, thinned
from .export import spss
from .export.codebook_table import codebook_dataset
from .export.csv_files import write_csv
from .export.data_package import data_package
from .export.r_loader import r_script
from .export.spss_loader import spss_script
from .export.stata import dta_bytes
from .export.workbook import Workbook
from .figures.studio import Studio
from .folder import PACKAGE, Export
from .gather.merge import Gathered
from .report.build import report_markdown, report_page
from .report.methods_file import methods_file
from .report.pictures import finished, orders
from .report.terminal import summary_rows
from .results.findings import Findings
from .tables.requested import vitals_gz
from .written import written_tables

FOR_PROGRAMS = ("students", "encounters")
"""The tables that are also written for SPSS and Stata."""
NO_SAV = "SPSS files were left out: pyreadstat is not installed."


def write_files(export: Export, gathered: Gathered, findings: Findings, studio: Studio) -> list[str]:
    """Adds all files to the export, the same for the same data wherever and whenever; says what was left out."""
    if findings.request.plots:
        studio.take(orders(findings))
    described = _write_tables(export, gathered, findings)
    if findings.request.vitals:
        export.add("vitals.csv.gz", vitals_gz(gathered.files, findings.tables.encounters))
    pictures = finished(studio, findings)
    export.add("report.html", report_page(findings, pictures))
    export.add("report.md", report_markdown(findings))
    export.add("methods.md", methods_file(findings))
    export.add("load_data.R", r_script(described).encode())
    export.add("load_data.sps", spss_script(described).encode())
    export.add(PACKAGE, data_package(described, export.facts, f"Know Thyself {__version__}"))
    skipped = [pictures.skipped, "" if spss.available() else NO_SAV]
    return [sentence for sentence in skipped if sentence]


def _write_tables(export: Export, gathered: Gathered, findings: Findings) -> list[Dataset]:
    """Every table as CSV, as a sheet, and the two main ones for other programs; gives their descriptions."""
    book = Workbook(summary_rows(findings, __version__))
    described: list[Dataset] = []
    for each in written_tables(gathered, findings):
        _write_csv(export, each, findings)
        if each.table.name in FOR_PROGRAMS:
            _write_for_programs(export, each)
        book.add(_excluded_only(each) if each.table.name == MERGE_LOG.name else each)
        described.append(thinned(each))
    written = [each.table for each in described]
    codebook = codebook_dataset(written)
    _write_csv(export, codebook, findings)
    export.add("results.xlsx", book.content(codebook_rows(written)))
    return [*described, codebook]


def _write_csv(export: Export, each: Dataset, findings: Findings) -> None:
    export.add_written(f"{each.table.name}.csv", partial(write_csv, each))
    if findings.request.excel_csv:
        export.add_written(f"{each.table.name}.excel.csv", partial(write_csv, each, excel=True))


def _write_for_programs(export: Export, each: Dataset) -> None:
    export.add(f"{each.table.name}.dta", dta_bytes(each))
    if spss.available():
        export.add(f"{each.table.name}.sav", spss.sav_bytes(each))


def _excluded_only(log: Dataset) -> Dataset:
    """The sheet of what was not analysed."""
    excluded = log.frame[log.frame["status"] != "analysed"].reset_index(drop=True)
    return Dataset(replace(log.table, sheet="Excluded"), excluded)
