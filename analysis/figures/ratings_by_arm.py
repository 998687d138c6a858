"""How good the decisions were: the four ratings as bars of 100%."""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import new_page
from .labels import arm_name, inert, picture_name, short, shortened_list
from .picture import Picture, RatingRow
from .stacked_bars import Level, draw_stacked_bars, stacked_bars_height
from .wording import counted, percent

TITLE = "Decision ratings"
_LEVELS = (
    Level("dangerous", "#b8420c", "white"),
    Level("suboptimal", "#f4c39c", "#222222"),
    Level("acceptable", "#a6cfe6", "#222222"),
    Level("optimal", "#0067a3", "white"),
)
_HEADER = ("Arm", "n", *(level.key.capitalize() for level in _LEVELS))


def ratings_by_arm(rows: Sequence[RatingRow], *, title: str = TITLE) -> Picture | None:
    """Stacked bars from dangerous to optimal; None without a rating.

    Args:
        rows: one a bar; one without ratings stays as an empty line.
        title: another title gives another picture name.
    """
    if not any(sum(_counts(row)) for row in rows):
        return None
    name = picture_name("ratings_by_arm", "" if title == TITLE else title)
    bars = [(arm_name(row.label), f"n = {row.n}", _counts(row)) for row in rows]
    alt = _alt(rows)
    with new_page(stacked_bars_height(bars, _LEVELS)) as page:
        draw_stacked_bars(page, bars, _LEVELS, "Share of decisions")
        svg = page.svg(name, inert(title), alt)
    return Picture(name, inert(title), svg, alt, _HEADER, tuple(_row(row) for row in rows))


def _counts(row: RatingRow) -> list[int]:
    return [row.dangerous, row.suboptimal, row.acceptable, row.optimal]


def _row(row: RatingRow) -> tuple[str, ...]:
    total = sum(_counts(row))
    shares = [f"{count} ({percent(count / total)})" if total else "0" for count in _counts(row)]
    return (arm_name(row.label), str(row.n), *shares)


def _alt(rows: Sequence[RatingRow]) -> str:
    parts = []
    for row in rows:
        total = sum(_counts(row))
        ratings = zip(_counts(row), _LEVELS, strict=True)
        said = ", ".join(f"{percent(count / total)} {level.key}" for count, level in ratings) if total else "no ratings"
        parts.append(f"{short(arm_name(row.label))}, {counted(row.n, 'decision')}: {said}")
    return f"Decision ratings from dangerous to optimal. {shortened_list(parts)}."
