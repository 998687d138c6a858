"""Many students at the same time: every row is there, every chain is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.writers import CLASSES, Class, run
from tests.postgres import empty_place


@pytest.mark.slow
@pytest.mark.parametrize("shared", [False, True], ids=["own files", "one shared file"])
def test_a_few_students_write_at_the_same_time(shared: bool, tmp_path: Path) -> None:
    report = run(Class(5, 0.05, shared), 2.0, tmp_path)
    assert report.is_fine, report.lines()


@pytest.mark.slow
def test_a_few_students_write_to_a_server_at_the_same_time(tmp_path: Path) -> None:
    with empty_place() as place:
        report = run(Class(5, 0.05, True), 2.0, tmp_path, place)
    assert report.is_fine, report.lines()


@pytest.mark.long
@pytest.mark.parametrize("students", CLASSES, ids=str)
def test_a_whole_class_writes_at_the_same_time(students: Class, tmp_path: Path) -> None:
    report = run(students, 20.0, tmp_path)
    assert report.is_fine, report.lines()


@pytest.mark.long
@pytest.mark.parametrize("students", [students for students in CLASSES if students.shared], ids=str)
def test_a_whole_class_writes_to_a_server_at_the_same_time(students: Class, tmp_path: Path) -> None:
    with empty_place() as place:
        report = run(students, 20.0, tmp_path, place)
    assert report.is_fine, report.lines()
