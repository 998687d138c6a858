"""The primary result: every student's score, the shape of each arm, the mean and its confidence interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .canvas import Page, new_page, rule
from .density import MOST_POINTS, density, quantile, stacked, thinned
from .labels import arm_name, fitted, inert, picture_name, short, shortened_list
from .picture import Picture
from .style import BASE, INK, SMALL, SOFT, TINY, WIDTH, ArmStyle, arm_styles, round_ticks
from .wording import NOTHING, counted, finite, fixed, interval, is_number

if TYPE_CHECKING:
    from .canvas import Axes

TITLE = "Score by arm"
_KEY = "Point: one student. Large mark with bar: mean with 95% CI. Shape: distribution."
_HEADER = ("Arm", "n", "Mean", "95% CI", "Min", "Q1", "Median", "Q3", "Max")
_LEFT, _TOP, _PLOT_HEIGHT, _UNDER, _RIGHT = 46.0, 10.0, 210.0, 58.0, 8.0
_GAP = 0.07
"""From the middle of an arm's place to its points and to its violin, as a share of the place."""
_HALF = 0.36
"""Widest that points and violin get, as a share of the place."""
_POINT_SIZES = ((40, 4.8), (120, 4.0), (MOST_POINTS, 3.4))
"""Students in the largest arm, and the points that a dot takes with the space around it."""
_WIDEST_SLOT = 175.0
_NARROWEST_FOR_MEAN = 100.0
"""Points that an arm needs for its mean and interval in words."""

Mean = tuple[float, float | None, float | None]
"""A mean and the bounds of its 95% confidence interval."""


def score_by_arm(
    scores: Mapping[str, Sequence[float]],
    means: Mapping[str, Mean],
    ylabel: str,
    limits: tuple[float, float] = (0, 100),
    *,
    title: str = TITLE,
) -> Picture | None:
    """Strip, half violin, mean and 95% CI of each arm; None without a score.

    Args:
        scores: arm to one score a student.
        means: arm to mean and bounds; an arm without one gets no mean drawn.
        ylabel: what the scores are, with the unit.
        limits: lowest and highest possible score; the density is not drawn beyond.
        title: another title gives another picture name.
    """
    arms = {arm: finite(values) for arm, values in scores.items()}
    if not any(arms.values()):
        return None
    name = picture_name("score_by_arm", "" if title == TITLE else title)
    alt = _alt(arms, means, ylabel)
    with new_page(_TOP + _PLOT_HEIGHT + _UNDER) as page:
        _draw(page, arms, means, ylabel, limits)
        svg = page.svg(name, inert(title), alt)
    rows = tuple(_row(arm, values, means.get(arm)) for arm, values in arms.items())
    return Picture(name, inert(title), svg, alt, _HEADER, rows)


def _draw(
    page: Page,
    arms: Mapping[str, Sequence[float]],
    means: Mapping[str, Mean],
    ylabel: str,
    limits: tuple[float, float],
) -> None:
    width = WIDTH - _LEFT - _RIGHT
    slot = min(width / len(arms), _WIDEST_SLOT)
    axes = page.axes(_LEFT, _TOP, width, _PLOT_HEIGHT)
    low, high = _span(arms, limits)
    ticks = round_ticks(low, high)
    margin = (width / slot - len(arms)) / 2
    axes.set(xlim=(-0.5 - margin, len(arms) - 0.5 + margin), ylim=(low, high), xticks=[], yticks=ticks)
    axes.set_ylabel(fitted(ylabel, _PLOT_HEIGHT, SMALL))
    rule(axes, y=ticks)
    shapes = {arm: density(values, (low, high)) for arm, values in arms.items()}
    tallest = max((max(shape[1]) for shape in shapes.values() if shape), default=1.0)
    most = min(max(map(len, arms.values())), MOST_POINTS)
    point = next(size for count, size in _POINT_SIZES if most <= count)
    page.text(_LEFT + width / 2, page.height - 6, _KEY, size=TINY, ha="center", color=SOFT)
    for place, (arm, style) in enumerate(arm_styles(arms).items()):
        values, mean = arms[arm], means.get(arm) if arms[arm] else None
        _draw_points(axes, place, values, style, point, (high - low) * point / _PLOT_HEIGHT, point / slot)
        _draw_shape(axes, place, shapes[arm], style, tallest)
        _draw_mean(axes, place, mean, style)
        _draw_label(page, _LEFT + (place + margin + 0.5) * slot, slot, arm, len(values), mean)


