"""Begins a case: a small complete one, commented line by line, that validates and can be played at once."""

from __future__ import annotations

import re
from pathlib import Path

from knowthyself_tui.content.library import FILE_NAME
from knowthyself_tui.errors import UsageError

TEMPLATES = Path(__file__).parent / "templates"
_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


def write_skeleton(scenario_id: str, folder: Path) -> list[Path]:
    """Write the files of a new case into `folder`/`scenario_id`; gives their paths.

    Raises:
        UsageError: the id is no id, or the folder is there already or cannot be written.
    """
    if not _ID.fullmatch(scenario_id):
        raise UsageError("An id is small letters, digits and underscores and begins with a letter, as in my_case.")
    target = folder / scenario_id
    if target.exists():
        raise UsageError(f"{target} is there already; choose another id or delete it first.")
    try:
        target.mkdir(parents=True)
        return [_write(name, scenario_id, target) for name in (FILE_NAME, "bots.yaml", "README.md")]
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror}); choose another place with --into.") from error


def _write(name: str, scenario_id: str, target: Path) -> Path:
    text = (TEMPLATES / name).read_text(encoding="utf-8").replace("SCENARIO_ID", scenario_id)
    path = target / name
    path.write_text(text, encoding="utf-8")
    return path
