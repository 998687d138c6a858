"""Pictures stay small and quick for a thousand students, and cost nothing until one is drawn."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowthyself_tui.analysis.figures import canvas
from knowthyself_tui.analysis.figures.checklist_heat_map import checklist_heat_map
from knowthyself_tui.analysis.figures.picture import Picture, VitalsPanel
from knowthyself_tui.analysis.figures.score_by_arm import score_by_arm
from knowthyself_tui.analysis.figures.time_to_action import time_to_action
from knowthyself_tui.analysis.figures.vitals_by_arm import vitals_by_arm
from tests.unit.analysis.figures.sample_pictures import curve_of, drawn, kinds_of, scores_of, series_of

ROOT = Path(__file__).resolve().parents[4]
FIGURES = ROOT / "analysis" / "figures"
SLOWEST_SECONDS = 2.0
"""Ten times what a picture takes on a free machine."""


def kilobytes(picture: Picture | None) -> float:
    assert picture is not None
    return len(picture.svg.encode()) / 1000


def test_scores_of_a_thousand_students_stay_under_60_kb() -> None:
    scores = {"A": scores_of(500, 75, 1), "B": scores_of(500, 62, 2)}
    assert kilobytes(score_by_arm(scores, {"A": (75, 73, 77), "B": (62, 60, 64)}, "Score")) < 60


def test_the_heat_map_of_a_thousand_students_stays_under_20_kb() -> None:
    students = [f"P-{place}" for place in range(1000)]
    assert kilobytes(checklist_heat_map(students, [f"Item {n}" for n in range(14)], kinds_of(1000, 14))) < 20


def test_the_largest_map_of_single_students_stays_under_200_kb() -> None:
    students = [f"P-46BQ2A5{place:03d}" for place in range(100)]
    assert kilobytes(checklist_heat_map(students, [f"Item {n}" for n in range(22)], kinds_of(100, 22))) < 200


def test_curves_of_a_thousand_students_stay_under_60_kb() -> None:
    curves = {arm: curve_of([1.2 * step for step in range(1, 501)], 500) for arm in "AB"}
    assert kilobytes(time_to_action("Oxygen", curves, 1200, 180)) < 60


def test_six_vitals_in_steps_of_five_seconds_stay_under_200_kb() -> None:
    arms = {"A": series_of(97, 240), "B": series_of(95, 240)}
    ticks = {arm: [place / 50 for place in range(500)] for arm in arms}
    assert kilobytes(vitals_by_arm("Asthma", [VitalsPanel("SpO₂", "%", 90, None, arms, ticks)] * 6)) < 200


@pytest.mark.parametrize("name", ["scores", "vitals", "heat_map"])
def test_a_picture_is_drawn_quickly(name: str) -> None:
    drawn(name)
    began = time.perf_counter()
    drawn(name)
    assert time.perf_counter() - began < SLOWEST_SECONDS


def test_only_the_canvas_imports_the_drawing_library() -> None:
    for path in FIGURES.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        named = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        named += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
        assert path.name == "canvas.py" or not any(name.startswith("matplotlib") for name in named), path


def test_the_drawing_library_is_loaded_when_something_is_drawn() -> None:
    modules = ", ".join(f"knowthyself_tui.analysis.figures.{path.stem}" for path in sorted(FIGURES.glob("[a-z]*.py")))
    program = f"import sys, {modules}\nprint('matplotlib' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "False"]


def test_it_tells_whether_pictures_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    assert canvas.available()
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert not canvas.available()