def _span(arms: Mapping[str, Sequence[float]], limits: tuple[float, float]) -> tuple[float, float]:
    """The limits, wider if a score lies outside them."""
    everything = [value for values in arms.values() for value in values]
    low, high = min(*everything, limits[0]), max(*everything, limits[1])
    return (low, high) if high > low else (low - 1, high + 1)


def _draw_points(
    axes: Axes, place: int, values: Sequence[float], style: ArmStyle, point: float, bin_height: float, step: float
) -> None:
    shown = thinned(values)
    stack = stacked(shown, bin_height)
    step = min(step, (_HALF - _GAP) / max(max(stack, default=0), 1))
    xs = [place - _GAP - index * step for index in stack]
    look: dict[str, Any] = {
        "marker": style.marker,
        "markersize": 0.85 * point,
        "markeredgewidth": 0,
        "linestyle": "none",
    }
    axes.plot(xs, shown, color=style.colour, clip_on=False, **look)


def _draw_shape(
    axes: Axes, place: int, shape: tuple[list[float], list[float]] | None, style: ArmStyle, tallest: float
) -> None:
    if shape is None:
        return
    grid, height = shape
    base = place + _GAP
    edge = [base + (_HALF - _GAP) * value / tallest for value in height]
    axes.fill_betweenx(grid, base, edge, facecolor=style.colour, alpha=0.22, linewidth=0)
    axes.plot([base, *edge, base], [grid[0], *grid, grid[-1]], color=style.colour, linewidth=0.8)


def _draw_mean(axes: Axes, place: int, mean: Mean | None, style: ArmStyle) -> None:
    if mean is None or not is_number(mean[0]):
        return
    middle, low, high = mean
    look: dict[str, Any] = {
        "markersize": 5.5,
        "markeredgecolor": INK,
        "markeredgewidth": 0.9,
        "markerfacecolor": style.colour,
    }
    axes.plot([place], [middle], marker=style.marker, linestyle="none", **look)
    if is_number(low) and is_number(high):
        axes.plot([place, place], [low, high], color=INK, linewidth=1.2, marker="_", markersize=9, markeredgewidth=1.2)


def _draw_label(page: Page, x: float, slot: float, arm: str, n: int, mean: Mean | None) -> None:
    y = _TOP + _PLOT_HEIGHT + 11
    page.text(x, y, fitted(arm_name(arm), slot - 4, BASE, bold=True), size=BASE, ha="center", weight="bold")
    drawn = f" ({MOST_POINTS} drawn)" if n > MOST_POINTS and slot >= _NARROWEST_FOR_MEAN else ""
    page.text(x, y + 12, fitted(f"n = {n}{drawn}", slot, SMALL), ha="center")
    if mean is not None and slot >= _NARROWEST_FOR_MEAN:
        said = f"mean {fixed(mean[0])} {interval(mean[1], mean[2]) if is_number(mean[1]) else ''}".rstrip()
        page.text(x, y + 23, said, size=TINY, ha="center", color=SOFT)


def _row(arm: str, values: Sequence[float], mean: Mean | None) -> tuple[str, ...]:
    middle, low, high = mean if mean is not None and values else (None, None, None)
    numbers = [fixed(quantile(values, share / 4)) if values else NOTHING for share in range(5)]
    return (arm_name(arm), str(len(values)), fixed(middle), interval(low, high), *numbers)


def _alt(arms: Mapping[str, Sequence[float]], means: Mapping[str, Mean], ylabel: str) -> str:
    parts = []
    for arm, values in arms.items():
        middle, low, high = means.get(arm, (None, None, None)) if values else (None, None, None)
        mean = f", mean {fixed(middle)}" if is_number(middle) else ""
        bounds = f", 95% CI {interval(low, high)}" if is_number(low) else ""
        parts.append(f"{short(arm_name(arm))}: n = {len(values)}{mean}{bounds}")
    drawn = [f"{MOST_POINTS} of {len(v)} in {short(arm_name(arm))}" for arm, v in arms.items() if len(v) > MOST_POINTS]
    thinning = f" Points drawn: {shortened_list(drawn)}." if drawn else ""
    students = counted(sum(len(values) for values in arms.values()), "student")
    return f"{short(ylabel)} of {students} by arm, with mean and 95% CI. {shortened_list(parts)}.{thinning}"
