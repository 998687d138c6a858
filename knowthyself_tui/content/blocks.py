"""Reads one YAML file into one model: the way of every file but the scenario itself."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowthyself_tui.content.problems import explain_validation
from knowthyself_tui.content.safe_yaml import read_yaml
from knowthyself_tui.domain.scenario.voice import Block
from knowthyself_tui.errors import ContentError

B = TypeVar("B", bound=Block)


def read_block(path: Path, model: type[B], **parts: Block) -> B:
    """The file at `path` as `model`, with further parts that are not written in it.

    Raises:
        ContentError: the file cannot be read or does not fit; with file, line and field.
    """
    document, raw = read_yaml(path)
    try:
        return model.model_validate({**document, **parts} if parts else document)
    except ValidationError as error:
        raise ContentError(explain_validation(path, raw.decode("utf-8"), error)) from error
