"""Bars of 100% made of ordered levels, with the percentages written where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .canvas import Page, fill_cells, rule
from .labels import estimated_width, fitted, one_or_two_lines
from .legend import ROW, draw_colour_legend, legend_height
from .style import SMALL, SOFT, TINY, WIDTH
from .wording import percent

_LABEL_WIDTH, _RIGHT = 150.0, 12.0
_PLOT_LEFT = _LABEL_WIDTH + 10
_PLOT_WIDTH = WIDTH - _PLOT_LEFT - _RIGHT
_BAR_ROW, _UNDER = 22.0, 34.0
_THICKNESS = 0.66

Bar = tuple[str, str, Sequence[int]]
"""What the bar is about, a short remark under that, and a count for each level."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of the ordered levels: what it is called, its colour, and the colour of text on it."""

    key: str
    colour: str
    ink: str


def stacked_bars_height(bars: Sequence[Bar], levels: Sequence[Level]) -> float:
    """Points that `draw_stacked_bars` needs."""
    return legend_height([level.key for level in levels], _PLOT_WIDTH, ROW) + 6 + _BAR_ROW * len(bars) + _UNDER


def draw_stacked_bars(page: Page, bars: Sequence[Bar], levels: Sequence[Level], xlabel: str) -> None:
    """One bar below another under the legend of the levels."""
    draw_colour_legend(page, _PLOT_LEFT, 2, [(level.colour, level.key) for level in levels], _PLOT_WIDTH)
    top = legend_height([level.key for level in levels], _PLOT_WIDTH, ROW) + 6
    axes = page.axes(_PLOT_LEFT, top, _PLOT_WIDTH, _BAR_ROW * len(bars))
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set(xlim=(0, 1), ylim=(len(bars), 0), yticks=[], xlabel=xlabel)
    axes.set_xticks(ticks, labels=[percent(tick) for tick in ticks])
    axes.spines["left"].set_visible(False)
    rule(axes, x=ticks)
    for place, level in enumerate(levels):
        fill_cells(axes, [_box(bar, row, place) for row, bar in enumerate(bars) if bar[2][place]], level.colour)
    for row, bar in enumerate(bars):
        y = top + (row + 0.5) * _BAR_ROW
        _label(page, y, bar)
        _write_percentages(page, y, bar, levels)


def _start(bar: Bar, place: int) -> float:
    return sum(bar[2][:place]) / sum(bar[2])


def _box(bar: Bar, row: int, place: int) -> tuple[float, float, float, float]:
    start = _start(bar, place)
    return start, row + (1 - _THICKNESS) / 2, _start(bar, place + 1) - start, _THICKNESS


def _label(page: Page, y: float, bar: Bar) -> None:
    text, remark, counts = bar
    remark = remark if sum(counts) else f"{remark} (none)".strip()
    if not remark:
        lines, size = one_or_two_lines(text, _LABEL_WIDTH, SMALL, TINY)
        page.lines(4, y, lines, size=size)
        return
    page.text(4, y - 4.5, fitted(text, _LABEL_WIDTH, SMALL))
    page.text(4, y + 5.5, fitted(remark, _LABEL_WIDTH, TINY), size=TINY, color=SOFT)


def _write_percentages(page: Page, y: float, bar: Bar, levels: Sequence[Level]) -> None:
    for place, level in enumerate(levels):
        count = bar[2][place]
        if not count:
            continue
        start, _, width, _ = _box(bar, 0, place)
        text = percent(width)
        if estimated_width(text, SMALL) + 4 <= width * _PLOT_WIDTH:
            page.text(_PLOT_LEFT + (start + width / 2) * _PLOT_WIDTH, y, text, ha="center", color=level.ink)
