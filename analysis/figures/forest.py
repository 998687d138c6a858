"""All differences between two arms at one glance: estimate and confidence interval per outcome and scenario."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .canvas import Page, new_page, rule
from .labels import fitted, inert, one_or_two_lines, picture_name, short, shortened_list, wrapped
from .picture import ForestRow, Picture
from .style import INK, SMALL, SOFT, TINY, WIDTH, round_ticks
from .wording import NOTHING, finite, fixed, interval, is_number

if TYPE_CHECKING:
    from .canvas import Axes

TITLE = "Differences between the arms"
_COLUMNS = ("Difference", "95% CI")
_TOP, _UNDER = 22.0, 34.0
_ROW, _HEADING = 17.0, 18.0
_LABEL_WIDTH, _NUMBER_WIDTH = 160.0, 122.0
_PLOT_LEFT = _LABEL_WIDTH + 12
_PLOT_WIDTH = WIDTH - _PLOT_LEFT - _NUMBER_WIDTH
_LONGEST_IN_VIEW = 4.0
"""Bounds beyond this many times the median bound leave the plot as arrows, so that the others can be read."""


def forest(
    rows: Sequence[ForestRow],
    *,
    title: str = TITLE,
    xlabel: str = "Difference (A − B) with 95% CI",
    sides: tuple[str, str] = ("higher in B", "higher in A"),
    digits: int = 2,
    columns: tuple[str, str] = _COLUMNS,
) -> Picture | None:
    """Differences with confidence intervals around the line of no difference; None without a row.

    Args:
        rows: in the order of reading; a row without an estimate shows its note.
        title: another title gives another picture name.
        xlabel: what the differences are, with the unit; it must be one for all rows.
        sides: what a difference below and above zero means.
        digits: decimals of the printed numbers.
        columns: what the estimates and their intervals are called in the table of numbers.
    """
    if not rows:
        return None
    name = picture_name("forest", "" if title == TITLE else title)
    alt = _alt(rows, xlabel, digits)
    with new_page(_TOP + _UNDER + sum(step for _, _, step in _places(rows))) as page:
        _draw(page, rows, xlabel, sides, digits)
        svg = page.svg(name, inert(title), alt)
    return Picture(
        name, inert(title), svg, alt, ("Group", "Outcome", *columns, "Note"), tuple(_row(row, digits) for row in rows)
    )


def _places(rows: Sequence[ForestRow]) -> Iterator[tuple[str | None, ForestRow | None, float]]:
    """Headings and rows from top to bottom, with the points each takes."""
    group = ""
    for row in rows:
        if row.group != group:
            group = row.group
            if group:
                yield group, None, _HEADING
        yield None, row, _ROW


def _draw(page: Page, rows: Sequence[ForestRow], xlabel: str, sides: tuple[str, str], digits: int) -> None:
    height = page.height - _TOP - _UNDER
    axes = page.axes(_PLOT_LEFT, _TOP, _PLOT_WIDTH, height)
    low, high = _view(rows)
    axes.set(xlim=(low, high), ylim=(height, 0), yticks=[], xticks=round_ticks(low, high, 5))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(fitted(xlabel, WIDTH - _PLOT_LEFT, SMALL))
    rule(axes, x=[0], colour=SOFT)
    _draw_sides(page, sides, -low / (high - low))
    y = 0.0
    for heading, row, step in _places(rows):
        y += step
        middle = y - step / 2
        if heading is not None:
            page.text(4, _TOP + middle + 2, fitted(heading, WIDTH - 8, SMALL, bold=True), weight="bold")
        if row is not None:
            _draw_row(page, axes, row, middle, (low, high), digits)


def _draw_sides(page: Page, sides: tuple[str, str], zero: float) -> None:
    x, y = _PLOT_LEFT + zero * _PLOT_WIDTH, 10.0
    left, right = zero * _PLOT_WIDTH, (1 - zero) * _PLOT_WIDTH
    page.text(x - 6, y, "◂ " + fitted(sides[0], left, TINY), size=TINY, ha="right", color=SOFT)
    page.text(x + 6, y, fitted(sides[1], right, TINY) + " ▸", size=TINY, color=SOFT)


def _draw_row(page: Page, axes: Axes, row: ForestRow, middle: float, view: tuple[float, float], digits: int) -> None:
    indent = 12.0 if row.group else 4.0
    lines, size = one_or_two_lines(row.label, _LABEL_WIDTH - indent, SMALL, TINY)
    page.lines(indent, _TOP + middle, lines, size=size)
    x = _PLOT_LEFT + _PLOT_WIDTH + 8
    if row.estimate is None or not is_number(row.estimate):
        note = wrapped(row.note or "not estimable", _NUMBER_WIDTH - 8, TINY)
        page.lines(x, _TOP + middle, note, size=TINY, color=SOFT, style="italic")
        return
    page.text(x, _TOP + middle, f"{fixed(row.estimate, digits)} {interval(row.low, row.high, digits)}")
    _draw_interval(axes, row, middle, view)
    if view[0] <= row.estimate <= view[1]:
        axes.plot([row.estimate], [middle], marker="s", markersize=4.5, color=INK, markeredgewidth=0)


def _draw_interval(axes: Axes, row: ForestRow, middle: float, view: tuple[float, float]) -> None:
    """The bar between the bounds; an unknown bound or one out of view is an arrow."""
    if not (is_number(row.low) or is_number(row.high)):
        return
    low = row.low if row.low is not None and row.low >= view[0] else None
    high = row.high if row.high is not None and row.high <= view[1] else None
    ends = (view[0] if low is None else min(low, view[1]), view[1] if high is None else max(high, view[0]))
    axes.plot(ends, [middle, middle], color=INK, linewidth=1.1, solid_capstyle="butt")
    for end, known, arrow in ((ends[0], low, "<"), (ends[1], high, ">")):
        if known is None:
            axes.plot([end], [middle], marker=arrow, markersize=4, color=INK, markeredgewidth=0, clip_on=False)


def _view(rows: Sequence[ForestRow]) -> tuple[float, float]:
    """The span of the axis: all bounds, zero, and some room on the side that has none."""
    numbers = finite(number for row in rows for number in (row.estimate, row.low, row.high))
    sizes = [abs(number) for number in numbers if number]
    if not sizes:
        return -1.0, 1.0
    most = _LONGEST_IN_VIEW * statistics.median(sizes)
    largest = max(map(abs, finite(row.estimate for row in rows)), default=0.0)
    most = max(most, min(largest, 2 * most))
    low, high = max(min(numbers), -most), min(max(numbers), most)
    room = 0.3 * max(high, -low)
    low, high = min(low, -room), max(high, room)
    edge = 0.04 * (high - low)
    return low - edge, high + edge


def _row(row: ForestRow, digits: int) -> tuple[str, ...]:
    bounds = interval(row.low, row.high, digits) if row.estimate is not None else NOTHING
    return (inert(row.group), inert(row.label), fixed(row.estimate, digits), bounds, inert(row.note))


def _alt(rows: Sequence[ForestRow], xlabel: str, digits: int) -> str:
    parts = []
    for row in rows:
        label = short(f"{row.group}, {row.label}" if row.group else row.label)
        if row.estimate is None:
            parts.append(f"{label}: {short(row.note) or 'not estimable'}")
        else:
            parts.append(f"{label}: {fixed(row.estimate, digits)} {interval(row.low, row.high, digits)}")
    return f"{short(xlabel)}, {len(rows)} in all. {shortened_list(parts)}."
