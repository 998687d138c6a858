"""What a person reads off the screen: the phase, the clock, the conversation, the monitor, what is under way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS, ROWS = 160, 110
"""A window in which a whole encounter fits, with findings and notes beside it."""
SIDE_COLUMN = COLUMNS - 56
SIDE_TEXT = slice(SIDE_COLUMN + 1, COLUMNS - 1)
LABELS = ("HR", "RR", "SpO2", "BP", "EtCO2", "Temp", "Gluc", "GCS")

HEADINGS = {
    "Registering": "registration",
    "Consent": "consent",
    "Before the patient": "briefing",
    "Your own view": "reflection",
    "Debrief": "debrief",
    "The end": "end",
}
_CLOCK = re.compile(r"^ (\d\d):(\d\d)  \S")
_LOGGED = re.compile(r"\d\d:\d\d ")
_TILE = re.compile(rf"({'|'.join(LABELS)}) (\S+)")
_TASK = re.compile(r"(.+?)… (\d+) s(?: |$)")


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the screen."""

    phase: str
    """Of the sitting; also `start`, `registration`, or empty before anything shows."""
    text: str
    clock_seconds: int | None = None
    conversation: tuple[str, ...] = ()
    """Logged lines from the scene on, unwrapped and without spaces, as `squeezed` makes them."""
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tiles: tuple[tuple[str, str], ...] = ()
    """Value and age of each vital sign in the order of `LABELS`."""
    under_way: tuple[tuple[str, int], ...] = ()
    """What is being done and the seconds that it still takes."""


def squeezed(text: str) -> str:
    """Text without any space, so that where it was wrapped does not matter."""
    return re.sub(r"\s+", "", text)


def brief(screen: str) -> str:
    """The rows on which something stands."""
    return "\n".join(row for row in screen.split("\n") if row.strip(" │"))


def view_of(screen: str) -> View:
    """Reads a screen of `COLUMNS` by `ROWS`; raises ValueError where an encounter is half drawn or covered."""
    rows = [row.ljust(COLUMNS) for row in screen.split("\n")]
    heading = rows[0].strip()
    if heading in HEADINGS:
        return View(HEADINGS[heading], screen)
    if "Go on:" in screen and "Not you?" in screen:
        return View("start", screen)
    clock = _CLOCK.match(rows[0])
    return _encounter(rows, screen, 60 * int(clock[1]) + int(clock[2])) if clock else View("", screen)


def _encounter(rows: Sequence[str], screen: str, clock_seconds: int) -> View:
    prompts = [at for at, row in enumerate(rows) if row.startswith((" › ", " note › "))]
    tops = [at for at, row in enumerate(rows) if row[SIDE_COLUMN] == "╭"]
    ends = [at for at, row in enumerate(rows) if row[SIDE_COLUMN] == "╰"]
    covered = any(corner in row[:SIDE_COLUMN] for row in rows for corner in "╭╰")
    if covered or not (len(prompts) == 1 and len(tops) == 2 and len(ends) == 2):
        raise ValueError("an encounter that is half drawn or covered by a window")
    return View(
        "encounter",
        screen,
        clock_seconds,
        conversation=_logged(row[:SIDE_COLUMN] for row in rows[1 : ends[1] + 1]),
        findings=_logged(row[SIDE_TEXT] for row in rows[tops[0] + 1 : ends[0]]),
        notes=_logged(row[SIDE_TEXT] for row in rows[tops[1] + 1 : ends[1]]),
        tiles=_tiles([row[SIDE_COLUMN:] for row in rows[1 : tops[0]]]),
        under_way=_under_way(" ".join(rows[ends[1] + 1 : prompts[0]])),
    )


def _logged(rows: Iterable[str]) -> tuple[str, ...]:
    """Lines that begin with a time, each with the rows that it was wrapped onto."""
    lines: list[str] = []
    for row in rows:
        if _LOGGED.match(row.strip()):
            lines.append(row)
        elif lines:
            lines[-1] += row
    return tuple(squeezed(line) for line in lines)


def _tiles(rows: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, tuple[str, str]] = {}
    for values, ages in zip(rows[::2], rows[1::2], strict=False):
        starts = [match.start() for match in _TILE.finditer(values)]
        for start, end in zip(starts, [*starts[1:], len(values)], strict=True):
            match = _TILE.match(values, start)
            assert match is not None
            found[match[1]] = (match[2], ages[start:end].strip())
    if set(found) != set(LABELS):
        raise ValueError("a monitor that is half drawn")
    return tuple(found[label] for label in LABELS)


def _under_way(row: str) -> tuple[tuple[str, int], ...]:
    text = " ".join(row.split())
    return tuple((squeezed(match[1]), int(match[2])) for match in _TASK.finditer(text))
