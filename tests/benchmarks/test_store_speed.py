"""What the store may cost; a busy machine may spoil a measurement, so the best of five counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.store_speed import Figure, blocked_loop, opening, turn_ratio

ATTEMPTS = 5
TURNS = 80
Measurement = Callable[[Path, int], list[Figure]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measurement", "size"),
    [(turn_ratio, TURNS), (blocked_loop, TURNS), (opening, 500)],
    ids=["a durable turn", "the event loop", "opening a long sitting"],
)
def test_the_store_is_fast_enough(measurement: Measurement, size: int, tmp_path: Path) -> None:
    measured: list[str] = []
    for attempt in range(ATTEMPTS):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        figures = measurement(folder, size)
        measured += map(str, figures)
        if all(figure.is_fine for figure in figures):
            return
    pytest.fail("\n".join(measured))
