"""Whole files in memory, as tests want them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export.csv_files import write_csv
from knowthyself_tui.analysis.export.sheet_cells import Cell
from knowthyself_tui.analysis.export.workbook import Workbook


def csv_bytes(dataset: Dataset, *, excel: bool = False) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_csv(dataset, path, excel=excel)
        return path.read_bytes()


def workbook_bytes(
    datasets: Sequence[Dataset], summary: Sequence[tuple[str, Cell]], codebook: Sequence[tuple[str, ...]]
) -> bytes:
    book = Workbook(summary)
    for each in datasets:
        book.add(each)
    content: bytes = book.content(codebook)
    return content
