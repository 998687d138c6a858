"""A small case that is written fresh for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowthyself_tui.authoring.skeleton import write_skeleton

Changed = Callable[..., Path]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The skeleton's scenario file."""
    return write_skeleton("my_case", tmp_path)[0]


@pytest.fixture
def changed(case: Path) -> Changed:
    """Changes the case (or its bots) by replacing text; gives the scenario file."""

    def change(old: str, new: str, *, file: str = "scenario.yaml") -> Path:
        path = case.parent / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return case

    return change
