"""Which item to rewrite: how many did each item, and how it goes with the rest of the checklist."""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import Page, new_page, rule
from .labels import inert, one_or_two_lines, picture_name, short, shortened_list
from .picture import ItemRow, Picture
from .style import SMALL, SOFT, TINY, WIDTH
from .wording import correlation, percent, percent_interval

TITLE = "Item difficulty"
_HEADER = ("Item", "n", "Done", "95% CI", "Item–rest r")
_LABEL_WIDTH, _TOP, _ROW, _UNDER = 186.0, 20.0, 18.0, 34.0
_PLOT_LEFT, _PLOT_WIDTH = _LABEL_WIDTH + 14, 156.0
_SHARE_AT, _R_AT, _N_AT = _PLOT_LEFT + _PLOT_WIDTH + 34, WIDTH - 34.0, WIDTH - 4.0
_COLOUR = "#0072B2"


def item_difficulty(items: Sequence[ItemRow], *, title: str = TITLE) -> Picture | None:
    """Share of students who did each item with its Wilson interval, item-rest r and n; None without an item.

    Args:
        items: in the order of reading.
        title: another title gives another picture name.
    """
    if not items:
        return None
    name, alt = picture_name("item_difficulty", "" if title == TITLE else title), _alt(items)
    with new_page(_TOP + _ROW * len(items) + _UNDER) as page:
        _draw(page, items)
        svg = page.svg(name, inert(title), alt)
    return Picture(name, inert(title), svg, alt, _HEADER, tuple(_row(item) for item in items))


def _draw(page: Page, items: Sequence[ItemRow]) -> None:
    axes = page.axes(_PLOT_LEFT, _TOP, _PLOT_WIDTH, _ROW * len(items))
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
    axes.set(xlim=(0, 1), ylim=(len(items), 0), yticks=[], xlabel="Students who did it, with 95% CI")
    axes.set_xticks(ticks, labels=[percent(tick) for tick in ticks])
    axes.spines["left"].set_visible(False)
    rule(axes, x=ticks)
    for x, heading in ((_SHARE_AT, "done"), (_R_AT, "item–rest r"), (_N_AT, "n")):
        page.text(x, 11, heading, size=TINY, ha="right", color=SOFT)
    for row, item in enumerate(items):
        middle = row + 0.5
        axes.plot([item.low, item.high], [middle, middle], color=_COLOUR, linewidth=1.3, solid_capstyle="butt")
        axes.plot([item.share], [middle], color=_COLOUR, marker="o", markersize=5, markeredgewidth=0, clip_on=False)
        _write_row(page, _TOP + middle * _ROW, item)


def _write_row(page: Page, y: float, item: ItemRow) -> None:
    lines, size = one_or_two_lines(item.label, _LABEL_WIDTH, SMALL, TINY)
    page.lines(4, y, lines, size=size)
    for x, text in ((_SHARE_AT, percent(item.share)), (_R_AT, correlation(item.item_rest)), (_N_AT, str(item.n))):
        page.text(x, y, text, ha="right")


def _row(item: ItemRow) -> tuple[str, ...]:
    interval = percent_interval(item.low, item.high)
    return (inert(item.label), str(item.n), percent(item.share), interval, correlation(item.item_rest))


def _alt(items: Sequence[ItemRow]) -> str:
    ranked = sorted(items, key=lambda item: item.share)
    parts = [f"{short(item.label)}: {percent(item.share)} {percent_interval(item.low, item.high)}" for item in ranked]
    return f"Share of students who did each of {len(items)} items, hardest first. {shortened_list(parts)}."
