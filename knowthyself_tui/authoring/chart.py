"""Curves drawn with Braille dots, for any terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROWS = 5
"""Lines of text a curve takes."""
LABEL_WIDTH = 9

_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BLANK = 0x2800


@dataclass(frozen=True, slots=True)
class Curve:
    """One quantity over the time of play."""

    title: str
    unit: str
    decimals: int
    values: Sequence[float | None]
    """One value a sample; None leaves a gap."""


def draw(curve: Curve, first_time: str, last_time: str, width: int) -> list[str]:
    """A titled curve with its least and greatest value and the times of its ends, in `width` columns."""
    known = [value for value in curve.values if value is not None]
    title = f"{curve.title} ({curve.unit})" if curve.unit else curve.title
    if not known:
        return [f"{title}: nothing to draw."]
    low, high = min(known), max(known)
    lines = _dots(curve.values, low, high, max(8, width - LABEL_WIDTH - 2))
    labels = {0: _label(high, curve.decimals), ROWS - 1: _label(low, curve.decimals)}
    body = [
        f"{labels.get(row, ''):>{LABEL_WIDTH}} {'┤' if row in labels else '│'}{line}" for row, line in enumerate(lines)
    ]
    span = f"min {_label(low, curve.decimals)}, max {_label(high, curve.decimals)}"
    gap = max(1, len(lines[0]) - len(first_time) - len(last_time))
    axis = f"{'':{LABEL_WIDTH}}  {first_time}{' ' * gap}{last_time}"
    return [f"{title}: {span}"[:width], *(line.rstrip() for line in body), axis]


def _dots(values: Sequence[float | None], low: float, high: float, width: int) -> list[str]:
    """The curve in `ROWS` lines of `width` characters; each column joins all samples that fall into it."""
    cells = [[_BLANK] * width for _ in range(ROWS)]
    before: int | None = None
    for x in range(2 * width):
        levels = [_level(value, low, high) for value in _samples(values, x, 2 * width) if value is not None]
        if not levels:
            before = None
            continue
        joined = levels if before is None else [*levels, before]
        for y in range(min(joined), max(joined) + 1):
            row, dot = divmod(4 * ROWS - 1 - y, 4)
            cells[row][x // 2] |= _DOTS[x % 2][dot]
        before = levels[-1]
    return ["".join(map(chr, row)).replace(chr(_BLANK), " ") for row in cells]


def _samples(values: Sequence[float | None], x: int, width: int) -> Sequence[float | None]:
    """The samples of one column of dots; the nearest one where there are fewer samples than columns."""
    start = x * len(values) // width
    return values[start : max(start + 1, (x + 1) * len(values) // width)]


def _level(value: float, low: float, high: float) -> int:
    if high == low:
        return 2 * ROWS
    return round((value - low) / (high - low) * (4 * ROWS - 1))


def _label(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text
