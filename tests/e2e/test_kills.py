"""Killed again and again, in every phase: nothing that showed is lost, and the sitting goes on exactly there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from tests.e2e import traced
from tests.e2e.kills import run


@pytest.mark.slow
def test_some_kills_cost_nothing(tmp_path: Path) -> None:
    report = run(2, 5, tmp_path)
    assert report.is_fine, report.lines()


@pytest.mark.long
def test_two_hundred_kills_cost_nothing(tmp_path: Path) -> None:
    if not traced.is_available():
        pytest.skip(traced.MISSING)
    report = run(200, 1, tmp_path)
    assert report.is_fine, report.lines()
    assert report.number >= 200
