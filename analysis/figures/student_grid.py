"""The checklist of every student as a grid of coloured and marked cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .canvas import Page, fill_cells, stroke
from .labels import estimated_width, fitted
from .legend import draw_colour_legend
from .stacked_bars import Level
from .style import FAINT, SMALL, SOFT, TINY, WIDTH

if TYPE_CHECKING:
    from .canvas import Axes

LEVELS = (
    Level("✓ done", "#00795a", "white"),
    Level("~ done late", "#f0b44c", "#222222"),
    Level("· missed", "#f3e4de", "#7a3b22"),
    Level("not scored", "#ffffff", "#777777"),
)
"""What a cell can say; a grid holds their places in this list."""
_DONE, _NOT_SCORED = (0, 1), 3
_LEFT, _RIGHT = 84.0, 82.0
_ABOVE, _UNDER = 12.0, 42.0
_SLANT_DEGREES = 55.0
_LONGEST_LABEL = 145.0
_WIDEST_CELL, _WIDE_CELL, _NARROWEST_LABELLED = 26.0, 13.0, 9.0
"""Points of a column; one narrower than the last is numbered instead of labelled."""
_TALL_ROW, _LOW_ROW, _TALL_ROWS = 13.0, 9.6, 30
_MARK, _LARGEST_MARK = 0.24, 3.2
"""Half the width of a mark: as a share of the cell, and in points."""
_MARKS = (
    ([(-1.0, 0.0), (-0.35, 0.75), (1.0, -0.85)], 1.1),
    ([(-1.0, 0.3), (-0.45, -0.3), (0.45, 0.3), (1.0, -0.3)], 1.1),
    ([(0.0, 0.0), (0.0, 0.0)], 1.8),
)
"""Tick, tilde and dot as lines, y downwards, and their thickness: smaller than text, and the same in every font."""


@dataclass(frozen=True, slots=True)
class StudentGrid:
    """Students by items, and how large that becomes."""

    students: Sequence[str]
    items: Sequence[str]
    cells: Sequence[Sequence[int]]
    """For each student the place in `LEVELS` of each item."""

    @property
    def cell(self) -> float:
        """Points of a column."""
        return min(_WIDEST_CELL, (WIDTH - _LEFT - _RIGHT) / len(self.items))

    @property
    def row(self) -> float:
        """Points of a row."""
        return _TALL_ROW if len(self.students) <= _TALL_ROWS else _LOW_ROW

    @property
    def numbered(self) -> bool:
        """Whether the columns are too narrow for titles."""
        return self.cell < _NARROWEST_LABELLED

    @property
    def label_size(self) -> float:
        return SMALL if self.cell >= _WIDE_CELL else TINY

    @property
    def labels(self) -> list[str]:
        """What stands above the columns: titles, or every fifth number."""
        if self.numbered:
            return [
                str(place + 1) if place in (0, *range(4, len(self.items), 5)) else ""
                for place in range(len(self.items))
            ]
        return [fitted(item, _LONGEST_LABEL, self.label_size) for item in self.items]

    @property
    def top(self) -> float:
        """Points above the cells, which the slanted labels take."""
        longest = max(estimated_width(label, self.label_size) for label in self.labels)
        return _ABOVE + longest * math.sin(math.radians(_SLANT_DEGREES))

    @property
    def bottom(self) -> float:
        """Where the cells end."""
        return self.top + self.row * len(self.students)

    @property
    def page_height(self) -> float:
        return self.bottom + _UNDER


def draw_student_grid(page: Page, grid: StudentGrid) -> None:
    """The cells with titles above, students at the left, totals at the right and below."""
    axes = page.axes(_LEFT, grid.top, grid.cell * len(grid.items), grid.row * len(grid.students))
    axes.set(xlim=(0, len(grid.items)), ylim=(len(grid.students), 0), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    for place, level in enumerate(LEVELS[:_NOT_SCORED]):
        fill_cells(axes, _runs(grid.cells, place), level.colour)
        _draw_marks(axes, grid, place)
    _draw_lines(axes, len(grid.items), len(grid.students))
    _label_items(page, grid)
    _label_students(page, grid)
    _label_shares(page, grid)
    entries = [(level.colour, level.key) for level in LEVELS]
    draw_colour_legend(page, _LEFT, grid.bottom + 22, entries, WIDTH - _LEFT)


def _runs(cells: Sequence[Sequence[int]], place: int) -> list[tuple[float, float, float, float]]:
    """Neighbours of one level as one rectangle; the lines over it part them again."""
    boxes = []
    for y, row in enumerate(cells):
        x = 0
        for level, run in groupby(row):
            width = len(list(run))
            if level == place:
                boxes.append((float(x), float(y), float(width), 1.0))
            x += width
    return boxes


def _draw_marks(axes: Axes, grid: StudentGrid, place: int) -> None:
    line, width = _MARKS[place]
    size = min(_MARK * grid.cell, _MARK * grid.row, _LARGEST_MARK)
    scaled = [(x * size / grid.cell + 0.5, y * size / grid.row + 0.5) for x, y in line]
    cells = [(x, y) for y, row in enumerate(grid.cells) for x, level in enumerate(row) if level == place]
    stroke(axes, [[(left + x, top + y) for x, y in scaled] for left, top in cells], LEVELS[place].ink, width)


def _draw_lines(axes: Axes, columns: int, rows: int) -> None:
    axes.vlines(range(columns + 1), 0, rows, color="white", linewidth=1.0, zorder=1.5)
    axes.hlines(range(rows + 1), 0, columns, color="white", linewidth=1.0, zorder=1.5)
    axes.hlines([0, rows], 0, columns, color=FAINT, linewidth=0.6, clip_on=False, zorder=1.6)


def _label_items(page: Page, grid: StudentGrid) -> None:
    look: dict[str, Any] = {"ha": "center"} if grid.numbered else {"rotation": _SLANT_DEGREES}
    for column, label in enumerate(grid.labels):
        page.text(_LEFT + (column + 0.5) * grid.cell, grid.top - 6, label, size=grid.label_size, **look)


def _label_students(page: Page, grid: StudentGrid) -> None:
    size = SMALL if grid.row >= _TALL_ROW else TINY
    right = _LEFT + grid.cell * len(grid.items) + 6
    for place, (student, row) in enumerate(zip(grid.students, grid.cells, strict=True)):
        y = grid.top + (place + 0.5) * grid.row
        page.text(_LEFT - 6, y, fitted(student, _LEFT - 10, size), size=size, ha="right")
        page.text(right, y, f"{_done(row)}/{_scored(row)}", size=size, color=SOFT)


def _label_shares(page: Page, grid: StudentGrid) -> None:
    """Under each column the percentage of students who did the item, in time or late."""
    y = grid.bottom + 9
    if grid.numbered:
        page.text(_LEFT, y, "Items are numbered as in the table.", size=TINY, color=SOFT)
        return
    page.text(_LEFT - 6, y, "done or late, %", size=TINY, ha="right", color=SOFT)
    size = TINY if grid.cell >= _WIDE_CELL else TINY - 1.5
    for column in range(len(grid.items)):
        levels = [row[column] for row in grid.cells]
        if scored := _scored(levels):
            x = _LEFT + (column + 0.5) * grid.cell
            page.text(x, y, f"{100 * _done(levels) / scored:.0f}", size=size, ha="center", color=SOFT)


def _done(levels: Sequence[int]) -> int:
    return sum(level in _DONE for level in levels)


def _scored(levels: Sequence[int]) -> int:
    return sum(level != _NOT_SCORED for level in levels)
