"""Reads what an author expects of a case: `bots.yaml` beside the scenario file."""

from __future__ import annotations

from pathlib import Path

from knowthyself_tui.content.blocks import read_block
from knowthyself_tui.domain.scenario.bots import Bots

FILE_NAME = "bots.yaml"


def load_bots(scenario_file: Path) -> Bots | None:
    """The expectations beside a scenario file; None where there are none.

    Raises:
        ContentError: the file does not fit the format; with file, line and field.
    """
    path = scenario_file.parent / FILE_NAME
    return read_block(path, Bots) if path.is_file() else None
