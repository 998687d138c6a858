"""The script for R: it reads the real files, and its example gives the same Welch test as ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from scipy import stats

from knowthyself_tui.analysis.codebook import TABLES
from knowthyself_tui.analysis.dataset import Dataset
from knowthyself_tui.analysis.export.r_loader import r_script
from tests.unit.analysis.export.samples import (
    HARD_TEXTS,
    SCORES_A,
    SCORES_B,
    filled,
    full_sample,
    sample,
    students_of,
    two_arms,
)
from tests.unit.analysis.export.whole import csv_bytes

needs_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")


@pytest.fixture
def answer(tmp_path: Path) -> Callable[..., list[str]]:
    """What R prints for some lines of code after the script has read the tables, in the barest locale."""

    def run(code: str, *datasets: Dataset, script: str | None = None) -> list[str]:
        for each in datasets:
            (tmp_path / f"{each.table.name}.csv").write_bytes(csv_bytes(each))
        (tmp_path / "load_data.R").write_text((script or r_script(datasets)) + code, encoding="ascii")
        command = ["Rscript", "--vanilla", "load_data.R"]
        environment = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    return run


def test_the_example_is_a_welch_test_when_there_are_two_arms() -> None:
    assert "# t.test(score_mean ~ arm, data = students)" in r_script([two_arms()])
    three = students_of([("A", 1.0), ("B", 2.0), ("C", 3.0)])
    assert "# oneway.test(score_mean ~ arm, data = students)" in r_script([three])
    for none in (students_of([("A", 1.0), ("B", None)]), full_sample()):
        assert ".test(" not in r_script([none])


def test_no_text_of_anybodys_ends_a_string() -> None:
    script = r_script([sample([{"arm": '"); system("x'}, {"arm": "\\"}])])
    assert r'levels = c("\"); system(\"x", "\\")' in script


@needs_r
@pytest.mark.slow
def test_r_finds_the_welch_test_that_we_find(answer: Callable[..., list[str]]) -> None:
    students = two_arms()
    script = re.sub(r"^# (t\.test.*)$", r"result <- \1", r_script([students]), flags=re.MULTILINE)
    code = 'cat(format(c(result$statistic, result$parameter, result$p.value), digits = 15), sep = "\\n")'
    found = [float(line) for line in answer(code, students, script=script)]
    ours = stats.ttest_ind(SCORES_A, SCORES_B, equal_var=False)
    assert found == pytest.approx([ours.statistic, ours.df, ours.pvalue], rel=1e-10)


@needs_r
@pytest.mark.slow
def test_r_reads_values_factors_labels_and_times(answer: Callable[..., list[str]]) -> None:
    code = """
    cat(class(sample$rating), levels(sample$rating), sep = "|"); cat("\\n")
    cat(as.integer(sample$rating), sum(is.na(sample$score)), sample$p[1], format(sample$score[1], digits = 16), "\\n")
    cat(attr(sample$score, "label"), "\\n")
    cat(attr(sample$note, "label") == "Pozn\\u00e1mka \\u0161tudenta", is.na(sample$note), "\\n")
    cat(format(sample$started_at[1]), attr(sample$started_at, "tzone"), "\\n")
    """
    lines = [line.strip() for line in answer(code, full_sample())]
    assert lines == [
        "ordered|factor|dangerous|suboptimal|acceptable|optimal",
        "4 NA 1 1 2e-05 66.66666666666667",
        "Score (points, 0 to 100)",
        "TRUE FALSE TRUE FALSE",
        "2026-03-01 08:05:00 UTC",
    ]


@needs_r
@pytest.mark.slow
def test_r_reads_every_table_also_without_rows_and_every_hard_text(answer: Callable[..., list[str]]) -> None:
    tables = [filled(table, 2 if table.sheet else 0) for table in TABLES]
    hard = sample([{"note": text, "arm": text} for text in HARD_TEXTS])
    code = """
    cat(nrow(sample), nlevels(sample$arm), sum(is.na(sample$arm)), all(sample$note == as.character(sample$arm)), "\\n")
    cat(nrow(students), nrow(curves), "\\n")
    """
    lines = [line.strip() for line in answer(code, *tables, hard)]
    assert lines == [f"{len(HARD_TEXTS)} {len(HARD_TEXTS)} 0 TRUE", "2 0"]
