"""The scores by arm in plain text: a look at the result where no browser is."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .labels import arm_name
from .wording import finite, fixed, is_number

_LOW, _HIGH = 0.0, 100.0
_TICKS = (0, 25, 50, 75, 100)
_MOST_ROWS = 4
"""Rows of dots of an arm; with more students in one place a dot stands for several."""
_INDENT = 2
_NARROWEST_AXIS = 10
_SHORTEST_NAME = 6

Mean = tuple[float, float | None, float | None]
"""A mean and the bounds of its 95% confidence interval."""


@dataclass(frozen=True, slots=True)
class _Signs:
    dot: str
    axis: str
    tick: str
    bar: str
    low: str
    high: str
    mean: str
    ellipsis: str


_UNICODE = _Signs("•", "─", "┴", "─", "├", "┤", "◆", "…")
_ASCII = _Signs("o", "-", "+", "=", "[", "]", "M", "~")


def text_dot_plot(
    scores: Mapping[str, Sequence[float]],
    width: int = 72,
    unicode: bool = True,
    *,
    means: Mapping[str, Mean] | None = None,
) -> list[str]:
    """Lines with a strip of dots for each arm over an axis from 0 to 100, the mean and its 95% CI under the dots.

    Args:
        scores: arm to one score a student; a score outside the axis is drawn at its end.
        width: columns of the terminal; no line is wider, counting wide characters as two.
        unicode: False draws with ASCII alone, labels too.
        means: arm to mean and bounds; without it they are computed, by Student's t.

    Returns:
        Lines without colours and escape sequences; none if there is no score or no room.
    """
    arms = {arm: finite(values) for arm, values in scores.items()}
    columns = width - 2 * _INDENT
    if not any(arms.values()) or columns < _NARROWEST_AXIS:
        return []
    signs = _UNICODE if unicode else _ASCII
    per_dot = _students_per_dot(arms.values(), columns)
    lines: list[str] = []
    for arm, values in arms.items():
        mean = ((means or {}).get(arm) or _mean(values)) if values else None
        lines += [_heading(arm, len(values), mean, width, signs), *_dots(values, columns, per_dot, signs)]
        if mean is not None:
            lines.append(_interval(mean, columns, signs))
    lines += _axis(columns, signs)
    if per_dot > 1:
        lines.append(f"{signs.dot} = up to {per_dot} students")
    return [_cut(line if unicode else _ascii(line), width, signs.ellipsis).rstrip() for line in lines]


def _mean(values: Sequence[float]) -> Mean:
    """Mean with Student's interval; without bounds for one score."""
    middle = math.fsum(values) / len(values)
    if len(values) < 2:
        return middle, None, None
    from scipy.special import stdtrit

    variance = math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)
    half = float(stdtrit(len(values) - 1, 0.975)) * math.sqrt(variance / len(values))
    return middle, middle - half, middle + half


def _column(value: float, columns: int) -> int:
    share = (min(max(value, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
    return round(share * (columns - 1))


def _counts(values: Sequence[float], columns: int) -> list[int]:
    counts = [0] * columns
    for value in values:
        counts[_column(value, columns)] += 1
    return counts


def _students_per_dot(arms: Iterable[Sequence[float]], columns: int) -> int:
    highest = max(max(_counts(values, columns)) for values in arms)
    return math.ceil(highest / _MOST_ROWS)


def _heading(arm: str, n: int, mean: Mean | None, width: int, signs: _Signs) -> str:
    """The arm and its numbers; the name gives way to the numbers."""
    said = f"  n = {n}"
    if mean is not None:
        middle, low, high = mean
        said += f"  mean {fixed(middle)}"
        if is_number(low) and is_number(high):
            said += f"  95% CI [{fixed(low)}, {fixed(high)}]"
    return _cut(arm_name(arm), max(width - len(said), _SHORTEST_NAME), signs.ellipsis) + said


def _dots(values: Sequence[float], columns: int, per_dot: int, signs: _Signs) -> list[str]:
    heights = [math.ceil(count / per_dot) for count in _counts(values, columns)]
    rows = range(max(heights), 0, -1)
    return [" " * _INDENT + "".join(signs.dot if height >= row else " " for height in heights) for row in rows]


def _interval(mean: Mean, columns: int, signs: _Signs) -> str:
    middle, low, high = mean
    line = [" "] * columns
    if is_number(low) and is_number(high):
        start, end = _column(low, columns), _column(high, columns)
        line[start : end + 1] = signs.bar * (end + 1 - start)
        line[start], line[end] = signs.low, signs.high
    line[_column(middle, columns)] = signs.mean
    return " " * _INDENT + "".join(line)


def _axis(columns: int, signs: _Signs) -> list[str]:
    line, labels = [signs.axis] * columns, [" "] * (columns + 2 * _INDENT)
    for tick in _TICKS if columns >= 4 * len(_TICKS) else (0, 100):
        place = _column(tick, columns)
        line[place] = signs.tick
        start = place + _INDENT - len(str(tick)) // 2
        labels[start : start + len(str(tick))] = str(tick)
    return [" " * _INDENT + "".join(line), "".join(labels)]


def _ascii(line: str) -> str:
    plain = unicodedata.normalize("NFKD", line.replace("\u2212", "-"))
    kept = "".join(character for character in plain if not unicodedata.combining(character))
    return kept.encode("ascii", "replace").decode()


def _cells(character: str) -> int:
    """Columns of a terminal that the character takes at most; terminals do not agree on all of them."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(line: str, width: int, ellipsis: str) -> str:
    if sum(map(_cells, line)) <= width:
        return line
    kept, room = "", width - 1
    for character in line:
        room -= _cells(character)
        if room < 0:
            break
        kept += character
    return kept + ellipsis
