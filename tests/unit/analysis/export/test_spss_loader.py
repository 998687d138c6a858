"""The script for SPSS: PSPP reads the real files with it just as it reads the .sav files."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy import stats

from knowthyself_tui.analysis.codebook import ENCOUNTERS, STUDENTS, TESTS
from knowthyself_tui.analysis.dataset import Dataset, dataset
from knowthyself_tui.analysis.export.spss import sav_bytes
from knowthyself_tui.analysis.export.spss_loader import spss_script
from tests.unit.analysis.export.samples import HARD_TEXTS, SCORES_A, SCORES_B, filled, students_of, two_arms
from tests.unit.analysis.export.whole import csv_bytes

needs_pspp = pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")
T_TEST = "T-TEST GROUPS=arm(1 2) /VARIABLES=score_mean."


@pytest.fixture
def answer(tmp_path: Path) -> Callable[..., list[list[str]]]:
    """The rows of all tables that PSPP prints for a script beside the CSV and .sav files of some data sets."""

    def run(script: str, *datasets: Dataset) -> list[list[str]]:
        for each in datasets:
            (tmp_path / f"{each.table.name}.csv").write_bytes(csv_bytes(each))
            (tmp_path / f"{each.table.name}.sav").write_bytes(sav_bytes(each))
        (tmp_path / "run.sps").write_text(script, encoding="utf-8")
        command = ["pspp", "-O", "format=csv", "run.sps"]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return list(csv.reader(done.stdout.splitlines()))

    return run


def test_only_the_students_and_the_encounters_are_read() -> None:
    script = spss_script([filled(table, 2) for table in (STUDENTS, ENCOUNTERS, TESTS)])
    assert re.findall(r'/FILE="(.*)"', script) == ["students.csv", "encounters.csv"]


def test_no_text_of_anybodys_ends_a_string_or_a_command() -> None:
    script = spss_script([students_of([("it's'.\nERASE FILE='x", 1.0)])])
    assert "('it''s''. ERASE FILE=''x'=1)" in script


def test_a_line_of_syntax_is_no_longer_than_spss_reads() -> None:
    script = spss_script([filled(STUDENTS, 3), filled(ENCOUNTERS, 3)])
    assert max(len(line.encode()) for line in script.splitlines()) < 256


@needs_pspp
@pytest.mark.slow
def test_pspp_reads_the_csv_files_as_it_reads_the_sav_files(answer: Callable[..., Any], tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    students = filled(STUDENTS, len(HARD_TEXTS))
    hard = [text for text in HARD_TEXTS if "\n" not in text and text == text.strip()]
    names = dict(enumerate([*hard, *["x"] * (len(HARD_TEXTS) - len(hard))]))
    students = dataset(STUDENTS, students.frame.assign(student_name=pd.Series(names), cohort=pd.Series(names)))
    for given in (students, filled(ENCOUNTERS, 5)):
        answer(f"{spss_script([given])}\nSAVE OUTFILE='read.sav'.", given)
        read, read_meta = pyreadstat.read_sav(tmp_path / "read.sav", user_missing=True)
        written, meta = pyreadstat.read_sav(tmp_path / f"{given.table.name}.sav", user_missing=True)
        pd.testing.assert_frame_equal(read, written)
        assert read_meta.column_names_to_labels == meta.column_names_to_labels
        assert read_meta.variable_value_labels == meta.variable_value_labels
        assert read_meta.variable_measure == meta.variable_measure
        assert read_meta.original_variable_types == meta.original_variable_types


@needs_pspp
@pytest.mark.slow
def test_the_example_of_the_script_finds_the_welch_test_that_we_find(answer: Callable[..., Any]) -> None:
    script = spss_script([two_arms(), filled(ENCOUNTERS, 3)])
    script = re.sub(r"^\* (DATASET ACTIVATE|T-TEST)", r"\1", script, flags=re.MULTILINE)
    assert T_TEST in script
    check_welch(answer(script, two_arms(), filled(ENCOUNTERS, 3)))


@needs_pspp
@pytest.mark.slow
def test_pspp_opens_the_sav_file_and_excludes_missing_values(answer: Callable[..., Any]) -> None:
    rows = answer(f"GET FILE='students.sav'.\n{T_TEST}\nDESCRIPTIVES score_mean.", two_arms())
    check_welch(rows)
    [described] = [row for row in rows if row[:2] == ["Mean score (points, 0 to 100)", "10"]]
    assert float(described[5]) == 99.0


def check_welch(rows: list[list[str]]) -> None:
    """Two decimals is all that PSPP prints."""
    ours = stats.ttest_ind(SCORES_A, SCORES_B, equal_var=False)
    groups = {row[1]: int(row[2]) for row in rows if len(row) == 6 and row[1] in ("A", "B")}
    assert groups == {"A": len(SCORES_A), "B": len(SCORES_B)}
    [welch] = [row for row in rows if len(row) > 6 and row[1] == "Equal variances not assumed"]
    assert [float(number) for number in welch[4:7]] == pytest.approx([ours.statistic, ours.df, ours.pvalue], abs=0.006)
