"""How soon a critical action was done: the share of students who have done it by each minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .canvas import Page, new_page, rule
from .density import thinned
from .labels import arm_name, fitted, inert, picture_name, short, shortened_list
from .legend import draw_arm_legend, legend_height
from .picture import Picture, StepCurve
from .style import SMALL, SOFT, TINY, WIDTH, ArmStyle, arm_styles, round_ticks
from .wording import compact, is_number, percent, percent_interval

if TYPE_CHECKING:
    from .canvas import Axes

_SECONDS_PER_MINUTE = 60.0
_LEFT, _RIGHT, _PLOT_HEIGHT = 62.0, 14.0, 180.0
_LEGEND_GAP, _AXIS_HEIGHT, _RISK_ROW = 8.0, 32.0, 12.0
_RISK_SPACING = 26.0
"""Points that a number of the table under the axis needs."""
_MOST_STEPS = 250
"""Steps of a curve that are drawn; two within this part of the axis could not be told apart."""
_MOST_COLUMNS = 6
_RISK_HEADING = "Not yet done (at risk)"


def time_to_action(
    title: str, curves: Mapping[str, StepCurve], tau_seconds: float, target_seconds: float | None
) -> Picture | None:
    """One minus Kaplan-Meier by arm with band, medians, numbers at risk and target; None without a curve.

    Args:
        title: which action in which scenario; it names the picture.
        curves: arm to its curve; an arm without times is left out.
        tau_seconds: where the scenario, and the axis, ends.
        target_seconds: by when it should be done, if there is such a time.
    """
    curves = {arm: curve for arm, curve in curves.items() if len(curve.times)}
    if not curves:
        return None
    name = picture_name("time_to_action", title)
    alt = _alt(title, curves, tau_seconds, target_seconds)
    entries = [(style, _entry(arm, curves[arm], tau_seconds)) for arm, style in arm_styles(curves).items()]
    top = legend_height([text for _, text in entries], WIDTH - _LEFT) + _LEGEND_GAP
    with new_page(top + _PLOT_HEIGHT + _AXIS_HEIGHT + _RISK_ROW * (len(curves) + 1) + 4) as page:
        draw_arm_legend(page, _LEFT, 2, entries, WIDTH - _LEFT)
        _draw(page, top, curves, tau_seconds, target_seconds)
        svg = page.svg(name, inert(title), alt)
    seconds = {second for curve in curves.values() for second in curve.at_risk if 0 < second <= tau_seconds}
    shown = thinned(sorted(seconds), _MOST_COLUMNS)
    header = ("Arm", "Median (min)", *(f"By {compact(s / _SECONDS_PER_MINUTE)} min" for s in shown))
    rows = tuple(_row(arm, curve, shown) for arm, curve in curves.items())
    return Picture(name, inert(title), svg, alt, header, rows)


def share_at(curve: StepCurve, second: float) -> tuple[float, float | None, float | None]:
    """The share who have done it by then with its bounds; nobody has before the first time."""
    share: tuple[float, float | None, float | None] = (0.0, None, None)
    for time, done, low, high in zip(curve.times, curve.share_done, curve.low, curve.high, strict=True):
        if time <= second:
            share = (done, low, high)
    return share


def _minutes(seconds: float) -> float:
    return seconds / _SECONDS_PER_MINUTE


def _draw(page: Page, top: float, curves: Mapping[str, StepCurve], tau: float, target: float | None) -> None:
    width = WIDTH - _LEFT - _RIGHT
    axes = page.axes(_LEFT, top, width, _PLOT_HEIGHT)
    end = _minutes(tau) if tau > 0 else 1.0
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set(xlim=(0, end), ylim=(0, 1), xticks=round_ticks(0, end, 11))
    axes.set_yticks(ticks, labels=[percent(tick) for tick in ticks])
    axes.set_ylabel("Students who have done it")
    axes.set_xlabel("Scenario time (min)")
    rule(axes, y=ticks)
    for arm, style in arm_styles(curves).items():
        _draw_band(axes, curves[arm], style, end)
        _draw_curve(axes, curves[arm], style, end)
    for arm, style in arm_styles(curves).items():
        _draw_median(axes, curves[arm].median, style)
    if target is not None and 0 <= target <= tau:
        _draw_target(page, axes, top, _minutes(target), end)
    _draw_at_risk(page, top + _PLOT_HEIGHT + _AXIS_HEIGHT, curves, end)


def _draw_curve(axes: Axes, curve: StepCurve, style: ArmStyle, end: float) -> None:
    steps = _visible_steps(curve.times, end)
    minutes = [0.0, *(_minutes(curve.times[step]) for step in steps)]
    shares = [0.0, *(curve.share_done[step] for step in steps)]
    if minutes[-1] < end:
        minutes, shares = [*minutes, end], [*shares, shares[-1]]
    look: dict[str, Any] = {"color": style.colour, "linestyle": style.dash, "linewidth": 1.5}
    axes.plot(minutes, shares, drawstyle="steps-post", clip_on=False, **look)


def _visible_steps(times: Sequence[float], end: float) -> list[int]:
    """Of the steps that fall on one place of the axis the last."""
    return list({int(_minutes(time) / end * _MOST_STEPS): step for step, time in enumerate(times)}.values())


def _draw_band(axes: Axes, curve: StepCurve, style: ArmStyle, end: float) -> None:
    """The confidence band; it ends at the last event, for nothing is known of it after that."""
    rises = [0.0, *curve.share_done]
    last = max((place for place, (before, after) in enumerate(pairwise(rises)) if after > before), default=-1)
    steps = [step for step in _visible_steps(curve.times, end) if step <= last]
    bounds = [(_minutes(curve.times[step]), curve.low[step], curve.high[step]) for step in steps]
    known = [(minute, low, high) for minute, low, high in bounds if is_number(low) and is_number(high)]
    if len(known) > 1:
        minutes, low, high = zip(*known, strict=True)
        axes.fill_between(minutes, low, high, step="post", facecolor=style.colour, alpha=0.15, linewidth=0)


def _draw_median(axes: Axes, median: float | None, style: ArmStyle) -> None:
    if median is None or not is_number(median):
        return
    minute = _minutes(median)
    axes.plot([minute, minute], [0, 0.5], color=style.colour, linewidth=0.8, linestyle=(0, (1, 2)))
    look: dict[str, Any] = {"markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.8}
    axes.plot([minute], [0.5], color=style.colour, marker=style.marker, linestyle="none", **look)


def _draw_target(page: Page, axes: Axes, top: float, minute: float, end: float) -> None:
    rule(axes, x=[minute], colour=SOFT, linestyle=(0, (5, 3)), linewidth=0.9)
    x = _LEFT + minute / end * (WIDTH - _LEFT - _RIGHT)
    leftwards = minute > 0.8 * end
    said = f"target {compact(minute)} min"
    page.text(x - 3 if leftwards else x + 3, top + 6, said, size=TINY, ha="right" if leftwards else "left", color=SOFT)


def _draw_at_risk(page: Page, top: float, curves: Mapping[str, StepCurve], end: float) -> None:
    width = WIDTH - _LEFT - _RIGHT
    page.text(4, top + 2, _RISK_HEADING, size=TINY, color=SOFT)
    for index, (arm, style) in enumerate(arm_styles(curves).items()):
        y = top + 2 + (index + 1) * _RISK_ROW
        page.text(4, y, fitted(arm_name(arm), _LEFT - 16, SMALL, bold=True), color=style.colour, weight="bold")
        taken = -_RISK_SPACING
        for second, count in sorted(curves[arm].at_risk.items()):
            x = _minutes(second) / end * width
            if 0 <= x <= width + 1 and x - taken >= _RISK_SPACING:
                page.text(_LEFT + x, y, str(count), ha="center")
                taken = x


def _entry(arm: str, curve: StepCurve, tau: float) -> str:
    return f"{short(arm_name(arm), 30)}: {percent(share_at(curve, tau)[0])} done, {_median(curve)}"


def _median(curve: StepCurve) -> str:
    return f"median {compact(_minutes(curve.median))} min" if curve.median is not None else "median not reached"


def _row(arm: str, curve: StepCurve, shown: Sequence[float]) -> tuple[str, ...]:
    median = compact(_minutes(curve.median)) if curve.median is not None else "not reached"
    return (arm_name(arm), median, *(_cell(curve, second) for second in shown))


def _cell(curve: StepCurve, second: float) -> str:
    share, low, high = share_at(curve, second)
    bounds = f" {percent_interval(low, high)}" if is_number(low) and is_number(high) else ""
    waiting = f"; {curve.at_risk[second]} not yet" if second in curve.at_risk else ""
    return f"{percent(share)}{bounds}{waiting}"


def _alt(title: str, curves: Mapping[str, StepCurve], tau: float, target: float | None) -> str:
    parts = []
    for arm, curve in curves.items():
        by_target = f"{percent(share_at(curve, target)[0])} by the target, " if target is not None else ""
        parts.append(
            f"{short(arm_name(arm))}: {by_target}{percent(share_at(curve, tau)[0])} in the end, {_median(curve)}"
        )
    aim = f" (target {compact(_minutes(target))} min)" if target is not None else ""
    return f"Share of students who have done it by time, {short(title)}{aim}. {shortened_list(parts)}."
