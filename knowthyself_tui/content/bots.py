"""Reads what an author expects of a case: `bots.yaml` beside the scenario file."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from knowthyself_tui.content.problems import explain_validation
from knowthyself_tui.content.safe_yaml import read_yaml
from knowthyself_tui.domain.scenario.bots import Bots
from knowthyself_tui.errors import ContentError

FILE_NAME = "bots.yaml"


def load_bots(scenario_file: Path) -> Bots | None:
    """The expectations beside a scenario file; None where there are none.

    Raises:
        ContentError: the file does not fit the format; with file, line and field.
    """
    path = scenario_file.parent / FILE_NAME
    if not path.is_file():
        return None
    document, raw = read_yaml(path)
    try:
        return Bots.model_validate(document)
    except ValidationError as error:
        raise ContentError(explain_validation(path, raw.decode("utf-8"), error)) from error
