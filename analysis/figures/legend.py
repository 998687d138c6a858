"""Legends as rows of samples with words, broken where the page ends."""

from __future__ import annotations

from collections.abc import Sequence

from .canvas import Page
from .labels import estimated_width, fitted
from .style import SMALL, WIDTH, ArmStyle

ROW = 14.0
"""Points from one row of the legend to the next."""
_SAMPLE, _SPACE = 24.0, 16.0


def legend_rows(texts: Sequence[str], width: float = WIDTH, sample: float = _SAMPLE) -> list[list[tuple[float, str]]]:
    """The texts, shortened to the width, in rows; each with the place where its sample begins."""
    rows: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for text in texts:
        shown = fitted(text, width - sample, SMALL)
        taken = sample + estimated_width(shown, SMALL)
        if rows[-1] and x + taken > width:
            rows.append([])
            x = 0.0
        rows[-1].append((x, shown))
        x += taken + _SPACE
    return rows


def legend_height(texts: Sequence[str], width: float = WIDTH, sample: float = _SAMPLE) -> float:
    """Points that the rows take."""
    return ROW * len(legend_rows(texts, width, sample))


def draw_arm_legend(page: Page, left: float, top: float, entries: Sequence[tuple[ArmStyle, str]], width: float) -> None:
    """Line and marker of each arm with what is said about it."""
    styles = iter([style for style, _ in entries])
    for index, row in enumerate(legend_rows([text for _, text in entries], width)):
        for x, text in row:
            y = top + (index + 0.5) * ROW
            page.sample(left + x, y, next(styles))
            page.text(left + x + _SAMPLE, y, text)


def draw_colour_legend(page: Page, left: float, top: float, entries: Sequence[tuple[str, str]], width: float) -> None:
    """A box of each colour with what it means."""
    colours = iter([colour for colour, _ in entries])
    for index, row in enumerate(legend_rows([text for _, text in entries], width, ROW)):
        for x, text in row:
            y = top + (index + 0.5) * ROW
            page.box(left + x, y - 4, 9, 8, next(colours), edge="#999999")
            page.text(left + x + ROW, y, text)
