"""Tables that a researcher adds: an instructor's ratings, and a pre-test. CSV with commas or semicolons."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
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
    """Reads an instructor's ratings; raises a UsageError that says what is wrong with the file."""
    return [_rating(line, cells) for line, cells in _rows(path, "ratings", FIELDS, needed=FIELDS[1:])]


def read_baseline(path: Path) -> dict[str, float]:
    """Reads a pre-test: numbers by code or pseudonym; raises a UsageError that says what is wrong with the file."""
    found: dict[str, float] = {}
    for line, cells in _rows(path, "pre-test", ("student", "value"), needed=("student", "value")):
        student = code_key(cells["student"])
        try:
            value = float(cells["value"].replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or student in found:
            problem = "names a student twice" if student in found else "holds no number"
            raise UsageError(f"Line {line} of the pre-test {path} {problem}.")
        found[student] = value
    return found


def _rows(
    path: Path, name: str, fields: Sequence[str], *, needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its cells, without space around them; columns by their names in any case and order."""
    text = _text(path, name)
    lines = text.splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = {(column or "").strip().casefold(): column for column in reader.fieldnames or ()}
    missing = [field for field in needed if field not in names]
    if missing:
        raise UsageError(f"The {name} {path} has no column {' and no column '.join(missing)}.")
    try:
        for row in reader:
            cells = {field: (row.get(names[field]) or "").strip() if field in names else "" for field in fields}
            yield reader.line_num, cells
    except csv.Error as error:
        raise UsageError(f"The {name} {path} is no CSV that can be read ({error}).") from error


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise UsageError(f"The {name} {path} is larger than {_LARGEST_BYTES // 1_000_000} MB.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"The {name} {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The {name} {path} is no UTF-8 text; save it as CSV UTF-8.") from error


def _rating(line: int, cells: dict[str, str]) -> Rating:
    return Rating(line, code_key(cells["student"]), cells["encounter"], cells["item"], cells["verdict"])
