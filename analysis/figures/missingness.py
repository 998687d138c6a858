"""What is missing: for each column the share of rows without a value."""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import Page, fill_cells, new_page, rule
from .labels import fitted, inert, picture_name, short, shortened_list
from .picture import Picture
from .style import SMALL, SOFT, TINY, WIDTH
from .wording import counted, percent

TITLE = "Missing values"
_HEADER = ("Column", "Missing", "n", "Share missing")
_MOST_COLUMNS = 40
"""Columns that are drawn; with more, those that miss most."""
_LABEL_WIDTH, _NUMBER_WIDTH, _TOP, _ROW, _UNDER = 150.0, 84.0, 6.0, 13.0, 34.0
_PLOT_LEFT = _LABEL_WIDTH + 10
_PLOT_WIDTH = WIDTH - _PLOT_LEFT - _NUMBER_WIDTH
_PRESENT, _MISSING = "#e6ecf0", "#b8420c"

Column = tuple[str, int, int]
"""A column's name, how many values are missing, and how many rows there are."""


def missingness(columns: Sequence[Column], *, title: str = TITLE) -> Picture | None:
    """A strip a column, the missing part coloured; None without a column that has rows.

    Args:
        columns: in the order of the table; a column of no rows is only in the numbers.
        title: another title gives another picture name.
    """
    drawn = _drawn(columns)
    if not drawn:
        return None
    name, alt = picture_name("missingness", "" if title == TITLE else title), _alt(columns, len(drawn))
    with new_page(_TOP + _ROW * len(drawn) + _UNDER) as page:
        _draw(page, drawn)
        svg = page.svg(name, inert(title), alt)
    return Picture(name, inert(title), svg, alt, _HEADER, tuple(_row(column) for column in columns))


def _drawn(columns: Sequence[Column]) -> list[Column]:
    full = [column for column in columns if column[2] > 0]
    worst = sorted(full, key=lambda column: -column[1] / column[2])[:_MOST_COLUMNS]
    return full if len(full) <= _MOST_COLUMNS else [column for column in full if column in worst][:_MOST_COLUMNS]


def _draw(page: Page, columns: Sequence[Column]) -> None:
    axes = page.axes(_PLOT_LEFT, _TOP, _PLOT_WIDTH, _ROW * len(columns))
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set(xlim=(0, 1), ylim=(len(columns), 0), yticks=[], xlabel="Share of rows without a value")
    axes.set_xticks(ticks, labels=[percent(tick) for tick in ticks])
    axes.spines["left"].set_visible(False)
    rule(axes, x=ticks)
    fill_cells(axes, [(0.0, row + 0.2, 1.0, 0.6) for row in range(len(columns))], _PRESENT)
    shares = [min(missing / n, 1.0) for _, missing, n in columns]
    fill_cells(axes, [(0.0, row + 0.2, share, 0.6) for row, share in enumerate(shares) if share], _MISSING)
    for row, (label, missing, n) in enumerate(columns):
        y = _TOP + (row + 0.5) * _ROW
        page.text(4, y, fitted(label, _LABEL_WIDTH, SMALL))
        said = f"{missing} of {n} ({percent(missing / n)})" if missing else "none"
        page.text(_PLOT_LEFT + _PLOT_WIDTH + 10, y, said, size=TINY if missing else SMALL, color=SOFT)


def _row(column: Column) -> tuple[str, ...]:
    label, missing, n = column
    return (inert(label), str(missing), str(n), percent(missing / n if n else None))


def _alt(columns: Sequence[Column], drawn: int) -> str:
    lacking = sorted((column for column in columns if column[1]), key=lambda column: -column[1] / max(column[2], 1))
    parts = [f"{short(label)}: {missing} of {n}" for label, missing, n in lacking]
    only = f", the {drawn} that miss most drawn" if len(columns) > _MOST_COLUMNS else ""
    total = counted(len(columns), "column")
    return f"Missing values in {len(lacking)} of {total}{only}. Most: {shortened_list(parts, 5) or 'none is missing'}."
