"""The program as people run it: as a process of its own, in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.command import PROGRAM

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    home = tmp_path / "home"
    home.mkdir()
    return {**os.environ, "KNOWTHYSELF_DATA_DIR": str(tmp_path / "data"), "HOME": str(home)}


@pytest.fixture
def command(environment: dict[str, str]) -> Run:
    """Runs `knowthyself` with these arguments."""

    def run(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            env=environment,
            timeout=120,
        )

    return run
