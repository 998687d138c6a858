"""An instructor's own ratings, from a CSV with the columns student, encounter, item and verdict."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from knowthyself_tui.domain.text import code_key
from knowthyself_tui.errors import UsageError

FIELDS = ("student", "encounter", "item", "verdict")
_LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Rating:
    """One verdict of an instructor, as it was written, without space around."""

    line: int
    """Of the file, counted from 1."""
    student: str
    """Code or pseudonym, as `code_key` makes it; empty when it was left out."""
    encounter: str
    """Our name for the encounter, its id in the database, or the scenario's id."""
    item: str
    """Id of a checklist item, decision point or gate; `total` for the score."""
    verdict: str


def read_ratings(path: Path) -> list[Rating]:
    """Reads the file, with commas or semicolons; raises a UsageError that says what is wrong with it."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UsageError(f"The ratings {path} are larger than {_LARGEST_BYTES // 1_000_000} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"The ratings {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The ratings {path} are no UTF-8 text; save them as CSV UTF-8.") from error
    lines = text.splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    missing = [field for field in FIELDS[1:] if field not in names]
    if missing:
        raise UsageError(f"The ratings {path} have no column {' and no column '.join(missing)}.")
    try:
        return [_rating(reader.line_num, row, names) for row in reader]
    except csv.Error as error:
        raise UsageError(f"The ratings {path} are no CSV that can be read ({error}).") from error


def _rating(line: int, row: dict[str, str | None], names: dict[str, str]) -> Rating:
    cells = {field: (row.get(names[field]) or "").strip() if field in names else "" for field in FIELDS}
    return Rating(line, code_key(cells["student"]), cells["encounter"], cells["item"], cells["verdict"])
