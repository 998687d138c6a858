"""Progress: the scenario-centred score from a student's first encounter to the last, by arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .canvas import Page, new_page, rule
from .labels import arm_name, fitted, inert, picture_name, short, shortened_list
from .legend import draw_arm_legend, legend_height
from .picture import LearningPoint, Picture
from .style import SMALL, SOFT, TINY, WIDTH, ArmStyle, arm_styles, round_ticks
from .wording import finite, fixed, interval, is_number

if TYPE_CHECKING:
    from .canvas import Axes

TITLE = "Learning curve"
_HEADER = ("Arm", "Encounter", "n", "Mean", "95% CI")
_LEFT, _RIGHT, _PLOT_HEIGHT = 62.0, 14.0, 170.0
_AXIS_HEIGHT, _COUNT_ROW = 32.0, 12.0
_DODGE = 0.06
"""How far arms stand beside each other, so that one bar does not hide another."""


def learning_curve(series: Mapping[str, Sequence[LearningPoint]], *, title: str = TITLE) -> Picture | None:
    """Mean and 95% CI by place in the order of encounters, with n under the axis; None without a point.

    Args:
        series: arm to its points; scores are centred on their scenario's mean, so that 0 is usual.
        title: another title gives another picture name.
    """
    series = {arm: sorted(points, key=lambda point: point.order) for arm, points in series.items() if points}
    if not series:
        return None
    name, alt = picture_name("learning_curve", "" if title == TITLE else title), _alt(series)
    entries = [(style, arm_name(arm)) for arm, style in arm_styles(series).items()]
    top = legend_height([text for _, text in entries], WIDTH - _LEFT) + 8
    with new_page(top + _PLOT_HEIGHT + _AXIS_HEIGHT + _COUNT_ROW * (len(series) + 1) + 4) as page:
        draw_arm_legend(page, _LEFT, 2, entries, WIDTH - _LEFT)
        _draw(page, top, series)
        svg = page.svg(name, inert(title), alt)
    rows = tuple(_row(arm, point) for arm, points in series.items() for point in points)
    return Picture(name, inert(title), svg, alt, _HEADER, rows)


def _draw(page: Page, top: float, series: Mapping[str, Sequence[LearningPoint]]) -> None:
    width = WIDTH - _LEFT - _RIGHT
    axes = page.axes(_LEFT, top, width, _PLOT_HEIGHT)
    orders = sorted({point.order for points in series.values() for point in points})
    left, right = orders[0] - 0.5, orders[-1] + 0.5
    low, high = _span(series)
    ticks = round_ticks(low, high)
    axes.set(xlim=(left, right), ylim=(low, high), yticks=ticks)
    axes.set_xticks(orders[:: -(-len(orders) // 20)])
    axes.set_xlabel("Encounter, in the order played")
    axes.set_ylabel("Score above the scenario’s mean (points)")
    rule(axes, y=ticks)
    rule(axes, y=[0], colour=SOFT)
    page.text(4, top + _PLOT_HEIGHT + _AXIS_HEIGHT + 2, "Students", size=TINY, color=SOFT)
    for place, (arm, style) in enumerate(arm_styles(series).items()):
        _draw_arm(axes, series[arm], style, (place - (len(series) - 1) / 2) * _DODGE)
        y = top + _PLOT_HEIGHT + _AXIS_HEIGHT + 2 + (place + 1) * _COUNT_ROW
        page.text(4, y, fitted(arm_name(arm), _LEFT - 16, SMALL, bold=True), color=style.colour, weight="bold")
        for point in series[arm][:: -(-len(orders) // 20)]:
            page.text(_LEFT + (point.order - left) / (right - left) * width, y, str(point.n), ha="center")


def _draw_arm(axes: Axes, points: Sequence[LearningPoint], style: ArmStyle, shift: float) -> None:
    xs = [point.order + shift for point in points]
    axes.plot(xs, [point.mean for point in points], color=style.colour, linestyle=style.dash, linewidth=1.2)
    for x, point in zip(xs, points, strict=True):
        if is_number(point.low) and is_number(point.high):
            axes.plot([x, x], [point.low, point.high], color=style.colour, linewidth=1.1, marker="_", markersize=6)
    look: dict[str, Any] = {
        "marker": style.marker,
        "markersize": 5.5,
        "markeredgecolor": "white",
        "markeredgewidth": 0.6,
    }
    axes.plot(xs, [point.mean for point in points], color=style.colour, linestyle="none", **look)


def _span(series: Mapping[str, Sequence[LearningPoint]]) -> tuple[float, float]:
    numbers = [0.0]
    for points in series.values():
        numbers += finite(number for point in points for number in (point.mean, point.low, point.high))
    low, high = min(numbers), max(numbers)
    room = 0.08 * (high - low) or 1.0
    return low - room, high + room


def _row(arm: str, point: LearningPoint) -> tuple[str, ...]:
    return (arm_name(arm), str(point.order), str(point.n), fixed(point.mean), interval(point.low, point.high))


def _alt(series: Mapping[str, Sequence[LearningPoint]]) -> str:
    parts = []
    for arm, points in series.items():
        first, last = points[0], points[-1]
        said = f"{fixed(first.mean)} at encounter {first.order}"
        if last is not first:
            said += f", {fixed(last.mean)} at encounter {last.order}"
        parts.append(f"{short(arm_name(arm))}: {said}")
    return f"Mean score above the scenario’s mean by order of encounters. {shortened_list(parts)}."
