"""Every table of the codebook goes into every format, with rows and without, and always into the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from knowthyself_tui.analysis.codebook import CODEBOOK_FIELDS, TABLES, codebook_rows
from knowthyself_tui.analysis.codebook.column import Table
from knowthyself_tui.analysis.export import spss
from knowthyself_tui.analysis.export.codebook_table import CODEBOOK, codebook_dataset
from knowthyself_tui.analysis.export.data_package import data_package
from knowthyself_tui.analysis.export.r_loader import r_script
from knowthyself_tui.analysis.export.spss_loader import spss_script
from knowthyself_tui.analysis.export.stata import dta_bytes
from knowthyself_tui.analysis.folder import FileFacts
from tests.unit.analysis.export.samples import filled
from tests.unit.analysis.export.whole import csv_bytes, workbook_bytes

ROOT = Path(__file__).resolve().parents[4]
PRINT_DIGEST = "from tests.unit.analysis.export.test_every_table import digest, every_file as f; print(digest(f()))"


def every_file() -> list[bytes]:
    """All that one analysis exports, of tables with three rows each."""
    datasets = [*(filled(table, 3) for table in TABLES), codebook_dataset(TABLES)]
    files = {f"{each.table.name}.csv": csv_bytes(each) for each in datasets}
    files["results.xlsx"] = workbook_bytes(datasets, [("Students", 3)], codebook_rows(TABLES))
    files |= {f"{each.table.name}.dta": dta_bytes(each) for each in datasets}
    if spss.available():
        files |= {f"{each.table.name}.sav": spss.sav_bytes(each) for each in datasets}
    files["load_data.R"] = r_script(datasets).encode()
    files["load_data.sps"] = spss_script(datasets).encode()
    facts = {name: FileFacts.of(content) for name, content in files.items()}
    return [*files.values(), data_package(datasets, facts, "Know Thyself")]


def digest(contents: list[bytes]) -> str:
    return hashlib.sha256(b"".join(contents)).hexdigest()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_without_rows_or_without_a_value_goes_into_every_format(table: Table, rows: int) -> None:
    given = filled(table, rows)
    assert csv_bytes(given).count(b"\r\n") == csv_bytes(given, excel=True).count(b"\r\n") == rows + 1
    assert len(pd.read_stata(io.BytesIO(dta_bytes(given)))) == rows
    assert workbook_bytes([given], [], []).startswith(b"PK")
    if spss.available():
        assert spss.sav_bytes(given).startswith(b"$FL2")
    assert f'{table.name} <- read_table("{table.name}"' in r_script([given])


def test_the_same_tables_give_the_same_bytes_in_another_process_and_time_zone() -> None:
    here = digest(every_file())
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    command = [sys.executable, "-c", PRINT_DIGEST]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    assert done.stdout.strip() == here


def test_the_codebook_is_a_table_of_its_own() -> None:
    given = codebook_dataset(TABLES)
    assert given.table is CODEBOOK
    assert tuple(CODEBOOK.names) == CODEBOOK_FIELDS
    assert len(given.frame) == sum(len(table.columns) for table in TABLES)
    assert not given.frame.duplicated(["table", "name"]).any()
    assert given.frame["unit"].isna().any()
