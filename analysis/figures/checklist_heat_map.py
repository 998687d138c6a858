"""Who missed what: checklist items by student, or the shares of a class too large to look at one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .canvas import new_page
from .labels import inert, picture_name, short, shortened_list
from .picture import Picture
from .stacked_bars import draw_stacked_bars, stacked_bars_height
from .student_grid import LEVELS, StudentGrid, draw_student_grid
from .wording import counted, percent

TITLE = "Checklist by student"
MOST_STUDENTS = 100
"""Students that can be shown one by one."""
_HEADER = ("Item", "Done", "Late", "Missed", "Not scored")
_KINDS = ("done", "late", "missed", "")


def checklist_heat_map(
    students: Sequence[str], items: Sequence[str], cells: Sequence[Sequence[str]], *, title: str = TITLE
) -> Picture | None:
    """Students by items, coloured and marked; above 100 students the shares per item; None without cells.

    Args:
        students: pseudonyms from top to bottom.
        items: item titles from left to right.
        cells: for each student a word an item: `done`, `late`, `missed`, or empty where nothing was scored.
        title: another title gives another picture name.
    """
    if not students or not items:
        return None
    name = picture_name("checklist_heat_map", "" if title == TITLE else title)
    places = [[_KINDS.index(kind) if kind in _KINDS else len(_KINDS) - 1 for kind in row] for row in cells]
    counts = [Counter(row[column] for row in places) for column in range(len(items))]
    alt = _alt(students, items, counts)
    if len(students) > MOST_STUDENTS:
        svg = _summary(name, title, alt, items, counts)
    else:
        grid = StudentGrid(students, items, places)
        with new_page(grid.page_height) as page:
            draw_student_grid(page, grid)
            svg = page.svg(name, inert(title), alt)
    rows = tuple(_row(place, item, counts[place]) for place, item in enumerate(items))
    return Picture(name, inert(title), svg, alt, _HEADER, rows)


def _row(place: int, item: str, count: Counter[int]) -> tuple[str, ...]:
    shares = (f"{count[level]} ({percent(count[level] / count.total())})" for level in range(len(_KINDS)))
    return (f"{place + 1}. {inert(item)}", *shares)


def _summary(name: str, title: str, alt: str, items: Sequence[str], counts: Sequence[Counter[int]]) -> str:
    bars = [
        (item, "", [count[level] for level in range(len(_KINDS))]) for item, count in zip(items, counts, strict=True)
    ]
    with new_page(stacked_bars_height(bars, LEVELS)) as page:
        draw_stacked_bars(page, bars, LEVELS, "Share of students")
        return page.svg(name, inert(title), alt)


def _alt(students: Sequence[str], items: Sequence[str], counts: Sequence[Counter[int]]) -> str:
    missed = _KINDS.index("missed")
    hardest = sorted(zip(items, counts, strict=True), key=lambda pair: -pair[1][missed])
    said = [f"{short(item)}: {count[missed]} of {count.total()}" for item, count in hardest if count[missed]]
    who = f"{counted(len(students), 'student')} by {counted(len(items), 'checklist item')}"
    return f"{who}: done, late or missed. Missed most: {shortened_list(said, 3) or 'nothing'}."
