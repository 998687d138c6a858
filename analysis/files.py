"""Every file that an analysis writes, as bytes by its name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from knowthyself_tui import __version__

from .codebook import MERGE_LOG, codebook_rows
from .dataset import Dataset
from .export import spss
from .export.codebook_table import codebook_dataset
from .export.csv_files import csv_bytes
from .export.data_package import data_package
from .export.r_loader import r_script
from .export.spss_loader import spss_script
from .export.stata import dta_bytes
from .export.workbook import workbook_bytes
from .gather.merge import Gathered
from .report.build import report_markdown, report_page
from .report.methods_file import methods_file
from .report.pictures import draw
from .report.terminal import summary_rows
from .results.findings import Findings
from .tables.requested import vitals_gz
from .tables.written import written_tables

FOR_PROGRAMS = ("students", "encounters")
"""The tables that are also written for SPSS and Stata."""
NO_SAV = "SPSS files were left out: pyreadstat is not installed."


@dataclass(frozen=True, slots=True)
class Files:
    """What is written, and what was left out and why."""

    contents: dict[str, bytes]
    skipped: list[str]


def files_of(gathered: Gathered, findings: Findings) -> Files:
    """All files; the same for the same data, wherever and whenever they are made."""
    pictures = draw(findings)
    datasets = written_tables(gathered, findings)
    written = [each.table for each in datasets]
    codebook = codebook_dataset(written)
    tables = {f"{each.table.name}.csv": csv_bytes(each) for each in [*datasets, codebook]}
    if findings.request.excel_csv:
        tables |= {f"{each.table.name}.excel.csv": csv_bytes(each, excel=True) for each in [*datasets, codebook]}
    if findings.request.vitals:
        tables["vitals.csv.gz"] = vitals_gz(gathered.files, findings.tables.encounters)
    contents = {
        "report.html": report_page(findings, pictures),
        "report.md": report_markdown(findings),
        "methods.md": methods_file(findings),
        "results.xlsx": workbook_bytes(_sheets(datasets), summary_rows(findings, __version__), codebook_rows(written)),
        **tables,
        "load_data.R": r_script(datasets).encode(),
        "load_data.sps": spss_script(datasets).encode(),
    }
    skipped = [pictures.skipped] if pictures.skipped else []
    for each in datasets:
        if each.table.name in FOR_PROGRAMS:
            contents[f"{each.table.name}.dta"] = dta_bytes(each)
            if spss.available():
                contents[f"{each.table.name}.sav"] = spss.sav_bytes(each)
    if not spss.available():
        skipped.append(NO_SAV)
    contents["datapackage.json"] = data_package(datasets, contents, f"Know Thyself {__version__}")
    return Files(contents, skipped)


def _sheets(datasets: list[Dataset]) -> list[Dataset]:
    """The tables of the workbook; of the merge log, what was not analysed."""
    sheets = [each for each in datasets if each.table.sheet]
    log = next(each for each in datasets if each.table.name == MERGE_LOG.name)
    excluded = log.frame[log.frame["status"] != "analysed"].reset_index(drop=True)
    return [*sheets, Dataset(replace(log.table, sheet="Excluded"), excluded)]
