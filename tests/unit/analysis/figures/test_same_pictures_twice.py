"""The same data give the same bytes, whenever and by whomever they are drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest

from knowthyself_tui.analysis.figures.picture import Picture
from tests.unit.analysis.figures.sample_pictures import SAMPLES, digest, drawn

ROOT = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_second_drawing_is_the_same(pictures: dict[str, Picture], name: str) -> None:
    assert drawn(name) == pictures[name]


def test_another_process_with_other_settings_draws_the_same(pictures: dict[str, Picture], tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\ntext.parse_math: True\nsvg.fonttype: path\naxes.facecolor: red\n")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "MATPLOTLIBRC": str(settings), "TZ": "Asia/Tokyo"}
    program = [sys.executable, "-m", "tests.unit.analysis.figures.sample_pictures"]
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    assert done.stdout.split() == [word for name in SAMPLES for word in (name, digest(pictures[name]))]


def test_drawing_leaves_the_settings_of_others_alone() -> None:
    with matplotlib.rc_context({"font.size": 31.0, "text.parse_math": True}):
        before = dict(matplotlib.rcParams)
        drawn("ratings")
        assert dict(matplotlib.rcParams) == before
