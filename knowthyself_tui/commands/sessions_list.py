"""Every stored sitting, and the one that an id or its beginning means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowthyself_tui.commands.places import json_line, places_of
from knowthyself_tui.domain.text import clean_text
from knowthyself_tui.errors import NothingStored, StoreError, UsageError
from knowthyself_tui.store.place import Place
from knowthyself_tui.store.reader import open_reader

SHORTEST_ID = 8
_COLUMNS = ("id", "code", "name", "status", "phase", "scenarios", "score", "started_at", "updated_at", "file")
_SITTINGS = (
    "SELECT s.id, p.code, p.name, s.status, s.phase, s.scenario_queue, s.started_at, s.updated_at,"
    " (SELECT AVG(r.total) FROM encounter_result AS r JOIN encounter AS e ON e.id = r.encounter_id"
    " WHERE e.session_id = s.id) AS score"
    " FROM session AS s LEFT JOIN student AS p ON p.id = s.student_id"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A sitting and where it is."""

    place: Place
    session_id: str


def list_lines(options: Mapping[str, Any], *, as_json: bool) -> tuple[list[str], list[str]]:
    """Lines of output, the sitting that was begun first on top; and a sentence for each place that cannot be read."""
    rows, unreadable = _sittings(places_of(options))
    rows.sort(key=lambda row: str(row["started_at"]))
    if as_json:
        return [json_line(row) for row in rows], unreadable
    return list(_table(rows)) if rows else ["No sittings."], unreadable


def find_sitting(beginning: str, options: Mapping[str, Any]) -> Found:
    """The one sitting whose id begins so.

    Raises:
        UsageError: there is none, or more than one.
    """
    rows, unreadable = _sittings(places_of(options))
    wanted = beginning.strip().lower()
    meant = [row for row in rows if wanted and str(row["id"]).startswith(wanted)]
    if len(meant) == 1:
        return Found(meant[0]["place"], meant[0]["id"])
    shown = clean_text(beginning, limit=60, single_line=True)
    if not meant:
        also = f" {unreadable[0]}" if unreadable else ""
        raise UsageError(f"No sitting has an id that begins with {shown!r}; list the sittings to see their ids.{also}")
    if len({row["id"] for row in meant}) == 1:
        files = " and ".join(str(row["file"]) for row in meant)
        raise UsageError(f"The sitting {shown} is in {files}; say which one with --db.")
    raise UsageError(f"{len(meant)} sittings have ids that begin with {shown!r}; write more of the id.")


def all_sittings(options: Mapping[str, Any]) -> tuple[list[Found], list[Place], list[str]]:
    """Every sitting, every place that can be read, and a sentence for each that cannot."""
    places = places_of(options)
    rows, unreadable = _sittings(places)
    found = [Found(row["place"], row["id"]) for row in rows]
    return found, list(dict.fromkeys(row["place"] for row in rows)), unreadable


class _Row(dict[str, Any]):
    """A line of the list; the place itself is kept out of what is printed."""

    def __init__(self, place: Place, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.place = place

    def __missing__(self, name: str) -> Any:
        if name == "place":
            return self.place
        raise KeyError(name)


def _sittings(places: Sequence[Place]) -> tuple[list[_Row], list[str]]:
    rows: list[_Row] = []
    unreadable: list[str] = []
    for place in places:
        try:
            with open_reader(place) as reader:
                rows += [_Row(place, _shown(row, place)) for row in reader.rows(_SITTINGS)]
        except NothingStored:
            continue
        except StoreError as error:
            unreadable.append(str(error))
    return rows, unreadable


def _shown(row: Mapping[str, Any], place: Place) -> dict[str, Any]:
    try:
        queue = [str(scenario) for scenario in json.loads(row["scenario_queue"])]
    except (TypeError, ValueError):
        queue = []
    values = {**row, "scenarios": queue, "file": str(place)}
    return {name: _clean(values[name]) for name in _COLUMNS}


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return clean_text(value, limit=200, single_line=True) if isinstance(value, str) else value


def _table(rows: Sequence[_Row]) -> Iterator[str]:
    """Columns as wide as their longest value; ids as short as they stay unique."""
    length = _unique_length([str(row["id"]) for row in rows])
    lines = [tuple(name.removesuffix("_at") for name in _COLUMNS)]
    lines += [tuple(_cell(row, name, length) for name in _COLUMNS) for row in rows]
    widths = [max(len(line[index]) for line in lines) for index in range(len(_COLUMNS))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cell(row: _Row, name: str, id_length: int) -> str:
    value = row[name]
    if value is None or value == "":
        return "-"
    if name == "id":
        return str(value)[:id_length]
    if name == "score":
        return f"{value:.1f}"
    if name.endswith("_at"):
        return str(value)[:16].replace("T", " ")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _unique_length(ids: Sequence[str]) -> int:
    length = SHORTEST_ID
    while len({one[:length] for one in ids}) < len(set(ids)):
        length += 1
    return length
