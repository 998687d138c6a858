"""LibreOffice opens the workbook and finds in it what was written, without a formula."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.unit.analysis.export.samples import HARD_TEXTS, sample
from tests.unit.analysis.export.whole import workbook_bytes

EVERY_SHEET_AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_text_as_it_is_and_numbers_with_their_decimals(tmp_path: Path) -> None:
    p_values = [0.00002, 0.5, 0.0, 0.0123]
    given: list[dict[str, Any]] = [{"note": text} for text in HARD_TEXTS]
    given += [{"p": p, "score": 66.666} for p in p_values]
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes([sample(given)], [("a", "=1+1")], []))
    command = ["soffice", "--headless", "--convert-to", EVERY_SHEET_AS_SHOWN, "--outdir", "out", "book.xlsx"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=120)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "book-Sample.csv").read_text("utf-8"), newline="")))
    assert [row["note"] for row in rows][: len(HARD_TEXTS)] == list(HARD_TEXTS)
    assert [row["p"] for row in rows][-4:] == ["2.0E-05", "0.500", "0", "0.012"]
    assert {row["score"] for row in rows[-4:]} == {"66.67"}
    assert "a,=1+1" in (tmp_path / "out" / "book-Summary.csv").read_text("utf-8")
