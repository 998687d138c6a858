"""A database to spoil, and the stage of the application's own tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.app.conftest import data_folder, on_stage
from tests.security.databases import write_sound

__all__ = ["data_folder", "on_stage"]


@pytest.fixture(scope="session")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sound(tmp_path_factory.mktemp("sound") / "p001.db")


@pytest.fixture
def sound(sound_file: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil, alone in its folder."""
    folder = tmp_path / "given"
    folder.mkdir()
    return Path(shutil.copyfile(sound_file, folder / "x.db"))
