"""Moments of a protocol: a time of play, or the second at which a column crosses a limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowthyself_tui.domain.bench.wrong_names import quoted
from knowthyself_tui.errors import UsageError

Value = float | str | None
"""One cell: a number, a text such as the rhythm, or None where the quantity does not exist."""
Row = Mapping[str, Value]

MOMENT_HELP = "MM:SS, or COLUMN<NUMBER or COLUMN>NUMBER, each with +MM:SS behind it if wanted"

_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)", re.ASCII)
_CROSSING = re.compile(
    r"(?P<column>[a-z][a-z0-9_]*)(?P<way>[<>])(?P<limit>-?\d{1,9}(?:\.\d{1,9})?)(?:\+(?P<after>.+))?", re.ASCII
)


def parse_clock(text: str) -> int:
    """Seconds of `MM:SS`.

    Raises:
        UsageError: it is not written so.
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise UsageError(
            f"{quoted(text)} is no time; write minutes and seconds such as 02:30, or a limit such as gcs<8.5."
        )
    return 60 * int(match[1]) + int(match[2])


def clock_text(seconds: int) -> str:
    """`MM:SS`."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A limit that a column falls below or rises above."""

    column: str
    below: bool
    limit: float

    def met(self, value: Value) -> bool:
        if not isinstance(value, float | int):
            return False
        return value < self.limit if self.below else value > self.limit

    def __str__(self) -> str:
        return f"{self.column}{'<' if self.below else '>'}{self.limit:g}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A second of play: counted from the start, or from the first second at which a limit is crossed."""

    seconds: int
    crossing: Crossing | None = None

    def __str__(self) -> str:
        if self.crossing is None:
            return clock_text(self.seconds)
        return f"{self.crossing}+{clock_text(self.seconds)}" if self.seconds else str(self.crossing)


def parse_moment(text: str) -> Moment:
    """A moment as people write it.

    Raises:
        UsageError: it is not written so.
    """
    match = _CROSSING.fullmatch(text)
    if match is None:
        return Moment(parse_clock(text))
    crossing = Crossing(match["column"], match["way"] == "<", float(match["limit"]))
    return Moment(parse_clock(match["after"]) if match["after"] else 0, crossing)
